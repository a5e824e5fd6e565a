import { join, type Sql, sql } from '#server/db/sql.ts'
import type { RuleName } from '#shared/rules.ts'

const now = sql`(select app.now())`
const amount = (rule: RuleName) => sql`(select app.rule_amount(${rule}))`
const on = (rule: RuleName) => sql`(select app.rule_is_on(${rule}))`
/** Since when something is quiet; null, and so never, while the rule is off. */
export const quietSince = sql`(case when ${on('quiet')} then ${now} - make_interval(days => ${amount('quiet')}) end)`
const confirmedSince = sql`(${now} - make_interval(months => ${amount('main_contact')}))`

const isConfirmed = sql`c.is_main and coalesce(c.confirmed_at, c.created_at) >= ${confirmedSince}`
const tooMany = sql`count(*) > ${amount('tags')}`

/** Does a partner `p` break the rule? Asked whether the rule is on or off; the only place that says it. Quick for the few of a page. */
export const breaks: Record<RuleName, Sql> = {
  quiet: sql`(p.status <> 'dormant' and p.last_activity_at < ${now} - make_interval(days => ${amount('quiet')}))`,
  type: sql`p.type is null`,
  main_contact: sql`not exists (select from contacts c where c.org_id = p.org_id and c.partner_id = p.id and ${isConfirmed})`,
  owner: sql`p.owner_id is null`,
  tags: sql`exists (select from (
      select pt.org_id, pt.partner_id from partner_tags pt group by pt.org_id, pt.partner_id having ${tooMany}) many
    where many.org_id = p.org_id and many.partner_id = p.id)`,
  legal_name: sql`p.id in (select o.id from partners o where app.is_odd_name(o.legal_name))`,
}

/** The same, quick for all partners at once: contacts and tags are gone through once. */
export const breaksAmongAll: Record<RuleName, Sql> = {
  ...breaks,
  main_contact: sql`p.id not in (select c.partner_id from contacts c where ${isConfirmed})`,
  tags: sql`p.id in (select pt.partner_id from partner_tags pt group by pt.partner_id having ${tooMany})`,
}

const says: Record<RuleName, Sql> = {
  quiet: sql`'No activity for ' || extract(day from ${now} - p.last_activity_at)::int || ' days'`,
  type: sql`'No type yet'`,
  main_contact: sql`coalesce((select 'Main contact not confirmed for ' || months || case months when 1 then ' month' else ' months' end
    from contacts c, age(${now}, coalesce(c.confirmed_at, c.created_at)) old,
      lateral (select (extract(year from old) * 12 + extract(month from old))::int as months) counted
    where c.org_id = p.org_id and c.partner_id = p.id and c.is_main), 'No main contact')`,
  owner: sql`'No owner'`,
  tags: sql`(select count(*) from partner_tags pt where pt.org_id = p.org_id and pt.partner_id = p.id) || ' tags, at most ' || ${amount('tags')}`,
  legal_name: sql`'Name is not a legal name'`,
}
const rules = Object.keys(breaks) as RuleName[]

const one = (of: typeof breaks) =>
  sql`(${join(
    rules.map((rule) => sql`(${on(rule)} and ${of[rule]})`),
    ' or ',
  )})`
/** Does a partner `p` break a rule that is on? */
export const breaksOne = one(breaks)
/** The same, quick for all partners at once. */
export const breaksOneAmongAll = one(breaksAmongAll)

/** Why a partner `p` needs attention: the first rule that is on and that it breaks. */
export const attention = sql`case when p.archived_at is null then case ${rules.reduce(
  (all, rule) => sql`${all} when ${on(rule)} and ${breaks[rule]} then ${says[rule]}`,
  sql``,
)} end end`

/** Each rule that is on and that a partner `p` breaks, as a sentence; null for those that it keeps. */
export const broken = sql`array[${join(
  rules.map((rule) => sql`case when ${on(rule)} and ${breaks[rule]} then ${says[rule]} || '.' end`),
  ', ',
)}]`
