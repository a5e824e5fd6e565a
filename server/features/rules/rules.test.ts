import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { undoAct } from '#shared/acts.ts'
import { listContacts } from '#shared/contacts.ts'
import { listChanges } from '#shared/log.ts'
import { addPartner, countPartners, editPartner, getPartner, listPartners, type Partner } from '#shared/partners.ts'
import { confirmMainContacts, editGroundRule, type GroundRule, listGroundRules, type RuleName } from '#shared/rules.ts'
import { addTag } from '#shared/tags.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days } from '#test/world.ts'

let cast: Cast
let kestrel: Partner
beforeAll(async () => {
  cast = await createCast()
  kestrel = await cast.dana.does(addPartner, {
    body: { legal_name: 'Kestrel Ltd', email: 'k@kestrel.example', type: 'agency' },
  })
})
afterAll(() => cast.world.close())
beforeEach(() =>
  cast.world.admin.query(
    "update ground_rules set is_on = true, amount = case rule when 'tags' then 3 when 'main_contact' then 6 when 'quiet' then 14 end",
  ),
)

const rules = (who = cast.dana) => who.does(listGroundRules, {})
const ruleNamed = async (rule: RuleName, who = cast.dana): Promise<GroundRule> =>
  (await rules(who)).items.find((it) => it.rule === rule)!
const set = async (rule: RuleName, change: { is_on?: boolean; amount?: number }) =>
  cast.dana.does(editGroundRule, { params: { rule }, body: { version: (await ruleNamed(rule)).version, ...change } })
const who = async (rule: RuleName, person = cast.dana) =>
  (await person.does(listPartners, { query: { breaks: rule } })).items.map((it) => it.legal_name)
const attention = async () =>
  (await cast.dana.does(listPartners, { query: { view: 'attention' } })).items.map((it) => [
    it.legal_name,
    it.attention,
  ])
const change = async (partner: Partner, body: object) => {
  const { version } = await cast.dana.does(getPartner, { params: { slug: partner.id } })
  await cast.dana.does(editPartner, { params: { partner: partner.id }, body: { version, ...body } as never })
}
const since = (column: string, partner: Partner, ago: number) =>
  cast.world.admin.query(
    column === 'last_activity_at'
      ? 'update partners set last_activity_at = $2 where id = $1'
      : 'update contacts set confirmed_at = $2, created_at = $2 where partner_id = $1 and is_main',
    [partner.id, new Date(cast.world.now().getTime() - days(ago))],
  )

