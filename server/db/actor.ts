import type { PoolClient } from 'pg'
import type { Database } from './pool.ts'
import { type Sql, sql, statementName } from './sql.ts'

/** Who a transaction is entered for. The database decides whether they may, and with which rights. */
export type Actor =
  | { as: 'team'; token: string; org?: string | undefined }
  | { as: 'contact'; token: string; workspace: string }
  | { as: 'view_as'; token: string; org?: string | undefined; contact: string; workspace: string }
  | { as: 'mail'; mail: string }
  | { as: 'work'; work: string }
  | { as: 'system' }

export type Entered = {
  org: string
  member: string | null
  team_role: 'admin' | 'member' | 'read_only' | null
  contact: string | null
  partner: string | null
  channel: string
}

export type Tx = {
  rows<Row>(statement: Sql): Promise<Row[]>
  /** The last statement of a transaction that only reads: the commit travels with it. What follows it is refused. */
  last<Row>(statement: Sql): Promise<Row[]>
  row<Row>(statement: Sql): Promise<Row | undefined>
  /** How many rows it changed. */
  run(statement: Sql): Promise<number>
  /** Who this is, once the database has said so. */
  entered: Promise<Entered>
  /** The moment this transaction runs at, by the product's clock. */
  now(): Date
}

export type Moment = { clock?: (() => Date) | undefined; request?: string }

/** The moment is set before the door is asked: doors go by the product's clock. */
function entry(actor: Actor, moment: Sql): Sql | null {
  const through = (given: Sql, door: Sql) => sql`(select ${moment}, ${given} offset 0) it cross join lateral ${door}`
  switch (actor.as) {
    case 'team':
      return through(
        sql`${actor.token}::text as token, ${actor.org ?? null}::uuid as org`,
        sql`app.enter_team(it.token, it.org)`,
      )
    case 'contact':
      return through(
        sql`${actor.token}::text as token, ${actor.workspace}::text as workspace`,
        sql`app.enter_contact(it.token, it.workspace)`,
      )
    case 'view_as':
      return through(
        sql`${actor.token}::text as token, ${actor.org ?? null}::uuid as org, ${actor.contact}::uuid as contact, ${actor.workspace}::text as workspace`,
        sql`app.enter_view_as(it.token, it.org, it.contact, it.workspace)`,
      )
    case 'mail':
      return through(sql`${actor.mail}::uuid as mail`, sql`app.enter_mail(it.mail)`)
    case 'work':
      return through(sql`${actor.work}::uuid as work`, sql`app.enter_work(it.work)`)
    case 'system':
      return null
  }
}

const query = (client: PoolClient, statement: Sql) =>
  client.query({ name: statementName(statement.text), text: statement.text, values: [...statement.values] })

type Running = { tx: Tx; committing: Promise<unknown> | null }

function transaction(client: PoolClient, entered: Promise<Entered>, moment: Moment): Running {
  const at = moment.clock?.() ?? new Date()
  const send = async (statement: Sql) => {
    if (running.committing) throw new Error('The last statement of this transaction was sent already.')
    return query(client, statement)
  }
  const running: Running = {
    committing: null,
    tx: {
      entered,
      now: () => at,
      rows: async <Row>(statement: Sql) => (await send(statement)).rows as Row[],
      row: async <Row>(statement: Sql) => (await send(statement)).rows[0] as Row | undefined,
      run: async (statement) => (await send(statement)).rowCount ?? 0,
      last: async <Row>(statement: Sql) => {
        const answered = send(statement)
        running.committing ??= client.query('commit')
        running.committing.catch(() => {})
        return (await answered).rows as Row[]
      },
    },
  }
  return running
}

/** In: the transaction of a verb that reads with a single statement. Out: the same, and its commit travels with that statement. */
export const lone = (tx: Tx): Tx => ({
  ...tx,
  rows: tx.last,
  row: async <Row>(statement: Sql) => (await tx.last<Row>(statement))[0],
})

const nobody: Entered = { org: '', member: null, team_role: null, contact: null, partner: null, channel: 'app' }

/**
 * The one door to the data: a transaction entered as `actor`, committed when `act` is done, rolled back when it throws.
 * In: who, what to do, and the moment (clock of the tests, request id for the log). Out: what `act` returns.
 * Errors: those of the database as they are (28000 nobody is signed in, P0403, P0404), and those of `act`.
 */
export async function withActor<Result>(
  database: Database,
  actor: Actor,
  act: (tx: Tx) => Promise<Result>,
  moment: Moment = {},
): Promise<Result> {
  const client = await database.system.connect()
  let broken: Error | undefined
  let running: Running | undefined
  try {
    // Everything goes out in one message where it can: begin, who it is, and the first statements of `act`.
    const { stream } = client.connection
    stream.cork()
    const begun = client.query('begin')
    const entering = enter(client, actor, moment)
    entering.catch(() => {})
    running = transaction(client, entering, moment)
    let acting: Promise<Result>
    try {
      acting = act(running.tx)
    } finally {
      stream.uncork()
    }
    const outcomes = await Promise.allSettled([begun, entering, acting])
    const failed = outcomes.find((o) => o.status === 'rejected')
    if (failed?.status === 'rejected') throw failed.reason
    await (running.committing ?? client.query('commit'))
    return (outcomes[2] as PromiseFulfilledResult<Awaited<Result>>).value
  } catch (error) {
    // A commit after a failed statement has rolled back already.
    await (running?.committing ?? client.query('rollback')).catch((e: Error) => {
      broken = e
    })
    throw error
  } finally {
    client.release(broken)
  }
}

async function enter(client: PoolClient, actor: Actor, { clock, request = '' }: Moment): Promise<Entered> {
  const moment = sql`set_config('app.clock', ${clock?.().toISOString() ?? ''}, true), set_config('app.request', ${request}, true)`
  const door = entry(actor, moment)
  if (!door) {
    await query(client, sql`select ${moment}`)
    return nobody
  }
  const answered = query(
    client,
    sql`select e.*, set_config('app.org', e.org::text, true), set_config('app.member', coalesce(e.member::text, ''), true),
      set_config('app.team_role', coalesce(e.team_role, ''), true), set_config('app.contact', coalesce(e.contact::text, ''), true),
      set_config('app.partner', coalesce(e.partner::text, ''), true), set_config('app.channel', e.channel, true),
      set_config('role', e.db_role, true) from ${door} e`,
  )
  if (actor.as === 'view_as') client.query('set transaction read only').catch(() => {})
  const { rows } = await answered
  return rows[0] as Entered
}
