import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { text, workbook, workbookParts, zipped } from '#test/equipment/zip.ts'
import { collectRows } from '../collect.ts'
import { readDeals } from '../deals/read.ts'
import { readSheet } from '../read.ts'
import { readTable } from '../table.ts'

const around = { members: [], existing: [] }
const refusal = (bytes: Uint8Array) => readSheet(bytes, around).refused
const rows = [
  ['Company', 'Email', 'Notes'],
  ['Acme Ltd', 'ana@acme.example', ' a & b <c> '],
]
const sheetXml = (inside: string) => text('xl/worksheets/sheet1.xml', `<worksheet>${inside}</worksheet>`)
/** What reading it costs above what was there before, in MB. */
function costOf(act: () => void): number {
  const before = process.memoryUsage()
  act()
  const after = process.memoryUsage()
  return (after.heapUsed + after.external - before.heapUsed - before.external) / 1e6
}

describe('a workbook that means harm', () => {
  it('is read when it means none', () => {
    expect(readTable(workbook(rows)).lines.map(({ cells }) => cells)).toEqual([
      rows[0],
      ['Acme Ltd', 'ana@acme.example', 'a & b <c>'],
    ])
  })

  it('does not unpack a bomb, whatever size it declares', () => {
    const zeros = Buffer.alloc(48 * 1024 * 1024, ' ')
    const part = { name: 'xl/worksheets/sheet1.xml', bytes: zeros }
    const honest = workbook(rows, [{ ...part, declared: 400 * 1024 * 1024 }])
    const lying = workbook(rows, [{ ...part, declared: 1000 }])
    const strings = workbook(rows, [{ name: 'xl/sharedStrings.xml', bytes: zeros, declared: 10 }])
    for (const bytes of [honest, lying, strings]) {
      expect(bytes.length).toBeLessThan(1_000_000)
      const started = performance.now()
      let found: ReturnType<typeof refusal> = null
      expect(costOf(() => (found = refusal(bytes)))).toBeLessThan(150)
      expect(found).toMatchObject({ problem: expect.stringMatching(/unpacks to far more|damaged/) })
      expect(performance.now() - started).toBeLessThan(10_000)
    }
  })

  it('does not follow rows without end, cells without end or text without end', () => {
    const one = '<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    expect(refusal(workbook(rows, [sheetXml(one.repeat(60_000))]))?.code).toBe('too_many_rows')
    const wide = `<row>${'<c><v>1</v></c>'.repeat(10_000)}</row>`
    expect(refusal(workbook(rows, [sheetXml(wide)]))?.code).toBe('too_wide')
    expect(refusal(workbook(rows, [sheetXml('<row r="3"><c r="XFD3"><v>1</v></c></row>')]))?.code).toBe('too_wide')
    const table = collectRows()
    const row = Array(400).fill('1')
    expect(() => {
      for (let line = 1; line < 11_000; line++) table.add(line, row)
    }).toThrow('four million cells')
    const long = `<row><c t="inlineStr"><is>${'<t>xxxxxxxxxxxxxxxx</t>'.repeat(200_000)}</is></c></row>`
    expect(refusal(workbook(rows, [sheetXml(long)]))?.code).toBe('row_too_long')
  })

  it('knows no entities but the five, and no document type', () => {
    const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1000)}">]><worksheet>&b;</worksheet>`
    expect(refusal(workbook(rows, [text('xl/worksheets/sheet1.xml', laughs)]))?.code).toBe('damaged')
    const file = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>'
    expect(refusal(workbook(rows, [text('xl/sharedStrings.xml', file)]))?.code).toBe('damaged')
  })

  it('opens no other file: neither one outside nor one inside', () => {
    const outside =
      '<Relationships><Relationship Id="rId1" TargetMode="External" Target="http://127.0.0.1:9/sheet1.xml"/></Relationships>'
    expect(refusal(workbook(rows, [text('xl/_rels/workbook.xml.rels', outside)]))?.code).toBe('empty')
    const up = '<Relationships><Relationship Id="rId1" Target="../../../etc/passwd"/></Relationships>'
    expect(refusal(workbook(rows, [text('xl/_rels/workbook.xml.rels', up)]))?.code).toBe('empty')
    const inner = { name: 'sheets/inner.xlsx', bytes: workbook(rows) }
    expect(refusal(zipped([inner]))).toMatchObject({ problem: expect.stringContaining('zip file') })
    expect(refusal(workbook(rows, [inner]))).toBe(null)
  })

  it('says what other zips are', () => {
    const said = (name: string) => refusal(zipped([text(name, 'x')]))?.problem
    expect(said('content.xml')).toContain('OpenDocument')
    expect(said('word/document.xml')).toContain('Word')
    expect(said('xl/workbook.bin')).toContain('.xlsb')
    expect(said('photo.jpg')).toContain('zip file')
    expect(refusal(zipped(workbookParts(rows).map((part) => ({ ...part, flags: 1 }))))?.problem).toContain('password')
    expect(refusal(zipped(Array.from({ length: 2001 }, (_, at) => text(`${at}`, ''))))?.code).toBe('too_large')
    expect(refusal(Buffer.from('d0cf11e0a1b11ae1', 'hex'))?.problem).toContain('old Excel workbook')
    expect(refusal(zipped(workbookParts(rows).map((part) => ({ ...part, method: 12, flags: 0 }))))?.code).toBe(
      'damaged',
    )
  })

  it('sees no hidden sheet, and takes the first with a table', () => {
    const parts = [
      text(
        'xl/workbook.xml',
        '<workbook><sheets><sheet name="Secret" state="veryHidden" r:id="rId1"/><sheet name="Cover" r:id="rId2"/><sheet name="List" r:id="rId3"/></sheets></workbook>',
      ),
      text(
        'xl/_rels/workbook.xml.rels',
        `<Relationships>${[1, 2, 3].map((at) => `<Relationship Id="rId${at}" Target="/xl/worksheets/sheet${at}.xml"/>`).join('')}</Relationships>`,
      ),
      text(
        'xl/worksheets/sheet2.xml',
        '<worksheet><sheetData><row><c t="str"><v>Hello</v></c></row></sheetData></worksheet>',
      ),
      text(
        'xl/worksheets/sheet3.xml',
        '<x:worksheet><x:sheetData><x:row><x:c t="str"><x:v>Company</x:v></x:c><x:c t="str"><x:v>Type</x:v></x:c></x:row><x:row><x:c t="str"><x:v>Acme Ltd</x:v></x:c><x:c t="str"><x:v>Reseller</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      ),
    ]
    const sheet = readSheet(workbook(rows, parts), around)
    expect(sheet.sheets).toEqual([
      { name: 'Cover', chosen: false },
      { name: 'List', chosen: true },
    ])
    expect(sheet.rows.map(({ partner }) => partner?.legal_name)).toEqual(['Acme Ltd'])
    const all = '<workbook><sheets><sheet name="Secret" state="hidden" r:id="rId1"/></sheets></workbook>'
    expect(refusal(workbook(rows, [text('xl/workbook.xml', all)]))?.code).toBe('empty')
  })

  it('never throws on a workbook with bytes changed anywhere, as partners or as deals', () => {
    const whole = workbook([
      ...rows,
      ...Array.from({ length: 20 }, (_, at) => [`Firm ${at}`, `a@firm${at}.example`, '']),
    ])
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 8,
    })
    let read = 0
    let runs = 0
    fc.assert(
      fc.property(changes, fc.option(fc.nat(whole.length)), (all, end) => {
        const bytes = Buffer.from(whole)
        for (const [at, value] of all) bytes[at] = value
        const cut = end === null ? bytes : bytes.subarray(0, end)
        const partners = readSheet(cut, around)
        expect(partners.refused === null || partners.refused.problem.length > 10).toBe(true)
        expect(JSON.parse(JSON.stringify(partners))).toEqual(partners)
        const deals = readDeals(cut, { ...around, currency: 'EUR' })
        expect(JSON.parse(JSON.stringify(deals))).toEqual(deals)
        runs++
        if (!partners.refused) read++
      }),
      { numRuns: 100 },
    )
    // Some were still read, and some were not.
    expect(read).toBeGreaterThan(0)
    expect(read).toBeLessThan(runs)
  })

  it('never throws on any XML in the place of a sheet', () => {
    const piece = fc.constantFrom(
      ...'<row>|</row>|<c t="s"><v>0</v></c>|<c r="B2" t="inlineStr"><is><t>x</t></is></c>|<v>|</v>|<c|>|&#x0;|&#999999999;|&bogus;|<!--|-->|<![CDATA[a]]>|<?xml?>|<mergeCell ref="A1:A9"/>|<mergeCell ref="Z9:A1"/>|"|\'|<f>1+1</f>|<c s="99" t="d"><v>2024-01-01</v></c>|<row r="-1">|<row r="1e9">|<c r="AAAA1"><v>1</v></c>|Company|\u0000|\ud83d\ude00'.split(
        '|',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { refused } = readSheet(workbook(rows, [text('xl/worksheets/sheet1.xml', pieces.join(''))]), around)
        expect(refused === null || refused.problem.length > 10).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
