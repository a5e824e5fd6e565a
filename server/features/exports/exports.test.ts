import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addContact } from '#shared/contacts.ts'
import { addDeal } from '#shared/deals.ts'
import { exportCompany, exportDeals, exportLog, exportPartners } from '#shared/exports.ts'
import { listChanges, listViews } from '#shared/log.ts'
import { editPartner, getPartner, listPartners } from '#shared/partners.ts'
import { addTag } from '#shared/tags.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { unzip } from '#test/equipment/unzip.ts'
import type { Person, Reply } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
  const { dana, nordlicht } = cast
  const tag = await dana.does(addTag, { body: { name: 'Gold', meaning: 'Signed.' } })
  const { version } = await dana.does(getPartner, { params: { slug: nordlicht.slug } })
  await dana.does(editPartner, {
    params: { partner: nordlicht.id },
    body: {
      version,
      phone: '+49 30 1234567',
      description: '=HYPERLINK("http://evil.example")\n- cheap, "fast"',
      agreement_signed: '2026-03-09',
      tag_ids: [tag.id],
    },
  })
  await dana.does(addContact, {
    params: { partner: nordlicht.id },
    body: { name: 'Ümit Öz', email: 'umit@nordlicht.example', title: 'CFO' },
  })
})
afterAll(() => cast.world.close())

type Sheet = Record<string, string>[]
const rowsOf = (reply: Reply<unknown>): Sheet =>
  parse(reply.raw.rawPayload, { columns: true, bom: true, record_delimiter: '\r\n' })
const csv = async (who: Person, body: object = {}): Promise<Sheet> => {
  const reply = await who.call(exportPartners, { body: { format: 'csv', ...body } })
  expect(reply.status).toBe(200)
  return rowsOf(reply)
}
const names = (sheet: Sheet) => sheet.map((row) => row['Legal name'])
const events = async () =>
  (
    await cast.world.admin.query(
      "select changes, member_id from audit_rows where action = 'event' and table_name = 'export' order by id",
    )
  ).rows

