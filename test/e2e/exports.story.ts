import { readFile } from 'node:fs/promises'
import { unzipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { addMember } from '#shared/company.ts'
import { addDeal } from '#shared/deals.ts'
import { addPartner } from '#shared/partners.ts'
import { password } from './server.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage()
let dana: Visitor
let mei: Visitor

/** What arrives when the button is pressed. */
async function fetched(who: Visitor, press: () => Promise<unknown>) {
  const [download] = await Promise.all([who.page.waitForEvent('download'), press()])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}
const take = (who: Visitor, format: string) =>
  fetched(who, async () => {
    await who.button('Export').click()
    await who.page.getByRole('menuitem', { name: format }).click()
  })

beforeAll(async () => {
  const { server } = stage
  const session = await server.found()
  for (const [legal_name, type] of [
    ['Nordlicht GmbH', 'reseller'],
    ['=HYPERLINK("https://evil.example")', 'reseller'],
    ['Agência Aurora', 'agency'],
  ] as const)
    await server.ask(session, addPartner, {
      body: { legal_name, type, email: `pat@${type}-${legal_name.length}.example`, contact_name: 'Pat Lind' },
    })
  const { id } = await server.ask(session, addPartner, {
    body: { legal_name: 'Delta Oy', email: 'pat@delta.example', contact_name: 'Pat Lind' },
  })
  await server.ask(session, addDeal, {
    params: { partner: id },
    body: { kind: 'lead', customer_company: '+49 Hafen AG', ask: 'Call them.', share: false },
  })
  await server.ask(session, addMember, { body: { name: 'Mei Lin', email: 'mei@halden.example', role: 'read_only' } })
  // With the company goes the right to look at its pages, and pages that are open ask once more.
  const refused = /^40[13] GET/
  dana = await stage.visitor({ session, refused })
  mei = await stage.visitor({ session: await server.session('mei@halden.example', 'Mei Lin'), refused })
})

describe('What one looks at can be taken along', () => {
  test('the partners of the view, and no others; nothing in the file is a formula', async () => {
    await dana.open('/partners?view=all&type=reseller')
    await dana.sees('Nordlicht GmbH')
    const { name, bytes } = await take(dana, 'CSV file')
    const lines = bytes.toString('utf8').trim().split('\r\n')
    expect(name).toMatch(/\.csv$/)
    expect(lines).toHaveLength(3)
    expect(lines.join()).toContain('Nordlicht GmbH')
    expect(lines.join()).not.toContain('Aurora')
    expect(lines.find((line) => line.includes('HYPERLINK'))).toMatch(/^"?'=HYPERLINK/)
    await dana.sees('2 partners exported')
  })

  test('the same for Excel', async () => {
    await dana.open('/partners?view=all')
    await dana.sees('Agência Aurora')
    const { name, bytes } = await take(dana, 'Excel file')
    expect(name).toMatch(/\.xlsx$/)
    const sheet = Buffer.from(unzipSync(bytes)['xl/worksheets/sheet1.xml'] ?? []).toString('utf8')
    expect(sheet).toContain('Agência Aurora')
    expect(sheet).not.toContain('<f>')
  })

  test('the deals of the filters', async () => {
    await dana.open('/deals?layout=table')
    await dana.sees('+49 Hafen AG')
    const { bytes } = await take(dana, 'CSV file')
    expect(bytes.toString('utf8')).toContain("'+49 Hafen AG")
  })

  test('each of them stands in the log', async () => {
    await dana.open('/access/log')
    await dana.sees(/exported 2 partners/i)
    await dana.looksRight('log-exports')
  })

  test('who may only read takes nothing along', async () => {
    await mei.open('/partners?view=all')
    await mei.sees('Nordlicht GmbH')
    expect(await mei.button('Export').count()).toBe(0)
    await mei.open('/settings/data')
    expect(await mei.button('Delete this company').count()).toBe(0)
    expect(await mei.button('Export everything').getAttribute('aria-disabled')).toBe('true')
  })
})

describe('The company is its own', () => {
  test('everything in one zip', async () => {
    await dana.open('/settings/data')
    const { name, bytes } = await fetched(dana, () => dana.button('Export everything').click())
    expect(name).toMatch(/\.zip$/)
    const files = Object.fromEntries(
      Object.entries(unzipSync(bytes)).map(([path, content]) => [path, Buffer.from(content).toString('utf8')]),
    )
    const partners = Object.entries(files).find(([path]) => /partners\.csv$/.test(path))?.[1] ?? ''
    expect(partners).toContain('Agência Aurora')
    expect(Object.values(files).join()).not.toMatch(/\$argon2/)
  })

  test('the end needs its name and a proof, says what goes, and then nobody gets in', async () => {
    await dana.open('/settings/data')
    await dana.button('Delete this company').click()
    await dana.sees('Nobody can undo this.')
    await dana.looksRight('delete-company')
    const end = dana.button('Delete for good')
    await expect.poll(() => end.getAttribute('aria-disabled')).toBe('true')
    await dana.field('Type "Halden Software" to go on').fill('Halden Software')
    await dana.field('Your password').fill(password)
    await end.click()
    await dana.arrivesAt('/deleted')
    await dana.sees('Halden Software is deleted')
    await dana.looksRight('deleted')
    expect(await stage.server.count('partners')).toBe(0)
    await mei.page.goto('/partners')
    await mei.arrivesAt(/^\/sign-in/)
  })
})
