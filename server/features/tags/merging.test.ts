import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { undoAct } from '#shared/acts.ts'
import { addPartner, editPartner, getPartner, listPartners, type Partner } from '#shared/partners.ts'
import { addSavedView, listSavedViews } from '#shared/saved-views.ts'
import { addTag, editTag, listArchivedTags, listTags, mergeTags, previewTagMerge, type Tag } from '#shared/tags.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, type Person } from '#test/world.ts'

let cast: Cast
const tags: Tag[] = []
const partners: Partner[] = []
beforeAll(async () => {
  cast = await createCast()
  for (const name of ['Gold', 'Golden', 'Nordics']) tags.push(await cast.dana.does(addTag, { body: { name } }))
  for (const name of ['Kestrel Ltd', 'Lumen AG', 'Sable SA'])
    partners.push(
      await cast.dana.does(addPartner, {
        body: { legal_name: name, email: `x@${name.split(' ')[0]}.example`.toLowerCase() },
      }),
    )
  partners.push(cast.fjordkraft)
})
afterAll(() => cast.world.close())

/** Who wears what, what views ask for, and every business column of the tags. */
const everything = async () =>
  JSON.stringify(
    (
      await cast.world.admin.query(`select
        (select json_agg(to_jsonb(t) - '{version,updated_at}'::text[] order by id) from tags t) as tags,
        (select json_agg(to_jsonb(v) - '{version,updated_at}'::text[] order by id) from views v) as views,
        (select json_agg(to_jsonb(w) order by partner_id, tag_id) from partner_tags w) as worn`)
    ).rows,
  )
const wear = async (partner: Partner, worn: Tag[]) => {
  const { version } = await cast.dana.does(getPartner, { params: { slug: partner.id } })
  await cast.dana.does(editPartner, {
    params: { partner: partner.id },
    body: { version, tag_ids: worn.map((tag) => tag.id) },
  })
}
const worn = async (partner: Partner) =>
  (await cast.dana.does(getPartner, { params: { slug: partner.id } })).tags.map((tag) => tag.name)
const [from, into] = [() => ({ tag: tags[0]!.id }), () => ({ into: tags[1]!.id })]

test('its partners wear the other one, once, and it is archived; the count comes first', async () => {
  const [gold, golden, nordics] = tags as [Tag, Tag, Tag]
  await wear(partners[0]!, [gold])
  await wear(partners[1]!, [gold, golden, nordics])
  await wear(partners[3]!, [gold])
  expect(await cast.dana.does(previewTagMerge, { params: from(), body: into() })).toEqual({ partners: 3, both: 1 })
  const done = await cast.dana.does(mergeTags, { params: from(), body: into() })
  expect(done).toMatchObject({ partners: 3, both: 1 })
  expect(await Promise.all([0, 1, 3].map((at) => worn(partners[at]!)))).toEqual([
    ['Golden'],
    ['Golden', 'Nordics'],
    ['Golden'],
  ])
  expect((await cast.dana.does(listTags, {})).items.map((it) => [it.name, it.partners])).toEqual([
    ['Golden', 3],
    ['Nordics', 1],
  ])
  const { act } = await cast.dana.does(undoAct, { params: { act: done.act } })
  expect([act.kind, act.says]).toEqual(['tag_merge', 'Merge the tag Gold into Golden: 3 partners move'])
})