describe('Ground rules', () => {
  test('are six sentences that everyone reads and nobody breaks at first', async () => {
    const { items, can } = await rules(cast.mei)
    expect(items.map((it) => [it.rule, it.is_on, it.amount, it.breaks])).toEqual([
      ['legal_name', true, null, 0],
      ['type', true, null, 0],
      ['owner', true, null, 0],
      ['tags', true, 3, 0],
      ['main_contact', true, 6, 0],
      ['quiet', true, 14, 0],
    ])
    expect(can.edit).toBe(false)
    expect(await attention()).toEqual([])
  })

  test.each<[RuleName, object, object, string]>([
    ['type', { type: null }, { type: 'agency' }, 'No type yet'],
    ['legal_name', { legal_name: 'Kestrel Ltd (old)' }, { legal_name: 'Kestrel Ltd' }, 'Name is not a legal name'],
    ['legal_name', { legal_name: 'kestrel.example' }, { legal_name: 'Kestrel Ltd' }, 'Name is not a legal name'],
    ['legal_name', { legal_name: 'kestrel' }, { legal_name: 'Kestrel Ltd' }, 'Name is not a legal name'],
  ])('%s: %o breaks it, %o does not', async (rule, bad, good, says) => {
    await change(kestrel, bad)
    expect((await who(rule)).length).toBe(1)
    expect((await ruleNamed(rule)).breaks).toBe(1)
    expect((await attention()).map(([, why]) => why)).toEqual([says])
    await change(kestrel, good)
    expect(await who(rule)).toEqual([])
    expect(await attention()).toEqual([])
  })

  test('names of the usual kinds are legal names', async () => {
    const { rows } = await cast.world.admin.query('select n from unnest($1::text[]) n where app.is_odd_name(n)', [
      [
        'IBM',
        '3M Company',
        'eBay Inc.',
        'Foo (UK) Ltd',
        'Newton (Holdings) AG',
        '桜井 株式会社',
        'Ørsted A/S',
        'S.A.R.L. Dupont',
        'Yahoo! Inc.',
        'New Relic, Inc.',
        'Amazon.com, Inc.',
        'מגדל בע״מ',
        'Oldenburg (Newcastle) plc',
      ],
    ])
    expect(rows).toEqual([])
    const odd = [
      'acme',
      'Acme (OLD)',
      'Acme [do not use]',
      'ana@acme.example',
      'www.acme.example',
      'Acme?',
      '123',
      'Acme (neu)',
      'Acme.com',
    ]
    const { rows: found } = await cast.world.admin.query(
      'select n from unnest($1::text[]) n where app.is_odd_name(n)',
      [odd],
    )
    expect(found.map((row) => row.n)).toEqual(odd)
  })

  test('no owner: the list that it leads to is the one that is counted', async () => {
    await change(kestrel, { owner_id: null })
    expect(await who('owner')).toEqual(['Kestrel Ltd'])
    expect((await cast.dana.does(countPartners, {})).attention).toBe(1)
    await change(kestrel, { owner_id: cast.ids.dana })
    expect(await who('owner')).toEqual([])
  })

  test('too many tags, by the number that the company chose', async () => {
    const tag_ids = []
    for (const name of ['Gold', 'Nordics', 'EMEA', 'Beta'])
      tag_ids.push((await cast.dana.does(addTag, { body: { name } })).id)
    await change(kestrel, { tag_ids })
    expect(await attention()).toEqual([['Kestrel Ltd', '4 tags, at most 3']])
    await set('tags', { amount: 4 })
    expect([await who('tags'), await attention()]).toEqual([[], []])
    await change(kestrel, { tag_ids: [] })
  })

  test('a main contact that nobody confirmed for months, or none', async () => {
    await since('confirmed_at', kestrel, 200)
    expect(await attention()).toEqual([['Kestrel Ltd', 'Main contact not confirmed for 6 months']])
    await set('main_contact', { amount: 7 })
    expect(await who('main_contact')).toEqual([])
    await cast.world.admin.query('update contacts set is_main = false where partner_id = $1', [kestrel.id])
    expect(await attention()).toEqual([['Kestrel Ltd', 'No main contact']])
    await cast.world.admin.query('update contacts set is_main = true where partner_id = $1', [kestrel.id])
  })

  test('quiet for days; a dormant partner may be', async () => {
    await since('confirmed_at', kestrel, 1)
    await since('last_activity_at', kestrel, 15)
    expect(await attention()).toEqual([['Kestrel Ltd', 'No activity for 15 days']])
    await set('quiet', { amount: 15 })
    expect(await who('quiet')).toEqual(['Kestrel Ltd'])
    await set('quiet', { amount: 16 })
    expect(await who('quiet')).toEqual([])
    await set('quiet', { amount: 14 })
    await change(kestrel, { status: 'dormant' })
    expect(await who('quiet')).toEqual([])
    await change(kestrel, { status: 'active' })
    await since('last_activity_at', kestrel, 0)
  })

  test('a rule that is off asks for nothing, and still says who would break it', async () => {
    await change(kestrel, { type: null })
    await set('type', { is_on: false })
    expect([await attention(), await who('type')]).toEqual([[], ['Kestrel Ltd']])
    expect((await cast.dana.does(listChanges, { query: {} })).items[0]?.sentence).toBe(
      'Dana Reyes turned the rule Type required off',
    )
    await set('tags', { amount: 5 })
    expect((await cast.dana.does(listChanges, { query: {} })).items[0]?.sentence).toBe(
      'Dana Reyes set the number of the rule Number of tags to 5',
    )
    await change(kestrel, { type: 'agency' })
  })

  test('who breaks one is counted among the partners one sees, and archived ones never', async () => {
    await change(cast.fjordkraft, { type: null })
    expect([(await ruleNamed('type')).breaks, (await ruleNamed('type', cast.lee)).breaks]).toEqual([1, 0])
    expect(await who('type', cast.lee)).toEqual([])
    await cast.world.admin.query('update partners set archived_at = now() where id = $1', [cast.fjordkraft.id])
    expect((await ruleNamed('type')).breaks).toBe(0)
    await cast.world.admin.query("update partners set archived_at = null, type = 'distributor' where id = $1", [
      cast.fjordkraft.id,
    ])
  })

  test('are set by admins, within bounds, on what they saw', async () => {
    const { version } = await ruleNamed('tags')
    const send = (rule: RuleName, body: object, person = cast.dana) =>
      person.call(editGroundRule, { params: { rule }, body: { version, ...body } as never })
    for (const person of [cast.ira, cast.mei]) {
      const reply = await send('tags', { amount: 2 }, person)
      expect([reply.status, reply.problem.detail]).toEqual([403, 'Admins set the ground rules. Ask an admin.'])
    }
    for (const [rule, amount] of [
      ['tags', 0],
      ['tags', 21],
      ['main_contact', 37],
      ['quiet', 366],
      ['owner', 1],
      ['quiet', 1.5],
    ] as const) {
      const reply = await send(rule, { amount })
      expect([rule, amount, reply.status, reply.problem.errors?.[0]?.field]).toEqual([rule, amount, 422, 'amount'])
    }
    expect((await send('colour' as never, { is_on: true })).status).toBe(404)
    await set('tags', { amount: 4 })
    const stale = await send('tags', { amount: 5 })
    expect([stale.status, stale.problem.current]).toMatchObject([409, { amount: 4 }])
  })
})

