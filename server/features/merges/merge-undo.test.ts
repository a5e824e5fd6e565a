import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { undoAct } from '#shared/acts.ts'
import { MergeField, mergePartners } from '#shared/merges.ts'
import { getPartner } from '#shared/partners.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { businessOf } from '#test/equipment/rows.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
  await cast.world.admin.query(
    `insert into tags (org_id, id, name, created_at, updated_at)
     select org_id, gen_random_uuid(), 'tag ' || n, now(), now() from partners cross join generate_series(1, 4) n where id = $1`,
    [cast.nordlicht.id],
  )
  await cast.world.admin.query(
    `insert into custom_fields (org_id, id, name, purpose, kind, place, created_at, updated_at)
     select org_id, gen_random_uuid(), 'field ' || n, 'For the test', 'text', n, now(), now() from partners cross join generate_series(1, 3) n where id = $1`,
    [cast.nordlicht.id],
  )
})
afterAll(() => cast.world.close())

/** What one of the two has, as numbers that its rows are made from. */
const side = fc.record({
  people: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
  left: fc.boolean(),
  removed: fc.boolean(),
  own: fc.boolean(),
  main: fc.boolean(),
  deals: fc.array(fc.record({ owner: fc.integer({ min: 0, max: 4 }), shared: fc.boolean(), answered: fc.boolean() }), {
    maxLength: 3,
  }),
  notes: fc.array(fc.boolean(), { maxLength: 3 }),
  tags: fc.subarray([1, 2, 3, 4]),
  fields: fc.subarray([1, 2, 3]),
  old_slug: fc.boolean(),
  /** Told apart from a third partner. */
  apart: fc.boolean(),
  /** How its people want their mail, one after the other; and whether Dana wants none about it. */
  choices: fc.array(fc.constantFrom('asked', 'weekly', 'only_asked', 'none'), { maxLength: 4 }),
  muted: fc.boolean(),
  type: fc.constantFrom(null, 'reseller', 'agency'),
  status: fc.constantFrom('active', 'dormant', 'onboarding'),
  picked: fc.boolean(),
  archived: fc.boolean(),
})
type Side = typeof side extends fc.Arbitrary<infer It> ? It : never

