import { type Actor, type Tx, withActor } from '#server/db/actor.ts'
import { hear } from '#server/db/hear.ts'
import { sql } from '#server/db/sql.ts'
import type { Product } from '#server/product.ts'
import { dealsTheySee, type Told } from './seen.ts'

const gather_ms = 150
const again_ms = 1000
const asked_again_ms = 60_000
const at_once = 4

/** Someone who listens: who they are, what is sent to them, and how they are let go of. */
export type Listener = {
  actor: Actor
  org: string
  send(event: 'deal' | 'all', told: Told[]): void
  end(): void
}
type Heard = { deals: Set<string>; all: boolean; who: boolean }

const none = (): Heard => ({ deals: new Set(), all: false, who: false })
const refused = (error: unknown) => ['28000', 'P0403', 'P0404'].includes((error as { code?: string }).code ?? '')

/** Passes on which deals changed, to whoever listens and sees them. In: the product. Out: a place for listeners; `close` lets all of them go. */
export function openHub(product: Product) {
  const listeners = new Set<Listener>()
  const heard = new Map<string, Heard>()
  let deaf = () => {}
  let hearing: Promise<void> | null = null
  let closed = false
  let passing: ReturnType<typeof setTimeout> | undefined
  let asking: ReturnType<typeof setInterval> | undefined

  const leave = (listener: Listener) => {
    listeners.delete(listener)
    listener.end()
  }
  const look = <Result>(listener: Listener, act: (tx: Tx) => Promise<Result>) =>
    withActor(product.database, listener.actor, act, { clock: product.clock })

  /** Asks the database as that listener: whether they may still listen, and which of the deals they see. */
  async function pass(listener: Listener, { deals, all }: Heard): Promise<void> {
    try {
      if (all || deals.size === 0) {
        await look(listener, (tx) => tx.row(sql`select 1`))
        if (all) listener.send('all', [])
        return
      }
      const seen = await look(listener, (tx) => dealsTheySee(tx, listener.actor, [...deals]))
      if (seen.length > 0) listener.send('deal', seen)
    } catch (error) {
      if (refused(error)) return leave(listener)
      product.say(`Somebody was not told of a change: ${(error as Error).message}`)
      listener.send('all', [])
    }
  }

  async function passOn(): Promise<void> {
    passing = undefined
    const now = new Map(heard)
    heard.clear()
    const everywhere = now.get('*') ?? none()
    const waiting = [...listeners].flatMap((listener) => {
      const here = now.get(listener.org)
      if (!here && !everywhere.who && !everywhere.all) return []
      const it = here ?? none()
      return [[listener, { ...it, all: it.all || everywhere.all }] as const]
    })
    const work = waiting.values()
    await Promise.all(
      Array.from({ length: at_once }, async () => {
        for (const [listener, it] of work) await pass(listener, it)
      }),
    )
  }

  function take(org: string, what: string): void {
    const it = heard.get(org) ?? none()
    heard.set(org, it)
    if (what === '*') it.all = true
    else if (what === 'who') it.who = true
    else it.deals.add(what)
    passing ??= setTimeout(() => void passOn(), gather_ms)
  }

  /** Listens to the database; when the connection is lost, again, and everybody is told that something may have changed. */
  async function listen(): Promise<void> {
    deaf = await hear(product.database, 'partnered_live', pick, again)
    if (closed) deaf()
  }
  const again = () => {
    if (closed) return
    setTimeout(
      () =>
        listen().then(
          () => take('*', '*'),
          () => again(),
        ),
      again_ms,
    ).unref()
  }
  const pick = (payload: string) => {
    const [org = '', what = ''] = payload.split(' ')
    take(org, what)
  }

  return {
    /** Out: once the database is listened to. */
    async add(listener: Listener): Promise<void> {
      hearing ??= listen().catch((error) => {
        hearing = null
        throw error
      })
      await hearing
      // Sessions end by themselves too, and nobody says so.
      asking ??= setInterval(() => take('*', 'who'), asked_again_ms).unref()
      listeners.add(listener)
    },
    remove: (listener: Listener): void => void listeners.delete(listener),
    count: () => listeners.size,
    async close(): Promise<void> {
      closed = true
      clearTimeout(passing)
      clearInterval(asking)
      for (const listener of listeners) leave(listener)
      await hearing?.catch(() => {})
      deaf()
    },
  }
}
export type Hub = ReturnType<typeof openHub>
