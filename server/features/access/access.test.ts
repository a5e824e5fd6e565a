import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addContact, editContact, listContacts, removeAccess } from '#shared/contacts.ts'
import {
  addPartner,
  editPartnerAccess,
  getPartner,
  getPartnerAccess,
  getPartnerSight,
  type Partner,
  previewPartnerAccess,
} from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import { type Cast, createCast } from '#test/cast.ts'
import type { Person } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
  for (const [at, shared] of [true, true, true, false].entries()) await plantDeal(cast.nordlicht, at, shared)
  for (const at of [0, 1]) await plantNote(cast.nordlicht, at, at === 0)
})
afterAll(() => cast.world.close())

const share = `insert into shares (org_id, id, partner_id, deal_id, entry_id, shared_by, shared_at, effective_at, updated_at)
  select org_id, gen_random_uuid(), id, $2, $3, owner_id, now(), now() - interval '1 minute', now() from partners where id = $1`

async function plantDeal(partner: Partner, at: number, shared: boolean): Promise<void> {
  const id = randomUUID()
  await cast.world.admin.query(
    `insert into deals (org_id, id, ref, partner_id, kind, customer_company, customer_contact_name, value_minor, currency, ask, our_owner_id,
       turn_since, stage_since, last_activity_at, created_at, updated_at)
     select org_id, $2, 'deal-' || $3::text, id, 'lead', 'Customer ' || $3::text, 'Rosa', case when $3::int < 2 then 5000 end, 'EUR', 'Call them', owner_id,
       now(), now(), now(), now(), now() from partners where id = $1`,
    [partner.id, id, String(at)],
  )
  if (shared) await cast.world.admin.query(share, [partner.id, id, null])
}

async function plantNote(partner: Partner, at: number, shared: boolean): Promise<void> {
  const id = randomUUID()
  await cast.world.admin.query(
    `insert into entries (org_id, id, partner_id, kind, audience, body, member_id, created_at, updated_at)
     select org_id, $2, id, 'note', $4, 'Note ' || $3::text, owner_id, now(), now() from partners where id = $1`,
    [partner.id, id, String(at), shared ? 'partner' : 'team'],
  )
  if (shared) await cast.world.admin.query(share, [partner.id, null, id])
}

const today = (person: Person, partner: Partner) => person.does(getPartnerAccess, { params: { partner: partner.id } })
type Access = Awaited<ReturnType<typeof today>>
const draft = ({ team_access, members, permissions }: Access, more: object = {}) => ({
  team_access,
  members: members.map(({ member_id, level }) => ({ member_id, level })),
  permissions: { ...permissions, ...more },
})
const preview = async (person: Person, partner: Partner, more: object = {}, top: object = {}) =>
  person.does(previewPartnerAccess, {
    params: { partner: partner.id },
    body: { ...draft(await today(cast.dana, partner), more), ...top },
  })
const rowsHash = async () => {
  const tables = ['partners', 'partner_members', 'contacts', 'audit_rows', 'read_records', 'entries', 'deals']
  const parts = tables.map((table) => `(select md5(string_agg(x::text, '' order by x::text)) from ${table} x)`)
  return (await cast.world.admin.query(`select array[${parts.join()}]::text as hash`)).rows[0].hash
}

test('the access of a partner: the team, the six rows, the people', async () => {
  const access = await today(cast.mei, cast.nordlicht)
  expect(access).toMatchObject({
    team_access: 'everyone',
    members: [],
    permissions: presets.shared.rows,
    can: { decide: false },
  })
  expect(access.people.map((it) => [it.name, it.state, it.can_sign_in])).toEqual([
    ['Ana Lindner', 'accepted', true],
    ['Ben Okafor', 'accepted', true],
  ])
  expect((await today(cast.dana, cast.fjordkraft)).members).toMatchObject([{ name: 'Ira Novak', level: 'work' }])
  expect((await cast.lee.call(getPartnerAccess, { params: { partner: cast.fjordkraft.id } })).status).toBe(404)
})

test('the preview names exactly what appears, and changes nothing', async () => {
  const before = await rowsHash()
  const exposure = await preview(cast.dana, cast.nordlicht, { sees_value: true, sees_customer_contact: true })
  expect(exposure.sentences).toEqual([
    'Nordlicht GmbH will now see the value of 2 deals.',
    'Nordlicht GmbH will now see the customer contact of 3 deals.',
    'Ana Lindner and Ben Okafor are affected.',
  ])
  expect(exposure.contacts).toHaveLength(1)
  expect(exposure.contacts[0]?.names).toEqual(['Ana Lindner', 'Ben Okafor'])
  expect(
    exposure.contacts[0]?.appears
      .filter((it) => it.field === 'value')
      .map((it) => it.label)
      .sort(),
  ).toEqual(['Customer 0', 'Customer 1'])
  expect(exposure.contacts[0]?.disappears).toEqual([])
  expect(await rowsHash()).toBe(before)
})