/** A partner of Halden Software with such rows; people of the same number have the same address at both. */
const build = `
  with p as (
    insert into partners (org_id, id, slug, workspace, legal_name, name_key, type, status, phone, owner_id, team_access, archived_at, created_at, updated_at, last_activity_at)
    select org_id, gen_random_uuid(), $2, $2, $2, $2, $3::jsonb ->> 'type', $3::jsonb ->> 'status', $2, id, case when ($3::jsonb ->> 'picked')::boolean then 'picked' else 'everyone' end,
      case when ($3::jsonb ->> 'archived')::boolean then now() end, now(), now(), now() - random() * interval '9 days'
    from members where id = $1 returning *),
  c as (
    insert into contacts (org_id, id, partner_id, name, email, phone, is_main, sees, person_id, left_at, access_removed_at, created_at, updated_at)
    select p.org_id, gen_random_uuid(), p.id, 'Person ' || n || ' of ' || $2, 'person' || n || '@both.example', case when n % 2 = 0 then '+49 ' || n end,
      at = 1 and ($3::jsonb ->> 'main')::boolean, case when at = 1 and ($3::jsonb ->> 'own')::boolean then 'own' else 'all' end, case when n % 3 = 0 then 'person-' || n end,
      case when at = 2 and ($3::jsonb ->> 'left')::boolean then now() end, case when at = 3 and ($3::jsonb ->> 'removed')::boolean then now() end, now(), now()
    from p cross join jsonb_array_elements_text($3::jsonb -> 'people') with ordinality x(n_text, at) cross join lateral (select n_text::int as n) y returning *),
  d as (
    insert into deals (org_id, id, ref, partner_id, kind, customer_company, ask, our_owner_id, their_owner_id, answered_by, answered_at, answer, shared_from, stage_since, turn_since, last_activity_at, created_at, updated_at)
    select p.org_id, gen_random_uuid(), $2 || '-' || at, p.id, 'lead', 'Customer ' || at, 'Call them', $1,
      (select id from c where left_at is null order by id offset (x.it ->> 'owner')::int limit 1),
      case when (x.it ->> 'answered')::boolean then (select id from c order by id limit 1) end, case when (x.it ->> 'answered')::boolean then now() end,
      case when (x.it ->> 'answered')::boolean then 'accepted' else 'pending' end, null, now(), now(), now() - interval '1 day', now(), now()
    from p cross join jsonb_array_elements($3::jsonb -> 'deals') with ordinality x(it, at) returning *, substring(ref from '[0-9]+$')::int as at),
  s as (
    insert into shares (org_id, id, partner_id, deal_id, shared_by, shared_at, effective_at, updated_at)
    select d.org_id, gen_random_uuid(), d.partner_id, d.id, $1, now(), now(), now() from d
    where (($3::jsonb -> 'deals') -> (d.at - 1) ->> 'shared')::boolean returning *),
  e as (
    insert into entries (org_id, id, partner_id, kind, audience, body, member_id, contact_id, created_at, updated_at)
    select p.org_id, gen_random_uuid(), p.id, 'note', case when shared then 'partner' else 'team' end, 'note ' || at, case when at % 2 = 0 then $1::uuid end,
      case when at % 2 = 1 then (select id from c order by id limit 1) end, now(), now()
    from p cross join jsonb_array_elements_text($3::jsonb -> 'notes') with ordinality x(shared_text, at) cross join lateral (select shared_text::boolean as shared) y returning *),
  t as (
    insert into partner_tags (org_id, partner_id, tag_id)
    select p.org_id, p.id, t.id from p join tags t on t.org_id = p.org_id and t.name in (select 'tag ' || n from jsonb_array_elements_text($3::jsonb -> 'tags') n)),
  v as (
    insert into custom_values (org_id, partner_id, field_id, text_value, updated_at)
    select p.org_id, p.id, f.id, $2, now() from p join custom_fields f on f.org_id = p.org_id and f.name in (select 'field ' || n from jsonb_array_elements_text($3::jsonb -> 'fields') n)),
  d3 as (
    insert into different_partners (org_id, one_id, other_id, member_id, created_at)
    select p.org_id, least(p.id, o.id), greatest(p.id, o.id), $1, now() from p join partners o on o.org_id = p.org_id and o.slug = 'fjordkraft-data-as'
    where ($3::jsonb ->> 'apart')::boolean),
  h as (
    insert into contact_choices (org_id, contact_id, choice, updated_at)
    select c.org_id, c.id, x.choice, now() from (select *, row_number() over (order by name) as at from c) c
      join jsonb_array_elements_text($3::jsonb -> 'choices') with ordinality x(choice, at) using (at)),
  l as (
    insert into mail_links (org_id, id, purpose, token_hash, contact_id, class, partner_id, created_at, expires_at)
    select c.org_id, gen_random_uuid(), 'prefs', c.id::text, c.id, 'asked', c.partner_id, now(), now() + interval '90 days' from c),
  w as (
    insert into contact_notices (org_id, id, contact_id, deal_id, kind, key, created_at)
    select d.org_id, gen_random_uuid(), d.their_owner_id, d.id, 'asked', 'asked:' || d.id, now() from d where d.their_owner_id is not null),
  u as (
    insert into mutes (org_id, id, member_id, partner_id, deal_id, created_at)
    select p.org_id, gen_random_uuid(), $1, p.id, x.deal_id, now() from p cross join (select id as deal_id from d union all select null) x
    where ($3::jsonb ->> 'muted')::boolean),
  m as (insert into partner_members (org_id, partner_id, member_id, level, created_at) select p.org_id, p.id, $1, 'view', now() from p),
  o as (insert into partner_slugs (org_id, slug, partner_id) select p.org_id, 'old-' || $2, p.id from p where ($3::jsonb ->> 'old_slug')::boolean)
  select id, slug from p`

test('merging two partners and undoing it is as if nothing had been done', { timeout: 300_000 }, async () => {
  const { admin } = cast.world
  let n = 0
  const make = async (what: Side): Promise<string> => {
    const { rows } = await admin.query(build, [cast.ids.dana, `partner-${n++}`, JSON.stringify(what)])
    return rows[0].id
  }
  const today = (slug: string) => cast.dana.does(getPartner, { params: { slug } })
  const take = fc.subarray([...MergeField.options])
  await fc.assert(
    fc.asyncProperty(side, side, take, async (one, other, fields) => {
      const [keep, gone] = [await make(one), await make(other)]
      const before = await businessOf(admin)
      const [k, g] = [await today(keep), await today(gone)]
      const merged = await cast.dana.does(mergePartners, {
        params: { partner: keep },
        body: { other: gone, take: fields, version: k.version, other_version: g.version },
      })
      const after = await businessOf(admin)
      expect(after).not.toEqual(before)
      expect(after.partners?.length).toBe((before.partners?.length ?? 0) - 1)
      const { kept } = await cast.dana.does(undoAct, { params: { act: merged.act.id } })
      expect(kept).toEqual([])
      expect(await businessOf(admin)).toEqual(before)
    }),
    { numRuns: process.env.TORTURE ? 200 : 25 },
  )
})
