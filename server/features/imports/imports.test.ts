import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { undoAct } from '#shared/acts.ts'
import { listNotes } from '#shared/entries.ts'
import {
  cancelImport,
  discardParkedDeal,
  getImport,
  listImports,
  listParkedDeals,
  placeParkedDeal,
  runImport,
} from '#shared/imports.ts'
import { listOutbox } from '#shared/outbox.ts'
import { addPartner, countPartners, editPartner, getPartner, listPartners } from '#shared/partners.ts'
import { createImporting } from '#test/importing.ts'

const { world, dana, ira, mei, start, now, bring, say, run, rows, everything } = await createImporting()
afterAll(() => world.close())

const fixtures = new URL('../../../test/fixtures/sheet-a/', import.meta.url)
const sheet = await readFile(new URL('partners.csv', fixtures))
const expected: {
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
} = JSON.parse(await readFile(new URL('expected.json', fixtures), 'utf8'))

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
  test('counts for a colleague as it does for whoever imported it', async () => {
    const { rows } = await world.admin.query(
      `select count(*) filter (where archived_at is null)::int as "all", count(*) filter (where archived_at is not null)::int as archived,
        count(*) filter (where archived_at is null and status = 'active')::int as active from partners`,
    )
    expect(rows[0].all + rows[0].archived).toBe(150)
    for (const person of [dana, ira]) expect(await person.does(countPartners, {})).toMatchObject(rows[0])
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

test('Slugs go to whoever asks first, the others get a number', async () => {
  await dana.does(addPartner, { body: { legal_name: 'Teal Ltd', email: 't@teal.example' } })
  const { rows } = await world.admin.query(`
    with company as materialized (select set_config('app.org', (select org_id::text from organizations), true))
    select app.free_slugs(case when company is not null then array['teal-ltd', 'wren', 'wren-2', 'wren', 'teal-ltd', null] end) as slugs from company`)
  expect(rows[0].slugs).toEqual(['teal-ltd-2', 'wren', 'wren-2', 'wren-3', 'teal-ltd-3', null])
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
    for (const [legal_name, email] of [
      ['Heron Data GmbH', 'hanna@herondata.example'],
      ['Quarry Labs GmbH', 'q@quarrylabs.example'],
    ] as const)
      await dana.does(addPartner, { body: { legal_name, email } })
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
  test('are known again when the sheet is brought a second time, and their people by name', async () => {
    await dana.does(addPartner, {
      body: { legal_name: 'Garganey AB', email: 'kim@garganey.example', contact_name: 'Kim Garganey' },
    })
    const sheet =
      'Customer,Partner,Kind,Value,Our rep,Their rep\nOrchard Foods,Garganey AB,lead,EUR 1200,Ira,Kim Garganey\n'
    const first = await bring(dana, sheet, 'deals.csv')
    expect(first.body).toMatchObject({ kind: 'deals', counts: { new: 1 } })
    await run(first.body)
    const { rows } = await world.admin.query('select c.email from deals d join contacts c on c.id = d.their_owner_id')
    expect(rows).toEqual([{ email: 'kim@garganey.example' }])
    const again = await bring(dana, sheet, 'deals.csv')
    expect(again.body).toMatchObject({ kind: 'deals', counts: { new: 0, duplicates: 1, will_add: 0 } })
  })
})

describe('Cancelling', () => {
  /** How many rows each table has; of the log, the lines that are not about the import itself. */
  const counts = async (): Promise<Record<string, number>> => {
    const { rows: tables } = await world.admin.query(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition",
    )
    const all: Record<string, number> = {}
    for (const { name } of tables) {
      const which = name === 'audit_rows' ? "where table_name <> 'imports'" : ''
      all[name] = (await world.admin.query(`select count(*)::int as n from ${name} ${which}`)).rows[0].n
    }
    return all
  }
  test('in the middle of adding leaves no row in any table, and says that it was cancelled', {
    timeout: 120_000,
  }, async () => {
    const lines = Array.from(
      { length: 4000 },
      (_, n) => `Sandpiper ${n.toString(36)} Ltd,pat@sandpiper-${n.toString(36)}.example,Gold,Met ${n}`,
    )
    const before = await counts()
    const { body } = await bring(dana, `Company,Email,Tags,Notes\n${lines.join('\n')}\n`)
    await dana.does(runImport, { params: { import: body.id }, body: { version: body.version } })
    const working = world.settle()
    await vi.waitUntil(async () => (await now(body.id)).done >= 500, { timeout: 60_000, interval: 5 })
    const stopped = await dana.does(cancelImport, { params: { import: body.id } })
    expect(stopped).toMatchObject({ state: 'cancelled', done: 0, result: null, act: null })
    await working
    const { imports: kept = 0, due_work: work = 0, ...left } = await counts()
    const { imports: were = 0, due_work: worked = 0, ...there } = before
    expect(left).toEqual(there)
    // The import itself stays, and what was due for it: its reading and its adding.
    expect([kept - were, work - worked]).toEqual([1, 2])
    expect(await now(body.id)).toMatchObject({ state: 'cancelled', done: 0, act: null })
    expect((await dana.does(listPartners, { query: { q: 'Sandpiper' } })).items).toEqual([])
    expect(
      (await dana.call(runImport, { params: { import: body.id }, body: { version: stopped.version } })).status,
    ).toBe(409)
  })
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
