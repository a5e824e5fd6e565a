import { type Actor, type Tx, withActor } from '#server/db/actor.ts'
import { hear } from '#server/db/hear.ts'
import { sql } from '#server/db/sql.ts'
import type { Product } from '#server/product.ts'
import { dealsTheySee, seesOneOf, type Told } from './seen.ts'

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
/** Deals, and partners with many of them, each with whether the partner sees what changed; or all of it. */
type Heard = { deals: Map<string, boolean>; partners: Map<string, boolean>; all: boolean; who: boolean }

const none = (): Heard => ({ deals: new Map(), partners: new Map(), all: false, who: false })
/** What of it is told to this listener at all: a contact hears nothing of what is the team's alone. */
const forThem = ({ actor }: Listener, ids: Map<string, boolean>): string[] =>
  [...ids].flatMap(([id, shown]) => (shown || actor.as !== 'contact' ? [id] : []))
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
  async function pass(listener: Listener, heard: Heard): Promise<void> {
    const [deals, partners] = [forThem(listener, heard.deals), forThem(listener, heard.partners)]
    if (!heard.all && !heard.who && deals.length + partners.length === 0) return
    try {
      const { all, seen } = await look(listener, async (tx): Promise<{ all: boolean; seen: Told[] }> => {
        if (!heard.all && partners.length > 0 && (await seesOneOf(tx, listener.actor, partners)))
          return { all: true, seen: [] }
        if (!heard.all && deals.length > 0) return { all: false, seen: await dealsTheySee(tx, listener.actor, deals) }
        await tx.row(sql`select 1`)
        return { all: heard.all, seen: [] }
      })
      if (all) listener.send('all', [])
      else if (seen.length > 0) listener.send('deal', seen)
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
      return [[listener, { ...it, all: it.all || everywhere.all, who: it.who || everywhere.who }] as const]
    })
    const work = waiting.values()
    await Promise.all(
      Array.from({ length: at_once }, async () => {
        for (const [listener, it] of work) await pass(listener, it)
      }),
    )
  }

  function take(org: string, what: string, shown = true): void {
    const it = heard.get(org) ?? none()
    heard.set(org, it)
    const keep = (ids: Map<string, boolean>, id: string) => ids.set(id, shown || ids.get(id) === true)
    if (what === '*') it.all = true
    else if (what === 'who') it.who = true
    else if (what.startsWith('*')) keep(it.partners, what.slice(1))
    else keep(it.deals, what)
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
    const [org = '', what = '', whose] = payload.split(' ')
    take(org, what, whose !== 'team')
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