describe('Confirming main contacts', () => {
  const main = async (partner: Partner) =>
    (await cast.dana.does(listContacts, { params: { partner: partner.id } })).items.find((it) => it.is_main)
  const all = () => cast.world.admin.query('select id, confirmed_at from contacts order by id').then(({ rows }) => rows)

  test('confirms all that break the rule as one act, and takes it back', async () => {
    await since('confirmed_at', kestrel, 200)
    await since('confirmed_at', cast.nordlicht, 300)
    const before = await all()
    const done = await cast.ira.does(confirmMainContacts, { body: {} })
    expect(done).toMatchObject({ confirmed: 2, without: 0, refused: 0 })
    expect(await who('main_contact')).toEqual([])
    const { act, kept } = await cast.ira.does(undoAct, { params: { act: done.act! } })
    expect([act.kind, act.says, kept]).toEqual(['repair', 'Confirm 2 main contacts', []])
    expect(await all()).toEqual(before)
    await since('confirmed_at', cast.nordlicht, 1)
  })

  test('or those of the partners named, counting who has none and who is not theirs', async () => {
    const ids = [kestrel.id, cast.fjordkraft.id]
    const before = (await main(cast.fjordkraft))?.confirmed_at
    await cast.world.admin.query("update partner_members set level = 'view' where partner_id = $1", [
      cast.fjordkraft.id,
    ])
    expect(await cast.ira.does(confirmMainContacts, { body: { partner_ids: ids } })).toMatchObject({
      confirmed: 1,
      refused: 1,
    })
    expect((await main(cast.fjordkraft))?.confirmed_at).toBe(before)
    expect((await main(kestrel))?.confirmed_at).not.toBeNull()
    expect(await cast.ira.does(confirmMainContacts, { body: {} })).toEqual({
      act: null,
      confirmed: 0,
      without: 0,
      refused: 0,
    })
  })

  test('is refused to who only looks, and for partners that are not theirs to see', async () => {
    expect((await cast.mei.call(confirmMainContacts, { body: {} })).status).toBe(403)
    for (const id of [cast.fjordkraft.id, cast.delta.id])
      expect((await cast.lee.call(confirmMainContacts, { body: { partner_ids: [id] } })).status).toBe(404)
  })
})
