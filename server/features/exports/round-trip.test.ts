import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember } from '#shared/company.ts'
import { addContact } from '#shared/contacts.ts'
import { exportPartners } from '#shared/exports.ts'
import { getImport, listImportRows, runImport, startImport } from '#shared/imports.ts'
import { addPartner, editPartner } from '#shared/partners.ts'
import { addTag } from '#shared/tags.ts'
import { createWorld, type Person, type World } from '#test/world.ts'

let world: World
let dana: Person
let dora: Person
const types = ['reseller', 'distributor', 'agency', 'technology', 'referral']
const statuses = ['onboarding', 'active', 'dormant'] as const
const maybe = <T>(it: fc.Arbitrary<T>) => fc.option(it, { nil: null })
const word = fc.constantFrom('Nord', 'Öresund', 'Sávia', "O'Hara", 'Blue, Green', 'A & B', '"Quoted"', '日本', 'Plus+')
const partner = fc.record({
  start: fc.constantFrom('', '', '', '+', '-', '@'),
  words: fc.tuple(word, word),
  type: maybe(fc.constantFrom(...types)),
  status: fc.constantFrom(...statuses),
  phone: maybe(fc.constantFrom('+49 30 1234567', '(030) 998877', '0041 44 123 45 67')),
  description: maybe(
    fc.constantFrom('Sells, and sells well.', '- fast\n- "cheap"', '=1+1', '+ more; -less', 'Line one\nline two'),
  ),
  signed: maybe(fc.constantFrom('2026-03-09', '2025-12-31', '2024-02-29', '2026-01-02')),
  owned: fc.constantFrom('dana', 'ira', null),
  archived: fc.boolean(),
  tags: fc.subarray(['Gold', 'EMEA', 'Co-marketing']),
  others: fc.array(
    fc.tuple(fc.constantFrom('Ümit Öz', 'Kim Sato', 'Lea van Dam'), maybe(fc.constantFrom('CFO', 'Head of sales'))),
    { maxLength: 2 },
  ),
})

async function fill(): Promise<void> {
  const tags = new Map<string, string>()
  for (const name of ['Gold', 'EMEA', 'Co-marketing'])
    tags.set(name, (await dana.does(addTag, { body: { name, meaning: 'As it says.' } })).id)
  const ira = await dana.does(addMember, { body: { name: 'Ira Novak', email: 'ira@halden.example', role: 'member' } })
  const { rows } = await world.admin.query("select id from members where email = 'dana@halden.example'")
  const made = fc.sample(partner, { numRuns: 40, seed: 20_261_126 })
  for (const [at, it] of made.entries()) {
    const added = await dana.does(addPartner, {
      body: {
        legal_name: `${it.start}${it.words.join(' ')} ${at} GmbH`,
        email: `ana@partner-${at}.example`,
        contact_name: 'Ana Lindner',
        website: `https://partner-${at}.example`,
        type: it.type,
        phone: it.phone,
        description: it.description,
        tag_ids: it.tags.map((name) => tags.get(name) ?? ''),
      },
    })
    await dana.does(editPartner, {
      params: { partner: added.id },
      body: {
        version: added.version,
        status: it.status,
        agreement_signed: it.signed,
        owner_id: it.owned === 'dana' ? rows[0].id : it.owned === 'ira' ? ira.id : null,
      },
    })
    for (const [n, [name, title]] of it.others.entries())
      await dana.does(addContact, {
        params: { partner: added.id },
        body: { name, title, email: `person${n}@partner-${at}.example` },
      })
    if (it.archived) await world.admin.query('update partners set archived_at = now() where id = $1', [added.id])
  }
}

beforeAll(async () => {
  world = await createWorld()
  dana = await world.found('Halden Software', 'Dana Reyes', 'dana@halden.example')
  await fill()
  dora = await world.found('Another company', 'Dana Reyes', 'dana@another.example')
  await dora.does(addMember, { body: { name: 'Ira Novak', email: 'ira@another.example', role: 'member' } })
  for (const name of ['Gold', 'EMEA', 'Co-marketing'])
    await dora.does(addTag, { body: { name, meaning: 'As it says.' } })
}, 120_000)
afterAll(() => world.close())

const exported = async (view: 'all' | 'archived', format: 'csv' | 'xlsx') =>
  (await dana.call(exportPartners, { body: { format, view } })).raw.rawPayload
const read = async (who: Person, bytes: Buffer, format: string) => {
  const { id } = await who.does(startImport, { query: { file_name: `Partners.${format}` }, body: bytes as never })
  await world.settle()
  return who.does(getImport, { params: { import: id } })
}
const content = `
  select p.legal_name, p.type, case when p.archived_at is null then p.status else 'archived' end as status, p.phone, p.website, p.domain, p.description,
    p.agreement_signed::text, m.name as owner,
    (select array_agg(t.name order by t.name) from partner_tags pt join tags t on t.id = pt.tag_id where pt.partner_id = p.id) as tags,
    (select array_agg(c.name || '|' || coalesce(c.email, '') || '|' || coalesce(c.title, '') || '|' || c.is_main order by c.email) from contacts c where c.partner_id = p.id) as people
  from partners p left join members m on m.id = p.owner_id join organizations o on o.org_id = p.org_id
  where o.name = $1 order by p.legal_name collate "C"`

describe.each(['csv', 'xlsx'] as const)('Export as %s and import again', (format) => {
  test('finds every partner as itself, sees no difference, and changes nothing', { timeout: 120_000 }, async () => {
    const before = (await world.admin.query(content, ['Halden Software'])).rows
    let seen = 0
    for (const view of ['all', 'archived'] as const) {
      const it = await read(dana, await exported(view, format), format)
      expect(it).toMatchObject({ state: 'checked', counts: { new: 0, broken: 0, will_add: 0, will_update: 0 } })
      const { items } = await dana.does(listImportRows, { params: { import: it.id }, query: {} })
      seen += items.length
      for (const row of items) {
        expect([row.legal_name, row.state, row.duplicate_of?.changes]).toEqual([row.legal_name, 'duplicate', []])
        expect(row.problems).toEqual([])
      }
      await dana.call(runImport, { params: { import: it.id }, body: { version: it.version } })
      await world.settle()
    }
    expect(seen).toBe(40)
    expect((await world.admin.query(content, ['Halden Software'])).rows).toEqual(before)
  })
})

test('Into an empty company the same partners come back', { timeout: 120_000 }, async () => {
  for (const view of ['all', 'archived'] as const) {
    const it = await read(dora, await exported(view, 'csv'), 'csv')
    await dora.does(runImport, { params: { import: it.id }, body: { version: it.version } })
    await world.settle()
    expect((await dora.does(getImport, { params: { import: it.id } })).state).toBe('done')
  }
  const wanted = (await world.admin.query(content, ['Halden Software'])).rows
  expect((await world.admin.query(content, ['Another company'])).rows).toEqual(wanted)
})
