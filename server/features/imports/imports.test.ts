import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { undoAct } from '#shared/acts.ts'
import { addMember } from '#shared/company.ts'
import { listContacts } from '#shared/contacts.ts'
import type { Input } from '#shared/endpoint.ts'
import { listNotes } from '#shared/entries.ts'
import {
  cancelImport,
  checkImport,
  discardParkedDeal,
  getBrokenRows,
  getImport,
  listImportRows,
  listImports,
  listParkedDeals,
  placeParkedDeal,
  runImport,
  startImport,
} from '#shared/imports.ts'
import { listOutbox } from '#shared/outbox.ts'
import { addPartner, countPartners, editPartner, getPartner, listPartners } from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import { createWorld, type Person, type World } from '#test/world.ts'

let world: World
let dana: Person
let ira: Person
let ira_id: string
let mei: Person
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
  ira_id = (await dana.does(addMember, { body: { name: 'Ira Novak', email: 'ira@us.example', role: 'member' } })).id
  await dana.does(addMember, { body: { name: 'Lee Park', email: 'lee@us.example', role: 'member' } })
  await dana.does(addMember, { body: { name: 'Mei Sato', email: 'mei@us.example', role: 'read_only' } })
  ira = await world.signIn('Ira Novak', 'ira@us.example')
  mei = await world.signIn('Mei Sato', 'mei@us.example')
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
/** Imports what was checked and waits until it is done. */
async function run(it: { id: string; version: number }) {
  await dana.does(runImport, { params: { import: it.id }, body: { version: it.version } })
  await world.settle()
  return now(it.id)
}
/** Everything of the company but what each change moves by itself. */
async function everything(): Promise<string> {
  const tables = [
    'partners',
    'partner_slugs',
    'partner_tags',
    'contacts',
    'entries',
    'deals',
    'custom_values',
    'tags',
    'notifications',
    'outbox',
    'shares',
  ]
  const one = (table: string) =>
    `'${table}', (select jsonb_agg(to_jsonb(t) - '{version,updated_at}'::text[] order by to_jsonb(t)::text) from ${table} t)`
  const { rows } = await world.admin.query(`select md5(jsonb_build_object(${tables.map(one).join(', ')})::text) as it`)
  return rows[0].it
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

describe('A duplicate that is brought up to date', () => {
  test('takes what the sheet says and what differs, adds who is new, keeps the name, and is shown before', async () => {
    const there = await dana.does(addPartner, {
      body: { legal_name: 'Heron Data GmbH', email: 'hanna@herondata.example', type: 'agency' },
    })
    const { body } = await bring(
      dana,
      'Company,Email,Contact,Type,Phone\nHeron Data,hanna@herondata.example,Hanna Kurz,Reseller,+49 30 5551234\n',
    )
    expect((await rows(body.id, 'duplicates'))[0]).toMatchObject({
      decision: 'skip',
      duplicate_of: {
        can_update: true,
        changes: [
          { field: 'type', from: 'agency', to: 'reseller' },
          { field: 'phone', from: null, to: '+49 30 5551234' },
        ],
      },
    })
    const before = await everything()
    const decided = await say(body, { group: { show: 'duplicates', decision: 'update' } })
    expect(decided.counts).toMatchObject({ will_add: 0, will_update: 1 })
    const done = await run(decided)
    expect(done.result).toMatchObject({ added: 0, updated: 1 })
    const now = await dana.does(getPartner, { params: { slug: there.slug } })
    expect(now).toMatchObject({
      legal_name: 'Heron Data GmbH',
      status: 'onboarding',
      type: 'reseller',
      phone: '+49 30 5551234',
    })
    await dana.does(undoAct, { params: { act: done.act?.id ?? '' } })
    expect(await everything()).toBe(before)
  })
  test('stays what it is where whoever imports may only look at it', async () => {
    await dana.does(addPartner, {
      body: {
        legal_name: 'Lantern Ltd',
        email: 'leo@lantern.example',
        access: {
          team_access: 'picked',
          members: [{ member_id: ira_id, level: 'view' }],
          permissions: presets.shared.rows,
        },
      },
    })
    const { body } = await bring(ira, 'Company,Email,Phone\nLantern,leo@lantern.example,+49 30 5550000\n')
    const { items } = await ira.does(listImportRows, { params: { import: body.id }, query: { show: 'duplicates' } })
    expect(items[0]?.duplicate_of).toMatchObject({ can_update: false, changes: [] })
  })
})

describe('A broken row', () => {
  test('is mended in place and joins the others', async () => {
    const { body } = await bring(
      dana,
      'Company,Email\nOsprey Works,osprey(at)works.example\nTern Works,tern@tern.example\n',
    )
    expect(body.counts).toMatchObject({ new: 1, broken: 1 })
    expect((await rows(body.id, 'broken'))[0]).toMatchObject({
      line: 2,
      cells: ['Osprey Works', 'osprey(at)works.example'],
    })
    const mended = await say(body, { rows: [{ line: 2, cells: [{ index: 1, text: 'olga@osprey.example' }] }] })
    expect(mended.counts).toMatchObject({ new: 2, broken: 0, will_add: 2 })
  })
  test('comes back as a file with its reason, and no formula runs from it', async () => {
    const { body } = await bring(dana, 'Company,Email\n"=cmd()",nobody\n')
    const { raw } = await dana.call(getBrokenRows, { params: { import: body.id } })
    expect(raw.body).toContain('What is wrong')
    expect(raw.body).not.toMatch(/(^|,)"?=cmd/m)
  })
})

describe('Taking an import back', () => {
  test('leaves everything as it was but partners somebody worked on since, and lists them', async () => {
    const before = await everything()
    const { body } = await bring(
      dana,
      'Company,Email,Notes\nAvocet Ltd,a@avocet.example,Met in Oslo\nBittern Ltd,b@bittern.example,\n',
    )
    const done = await run(body)
    expect(done).toMatchObject({ state: 'done', result: { added: 2 }, act: { can: { undo: true } } })
    const { items } = await dana.does(listPartners, { query: { q: 'Avocet' } })
    const avocet = await dana.does(getPartner, { params: { slug: items[0]?.slug ?? '' } })
    await dana.does(editPartner, {
      params: { partner: avocet.id },
      body: { version: avocet.version, phone: '+1 212 555 0100' },
    })
    const { kept } = await dana.does(undoAct, { params: { act: done.act?.id ?? '' } })
    expect(kept.map(({ partner }) => partner?.legal_name)).toEqual(['Avocet Ltd'])
    expect((await now(body.id)).state).toBe('undone')
    await world.admin.query('delete from partners where id = $1', [avocet.id])
    expect(await everything()).toBe(before)
  })
  test('is an identity on every business column, whatever the sheet holds', { timeout: 240_000 }, async () => {
    const cell = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          '',
          'Reseller',
          'active',
          'dormant',
          'n/a',
          'ira@us.example',
          '12.03.2024',
          '+49 30 5551234',
          'Gold; Silver',
          'Pat Kim <pat@kim.example>, Lou Day',
        ),
      },
      { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
    )
    const name = fc.oneof(
      fc.constantFrom('Heron Data', 'Avocet Ltd', 'Ibex Digital B.V.', 'Quarry Labs'),
      fc.string({ minLength: 1, maxLength: 30 }),
    )
    const line = fc.tuple(name, cell, cell, cell, cell, cell, cell, cell)
    const quoted = (text: string) => `"${text.replace(/[\r\n\0]/g, ' ').replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('skip', 'update', 'import'),
        async (lines, decision) => {
          const csv = `Company,Type,Status,Contact,Email,Phone,Signed,Notes\n${lines.map((cells) => cells.map(quoted).join(',')).join('\n')}\n`
          const before = await everything()
          const { body } = await bring(dana, csv)
          if (body.state !== 'checked') return
          const decided = await say(body, { group: { show: 'duplicates', decision: decision as 'skip' } })
          if (decided.counts.will_add + decided.counts.will_update === 0) return
          const done = await run(decided)
          expect(done.state).toBe('done')
          expect(done.result?.added).toBe(decided.counts.will_add)
          const { kept } = await dana.does(undoAct, { params: { act: done.act?.id ?? '' } })
          expect(kept).toEqual([])
          expect(await everything()).toBe(before)
        },
      ),
      { numRuns: 8 },
    )
  })
})

describe('Deals', () => {
  test('are added shared with nobody; those of an unknown partner wait until it is named', async () => {
    await dana.does(addPartner, { body: { legal_name: 'Kingfisher AB', email: 'kim@kingfisher.example' } })
    const { body } = await bring(
      dana,
      'Customer,Partner,Kind,Value,Our rep\nOrchard Foods,Kingfisher AB,lead,EUR 1200,Ira\nGlobex,Who Is This,referral,5000,Lee\nMonolith,Who Is This,referral,,\n',
      'deals.csv',
    )
    expect(body).toMatchObject({ kind: 'deals', counts: { new: 1, parked: 2 } })
    const inbox = async () => (await world.admin.query('select count(*)::int as n from notifications')).rows[0].n
    const quiet = await inbox()
    const done = await run(body)
    expect(done.result).toMatchObject({ added: 1, parked: 2 })
    const { rows: deals } = await world.admin.query(
      'select customer_company, value_minor::int, shared_from, turn from deals',
    )
    expect(deals).toEqual([{ customer_company: 'Orchard Foods', value_minor: 120_000, shared_from: null, turn: 'us' }])
    expect((await dana.does(listOutbox, {})).items).toEqual([])
    expect(await inbox()).toBe(quiet)
    const waiting = await dana.does(listParkedDeals, {})
    const waits = (customer: string) => waiting.items.find((one) => one.customer_company === customer)
    expect(waiting.items.map(({ partner_name }) => partner_name)).toEqual(['Who Is This', 'Who Is This'])
    const parked = waits('Globex')?.id ?? ''
    const { items } = await dana.does(listPartners, { query: { q: 'Kingfisher' } })
    const at = { params: { parked }, body: { partner_id: items[0]?.id ?? '' } }
    expect((await ira.call(placeParkedDeal, at)).status).toBe(404)
    expect((await mei.call(placeParkedDeal, at)).status).toBe(403)
    expect(await dana.does(placeParkedDeal, at)).toEqual({ placed: 1 })
    expect((await dana.call(placeParkedDeal, at)).status).toBe(409)
    await dana.does(discardParkedDeal, { params: { parked: waits('Monolith')?.id ?? '' } })
    expect((await dana.does(listParkedDeals, {})).items).toEqual([])
    expect(
      (await world.admin.query("select count(*)::int as n from deals where customer_company in ('Globex', 'Monolith')"))
        .rows[0].n,
    ).toBe(1)
  })
})

describe('Cancelling', () => {
  test('leaves nothing of it, whether it waits or is under way, and is no way back once it is done', async () => {
    const before = await everything()
    const { body } = await bring(dana, 'Company,Email\nPlover Ltd,p@plover.example\n')
    await dana.does(runImport, { params: { import: body.id }, body: { version: body.version } })
    expect((await dana.does(cancelImport, { params: { import: body.id } })).state).toBe('cancelled')
    await world.settle()
    expect([await everything(), (await now(body.id)).state]).toEqual([before, 'cancelled'])
    const left = await world.admin.query(
      'select (select count(*)::int from import_rows where import_id = $1) as rows, (select count(*)::int from import_pieces where import_id = $1) as pieces',
      [body.id],
    )
    expect(left.rows[0]).toEqual({ rows: 0, pieces: 0 })
    const { body: other } = await bring(dana, 'Company,Email\nDunlin Ltd,d@dunlin.example\n')
    await run(other)
    expect((await dana.call(cancelImport, { params: { import: other.id } })).status).toBe(409)
  })
})

describe('Who may', () => {
  test('an import is whose it is; read-only members start none', async () => {
    const { body } = await bring(dana, 'Company,Email\nWhimbrel Ltd,w@whimbrel.example\n')
    for (const one of [ira, mei]) {
      expect((await one.call(getImport, { params: { import: body.id } })).status).toBe(404)
      expect((await one.call(cancelImport, { params: { import: body.id } })).status).toBe(404)
    }
    expect((await start(mei, 'Company\nX\n')).status).toBe(403)
    expect((await ira.does(listImports, {})).items.map(({ id }) => id)).not.toContain(body.id)
    expect((await dana.does(listImports, {})).items[0]).toMatchObject({ id: body.id, state: 'checked' })
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
