import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { permissionsOf } from '#server/features/partners/partners.ts'
import type { listOutsiders as endpoint } from '#shared/contacts.ts'
import type { Answer } from '#shared/endpoint.ts'
import type { Permissions } from '#shared/permissions.ts'

const list = (parts: string[]) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

/** What a partner's people may see and do, as one line: "Shared deals without value, and shared notes. Can update deals." */
export function describeSight(rows: Permissions): string {
  const details = [
    rows.sees_value ? 'with value' : 'without value',
    ...(rows.sees_customer_contact ? ['with customer contacts'] : []),
  ]
  const deals = rows.sees_deals ? `Shared deals ${list(details)}` : ''
  const seen =
    deals && rows.sees_notes
      ? `${deals}, and shared notes.`
      : deals
        ? `${deals}.`
        : rows.sees_notes
          ? 'Shared notes.'
          : 'Nothing.'
  const acts = [
    ...(rows.sees_deals && rows.updates_deals ? ['update deals'] : []),
    ...(rows.sends_deals ? ['send you deals'] : []),
  ]
  return acts.length ? `${seen} Can ${list(acts)}.` : seen
}

type Row = {
  id: string
  slug: string
  legal_name: string
  permissions: Permissions
  people: Answer<typeof endpoint>['partners'][number]['people']
}

/** Everyone outside the team who can get in today, by partner. */
export async function listOutsiders(tx: Tx): Promise<Answer<typeof endpoint>> {
  const rows = await tx.rows<Row>(sql`
    with people as materialized (
      select c.org_id, c.partner_id, c.id, c.name, c.email, c.last_seen_at, c.version, c.is_main
      from contacts c where c.person_id is not null and c.left_at is null and c.access_removed_at is null)
    select p.id, p.slug, p.legal_name, ${permissionsOf} as permissions,
      json_agg(json_build_object('contact_id', c.id, 'name', c.name, 'email', c.email, 'last_seen_at', c.last_seen_at, 'version', c.version,
        'since', i.accepted_at, 'invited_by', (select m.name from members m where m.org_id = c.org_id and m.id = i.sent_by))
        order by c.is_main desc, c.name, c.id) as people
    from people c
    join partners p on p.org_id = c.org_id and p.id = c.partner_id and p.archived_at is null
    left join lateral (
      select n.accepted_at, n.sent_by from invitations n
      where n.org_id = c.org_id and n.contact_id = c.id and n.accepted_at is not null order by n.created_at desc limit 1) i on true
    group by p.org_id, p.id
    order by p.legal_name collate "und-x-icu", p.id`)
  return { partners: rows.map(({ permissions, ...row }) => ({ ...row, sees: describeSight(permissions) })) }
}
