import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { find } from '#shared/find.ts'
import { addPartner, listPartners } from '#shared/partners.ts'
import { type Cast, createCast } from '#test/cast.ts'

let cast: Cast
const many = Array.from({ length: 70 }, (_, at) => String(at + 100))
beforeAll(async () => {
  cast = await createCast()
  const add = (legal_name: string, contact_name: string) =>
    cast.uma.does(addPartner, {
      body: { legal_name, contact_name, email: `hi@${legal_name.toLowerCase().replaceAll(' ', '-')}.example` },
    })
  for (const number of many) await add(`Brightwater ${number} Group`, `Noor de Wit ${number}`)
  await add('Brightwater Systems', 'Ada Lane')
})
afterAll(() => cast.world.close())

async function names(q: string): Promise<string[]> {
  const { items } = await cast.uma.does(listPartners, { query: { q, limit: '200' } })
  return items.map((it) => it.legal_name)
}

test('one letter wrong, missing or too many: the name is found among many that share its first word', async () => {
  const name = 'brightwater systems'
  const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz')
  const slips = fc.record({ place: fc.nat(name.length - 1), letter, kind: fc.constantFrom('wrong', 'missing', 'more') })
  await fc.assert(
    fc.asyncProperty(slips, async ({ place, letter, kind }) => {
      const rest = name.slice(kind === 'more' ? place : place + 1)
      const typed = name.slice(0, place) + (kind === 'missing' ? '' : letter) + rest
      expect(await names(typed)).toContain('Brightwater Systems')
    }),
    { numRuns: 80 },
  )
})

test('a slip in a word that many share finds as many as there is room for', async () => {
  for (const typed of ['brightwatr', 'brigtwater', 'brightwxter', 'brihgtwater'])
    expect(new Set(await names(typed)).size).toBe(60)
})

test('what only looks a little alike is not found', async () => {
  for (const typed of ['wittgenstein', 'harbour', 'bridget']) expect(await names(typed)).toEqual([])
})

test('each of many people is found, whichever they are; where all match, enough of them are', async () => {
  for (const number of many) {
    expect(await names(`noor de wit ${number}`)).toEqual([`Brightwater ${number} Group`])
    const { contacts } = await cast.uma.does(find, { query: { q: `wit ${number}` } })
    expect(contacts.map((it) => it.name)).toEqual([`Noor de Wit ${number}`])
  }
  expect(new Set(await names('noor de wit')).size).toBe(60)
  expect(new Set(await names('noor de wot')).size).toBe(60)
  expect((await cast.uma.does(find, { query: { q: 'noor' } })).contacts).toHaveLength(6)
})