test('what goes away is named as well, team-only notes never', async () => {
  const exposure = await preview(cast.dana, cast.nordlicht, presets.nothing.rows)
  expect(exposure.sentences).toEqual([
    'Nordlicht GmbH will no longer see 3 deals.',
    'Nordlicht GmbH will no longer see 1 note.',
    'Nordlicht GmbH will no longer be able to update deals.',
    'Ana Lindner and Ben Okafor are affected.',
  ])
  expect(exposure.contacts[0]?.disappears.find((it) => it.what === 'note')?.label).toBe('Note 0')
  expect(JSON.stringify(exposure)).not.toContain('Note 1')
  expect(JSON.stringify(exposure)).not.toContain('Customer 3')
})

test('who on the team gains or loses the partner is named', async () => {
  const picked = { team_access: 'picked', members: [{ member_id: cast.ids.lee, level: 'view' }] }
  const exposure = await preview(cast.dana, cast.nordlicht, {}, picked)
  expect(exposure.team).toEqual({ gains: [], loses: ['Ira Novak', 'Mei Sato'] })
  expect(exposure.sentences).toEqual([
    'Nothing changes for anyone at Nordlicht GmbH.',
    'Ira Novak will no longer see this partner.',
    'Mei Sato will no longer see this partner.',
  ])
  const open = await preview(cast.dana, cast.fjordkraft, {}, { team_access: 'everyone', members: [] })
  expect(open.team).toEqual({ gains: ['Lee Park', 'Mei Sato'], loses: [] })
})

test('someone who sees only their own deals is a class of their own', async () => {
  const { items } = await cast.dana.does(listContacts, { params: { partner: cast.nordlicht.id } })
  const ben = items.find((it) => it.name === 'Ben Okafor')!
  const own = await cast.dana.does(editContact, {
    params: { contact: ben.id },
    body: { version: ben.version, sees: 'own' },
  })
  const without = await preview(cast.dana, cast.nordlicht, { sees_value: true })
  expect(without.contacts.map((it) => it.names)).toEqual([['Ana Lindner']])
  await cast.world.admin.query("update deals set their_owner_id = $1 where ref = 'deal-0'", [ben.id])
  const exposure = await preview(cast.dana, cast.nordlicht, { sees_value: true })
  expect(exposure.contacts.map((it) => [it.names, it.appears.length])).toEqual([
    [['Ana Lindner'], 2],
    [['Ben Okafor'], 1],
  ])
  expect(exposure.sentences[0]).toBe('Nordlicht GmbH will now see the value of 2 deals.')
  await cast.dana.does(editContact, { params: { contact: ben.id }, body: { version: own.version, sees: 'all' } })
})

test('what the preview says is what then happens', async () => {
  const sight = async () => {
    const seen = await cast.dana.does(getPartnerSight, { params: { partner: cast.nordlicht.id }, query: {} })
    return seen.deals.filter((deal) => deal.value_minor !== null).length
  }
  const exposure = await preview(cast.dana, cast.nordlicht, { sees_value: true })
  const before = await sight()
  const access = await today(cast.dana, cast.nordlicht)
  const edited = await cast.dana.does(editPartnerAccess, {
    params: { partner: cast.nordlicht.id },
    body: { ...draft(access, { sees_value: true }), version: access.version, reason: 'They signed the new terms.' },
  })
  expect(edited.permissions.sees_value).toBe(true)
  const appeared = exposure.contacts[0]?.appears.filter((it) => it.field === 'value').length
  expect((await sight()) - before).toBe(appeared)
  const { rows } = await cast.world.admin.query(
    "select member_id, partner_id, changes from audit_rows where table_name = 'access_reason'",
  )
  expect(rows).toEqual([
    { member_id: cast.ids.dana, partner_id: cast.nordlicht.id, changes: { reason: 'They signed the new terms.' } },
  ])
  const late = await cast.dana.call(editPartnerAccess, {
    params: { partner: cast.nordlicht.id },
    body: { ...draft(access), version: access.version },
  })
  expect([late.status, (late.problem.current as Access).version]).toEqual([409, edited.version])
})

