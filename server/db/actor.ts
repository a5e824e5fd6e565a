import type { PoolClient } from 'pg'
import type { Database } from './pool.ts'
import type { MemberRead } from './read-later.ts'
import { type Sql, sql, statementName } from './sql.ts'
import { knows, type Prepared, together, whenOver } from './together.ts'

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

export type Seen = Pick<MemberRead, 'kind' | 'partner_id' | 'record_ids' | 'fields'>

export type Tx = {
  rows<Row>(statement: Sql): Promise<Row[]>
  /** The last statement of a transaction that only reads: the commit travels with it. What follows it is refused. */
  last<Row>(statement: Sql): Promise<Row[]>
  row<Row>(statement: Sql): Promise<Row | undefined>
  /** How many rows it changed. */
  run(statement: Sql): Promise<number>
  /** What a member reads, on record within a second of their having it. What a contact reads waits for its record: app.record_read. */
  seen(read: Seen): void
  /** Who this is, once the database has said so. */
  entered: Promise<Entered>
  /** The moment this transaction runs at, by the product's clock. */
  now(): Date
}

export type Moment = {
  clock?: (() => Date) | undefined
  request?: string
  /** Reads everything as it was at one moment, however long it takes, and changes nothing. */
  snapshot?: boolean
}

/** The moment is set before the door is asked: doors go by the product's clock. */
function entry(actor: Actor, { clock, request = '' }: Moment): Sql {
  const moment = sql`set_config('app.clock', ${clock?.().toISOString() ?? ''}, true), set_config('app.request', ${request}, true)`
  if (actor.as === 'system') return sql`select ${moment}`
  return sql`select e.*, set_config('app.org', e.org::text, true), set_config('app.member', coalesce(e.member::text, ''), true),
      set_config('app.team_role', coalesce(e.team_role, ''), true), set_config('app.contact', coalesce(e.contact::text, ''), true),
      set_config('app.partner', coalesce(e.partner::text, ''), true), set_config('app.channel', e.channel, true),
      set_config('app.reach', coalesce(e.reach, ''), true),
      set_config('role', e.db_role, true) from ${doorOf(actor, moment)} e`
}

function doorOf(actor: Exclude<Actor, { as: 'system' }>, moment: Sql): Sql {
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
  }
}

const prepared = ({ text, values }: Sql): Prepared => ({ name: statementName(text), text, values: [...values] })
const query = (client: PoolClient, statement: Sql) => client.query(prepared(statement))

type Running = {
  tx: Tx
  /** Begin and who it is, once they are sent. */
  opened: Promise<unknown> | null
  open(): Promise<unknown>
  committing: Promise<unknown> | null
  over: boolean
  seen: Seen[]
}

function transaction(client: PoolClient, actor: Actor, moment: Moment): Running {
  const at = moment.clock?.() ?? new Date()
  const entered = Promise.withResolvers<Entered>()
  entered.promise.catch(() => {})
  const opening = (entering: Promise<Entered>, begun: Promise<unknown>) => {
    entering.then(entered.resolve, entered.reject)
    running.opened = Promise.all([begun, entering])
    running.opened.catch(() => {})
    return running.opened
  }
  const send = async (statement: Sql) => {
    // Its connection is somebody else's by now.
    if (running.over) throw new Error('This transaction is over.')
    if (running.committing) throw new Error('The last statement of this transaction was sent already.')
    running.open()
    return query(client, statement)
  }
  // A transaction of one statement: who it is and the statement leave together and are one transaction by themselves.
  const alone = (statement: Sql) => {
    if (running.opened || actor.as === 'view_as' || moment.snapshot) return null
    const both = [prepared(entry(actor, moment)), prepared(statement)]
    if (!both.every((one) => knows(client, one))) return null
    const answers = together(client, both)
    opening(
      answers.then(([first]) => first?.rows[0] as Entered),
      answers,
    )
    running.committing = answers.catch(whenOver)
    return answers.then(([, second]) => second?.rows ?? [])
  }
  const running: Running = {
    opened: null,
    committing: null,
    over: false,
    seen: [],
    open() {
      if (running.opened) return running.opened
      const begun = client.query(moment.snapshot ? 'begin isolation level repeatable read read only' : 'begin')
      return opening(enter(client, actor, moment), begun)
    },
    tx: {
      entered: entered.promise,
      now: () => at,
      seen(read) {
        if (actor.as !== 'team') throw new Error('Only what a member reads may be put on record later.')
        running.seen.push(read)
      },
      rows: async <Row>(statement: Sql) => (await send(statement)).rows as Row[],
      row: async <Row>(statement: Sql) => (await send(statement)).rows[0] as Row | undefined,
      run: async (statement) => (await send(statement)).rowCount ?? 0,
      last: async <Row>(statement: Sql) => {
        const rows = alone(statement)
        if (rows) return (await rows) as Row[]
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

const reader = async (tx: Tx, { request = '' }: Moment) => {
  const { org, member } = await tx.entered
  return { org_id: org, member_id: member ?? '', at: tx.now().toISOString(), request_id: request }
}

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
    running = transaction(client, actor, moment)
    let acting: Promise<Result>
    try {
      acting = act(running.tx)
      running.open()
    } finally {
      stream.uncork()
    }
    const outcomes = await Promise.allSettled([running.opened, acting])
    const failed = outcomes.find((o) => o.status === 'rejected')
    if (failed?.status === 'rejected') throw failed.reason
    await (running.committing ?? client.query('commit'))
    for (const read of running.seen) database.reads.keep({ ...read, ...(await reader(running.tx, moment)) })
    return (outcomes[1] as PromiseFulfilledResult<Awaited<Result>>).value
  } catch (error) {
    // A commit after a failed statement has rolled back already.
    await (running?.committing ?? client.query('rollback')).catch((e: Error) => {
      broken = e
    })
    throw error
  } finally {
    if (running) running.over = true
    client.release(broken)
  }
}

async function enter(client: PoolClient, actor: Actor, moment: Moment): Promise<Entered> {
  const answered = query(client, entry(actor, moment))
  if (actor.as === 'view_as') client.query('set transaction read only').catch(() => {})
  const { rows } = await answered
  return actor.as === 'system' ? nobody : (rows[0] as Entered)
}
