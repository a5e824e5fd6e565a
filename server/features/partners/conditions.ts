import { type Sql, sql } from '#server/db/sql.ts'
import { breaks, breaksAmongAll, breaksOne, breaksOneAmongAll } from '#server/features/rules/breaking.ts'
import type { Given } from '#shared/endpoint.ts'
import type { listPartners as listEndpoint } from '#shared/partners.ts'

/** What a list of partners is asked for, without its order and its page. */
export type Chosen = Omit<Given<typeof listEndpoint>['query'], 'sort' | 'cursor' | 'limit'>

type View = NonNullable<Chosen['view']>

/** What each view asks of a partner `p` that is not archived. */
const ofOpen: Record<Exclude<View, 'archived'>, Sql> = {
  all: sql`true`,
  mine: sql`p.owner_id = (select app.member())`,
  active: sql`p.status = 'active'`,
  onboarding: sql`p.status = 'onboarding'`,
  dormant: sql`p.status = 'dormant'`,
  attention: breaksOne,
}
/** The same, quick for all partners at once. */
export const wholeOfOpen: typeof ofOpen = { ...ofOpen, attention: breaksOneAmongAll }

function viewed(view: View, whole: boolean): Sql {
  if (view === 'archived') return sql`p.archived_at is not null`
  return sql`p.archived_at is null and ${(whole ? wholeOfOpen : ofOpen)[view]}`
}

/** What the chips and the view ask of a partner `p`; what the search asks is `found` in list.ts. In: whether a page is taken or all of them. */
export function filters({ view = 'all', status, type, tag, owner, via, breaks: rule }: Chosen, whole = false): Sql[] {
  const all = [viewed(view, whole)]
  if (rule) all.push((whole ? breaksAmongAll : breaks)[rule])
  if (status) all.push(sql`p.status = any(${status}::text[])`)
  if (type) all.push(sql`coalesce(p.type, 'none') = any(${type}::text[])`)
  if (via) all.push(sql`p.works_via = any(${via}::text[])`)
  if (tag)
    all.push(sql`p.id in (
      select pt.partner_id from tags t join partner_tags pt on pt.tag_id = t.id and pt.org_id = t.org_id
      where t.id::text = any(${tag}::text[]) or t.name = any(${tag}::text[]))`)
  if (owner)
    all.push(sql`coalesce(p.owner_id::text, 'none') = any(array_replace(${owner}::text[], 'me', app.member()::text))`)
  return all
}

/** Everything that a partner `p` must be to match: the view, the chips and the search. */
export function conditions(chosen: Chosen, whole = true): Sql[] {
  const all = filters(chosen, whole)
  if (chosen.q?.trim()) all.push(sql`p.id in (select s.id from app.search_partners(${chosen.q}, null) s)`)
  return all
}
