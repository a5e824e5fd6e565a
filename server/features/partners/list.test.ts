import { afterAll, beforeAll, expect, test } from 'vitest'
import { addContact, listContacts } from '#shared/contacts.ts'
import { addPartner, countMatchingPartners, countPartners, editPartner, listPartners } from '#shared/partners.ts'
import { addTag } from '#shared/tags.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, type Person } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

type Query = Parameters<typeof query>[1]
function query(person: Person, asked: Record<string, string>) {
  return person.does(listPartners, { query: asked })
}
const names = async (person: Person, asked: Query = {}) => (await query(person, asked)).items.map((it) => it.legal_name)

test('everyone sees the partners open to them, with what a row needs', async () => {
  expect(await names(cast.dana)).toEqual(['Fjordkraft Data AS', 'Nordlicht GmbH'])
  expect(await names(cast.lee)).toEqual(['Nordlicht GmbH'])
  expect(await names(cast.uma)).toEqual(['Delta Works Ltd'])
  const { items } = await query(cast.lee, {})
  expect(items[0]).toMatchObject({
    slug: 'nordlicht-gmbh',
    type: 'reseller',
    works_via: 'portal',
    owner: { name: 'Dana Reyes' },
    main_contact: 'Ana Lindner',
    open_deals: 0,
    attention: null,
  })
})

test('names are sorted as people read them, and pages follow each other without gaps', async () => {
  const added = ['Zeta', 'émile', 'Ångström', 'alpha', 'Émile Zwei', 'beta', '東京商事', 'Alpha']
  for (const [at, legal_name] of added.entries())
    await cast.uma.does(addPartner, { body: { legal_name, email: `a@sorted-${at}.example` } })
  const whole = await names(cast.uma)
  expect(whole).toEqual([
    'alpha',
    'Alpha',
    'Ångström',
    'beta',
    'Delta Works Ltd',
    'émile',
    'Émile Zwei',
    'Zeta',
    '東京商事',
  ])
  for (const sort of ['name', '-name', 'activity', '-activity']) {
    const all = await names(cast.uma, { sort })
    const paged: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await query(cast.uma, { sort, limit: '2', ...(cursor ? { cursor } : {}) })
      paged.push(...page.items.map((it) => it.legal_name))
      cursor = page.next
    }
    expect(paged).toEqual(all)
    expect([...paged].sort()).toEqual([...whole].sort())
  }
  expect(await names(cast.uma, { sort: '-name' })).toEqual([...whole].reverse())
})

test('a cursor of another order, or none at all, is refused', async () => {
  const { next } = await query(cast.uma, { limit: '1' })
  for (const asked of [{ cursor: next ?? '', sort: '-name' }, { cursor: 'AAAA' }, { cursor: 'W10' }]) {
    const reply = await cast.uma.call(listPartners, { query: asked as never })
    expect([reply.status, reply.problem.errors?.[0]?.field]).toEqual([422, 'cursor'])
  }
})

test('search finds names without their accents, domains, people and tags, and only what one sees', async () => {
  expect(await names(cast.uma, { q: 'emile' })).toEqual(['émile', 'Émile Zwei'])
  expect(await names(cast.uma, { q: 'ANGSTR' })).toEqual(['Ångström'])
  expect(await names(cast.uma, { q: '商事' })).toEqual([])
  expect(await names(cast.uma, { q: '東京' })).toEqual(['東京商事'])
  expect(await names(cast.dana, { q: 'nordlicht.exa' })).toEqual(['Nordlicht GmbH'])
  expect(await names(cast.dana, { q: 'okafor' })).toEqual(['Nordlicht GmbH'])
  expect(await names(cast.dana, { q: 'henrik' })).toEqual(['Fjordkraft Data AS'])
  expect(await names(cast.lee, { q: 'henrik' })).toEqual([])
  expect(await names(cast.uma, { q: 'nordlicht' })).toEqual([])
  for (const q of ['nordlcht', 'Nordlict', 'mordlicht'])
    expect(await names(cast.dana, { q })).toEqual(['Nordlicht GmbH'])
  expect(await names(cast.dana, { q: 'okafro' })).toEqual(['Nordlicht GmbH'])
  expect(await names(cast.dana, { q: 'henrick' })).toEqual(['Fjordkraft Data AS'])
  for (const q of ['fjordkrft', 'henrick']) expect(await names(cast.lee, { q })).toEqual([])
  for (const q of ['%', '_', '\\', "'", '100%']) expect(await names(cast.dana, { q })).toEqual([])
})

