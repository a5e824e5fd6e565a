import type { Tx } from '#server/db/actor.ts'
import { join, type Sql, sql } from '#server/db/sql.ts'
import { conflict, forbidden, invalid } from '#server/http/errors.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import {
  type editGroundRule as editEndpoint,
  type GroundRule,
  type listGroundRules as listEndpoint,
  mostOf,
  RuleName,
} from '#shared/rules.ts'
import { breaksAmongAll } from './breaking.ts'

const broken = (rule: RuleName): Sql =>
  sql`when ${rule} then (select count(*)::int from partners p where p.archived_at is null and ${breaksAmongAll[rule]})`
const row = sql`g.rule, g.is_on, g.amount, g.version, case g.rule ${RuleName.options.reduce((all, rule) => sql`${all} ${broken(rule)}`, sql``)} end as breaks`

/** The rules in the order in which they are read, and how many of the partners that the member sees break each. */
export async function listGroundRules(tx: Tx): Promise<Answer<typeof listEndpoint>> {
  const items = await tx.rows<GroundRule>(
    sql`select ${row} from ground_rules g order by array_position(${RuleName.options}::text[], g.rule)`,
  )
  const { team_role } = await tx.entered
  return { items, can: { edit: team_role === 'admin' } }
}

/** Turns a rule on or off, or sets its number. Admins only. */
export async function editGroundRule(
  tx: Tx,
  rule: RuleName,
  { version, is_on, amount }: Given<typeof editEndpoint>['body'],
): Promise<GroundRule> {
  const { team_role } = await tx.entered
  if (team_role !== 'admin') throw forbidden('Admins set the ground rules. Ask an admin.')
  const most = mostOf[rule]
  if (amount !== undefined && most === undefined) throw invalid('amount', 'This rule has no number.')
  if (amount !== undefined && amount > (most ?? 0)) throw invalid('amount', `Use at most ${most}.`)
  const sets = [sql`is_on = coalesce(${is_on ?? null}::boolean, is_on)`]
  if (amount !== undefined) sets.push(sql`amount = ${amount}::int`)
  const changed = await tx.run(
    sql`update ground_rules set ${join(sets, ', ')} where rule = ${rule} and version = ${version}`,
  )
  const now = await tx.row<GroundRule>(sql`select ${row} from ground_rules g where g.rule = ${rule}`)
  if (!changed) throw conflict('Someone changed this rule since you opened it.', now)
  return now!
}
