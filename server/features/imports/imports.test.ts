import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember } from '#shared/company.ts'
import { listContacts } from '#shared/contacts.ts'
import type { Input } from '#shared/endpoint.ts'
import { listNotes } from '#shared/entries.ts'
import { checkImport, getImport, listImportRows, runImport, startImport } from '#shared/imports.ts'
import { listOutbox } from '#shared/outbox.ts'
import { addPartner, countPartners, listPartners } from '#shared/partners.ts'
import { createWorld, type Person, type World } from '#test/world.ts'

let world: World
let dana: Person
let sheet: Buffer
let expected: {
  partners: {
    legal_name: string
    type: string | null
    status: string
    email: string
    email_suggested: string | null
    phone: string | null
    domain: string | null
    owner: string
    agreement_signed: string | null
    contact: string
    extra_contacts: unknown[]
  }[]
}

beforeAll(async () => {
  world = await createWorld()
  dana = await world.found('Us', 'Dana Reyes', 'dana@us.example')
  for (const [name, email] of [
    ['Ira Novak', 'ira@us.example'],
    ['Lee Park', 'lee@us.example'],
  ] as const)
    await dana.does(addMember, { body: { name, email, role: 'member' } })
  const fixtures = new URL('../../../test/fixtures/sheet-a/', import.meta.url)
  sheet = await readFile(new URL('partners.csv', fixtures))
  expected = JSON.parse(await readFile(new URL('expected.json', fixtures), 'utf8'))
})
afterAll(() => world.close())

const start = (who: Person, bytes: Buffer | string, file_name = 'partners.csv') =>
  who.call(startImport, { query: { file_name }, body: bytes as never })
const now = (id: string, who = dana) => who.does(getImport, { params: { import: id } })
/** Brings a sheet and waits until it is read. */
async function bring(who: Person, bytes: Buffer | string, file_name?: string) {
  const { body } = await start(who, bytes, file_name)
  await world.settle()
  return { body: await now(body.id, who) }
}
type Said = Omit<Input<typeof checkImport>['body'], 'version'>
/** Says something about an import and waits until it is read again. */
async function say(it: { id: string; version: number }, said: Said) {
  await dana.does(checkImport, { params: { import: it.id }, body: { version: it.version, ...said } })
  await world.settle()
  return now(it.id)
}
const rows = async (id: string, show: 'duplicates' | 'broken' | 'typos' | 'new') =>
  (await dana.does(listImportRows, { params: { import: id }, query: { show } })).items

describe('Importing the sheet as it is', () => {
  test('is checked first: 150 partners to add, duplicates, broken rows and typos listed, nothing written', {
    timeout: 60_000,
  }, async () => {
    const { body } = await bring(dana, sheet)
    expect(body).toMatchObject({ state: 'checked', counts: { will_add: 150, duplicates: 13, broken: 2, typos: 13 } })
    expect((await dana.does(countPartners, {})).all).toBe(0)
    expect(
      (await rows(body.id, 'duplicates')).every(({ decision, duplicate_of }) => decision === 'skip' && duplicate_of),
    ).toBe(true)
    expect((await rows(body.id, 'broken')).every(({ problems }) => problems.length > 0)).toBe(true)
  })
  test('adds every one of the 150 as a careful person would, and mails nobody', { timeout: 120_000 }, async () => {
    const { body } = await bring(dana, sheet)
    await dana.does(runImport, { params: { import: body.id }, body: { version: body.version } })
    await world.settle()
    const done = await dana.does(getImport, { params: { import: body.id } })
    expect(done).toMatchObject({ state: 'done', done: 150, result: { added: 150, problem: null } })
    const { rows: partners } = await world.admin.query(`
      select p.legal_name, p.type, case when p.archived_at is null then p.status else 'archived' end as status, p.domain, p.phone, p.agreement_signed::text, m.email as owner, c.name as contact, c.email,
        (select count(*)::int from contacts x where x.partner_id = p.id and not x.is_main) as extra
      from partners p left join members m on m.id = p.owner_id left join contacts c on c.partner_id = p.id and c.is_main`)
    const found = new Map(partners.map((row) => [row.legal_name, row]))
    expect(found.size).toBe(150)
    const wrong = expected.partners.filter((want) => {
      const got = found.get(want.legal_name)
      return (
        !got ||
        got.type !== want.type ||
        got.status !== want.status ||
        got.owner !== want.owner ||
        got.contact !== want.contact ||
        got.email !== want.email ||
        got.phone !== want.phone ||
        got.domain !== want.domain ||
        got.agreement_signed !== want.agreement_signed ||
        got.extra !== want.extra_contacts.length
      )
    })
    expect(wrong.map(({ legal_name }) => ({ legal_name, got: found.get(legal_name) }))).toEqual([])
    expect((await dana.does(listOutbox, {})).items).toEqual([])
  })
  test('keeps what it could not place as a note of the team', async () => {
    const { items } = await dana.does(listPartners, { query: { q: 'Cobalt Digital', view: 'archived' } })
    const notes = await dana.does(listNotes, { params: { partner: items[0]?.id ?? '' } })
    expect(notes.items[0]).toMatchObject({ audience: 'team', visible: false })
    expect(notes.items[0]?.body).toContain('DO NOT share pricing')
  })
  test('a second time finds them all there and adds none', { timeout: 60_000 }, async () => {
    const { body } = await bring(dana, sheet)
    expect(body.counts.will_add).toBe(0)
  })
})

