import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import type { Answer } from '#shared/endpoint.ts'
import type { find as findEndpoint } from '#shared/find.ts'

type Found = Answer<typeof findEndpoint>
const partner = sql`json_build_object('slug', p.slug, 'legal_name', p.legal_name) as partner`

/** A few partners, people and deals; people stand for themselves, not for their partner. Archived partners come last, deals that are over too. */
export async function find(tx: Tx, q: string): Promise<Found> {
  const [partners, contacts, deals] = await Promise.all([
    tx.rows<Found['partners'][number]>(sql`
    select p.id, p.slug, p.legal_name from app.search_partners(${q}, 30) f
    cross join lateral (select * from partners p where p.id = f.id offset 0) p
    where f.rank not in (4, 7)
    order by p.archived_at is not null, f.rank, p.legal_name collate "und-x-icu", p.id limit 6`),
    tx.rows<Found['contacts'][number]>(sql`
    select c.id, c.name, c.email, ${partner}
    from app.find_contacts(${q}) f(id) join contacts c on c.id = f.id join partners p on p.id = c.partner_id
    order by c.name collate "und-x-icu", c.id`),
    tx.rows<Found['deals'][number]>(sql`
    select d.id, d.ref, d.customer_company, ${partner}
    from app.find_deals(${q}) f(id) join deals d on d.id = f.id join partners p on p.id = d.partner_id
    order by d.outcome is not null, d.last_activity_at desc, d.id limit 6`),
  ])
  return { partners, contacts, deals }
}
