import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { editCompany, getCompany } from '#shared/company.ts'
import { editPartner, getPartner } from '#shared/partners.ts'
import { addTag, editTag, listArchivedTags, listTags } from '#shared/tags.ts'
import { type Cast, createCast } from '#test/cast.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

test('an admin makes a tag, and everyone on the team reads it', async () => {
  const tag = await cast.dana.does(addTag, { body: { name: 'Gold', meaning: 'Signed the 2026 terms.' } })
  expect(tag).toMatchObject({ name: 'Gold', meaning: 'Signed the 2026 terms.', colour: 1, partners: 0 })
  const seen = await cast.mei.does(listTags, {})
  expect(seen.items.map((it) => it.name)).toEqual(['Gold'])
  expect(seen.can.add).toBe(false)
  expect((await cast.uma.does(listTags, {})).items).toEqual([])
})

test('members and read-only members are told to ask an admin', async () => {
  for (const person of [cast.ira, cast.mei]) {
    const reply = await person.call(addTag, { body: { name: 'Silver' } })
    expect(reply.status).toBe(403)
    expect(reply.problem.detail).toBe('Admins make tags. Ask an admin.')
  }
})

test('a name is there once, whatever its case', async () => {
  const reply = await cast.dana.call(addTag, { body: { name: 'GOLD' } })
  expect(reply.status).toBe(409)
  expect(reply.problem.errors?.[0]?.field).toBe('name')
})

describe('Changing a tag', () => {
  const gold = async () => (await cast.dana.does(listTags, {})).items.find((it) => it.name === 'Gold')!
  const change = async (body: object, person = cast.dana) => {
    const { id, version } = await gold()
    return person.call(editTag, { params: { tag: id }, body: { version, ...body } as never })
  }

  test('renames it, says what it means, gives it another colour; a member may not', async () => {
    const { body } = await change({ name: 'Gold', meaning: null, colour: 8 })
    expect(body).toMatchObject({ name: 'Gold', meaning: null, colour: 8 })
    expect((await change({ colour: 9 })).problem.errors?.[0]?.field).toBe('colour')
    await change({ meaning: 'Signed the 2026 terms.' })
    const stale = await cast.dana.call(editTag, { params: { tag: body.id }, body: { version: 1, name: 'Silver' } })
    expect([stale.status, stale.problem.current]).toMatchObject([409, { name: 'Gold' }])
    for (const person of [cast.ira, cast.mei]) expect((await change({ name: 'Mine' }, person)).status).toBe(403)
    expect(
      (await cast.uma.call(editTag, { params: { tag: body.id }, body: { version: 1, name: 'Mine' } })).status,
    ).toBe(404)
  })

  test('archived, it stays on partners, is not offered, and keeps its name until it comes back', async () => {
    const { id } = await gold()
    const { version } = await cast.dana.does(getPartner, { params: { slug: cast.nordlicht.slug } })
    await cast.dana.does(editPartner, { params: { partner: cast.nordlicht.id }, body: { version, tag_ids: [id] } })
    const archived = (await change({ archived: true })).body
    expect((await cast.ira.does(listTags, {})).items).toEqual([])
    expect((await cast.ira.does(listArchivedTags, {})).items).toMatchObject([{ name: 'Gold', partners: 1 }])
    expect((await cast.ira.does(getPartner, { params: { slug: cast.nordlicht.slug } })).tags).toMatchObject([{ id }])
    const again = await cast.dana.call(addTag, { body: { name: 'gold' } })
    expect([again.status, again.problem.errors?.[0]?.field]).toEqual([409, 'name'])
    expect(again.problem.detail).toContain('Restore it')
    await cast.dana.does(editTag, { params: { tag: id }, body: { version: archived.version, archived: false } })
    expect((await cast.ira.does(listTags, {})).items).toHaveLength(1)
  })
})

test('members make tags where the company lets everyone; read-only members never', async () => {
  const open = async (members_add_tags: boolean) => {
    const { version } = await cast.dana.does(getCompany, {})
    await cast.dana.does(editCompany, { body: { version, members_add_tags } })
  }
  await open(true)
  expect((await cast.ira.does(listTags, {})).can).toEqual({ add: true, edit: false })
  const made = await cast.ira.does(addTag, { body: { name: 'From Ira' } })
  expect((await cast.mei.call(addTag, { body: { name: 'From Mei' } })).status).toBe(403)
  expect((await cast.ira.call(editTag, { params: { tag: made.id }, body: { version: 1, name: 'x' } })).status).toBe(403)
  await open(false)
  expect((await cast.ira.call(addTag, { body: { name: 'Again' } })).status).toBe(403)
  await cast.world.admin.query("delete from tags where name = 'From Ira'")
})

test('the number of partners counts only those the member sees', async () => {
  const { items } = await cast.dana.does(listTags, {})
  const tag_ids = items.map((it) => it.id)
  for (const { id, slug } of [cast.nordlicht, cast.fjordkraft]) {
    const { version } = await cast.dana.does(getPartner, { params: { slug } })
    await cast.dana.does(editPartner, { params: { partner: id }, body: { version, tag_ids } })
  }
  const counted = async (person: Cast['dana']) => (await person.does(listTags, {})).items[0]?.partners
  expect(await counted(cast.dana)).toBe(2)
  expect(await counted(cast.lee)).toBe(1)
})
