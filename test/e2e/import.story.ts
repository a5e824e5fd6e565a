import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { addMember } from '#shared/company.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const sheet = fileURLToPath(new URL('../fixtures/sheet-a/partners.csv', import.meta.url))
const expected: {
  partners: { legal_name: string; type: string; owner: string }[]
  duplicates: unknown[]
  email_typos: { shown: string; meant: string }[]
  broken_rows: string[]
} = JSON.parse(readFileSync(new URL('../fixtures/sheet-a/expected.json', import.meta.url), 'utf8'))

const stage = setStage()
let dana: Visitor
beforeAll(async () => {
  const { server } = stage
  const session = await server.found({ name: 'Dana Whitfield', email: 'dana@us.example', company: 'Halden Software' })
  for (const [name, email] of [
    ['Ira Sandoval', 'ira@us.example'],
    ['Lee Chandra', 'lee@us.example'],
  ] as const)
    await server.ask(session, addMember, { body: { name, email, role: 'member' } })
  dana = await stage.visitor({ session })
})

describe('the real sheet is imported', () => {
  test('its columns are guessed', async () => {
    await dana.open('/partners/import')
    await dana.page.locator('input[type=file]').setInputFiles(sheet)
    await dana.heading('Match columns').waitFor({ timeout: 30_000 })
    const goesTo = (heading: string) =>
      dana.field(`${heading} goes to`).evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.label)
    expect(await goesTo('Partner Name')).toBe('Legal company name')
    expect(await goesTo('Email')).toBe('Main contact email')
    expect(await goesTo('Our owner')).toBe('Owner on your team')
    expect(await goesTo('Region')).toBe('Skip this column')
    await dana.looksRight('import-2-match')
  })

  test('the numbers stand on the check page, and nothing is there yet', async () => {
    await dana.button(/^Check \d+ rows$/).click()
    await dana.heading('Check').first().waitFor()
    const number = async (label: string) =>
      Number.parseInt((await dana.button(new RegExp(`^\\d+\\s*${label}$`)).textContent()) ?? '', 10)
    expect(await number('New')).toBe(expected.partners.length)
    expect(await number('Possible duplicates')).toBe(expected.duplicates.length)
    expect(await number('Broken')).toBe(expected.broken_rows.length)
    expect(await number('Email typos')).toBe(expected.email_typos.length)
    expect(await number('Left out')).toBe(readFileSync(sheet, 'utf8').match(/^-- /gm)?.length)
    await dana.looksRight('import-3-duplicates')
    await dana.button(/Email typos$/).click()
    await dana.sees(expected.email_typos[0]?.shown ?? '?')
    await dana.looksRight('import-3-typos')
    await dana.button(/Broken$/).click()
    await dana.sees('Broken Mail Co')
    await dana.looksRight('import-3-broken')
    await dana.button(/\d+\s*New$/).click()
    await dana.looksRight('import-3-new')
    expect(await stage.server.count('partners')).toBe(0)
  })

  test('it runs, says what it added, and nobody gets mail', async () => {
    await dana.button('Import 150 partners').click()
    await dana.heading('150 partners added').waitFor({ timeout: 30_000 })
    await dana.sees('Nothing was emailed.')
    await dana.looksRight('import-5-done')
    const { rows } = await stage.server.admin.query<{ legal_name: string }>('select legal_name from partners')
    expect(rows.map((row) => row.legal_name).sort()).toEqual(expected.partners.map((row) => row.legal_name).sort())
    expect(await stage.server.count('outbox')).toBe(0)
    await dana.link('See partners').click()
    await dana.arrivesAt('/partners')
    await dana.sees('Acme Consulting S.A.S.')
  })
})

