import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addMember, editCompany, editMember, getCompany, listMembers } from '#shared/company.ts'
import { getPartner, listPartners } from '#shared/partners.ts'
import { type Cast, createCast } from '#test/cast.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

const member = async (name: string) => (await cast.dana.does(listMembers, {})).items.find((it) => it.name === name)!
const change = (person: Cast['dana'], it: { id: string; version: number }, body: object) =>
  person.call(editMember, { params: { member: it.id }, body: { version: it.version, ...body } })

test('everyone reads the company, admins change it', async () => {
  const company = await cast.mei.does(getCompany, {})
  expect(company).toMatchObject({
    name: 'Halden Software',
    currency: 'EUR',
    has_sample_data: false,
    can: { edit: false },
  })
  const edited = await cast.dana.does(editCompany, {
    body: {
      version: company.version,
      name: 'Halden',
      time_zone: 'Europe/Oslo',
      currency: 'NOK',
      links_show_value: true,
    },
  })
  expect(edited).toMatchObject({ name: 'Halden', time_zone: 'Europe/Oslo', currency: 'NOK', links_show_value: true })
  expect((await cast.uma.does(getCompany, {})).name).toBe('Umbra Labs')
  const body = { version: edited.version, name: 'Mine' }
  for (const person of [cast.ira, cast.mei]) expect((await person.call(editCompany, { body })).status).toBe(403)
})

test('a company change names the version it saw, a real time zone and a real currency', async () => {
  const { version } = await cast.dana.does(getCompany, {})
  const late = await cast.dana.call(editCompany, { body: { version: version + 1, name: 'Late' } })
  expect(late.status).toBe(409)
  expect(late.problem.current).toMatchObject({ name: 'Halden' })
  const zone = await cast.dana.call(editCompany, { body: { version, time_zone: 'Mars/Olympus' } })
  expect([zone.status, zone.problem.errors?.[0]?.field]).toEqual([422, 'time_zone'])
  const money = await cast.dana.call(editCompany, { body: { version, currency: 'QQQ' } })
  expect([money.status, money.problem.errors?.[0]?.field]).toEqual([422, 'currency'])
})

test('the team knows each other, and nobody of another company', async () => {
  const { items, can } = await cast.mei.does(listMembers, {})
  expect(items.map((it) => [it.name, it.role])).toEqual([
    ['Dana Reyes', 'admin'],
    ['Ira Novak', 'member'],
    ['Lee Park', 'member'],
    ['Mei Sato', 'read_only'],
  ])
  expect(can.add).toBe(false)
})

test('only admins add people, and each address once', async () => {
  const body = { name: 'Noor', email: 'Noor@halden.example', role: 'member' as const }
  for (const person of [cast.ira, cast.mei]) expect((await person.call(addMember, { body })).status).toBe(403)
  const { rows } = await cast.world.admin.query('select 1 from auth."user" where email = $1', ['noor@halden.example'])
  expect(rows).toEqual([])
  expect(await cast.dana.does(addMember, { body })).toMatchObject({ name: 'Noor', email: 'noor@halden.example' })
  const again = await cast.dana.call(addMember, { body })
  expect([again.status, again.problem.errors?.[0]?.field]).toEqual([409, 'email'])
})

test('a role counts from the next request on', async () => {
  const lee = await member('Lee Park')
  expect((await cast.lee.call(getPartner, { params: { slug: cast.fjordkraft.slug } })).status).toBe(404)
  const admin = await change(cast.dana, lee, { role: 'admin' })
  expect((await cast.lee.does(getPartner, { params: { slug: cast.fjordkraft.slug } })).can.decide).toBe(true)
  expect((await change(cast.dana, admin.body, { role: 'member' })).status).toBe(200)
  expect((await cast.lee.call(getPartner, { params: { slug: cast.fjordkraft.slug } })).status).toBe(404)
})

test('members change nobody, and another company finds nobody', async () => {
  const lee = await member('Lee Park')
  expect((await change(cast.ira, lee, { role: 'admin' })).status).toBe(403)
  expect((await change(cast.uma, lee, { role: 'admin' })).status).toBe(404)
  expect((await change(cast.dana, { ...lee, id: randomUUID() }, { role: 'admin' })).status).toBe(404)
  expect((await change(cast.dana, { ...lee, version: lee.version + 1 }, { name: 'Late' })).status).toBe(409)
})

test('the last admin stays one', async () => {
  const dana = await member('Dana Reyes')
  const role = await change(cast.dana, dana, { role: 'member' })
  expect([role.status, role.problem.detail]).toEqual([
    422,
    'Dana Reyes is the only admin. Make someone else an admin first.',
  ])
  const off = await change(cast.dana, dana, { deactivated: true })
  expect([off.status, off.problem.errors?.[0]?.field]).toEqual([422, 'deactivated'])
})

test('two admins who take each other off leave one', async () => {
  const lee = (await change(cast.dana, await member('Lee Park'), { role: 'admin' })).body
  const dana = await member('Dana Reyes')
  const replies = await Promise.all([
    change(cast.dana, lee, { role: 'member' }),
    change(cast.lee, dana, { role: 'member' }),
  ])
  expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1)
  const { rows } = await cast.world.admin.query(
    "select count(*)::int as n from members m join organizations o using (org_id) where o.name = 'Halden' and m.role = 'admin'",
  )
  expect(rows[0].n).toBe(1)
  const still = replies[0]?.status === 200 ? cast.dana : cast.lee
  if (still === cast.lee) {
    await change(cast.lee, await cast.lee.does(listMembers, {}).then((it) => it.items.find((m) => m.id === dana.id)!), {
      role: 'admin',
    })
  }
})

test('whoever owns open deals hands them over before leaving', async () => {
  const ira = await member('Ira Novak')
  const deal = randomUUID()
  await cast.world.admin.query(
    `insert into deals (org_id, id, ref, partner_id, kind, customer_company, ask, our_owner_id, turn_since, stage_since, last_activity_at, created_at, updated_at)
     select org_id, $1, 'held', id, 'lead', 'Orion', 'Call them', $2, now(), now(), now(), now(), now() from partners where id = $3`,
    [deal, ira.id, cast.nordlicht.id],
  )
  expect((await member('Ira Novak')).open_deals).toBe(1)
  const held = await change(cast.dana, ira, { deactivated: true })
  expect([held.status, held.problem.detail]).toEqual([
    422,
    'Ira Novak owns 1 open deal. Give them to someone else first.',
  ])
  await cast.world.admin.query("update deals set outcome = 'won' where id = $1", [deal])
  const off = await change(cast.dana, ira, { deactivated: true })
  expect(off.body.deactivated_at).not.toBeNull()
  expect((await cast.ira.call(listPartners, { query: {} })).status).toBe(403)
  const back = await change(cast.dana, off.body, { deactivated: false })
  expect(back.body.deactivated_at).toBeNull()
  expect((await cast.ira.call(listPartners, { query: {} })).status).toBe(200)
})