test('what begins with the words comes first, then where they stand elsewhere, then people; page after page', async () => {
  for (const legal_name of ['Lumen Nord', 'Nord Sable', 'Kornord', 'Sable'])
    await cast.uma.does(addPartner, {
      body: {
        legal_name,
        email: `a@${legal_name.replace(' ', '')}.example`,
        contact_name: legal_name === 'Sable' ? 'Nora Nord' : 'Ada',
      },
    })
  const ranked = ['Nord Sable', 'Lumen Nord', 'Kornord', 'Sable']
  expect(await names(cast.uma, { q: 'nord' })).toEqual(ranked)
  expect(await names(cast.uma, { q: 'nord', sort: 'name' })).toEqual([...ranked].sort())
  expect(await names(cast.uma, { q: 'nord', status: 'onboarding' })).toEqual(ranked)
  const paged: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await query(cast.uma, { q: 'nord', limit: '1', ...(cursor ? { cursor } : {}) })
    paged.push(...page.items.map((it) => it.legal_name))
    cursor = page.next
  }
  expect(paged).toEqual(ranked)
  const counted = (asked: Record<string, string>) => cast.uma.does(countMatchingPartners, { query: asked })
  expect(await counted({ q: 'nord' })).toEqual({ matching: 4 })
  expect(await counted({ q: 'nord', type: 'none' })).toEqual({ matching: 4 })
  expect((await cast.lee.does(countMatchingPartners, { query: { q: 'henrik' } })).matching).toBe(0)
})

test('filters and views narrow the list', async () => {
  const tag = await cast.dana.does(addTag, { body: { name: 'Gold' } })
  const [fjordkraft, nordlicht] = (await query(cast.dana, {})).items
  await cast.dana.does(editPartner, {
    params: { partner: nordlicht!.id },
    body: { version: nordlicht!.version, status: 'active', tag_ids: [tag.id] },
  })
  const both = ['Fjordkraft Data AS', 'Nordlicht GmbH']
  expect(await names(cast.dana, { status: 'active' })).toEqual(['Nordlicht GmbH'])
  expect(await names(cast.dana, { status: 'active,onboarding' })).toEqual(both)
  expect(await names(cast.dana, { view: 'active' })).toEqual(['Nordlicht GmbH'])
  expect(await names(cast.dana, { type: 'distributor' })).toEqual(['Fjordkraft Data AS'])
  expect(await names(cast.dana, { tag: tag.id })).toEqual(['Nordlicht GmbH'])
  expect(await names(cast.dana, { q: 'gold' })).toEqual(['Nordlicht GmbH'])
  expect(await names(cast.dana, { owner: cast.ids.dana })).toEqual(both)
  expect(await names(cast.dana, { owner: 'me' })).toEqual(both)
  expect(await names(cast.ira, { view: 'mine' })).toEqual([])
  expect(await names(cast.dana, { owner: 'none' })).toEqual([])
  expect(await names(cast.dana, { via: 'portal' })).toEqual(both)
  expect(await names(cast.dana, { view: 'archived' })).toEqual([])
  expect(await names(cast.dana, { status: 'active', type: 'distributor' })).toEqual([])
  expect(fjordkraft?.tags).toEqual([])
  expect(await cast.dana.does(countPartners, {})).toEqual({
    all: 2,
    mine: 2,
    active: 1,
    onboarding: 1,
    dormant: 0,
    attention: 0,
    archived: 0,
  })
  expect((await cast.lee.does(countPartners, {})).all).toBe(1)
})

test('what needs attention says why', async () => {
  const bare = await cast.dana.does(addPartner, { body: { legal_name: 'Bare', email: 'b@bare.example' } })
  const reasons = async () =>
    (await query(cast.dana, { view: 'attention' })).items.map((it) => [it.legal_name, it.attention])
  expect(await reasons()).toEqual([['Bare', 'No type yet']])
  const typed = await cast.dana.does(editPartner, {
    params: { partner: bare.id },
    body: { version: bare.version, type: 'agency', owner_id: null },
  })
  expect(await reasons()).toEqual([['Bare', 'No owner']])
  const { items } = await cast.dana.does(listContacts, { params: { partner: bare.id } })
  await cast.world.admin.query('update contacts set is_main = false where id = $1', [items[0]!.id])
  expect(await reasons()).toEqual([['Bare', 'No main contact']])
  await cast.dana.does(addContact, { params: { partner: bare.id }, body: { name: 'New Main' } })
  const owned = { version: typed.version, owner_id: cast.ids.dana }
  await cast.dana.does(editPartner, { params: { partner: bare.id }, body: owned })
  expect(await reasons()).toEqual([])
  await cast.world.admin.query('update partners set last_activity_at = $2 where id = $1', [
    bare.id,
    new Date(cast.world.now().getTime() - days(47)),
  ])
  expect((await cast.dana.does(countPartners, {})).attention).toBe(1)
  expect(await reasons()).toEqual([['Bare', 'No activity for 47 days']])
  const [quiet] = (await query(cast.dana, { q: 'bare' })).items
  const dormant = { version: quiet!.version, status: 'dormant' as const }
  await cast.dana.does(editPartner, { params: { partner: bare.id }, body: dormant })
  expect((await reasons()).map(([name]) => name)).not.toContain('Bare')
})