describe('a second sheet of the same partners', () => {
  test('is pasted; a broken cell is mended in place, and a duplicate brought up to date', async () => {
    await dana.open('/partners/import')
    await dana.sees('Your imports')
    const pasted = [
      ['Company', 'Email', 'Phone'],
      ['Ibex Digital B.V.', 'luca.garcia@ibexdigital.example', '+31 20 555 1234'],
      ['Osprey Works', 'olga(at)osprey.example', ''],
    ]
    await dana.field('Or paste rows from a spreadsheet').fill(pasted.map((cells) => cells.join('\t')).join('\n'))
    await dana.button('Read pasted rows').click()
    await dana.heading('Match columns').waitFor({ timeout: 30_000 })
    await dana.button(/^Check \d+ rows$/).click()
    await dana.heading('Check').first().waitFor()
    await dana.button(/Broken$/).click()
    const cell = dana.page.getByLabel('Email in row 3')
    await cell.fill('olga@osprey.example')
    await cell.press('Enter')
    await expect.poll(() => dana.button(/Broken$/).textContent(), { timeout: 30_000 }).toBe('0Broken')
    await dana.button(/Possible duplicates$/).click()
    await dana.page.getByText('Keep both', { exact: true }).first().click()
    await dana.sees('Remembered as two companies, so it is not asked again.')
    await dana.page.getByText('Update', { exact: true }).first().click()
    await dana.sees('+31 20 555 1234')
    await dana.looksRight('import-3-update')
    await dana.button('Import 1 partner, update 1 partner').click()
    await dana.heading('1 partner added, 1 partner updated').waitFor({ timeout: 60_000 })
  })

  test('whoever leaves finds it again at its address and among the imports, and can take it back', async () => {
    const address = new URL(dana.page.url())
    await dana.open('/partners')
    await dana.open(address.pathname + address.search)
    await dana.heading('1 partner added, 1 partner updated').waitFor()
    await dana.button('Undo import').click()
    await dana.heading('Import undone').waitFor({ timeout: 60_000 })
    const { rows } = await stage.server.admin.query("select phone from partners where legal_name = 'Ibex Digital B.V.'")
    expect(rows).toEqual([{ phone: null }])
    await dana.open('/partners/import')
    await dana.sees('Undone')
    await dana.looksRight('import-1-file')
  })

  test('a sheet of deals is known as one; those of an unknown partner wait on the page', async () => {
    const sheet = [
      ['Customer', 'Partner', 'Kind', 'Value', 'Our rep'],
      ['Orchard Foods', 'Ibex Digital B.V.', 'lead', 'EUR 1200', 'Ira'],
      ['Globex Motors', 'Nobody We Know Inc', 'referral', 'EUR 5000', 'Lee'],
    ]
    await dana.field('Or paste rows from a spreadsheet').fill(sheet.map((cells) => cells.join('\t')).join('\n'))
    await dana.button('Read pasted rows').click()
    await dana.heading('Match columns').waitFor({ timeout: 30_000 })
    await dana.looksRight('import-2-deals')
    await dana.button(/^Check \d+ rows$/).click()
    await dana.button(/Partner not known$/).click()
    await dana.sees('Nobody We Know Inc')
    await dana.button('Import 2 deals').click()
    await dana.heading('1 deal added').waitFor({ timeout: 60_000 })
    await dana.sees('Globex Motors')
    await dana.looksRight('import-5-parked')
  })
})

const names = async () => dana.page.getByRole('rowheader').locator('.ui-trunc').allInnerTexts()

describe('the list of partners', () => {
  test('finds by name, by contact and by address', async () => {
    await dana.open('/partners')
    const search = dana.page.getByRole('searchbox')
    await search.fill('orchard sol')
    await expect.poll(names).toEqual(['Orchard Solutions GmbH & Co. KG'])
    await dana.arrivesAt('/partners?q=orchard+sol')
    await search.fill('Luca García')
    await expect.poll(names).toContain('Ibex Digital B.V.')
    await search.fill('zoe.nakamura@yarrowtechnologies.example')
    await expect.poll(names).toEqual(['Yarrow Technologies LLC'])
  })

  test('keeps its filters in the address, and Back comes back to them', async () => {
    await dana.open('/partners')
    await dana.picker('Filter by Type').click()
    await dana.page.getByRole('option', { name: 'Reseller' }).click()
    await dana.page.keyboard.press('Escape')
    await dana.arrivesAt('/partners?type=reseller')
    await dana.picker('Filter by Owner').click()
    await dana.page.getByRole('option', { name: 'Ira Sandoval' }).click()
    await dana.page.keyboard.press('Escape')
    await dana.arrivesAt(/^\/partners\?type=reseller&owner=[\w-]+$/)
    const address = dana.page.url()
    const wanted = expected.partners.filter(({ type, owner }) => type === 'reseller' && owner === 'ira@us.example')
    await dana.sees(`${wanted.length} of 1`)
    await dana.looksRight('partners-filtered')
    const [first = ''] = await names()
    await dana.link(first).click()
    await dana.heading(first).waitFor()
    await dana.page.goBack()
    await expect.poll(() => dana.page.url()).toBe(address)
    await expect.poll(async () => (await names())[0]).toBe(first)
  })

  test('sorts by name and by activity, and says which', async () => {
    await dana.open('/partners')
    await dana.sees('Acme Consulting S.A.S.')
    const up = await names()
    await dana.button('Name').click()
    await dana.arrivesAt('/partners?sort=-name')
    await expect.poll(async () => (await names())[0]).not.toBe(up[0])
    expect(await dana.page.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('descending')
    await dana.button('Last activity').click()
    await dana.arrivesAt('/partners?sort=-activity')
  })

  test('says when nothing matches, and Clear filters brings all back', async () => {
    await dana.open('/partners?type=reseller&q=nobody+at+all')
    await dana.sees('No partners match "nobody at all".')
    await dana.button('Clear filters').last().click()
    await dana.arrivesAt('/partners')
    await dana.sees('Acme Consulting S.A.S.')
  })

  test('shows all 150 of them, page by page', async () => {
    await dana.open('/partners')
    await dana.sees('Acme Consulting S.A.S.')
    for (let page = 0; page < 10 && (await dana.button('Show more').count()) > 0; page++) {
      const shown = (await names()).length
      await dana.button('Show more').click()
      await expect.poll(async () => (await names()).length).toBeGreaterThan(shown)
    }
    expect(new Set(await names()).size).toBe(
      expected.partners.filter((partner) => !('status' in partner) || partner.status !== 'archived').length,
    )
  })
})
