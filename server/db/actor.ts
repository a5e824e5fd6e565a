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
  row<Row>(statement: Sql): Promise<Row | undefined>
  /** How many rows it changed. */
  run(statement: Sql): Promise<number>
  /** Who this is, once the database has said so. */
  entered: Promise<Entered>
  /** The moment this transaction runs at, by the product's clock. */
  now(): Date
}

export type Moment = { clock?: () => Date; request?: string }

function entry(actor: Actor): Sql | null {
  switch (actor.as) {
    case 'team':
      return sql`app.enter_team(${actor.token}, ${actor.org ?? null}::uuid)`
    case 'contact':
      return sql`app.enter_contact(${actor.token}, ${actor.workspace})`
    case 'view_as':
      return sql`app.enter_view_as(${actor.token}, ${actor.org ?? null}::uuid, ${actor.contact}::uuid, ${actor.workspace})`
    case 'mail':
      return sql`app.enter_mail(${actor.mail}::uuid)`
    case 'work':
      return sql`app.enter_work(${actor.work}::uuid)`
    case 'system':
      return null
  }
}

function transaction(client: PoolClient, entered: Promise<Entered>, moment: Moment): Tx {
  const at = moment.clock?.() ?? new Date()
  const send = (statement: Sql) =>
    client.query({ name: statementName(statement.text), text: statement.text, values: [...statement.values] })
  return {
    entered,
    now: () => at,
    rows: async <Row>(statement: Sql) => (await send(statement)).rows as Row[],
    row: async <Row>(statement: Sql) => (await send(statement)).rows[0] as Row | undefined,
    run: async (statement) => (await send(statement)).rowCount ?? 0,
  }
}

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
  try {
    // Everything goes out in one message where it can: begin, who it is, and the first statements of `act`.
    const begun = client.query('begin')
    const clock = moment.clock ? moment.clock().toISOString() : ''
    const context = client.query({
      name: 'context',
      text: "select set_config('app.clock', $1, true), set_config('app.request', $2, true)",
      values: [clock, moment.request ?? ''],
    })
    const door = entry(actor)
    const entering = door
      ? enter(client, door, actor.as === 'view_as')
      : Promise.resolve<Entered>({
          org: '',
          member: null,
          team_role: null,
          contact: null,
          partner: null,
          channel: 'app',
        })
    entering.catch(() => {})
    const acting = act(transaction(client, entering, moment))
    const outcomes = await Promise.allSettled([begun, context, entering, acting])
    const failed = outcomes.find((o) => o.status === 'rejected')
    if (failed?.status === 'rejected') throw failed.reason
    await client.query('commit')
    return (outcomes[3] as PromiseFulfilledResult<Awaited<Result>>).value
  } catch (error) {
    await client.query('rollback').catch((e: Error) => {
      broken = e
    })
    throw error
  } finally {
    client.release(broken)
  }
}

async function enter(client: PoolClient, door: Sql, readOnly: boolean): Promise<Entered> {
  const text = `select e.*, set_config('app.org', e.org::text, true), set_config('app.member', coalesce(e.member::text, ''), true),
    set_config('app.team_role', coalesce(e.team_role, ''), true), set_config('app.contact', coalesce(e.contact::text, ''), true),
    set_config('app.partner', coalesce(e.partner::text, ''), true), set_config('app.channel', e.channel, true),
    set_config('role', e.db_role, true) from ${door.text} e`
  const answered = client.query({ name: statementName(text), text, values: [...door.values] })
  if (readOnly) client.query('set transaction read only').catch(() => {})
  const { rows } = await answered
  return rows[0] as Entered
}
