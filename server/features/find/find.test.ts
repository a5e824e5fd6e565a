import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDeal } from '#shared/deals.ts'
import { find } from '#shared/find.ts'
import { type Cast, createCast } from '#test/cast.ts'
import type { Person } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
  const deal = (partner: string, customer_company: string) =>
    cast.dana.does(addDeal, {
      params: { partner },
      body: { kind: 'lead', customer_company, ask: 'Call them', share: false },
    })
  await deal(cast.nordlicht.id, 'Hafen Terminal')
  await deal(cast.fjordkraft.id, 'Hafen Oslo')
})
afterAll(() => cast.world.close())

async function found(person: Person, q: string): Promise<string[]> {
  const { partners, contacts, deals } = await person.does(find, { query: { q } })
  return [
    ...partners.map((it) => it.legal_name),
    ...contacts.map((it) => `${it.name} at ${it.partner.legal_name}`),
    ...deals.map((it) => `${it.customer_company} with ${it.partner.legal_name}`),
  ]
}

test('partners, people and deals are found together, also in spite of a slip', async () => {
  expect(await found(cast.dana, 'nordlcht')).toEqual(['Nordlicht GmbH'])
  expect(await found(cast.dana, 'okafor')).toEqual(['Ben Okafor at Nordlicht GmbH'])
  expect(await found(cast.dana, 'hafen')).toEqual([
    'Hafen Oslo with Fjordkraft Data AS',
    'Hafen Terminal with Nordlicht GmbH',
  ])
  expect(await found(cast.dana, '%')).toEqual([])
})

test('a deal by its reference, in any case', async () => {
  const { deals } = await cast.dana.does(find, { query: { q: 'hafen terminal' } })
  const [again] = (await cast.dana.does(find, { query: { q: deals[0]?.ref.toLowerCase() ?? '' } })).deals
  expect(again?.customer_company).toBe('Hafen Terminal')
})

test('only what one sees: not a picked partner, its people or its deals, and nothing of another company', async () => {
  expect(await found(cast.lee, 'hafen')).toEqual(['Hafen Terminal with Nordlicht GmbH'])
  for (const q of ['henrik', 'fjordkraft', 'fjordkrft']) expect(await found(cast.lee, q)).toEqual([])
  for (const q of ['hafen', 'nordlicht', 'ana lindner']) expect(await found(cast.uma, q)).toEqual([])
  expect((await cast.ana.call(find, { query: { q: 'hafen' } })).status).toBe(403)
})