describe('Deciding on rows', () => {
  const csv =
    'Legal name,Email,Tags\nPine Works Ltd,pat@gmial.com,\nPine Works Limited,other@pineworks.example,\nBroken Row,pat(at)broken.example,\n'
  test('a suggested address is taken, also where the row could not be read without it, and taken back', async () => {
    const { body } = await bring(dana, csv)
    const typo = (await rows(body.id, 'typos'))[0]
    expect(typo).toMatchObject({ email: 'pat@gmial.com', email_suggested: 'pat@gmail.com' })
    const taken = await say(body, {
      rows: [
        { line: typo?.line ?? 0, take_suggestion: true },
        { line: 4, take_suggestion: true },
      ],
    })
    expect(taken.counts).toMatchObject({ broken: 0 })
    await dana.does(runImport, { params: { import: taken.id }, body: { version: taken.version } })
    await world.settle()
    const { items } = await dana.does(listPartners, { query: { q: 'Pine Works' } })
    expect((await dana.does(listContacts, { params: { partner: items[0]?.id ?? '' } })).items[0]?.email).toBe(
      'pat@gmail.com',
    )
  })
  test('a duplicate is added when a person says so', async () => {
    await dana.does(addPartner, { body: { legal_name: 'Quarry Labs GmbH', email: 'q@quarrylabs.example' } })
    const { body } = await bring(dana, 'Company,Email\nQuarry Labs,q2@quarrylabs.example\n')
    const row = (await rows(body.id, 'duplicates'))[0]
    expect(row).toMatchObject({ decision: 'skip', duplicate_of: { legal_name: 'Quarry Labs GmbH' } })
    const decided = await say(body, { rows: [{ line: row?.line ?? 0, decision: 'import' }] })
    expect(decided.counts.will_add).toBe(1)
  })
  test('what somebody changed in another window meanwhile is not run over', async () => {
    const { body } = await bring(dana, csv)
    await dana.does(checkImport, {
      params: { import: body.id },
      body: { version: body.version, rows: [{ line: 2, decision: 'skip' }] },
    })
    expect((await dana.call(runImport, { params: { import: body.id }, body: { version: body.version } })).status).toBe(
      409,
    )
  })
})

describe('A file that is no sheet', () => {
  test.each([
    ['empty', Buffer.alloc(0)],
    ['a picture by another name', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])],
  ])('%s is refused in words', async (_what, bytes) => {
    const { status, problem } = await start(dana, bytes)
    expect([status >= 400 && status < 500, (problem?.detail ?? '').length > 10]).toEqual([true, true])
  })
  test('too large is refused before it is read', async () => {
    expect((await start(dana, Buffer.alloc(21 * 1024 * 1024, 'a'))).status).toBe(413)
  })
})