describe('Partners as CSV', () => {
  test('are the rows of the view, in its order, each to its last field', async () => {
    const sheet = await csv(cast.dana, { sort: '-name' })
    expect(names(sheet)).toEqual(['Nordlicht GmbH', 'Fjordkraft Data AS'])
    expect(sheet[0]).toMatchObject({
      Type: 'Reseller',
      Status: 'Onboarding',
      Tags: 'Gold',
      Owner: 'Dana Reyes',
      'Works via': 'Portal',
      'Main contact': 'Ana Lindner',
      Email: 'ana.lindner@nordlicht.example',
      Website: 'https://nordlicht.example',
      'Agreement signed': '2026-03-09',
      'Other contacts': 'Ben Okafor <ben.okafor@nordlicht.example>; Ümit Öz <umit@nordlicht.example> (CFO)',
    })
  })
  test('hold no formula: what begins like one is text behind an apostrophe', async () => {
    const [row] = await csv(cast.dana, { q: 'nordlicht' })
    expect(row?.Phone).toBe("'+49 30 1234567")
    expect(row?.Description).toBe('\'=HYPERLINK("http://evil.example")\n\'- cheap, "fast"')
  })
  test('begin with the mark of UTF-8 and are saved, never shown', async () => {
    const { raw } = await cast.dana.call(exportPartners, { body: { format: 'csv' } })
    expect([...raw.rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(raw.headers['content-disposition']).toMatch(/^attachment; filename="Partners \d{4}-\d\d-\d\d\.csv"/)
    expect(raw.headers['content-security-policy']).toContain('sandbox')
    expect(raw.headers['cache-control']).toContain('no-store')
  })
  test('follow the filters, and are those picked when some are', async () => {
    expect(names(await csv(cast.dana, { type: ['distributor'] }))).toEqual(['Fjordkraft Data AS'])
    expect(names(await csv(cast.dana, { view: 'archived' }))).toEqual([])
    expect(names(await csv(cast.dana, { except: [cast.nordlicht.id] }))).toEqual(['Fjordkraft Data AS'])
    expect(names(await csv(cast.dana, { ids: [cast.nordlicht.id, cast.nordlicht.id] }))).toEqual(['Nordlicht GmbH'])
  })
  test('are only those the member sees on the screen', async () => {
    for (const who of [cast.dana, cast.ira, cast.lee]) {
      const { items } = await who.does(listPartners, { query: {} })
      expect(names(await csv(who))).toEqual(items.map((row) => row.legal_name))
    }
    expect(names(await csv(cast.lee))).toEqual(['Nordlicht GmbH'])
    expect(names(await csv(cast.uma))).toEqual(['Delta Works Ltd'])
  })
})

describe('Who may not', () => {
  test('read-only members, contacts and strangers export nothing, and nothing is logged', async () => {
    const before = (await events()).length
    const refused: [Person, number][] = [
      [cast.mei, 403],
      [cast.ana, 403],
      [cast.world.stranger, 401],
    ]
    for (const [who, status] of refused) {
      expect((await who.call(exportPartners, { body: { format: 'csv' } })).status).toBe(status)
      expect((await who.call(exportDeals, { body: { format: 'xlsx' } })).status).toBe(status)
      expect((await who.call(exportLog, { body: { lens: 'views', format: 'json' } })).status).toBe(status)
      expect((await who.call(exportCompany, {})).status).toBe(status)
    }
    const { problem } = await cast.mei.call(exportPartners, { body: { format: 'csv' } })
    expect(problem.detail).toBe('You may look at this, not export it. Ask an admin.')
    expect((await cast.ira.call(exportCompany, {})).problem.detail).toBe('Only an admin can export the whole company.')
    expect((await events()).length).toBe(before)
  })
  test('a partner of another company, or one that is hidden, is not there for anybody', async () => {
    const before = (await events()).length
    for (const id of [cast.delta.id, cast.fjordkraft.id, '00000000-0000-4000-8000-000000000000']) {
      const reply = await cast.lee.call(exportPartners, { body: { format: 'csv', ids: [cast.nordlicht.id, id] } })
      expect([reply.status, reply.problem.code]).toEqual([404, 'not_found'])
    }
    expect((await events()).length).toBe(before)
  })
})

describe('Every export', () => {
  test('is in the log with what was taken out, and reads as a sentence', async () => {
    await csv(cast.lee, { type: ['reseller'] })
    expect((await events()).at(-1)).toEqual({
      member_id: cast.ids.lee,
      changes: { what: 'partners', format: 'csv', count: 1, filter: { type: ['reseller'] } },
    })
    const { items } = await cast.dana.does(listChanges, { query: { limit: '1' } })
    expect(items[0]?.sentence).toBe('Lee Park exported 1 partner as CSV (type reseller)')
  })
  test('does not happen when it cannot be logged: not one byte leaves', async () => {
    const { admin } = cast.world
    await admin.query('alter table audit_rows add constraint broken check (false) not valid')
    try {
      for (const [endpoint, body] of [
        [exportPartners, { format: 'csv' }],
        [exportDeals, { format: 'csv' }],
        [exportLog, { lens: 'changes', format: 'csv' }],
        [exportCompany, undefined],
      ] as const) {
        const { status, raw } = await cast.dana.call(endpoint as typeof exportPartners, { body: body as never })
        expect(status).toBeGreaterThanOrEqual(400)
        expect(raw.body).not.toContain('Nordlicht')
      }
    } finally {
      await admin.query('alter table audit_rows drop constraint broken')
    }
  })
  test('stops when access ends while it is read', async () => {
    const { admin, product } = cast.world
    const { inSnapshot } = await import('./sending.ts')
    const { withActor } = await import('#server/db/actor.ts')
    const session = await cast.world.signIn('Lee Park', 'lee@halden.example')
    const again = (act: never, how: object) =>
      withActor(product.database, { as: 'team', token: session.session }, act, how)
    let written = 0
    const send = inSnapshot(again as never, async (_tx, write) => {
      await write(Buffer.from('one'))
      await admin.query('delete from auth.session where token = $1', [session.session])
      await new Promise((resolve) => setTimeout(resolve, 1100))
      await write(Buffer.from('two'))
    })
    await expect(send(async () => void written++)).rejects.toThrow('Sign in to go on.')
    expect(written).toBe(1)
  })
})

test('Partners as XLSX are a workbook with text, real days and no formula', async () => {
  const { raw } = await cast.dana.call(exportPartners, { body: { format: 'xlsx' } })
  const files = unzip(raw.rawPayload)
  const sheet = files.get('xl/worksheets/sheet1.xml')?.toString() ?? ''
  expect(sheet).not.toMatch(/<f[ >]/)
  expect(sheet).toContain('<t xml:space="preserve">+49 30 1234567</t>')
  expect(sheet).toContain('=HYPERLINK("http://evil.example")\n- cheap, "fast"')
  // 2026-03-09, as spreadsheets count days.
  expect(sheet).toContain('s="2"><v>46090</v>')
  expect([...files.keys()].sort()).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/_rels/workbook.xml.rels',
    'xl/styles.xml',
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
  ])
})

