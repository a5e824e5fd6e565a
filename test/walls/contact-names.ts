import type pg from 'pg'
import { now } from './ids.ts'
import { type Contact, contactSeesDeal, contactSeesEntry, contactSeesFile, eyesOf, type Tables } from './oracle.ts'
import { attempt, difference } from './standing.ts'

const rows = (tables: Tables, table: string) => tables[table] ?? []

/** Words that stand beside a row: the workspace's names, who owns a deal, who wrote a line, since when it is shared. */
export async function checkNames(client: pg.Client, tables: Tables, name: string, who: Contact): Promise<string[]> {
  const { contact, partner, inside } = eyesOf(tables, who)
  const called = (table: string, id: unknown) => rows(tables, table).find((row) => row.id === id)?.name ?? null
  const workspace = await attempt(
    client,
    'select partner_name, company_name, owner_name, contact_name from portal.workspace',
  )
  const want = inside
    ? [[partner?.legal_name, 'mk company', called('members', partner?.owner_id), contact?.name].join('|')]
    : []
  const problems = difference(
    `${name}'s workspace says ${workspace.refused ?? ''}`,
    workspace.rows.map((row) => [row.partner_name, row.company_name, row.owner_name, row.contact_name].join('|')),
    want,
  )
  const invited = await attempt(client, 'select id, sent_by_name from portal.invitation')
  const invitations = rows(tables, 'invitations').filter(
    (row) => inside && row.contact_id === who.id && String(row.effective_at) <= now,
  )
  problems.push(
    ...difference(
      `${name}'s invitations name ${invited.refused ?? ''}`,
      invited.rows.map((row) => `${row.id} ${row.sent_by_name}`),
      invitations.map((row) => `${row.id} ${called('members', row.sent_by)}`),
    ),
  )
  const deals = await attempt(
    client,
    'select id, our_owner_name, their_owner_name, turn_by_name, shared_at is not null as shared from portal.deals',
  )
  const seen = rows(tables, 'deals').filter((deal) => contactSeesDeal(tables, who, deal))
  problems.push(
    ...difference(
      `${name}'s deals name ${deals.refused ?? ''}`,
      deals.rows.map((row) =>
        [row.id, row.our_owner_name, row.their_owner_name, row.turn_by_name, row.shared].join('|'),
      ),
      seen.map((deal) =>
        [
          deal.id,
          called('members', deal.our_owner_id),
          called('contacts', deal.their_owner_id),
          called('contacts', deal.turn_by) ?? called('members', deal.turn_by),
          true,
        ].join('|'),
      ),
    ),
  )
  const people = await attempt(client, 'select id, role from portal.people')
  const role = (row: Record<string, unknown>) =>
    rows(tables, 'contact_roles').find(({ key }) => key === row.role)?.name ?? null
  problems.push(
    ...difference(
      `${name}'s people have roles ${people.refused ?? ''}`,
      people.rows.map((row) => [row.id, row.role].join('|')),
      rows(tables, 'contacts')
        .filter((row) => inside && row.partner_id === partner?.id && !row.left_at && !row.access_removed_at)
        .map((row) => [row.id, role(row)].join('|')),
    ),
  )
  const entries = await attempt(client, 'select id, author_name from portal.entries')
  const said = rows(tables, 'entries').filter((entry) => contactSeesEntry(tables, who, entry))
  problems.push(
    ...difference(
      `${name}'s entries name ${entries.refused ?? ''}`,
      entries.rows.map((row) => [row.id, row.author_name].join('|')),
      said.map((entry) =>
        [entry.id, called('contacts', entry.contact_id) ?? called('members', entry.member_id)].join('|'),
      ),
    ),
  )
  const files = await attempt(client, 'select id, author_name, shared_at is not null as shared from portal.files')
  problems.push(
    ...difference(
      `${name}'s files name ${files.refused ?? ''}`,
      files.rows.map((row) => [row.id, row.author_name, row.shared].join('|')),
      rows(tables, 'files')
        .filter((file) => contactSeesFile(tables, who, file))
        .map((file) =>
          [file.id, called('contacts', file.contact_id) ?? called('members', file.member_id), true].join('|'),
        ),
    ),
  )
  return problems
}
