import type { Tx } from '#server/db/actor.ts'
import { join, sql } from '#server/db/sql.ts'
import { conflict, forbidden, invalid, notFound } from '#server/http/errors.ts'
import type { Company, editCompany as editEndpoint } from '#shared/company.ts'
import type { Given } from '#shared/endpoint.ts'

export async function getCompany(tx: Tx): Promise<Company> {
  const company = await tx.row<Company>(sql`
    select o.name, o.time_zone, o.currency, o.links_show_value, o.members_add_tags, o.protection_days, o.version,
      exists (select from partners p where p.sample) as has_sample_data,
      json_build_object('edit', app.team_role() = 'admin') as can
    from organizations o`)
  if (!company) throw notFound()
  return company
}

/** Changes what is named. Admins only. */
export async function editCompany(tx: Tx, changes: Given<typeof editEndpoint>['body']): Promise<Company> {
  const { team_role } = await tx.entered
  if (team_role !== 'admin') throw forbidden('Admins change the company. Ask an admin.')
  const { version, name, time_zone, currency, links_show_value, members_add_tags, protection_days } = changes
  if (time_zone !== undefined && time_zone !== 'UTC' && !Intl.supportedValuesOf('timeZone').includes(time_zone))
    throw invalid('time_zone', 'Choose a time zone like Europe/Berlin.')
  if (currency !== undefined && !Intl.supportedValuesOf('currency').includes(currency))
    throw invalid('currency', 'Choose a currency like EUR.')
  const sets = [
    ...(name === undefined ? [] : [sql`name = ${name}`]),
    ...(time_zone === undefined ? [] : [sql`time_zone = ${time_zone}`]),
    ...(currency === undefined ? [] : [sql`currency = ${currency}`]),
    ...(links_show_value === undefined ? [] : [sql`links_show_value = ${links_show_value}`]),
    ...(members_add_tags === undefined ? [] : [sql`members_add_tags = ${members_add_tags}`]),
    ...(protection_days === undefined ? [] : [sql`protection_days = ${protection_days}`]),
  ]
  const changed = await tx.run(
    sql`update organizations set ${sets.length ? join(sets, ', ') : sql`name = name`} where version = ${version}`,
  )
  const company = await getCompany(tx)
  if (!changed) throw conflict('Someone changed this since you opened it.', company)
  return company
}