test('saved views that ask for it ask for the other one, once, whoever’s they are, until it is undone', async () => {
  const [gold, golden, nordics] = tags as [Tag, Tag, Tag]
  await wear(partners[0]!, [gold])
  const asked: [Person, string][] = [
    [cast.dana, `tag=${gold.id}`],
    [cast.ira, `status=active&tag=${nordics.id}%2C${gold.id}`],
    [cast.lee, `tag=${gold.id}%2C${golden.id}%2C${nordics.id}`],
    [cast.mei, `tag=${golden.id}%2C${gold.id}&view=mine`],
    [cast.ira, `tag=${nordics.id}`],
  ]
  for (const [at, [person, query]] of asked.entries())
    await person.does(addSavedView, { body: { screen: 'partners', name: `View ${at}`, query, shared: false } })
  const queries = async () =>
    (await cast.world.admin.query("select query from views where name ~ '^View' order by name")).rows.map(
      ({ query }) => query,
    )
  const { act } = await cast.dana.does(mergeTags, { params: from(), body: into() })
  expect(await queries()).toEqual([
    `tag=${golden.id}`,
    `status=active&tag=${nordics.id}%2C${golden.id}`,
    `tag=${golden.id}%2C${nordics.id}`,
    `tag=${golden.id}&view=mine`,
    `tag=${nordics.id}`,
  ])
  const [mine] = (await cast.dana.does(listSavedViews, {})).items
  const tag = new URLSearchParams(mine?.query).get('tag') ?? ''
  const found = await cast.dana.does(listPartners, { query: { tag } })
  expect(found.items.map(({ legal_name }) => legal_name)).toContain('Kestrel Ltd')
  await cast.dana.does(undoAct, { params: { act } })
  expect(await queries()).toEqual(asked.map(([, query]) => query))
})

test('merged and undone, everything is as it was, whoever wears what', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.subarray([0, 1, 2]), { minLength: 4, maxLength: 4 }),
      fc.constantFrom<[number, number]>([0, 1], [1, 0], [2, 0]),
      async (who, [a, b]) => {
        for (const [at, mine] of who.entries())
          await wear(
            partners[at]!,
            mine.map((one) => tags[one]!),
          )
        const before = await everything()
        const { act } = await cast.dana.does(mergeTags, { params: { tag: tags[a]!.id }, body: { into: tags[b]!.id } })
        for (const [at, mine] of who.entries()) {
          const wanted = new Set(mine.map((one) => tags[one === a ? b : one]!.name))
          expect(await worn(partners[at]!)).toEqual([...wanted].sort())
        }
        expect((await cast.dana.does(undoAct, { params: { act } })).kept).toEqual([])
        expect(await everything()).toBe(before)
      },
    ),
    { numRuns: 15 },
  )
})

test('is for admins, between two tags of theirs that are in use', async () => {
  for (const endpoint of [previewTagMerge, mergeTags]) {
    for (const person of [cast.ira, cast.mei])
      expect((await person.call(endpoint, { params: from(), body: into() })).status).toBe(403)
    expect((await cast.uma.call(endpoint, { params: from(), body: into() })).status).toBe(404)
    const self = await cast.dana.call(endpoint, { params: from(), body: { into: tags[0]!.id } })
    expect([self.status, self.problem.errors?.[0]?.field]).toEqual([422, 'into'])
  }
  const { version } = (await cast.dana.does(listTags, {})).items.find((it) => it.id === tags[1]!.id)!
  await cast.dana.does(editTag, { params: { tag: tags[1]!.id }, body: { version, archived: true } })
  expect((await cast.dana.call(mergeTags, { params: from(), body: into() })).problem.errors?.[0]?.field).toBe('into')
  const now = (await cast.dana.does(listArchivedTags, {})).items[0]!
  await cast.dana.does(editTag, { params: { tag: now.id }, body: { version: now.version, archived: false } })
})

test('can be undone for 30 days; what changed since stays', async () => {
  await wear(partners[0]!, [tags[0]!])
  await wear(partners[1]!, [tags[0]!])
  const { act } = await cast.dana.does(mergeTags, { params: from(), body: into() })
  await wear(partners[0]!, [tags[2]!])
  await cast.world.pass(days(29))
  const undone = await cast.dana.does(undoAct, { params: { act } })
  expect([await worn(partners[0]!), await worn(partners[1]!)]).toEqual([['Gold', 'Nordics'], ['Gold']])
  expect(Date.parse(undone.act.undo_until) - Date.parse(undone.act.created_at)).toBe(days(30))
})