test('only an admin or the owner previews and decides', async () => {
  const body = draft(await today(cast.dana, cast.nordlicht), { sees_value: false })
  const params = { partner: cast.nordlicht.id }
  for (const [person, status] of [
    [cast.ira, 403],
    [cast.mei, 403],
    [cast.uma, 404],
  ] as const) {
    const { version } = await today(cast.dana, cast.nordlicht)
    expect((await person.call(previewPartnerAccess, { params, body })).status).toBe(status)
    expect((await person.call(editPartnerAccess, { params, body: { ...body, version } })).status).toBe(status)
  }
  expect((await today(cast.dana, cast.nordlicht)).permissions.sees_value).toBe(true)
})

test('picking people takes effect at once; those who stay keep their place', async () => {
  const mine = await cast.ira.does(addPartner, { body: { legal_name: 'Irasee', email: 'i@irasee.example' } })
  const put = async (members: { member_id: string; level: 'view' | 'work' }[], team_access: 'picked' | 'everyone') => {
    const access = await today(cast.ira, mine)
    const body = { ...draft(access), team_access, members, version: access.version }
    return cast.ira.does(editPartnerAccess, { params: { partner: mine.id }, body })
  }
  const slug = { params: { slug: mine.slug } }
  expect((await put([], 'picked')).members).toEqual([])
  expect((await cast.lee.call(getPartner, slug)).status).toBe(404)
  await put([{ member_id: cast.ids.lee, level: 'view' }], 'picked')
  expect((await cast.lee.does(getPartner, slug)).can.work).toBe(false)
  await put([{ member_id: cast.ids.lee, level: 'work' }], 'picked')
  expect((await cast.lee.does(getPartner, slug)).can.work).toBe(true)
  await put([], 'everyone')
  expect((await cast.mei.call(getPartner, slug)).status).toBe(200)
})

test('a sight is read through the eyes of the main contact, or of whom one names, invited or not', async () => {
  const params = { partner: cast.nordlicht.id }
  const sight = await cast.mei.does(getPartnerSight, { params, query: {} })
  expect(sight).toMatchObject({ contact: { name: 'Ana Lindner' }, deal_count: 3, note_count: 1 })
  expect(sight.notes[0]?.body).toBe('Note 0')
  expect(sight.deals.every((deal) => deal.customer_contact_name === null && !deal.customer_contact_shown)).toBe(true)
  const kim = await cast.dana.does(addContact, { params, body: { name: 'Kim', email: 'kim@nordlicht.example' } })
  await cast.dana.does(editContact, { params: { contact: kim.id }, body: { version: kim.version, sees: 'own' } })
  const own = await cast.dana.does(getPartnerSight, { params, query: { contact: kim.id } })
  expect(own).toMatchObject({ contact: { name: 'Kim' }, deal_count: 0, note_count: 1 })
  await cast.dana.does(removeAccess, { params: { contact: kim.id } })
  const asked = { params, query: { contact: kim.id } }
  expect((await cast.dana.call(getPartnerSight, asked)).status).toBe(404)
})

test('nobody looks through the eyes of people at a partner they do not see', async () => {
  const foreign = [cast.henrik.contact_id, cast.dora.contact_id, randomUUID()]
  for (const contact of foreign) {
    const reply = await cast.lee.call(getPartnerSight, { params: { partner: cast.nordlicht.id }, query: { contact } })
    expect(reply.status).toBe(404)
  }
  const closed = await cast.lee.call(getPartnerSight, { params: { partner: cast.fjordkraft.id }, query: {} })
  expect(closed.status).toBe(404)
})

test('looking leaves neither a read record nor a line in the log', async () => {
  const before = await rowsHash()
  await cast.dana.does(getPartnerSight, { params: { partner: cast.nordlicht.id }, query: {} })
  expect(await rowsHash()).toBe(before)
})

test('a partner with nobody to ask says so', async () => {
  const lonely = await cast.dana.does(addPartner, { body: { legal_name: 'Lonely', email: 'l@lonely.example' } })
  const { items } = await cast.dana.does(listContacts, { params: { partner: lonely.id } })
  await cast.dana.does(removeAccess, { params: { contact: items[0]!.id } })
  expect((await preview(cast.dana, lonely, { sees_value: true })).sentences).toEqual([
    'There is nobody at Lonely who could see anything. Add a contact first.',
  ])
  expect(await cast.dana.does(getPartnerSight, { params: { partner: lonely.id }, query: {} })).toEqual({
    contact: null,
    deals: [],
    deal_count: 0,
    notes: [],
    note_count: 0,
    files: [],
    file_count: 0,
  })
})