describe('Deals', () => {
  test('are exported with their fields, and each partner shows who took them out', async () => {
    await cast.dana.does(addDeal, {
      params: { partner: cast.nordlicht.id },
      body: {
        kind: 'lead',
        customer_company: 'Orchard Foods',
        ask: 'Call them',
        value_minor: 118_000_50,
        currency: 'EUR',
        expected_close: '2027-01-05',
        share: false,
      },
    })
    const reply = await cast.dana.call(exportDeals, { body: { format: 'csv', kind: ['lead'], owner: [] } })
    expect(rowsOf(reply)).toEqual([
      expect.objectContaining({
        Customer: 'Orchard Foods',
        Partner: 'Nordlicht GmbH',
        Kind: 'Lead',
        Stage: 'New',
        Value: '118000.5',
        Currency: 'EUR',
        'Expected close': '2027-01-05',
        'Our owner': 'Dana Reyes',
      }),
    ])
    const { items } = await cast.dana.does(listViews, { query: { partner: cast.nordlicht.id, limit: '1' } })
    expect(items[0]?.sentence).toBe('Dana Reyes exported the deal Orchard Foods')
    expect(rowsOf(await cast.dana.call(exportDeals, { body: { format: 'csv', kind: ['referral'] } }))).toEqual([])
  })
})

describe('The log', () => {
  test('is exported as CSV and as JSON: exactly the lines of the filter', async () => {
    const filter = { partner: cast.nordlicht.id }
    const { items } = await cast.dana.does(listChanges, { query: { ...filter, limit: '100' } })
    const json = await cast.dana.call(exportLog, { body: { lens: 'changes', format: 'json', ...filter } })
    expect(JSON.parse(json.raw.body)).toEqual(items)
    const rows = rowsOf(await cast.dana.call(exportLog, { body: { lens: 'changes', format: 'csv', ...filter } }))
    expect(rows.map((row) => row['What happened'])).toEqual(items.map(({ sentence }) => sentence))
    const views = await cast.dana.call(exportLog, { body: { lens: 'views', format: 'json', ...filter } })
    expect(JSON.parse(views.raw.body)).toEqual(
      (await cast.dana.does(listViews, { query: { ...filter, limit: '100' } })).items,
    )
  })
  test('gives a member the lines that are theirs to read, no more', async () => {
    const { raw } = await cast.lee.call(exportLog, { body: { lens: 'changes', format: 'json' } })
    expect(raw.body).not.toContain('Fjordkraft')
    expect(raw.body).not.toContain('Umbra')
  })
})
