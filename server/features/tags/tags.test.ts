import { afterAll, beforeAll, expect, test } from 'vitest'
import { editPartner, getPartner } from '#shared/partners.ts'
import { addTag, listTags } from '#shared/tags.ts'
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
