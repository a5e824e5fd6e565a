import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { join, nothing, sql } from '#server/db/sql.ts'
import { conflict, forbidden, notFound } from '#server/http/errors.ts'
import type { Product } from '#server/product.ts'
import type {
  addMember as addEndpoint,
  editMember as editEndpoint,
  listMembers as listEndpoint,
  Member,
} from '#shared/company.ts'
import type { Answer, Given } from '#shared/endpoint.ts'

const memberRows = (only = nothing) => sql`
  select m.id, m.name, m.email, m.role, m.created_at, m.deactivated_at, m.version, coalesce(held.open_deals, 0) as open_deals
  from members m
  left join (select d.our_owner_id, count(*)::int as open_deals from deals d where d.outcome is null and (d.in_pipeline or d.answer = 'pending') group by d.our_owner_id) held
    on held.our_owner_id = m.id
  ${only}
  order by m.deactivated_at is not null, m.name collate "und-x-icu", m.id`

export async function readMember(tx: Tx, id: string): Promise<Member> {
  const member = await tx.row<Member>(memberRows(sql`where m.id = ${id}::uuid`))
  if (!member) throw notFound()
  return member
}

/** Everyone on the team; those taken off it last. */
export async function listMembers(tx: Tx): Promise<Answer<typeof listEndpoint>> {
  const items = await tx.rows<Member>(memberRows())
  const { team_role } = await tx.entered
  return { items, can: { add: team_role === 'admin' } }
}

export async function onlyAdmins(tx: Tx): Promise<void> {
  const { team_role } = await tx.entered
  if (team_role !== 'admin') throw forbidden('Admins decide who is on the team. Ask an admin.')
}

/** Adds a colleague, who signs in with a code sent to their address. */
export async function addMember(
  tx: Tx,
  product: Product,
  { name, email, role }: Given<typeof addEndpoint>['body'],
): Promise<Member> {
  await onlyAdmins(tx)
  const address = email.toLowerCase()
  // Kept in a transaction of its own; a person nobody added gets in nowhere, so a second try is as good as the first.
  const person = await product.auth.person(address, name)
  const id = newId()
  await tx.run(sql`
    insert into members (org_id, id, person_id, name, email, role, created_at)
    values (app.org(), ${id}::uuid, ${person}, ${name}, ${address}, ${role}, app.now())`)
  return readMember(tx, id)
}

/** Changes a colleague, or takes them off the team and back on. The database keeps the last admin and open deals where they are. */
export async function editMember(
  tx: Tx,
  id: string,
  { version, name, role, deactivated }: Given<typeof editEndpoint>['body'],
): Promise<Member> {
  await onlyAdmins(tx)
  const sets = [
    ...(name === undefined ? [] : [sql`name = ${name}`]),
    ...(role === undefined ? [] : [sql`role = ${role}`]),
    ...(deactivated === undefined
      ? []
      : [deactivated ? sql`deactivated_at = coalesce(deactivated_at, app.now())` : sql`deactivated_at = null`]),
  ]
  const changed = await tx.run(sql`
    update members set ${sets.length ? join(sets, ', ') : sql`name = name`} where id = ${id}::uuid and version = ${version}`)
  const member = await readMember(tx, id)
  if (!changed) throw conflict('Someone changed this since you opened it.', member)
  return member
}
