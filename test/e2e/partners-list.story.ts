import { beforeAll, describe, expect, test, vi } from 'vitest'
import { addMember } from '#shared/company.ts'
import { addContact } from '#shared/contacts.ts'
import { addPartner, editPartner, getPartner } from '#shared/partners.ts'
import { addTag } from '#shared/tags.ts'
import { picturePath } from './pictures.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

// Refused on purpose: somebody else was faster.
const refused = /409 PATCH \/api\/v1\/partners\//
// Every look at a long table, four times over, takes its time.
vi.setConfig({ testTimeout: 240_000 })
const stage = setStage()
let dana: Visitor
let admin: string
const named = [
  'Nordlicht GmbH',
  'Brightwater Systems Ltd',
  'Castellan Consulting S.L.',
  'Fjordkraft Data AS',
  'Lumen Analytics B.V.',
]
beforeAll(async () => {
  const { server } = stage
  admin = await server.found()
  const add = (legal_name: string, at: number) =>
    server.ask(admin, addPartner, {
      body: {
        legal_name,
        email: `someone@company-${at}.example`,
        type: ['reseller', 'agency', 'technology'][at % 3] ?? null,
      },
    })
  for (const [at, name] of named.entries()) await add(name, at)
  for (let n = 1; n <= 60; n++) await add(`Partner ${String(n).padStart(2, '0')} Ltd`, 10 + n)
  for (const name of ['Gold', 'Iberia', 'Nordics']) await server.ask(admin, addTag, { body: { name } })
  await server.ask(admin, addMember, { body: { name: 'Ira Novak', email: 'ira@halden.example', role: 'member' } })
  const { id } = await server.ask(admin, getPartner, { params: { slug: 'fjordkraft-data-as' } })
  await server.ask(admin, addContact, {
    params: { partner: id },
    body: { name: 'Jürgen Müller', email: 'jm@fjord.example' },
  })
  dana = await stage.visitor({ session: admin, refused })
}, 120_000)

const row = (name: string) =>
  dana.page.getByRole('row').filter({ has: dana.page.getByRole('link', { name, exact: true }) })
const key = (...keys: string[]) =>
  keys.reduce((before, one) => before.then(() => dana.page.keyboard.press(one)), Promise.resolve())
const names = () => dana.page.locator('tbody th .ui-trunc').allInnerTexts()
const focused = () =>
  dana.page.evaluate(() => document.activeElement?.closest('tr')?.querySelector('th .ui-trunc')?.textContent ?? '')
const ofPartner = async (name: string) => {
  const { rows } = await stage.server.admin.query('select slug from partners where legal_name = $1', [name])
  return stage.server.ask(admin, getPartner, { params: { slug: rows[0]?.slug } })
}

describe('a partner is found', () => {
  test('in spite of a slip, without its accents, and through its people', async () => {
    await dana.open('/partners')
    await row('Brightwater Systems Ltd').waitFor()
    for (const [typed, found] of [
      ['nordlcht', 'Nordlicht GmbH'],
      ['castelan', 'Castellan Consulting S.L.'],
      ['jurgen mul', 'Fjordkraft Data AS'],
      ['lumen', 'Lumen Analytics B.V.'],
    ] as const) {
      await dana.field('Search partners').fill(typed)
      await expect.poll(names).toEqual([found])
    }
    await dana.sees('1 of 65')
    await dana.looksRight('partners-search')
    await dana.field('Search partners').fill('nothing like it')
    await dana.sees('No partners match "nothing like it".')
    await dana.button('Clear filters').last().click()
    await row('Brightwater Systems Ltd').waitFor()
  })

  test('by chips that stand in the address, and Back takes them off again', async () => {
    await dana.open('/partners')
    await dana.picker('Filter by Type').click()
    await dana.page.getByRole('option', { name: 'Agency' }).click()
    await dana.arrivesAt('/partners?type=agency')
    await key('Escape')
    await dana.picker('Filter by Status').click()
    await dana.page.getByRole('option', { name: 'Onboarding' }).click()
    await dana.arrivesAt('/partners?type=agency&status=onboarding')
    await key('Escape')
    await dana.sees(/^\d+ of 65$/)
    await dana.page.goBack()
    await dana.arrivesAt('/partners?type=agency')
    await dana.page.goBack()
    await dana.arrivesAt('/partners')
    await row('Brightwater Systems Ltd').waitFor()
  })
})

describe('a view', () => {
  test('is saved from the chips, shared, pinned, updated, and deleted with a way back', async () => {
    await dana.open('/partners?type=agency')
    await dana.button('Save as view').click()
    await dana.field('Name').fill('Agencies')
    await dana.page.getByText('Shared with team').click()
    await dana.field('Pin to your sidebar').check()
    await dana.looksRight('partners-save-view')
    await dana.button('Save view').click()
    const tab = dana.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /Agencies/ })
    await tab.waitFor()
    await expect.poll(() => tab.getAttribute('aria-current')).toBe('page')
    await dana.sees('Pinned views')
    const pin = dana.page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Agencies' })
    await dana.open('/')
    await pin.click()
    await dana.arrivesAt(/^\/partners\?saved=[0-9a-f-]+&type=agency$/)
    await dana.page.getByRole('button', { name: 'Last activity' }).click()
    await dana.button('Update view').click()
    await dana.button('Update view').waitFor({ state: 'hidden' })
    const ira = await stage.server.session('ira@halden.example', 'Ira Novak')
    const her = await stage.visitor({ session: ira })
    await her.open('/partners')
    await her
      .link(/Agencies/)
      .first()
      .click()
    await her.arrivesAt(/sort=-activity/)
    await her.leave()
    await dana
      .button('View')
      .filter({ hasText: /^View$/ })
      .click()
    await dana.page.getByRole('menuitem', { name: 'Delete view' }).click()
    await dana.sees('The view "Agencies" is deleted for everyone.')
    await dana.arrivesAt('/partners')
    await dana.button('Undo').click()
    await tab.waitFor()
    await pin.waitFor()
  })
})

describe('one partner is changed in its row', () => {
  test('tagged with three keys and the letters', async () => {
    await dana.open('/partners')
    await row('Brightwater Systems Ltd').waitFor()
    let pressed = 0
    const press = async (one: string) => {
      pressed += 1
      await key(one)
    }
    await press('j')
    expect(await focused()).toBe('Brightwater Systems Ltd')
    await press('t')
    await dana.page.getByRole('combobox', { name: 'Tags of Brightwater Systems Ltd' }).waitFor()
    await dana.page.keyboard.type('gol')
    await press('Enter')
    await dana.sees('Brightwater Systems Ltd: Gold added.')
    expect(pressed).toBe(3)
    await dana.sees('Gold', row('Brightwater Systems Ltd'))
    await expect.poll(focused).toBe('Brightwater Systems Ltd')
    expect((await ofPartner('Brightwater Systems Ltd')).tags.map(({ name }) => name)).toEqual(['Gold'])
    await dana.button('Undo').last().click()
    await dana.sees('Undone.')
    await expect.poll(async () => (await ofPartner('Brightwater Systems Ltd')).tags).toEqual([])
  })

  test('status, owner and type by keys; Esc leaves all as it was', async () => {
    await dana.open('/partners')
    await row('Castellan Consulting S.L.').waitFor()
    await key('j', 'ArrowDown')
    expect(await focused()).toBe('Castellan Consulting S.L.')
    await key('s')
    await dana.page.getByRole('combobox', { name: 'Status of Castellan' }).waitFor()
    await dana.page.keyboard.type('act')
    await dana.looksRight('partners-edit-status')
    await key('Enter')
    await dana.sees('Active', row('Castellan Consulting S.L.'))
    await expect.poll(focused).toBe('Castellan Consulting S.L.')
    await key('o')
    await dana.page.getByRole('combobox', { name: 'Owner of Castellan' }).waitFor()
    await dana.page.keyboard.type('ira')
    await key('Enter')
    await dana.sees('Ira', row('Castellan Consulting S.L.'))
    await expect.poll(focused).toBe('Castellan Consulting S.L.')
    await key('e')
    await dana.page.getByRole('combobox', { name: 'Type of Castellan' }).waitFor()
    await dana.page.keyboard.type('dis')
    await key('Escape')
    await expect.poll(focused).toBe('Castellan Consulting S.L.')
    await expect.poll(async () => (await ofPartner('Castellan Consulting S.L.')).status).toBe('active')
    expect(await ofPartner('Castellan Consulting S.L.')).toMatchObject({
      owner: { name: 'Ira Novak' },
      type: 'technology',
    })
  })

  test('where somebody was faster it goes back, says what it is now, and offers one’s own again', async () => {
    const { id, version } = await ofPartner('Lumen Analytics B.V.')
    await stage.server.ask(admin, editPartner, { params: { partner: id }, body: { version, status: 'dormant' } })
    await row('Lumen Analytics B.V.').locator('[data-field=status]').dblclick()
    await dana.page.getByRole('option', { name: 'Active' }).click()
    await dana.sees('Someone changed Lumen Analytics B.V. a moment ago: status is Dormant.')
    await dana.sees('Dormant', row('Lumen Analytics B.V.'))
    await dana.button('Use Active').click()
    await dana.sees('Active', row('Lumen Analytics B.V.'))
    await expect.poll(async () => (await ofPartner('Lumen Analytics B.V.')).status).toBe('active')
  })
})

describe('many partners are changed at once', () => {
  test('fifty are tagged with five presses, shown before, and undone with one', async () => {
    await dana.open('/partners')
    await row('Brightwater Systems Ltd').waitFor()
    await dana.presses()
    await dana.page.getByRole('checkbox', { name: /^Select \d+ rows$/ }).click()
    await dana.sees('50 selected')
    await dana.button('Tags').click()
    await dana.page.getByRole('option', { name: 'Nordics' }).click()
    await dana.page.screenshot({ path: picturePath('partners-bulk-tags') })
    await dana.button('Add to 50').click()
    await dana.heading('50 partners: add Nordics').waitFor()
    await dana.looksRight('partners-bulk-preview')
    await dana.button('Change 50 partners').click()
    await dana.sees('50 partners: add Nordics.')
    expect(await dana.presses()).toBe(5)
    const worn = async () => (await stage.server.admin.query('select count(*)::int as n from partner_tags')).rows[0].n
    expect(await worn()).toBe(50)
    await dana.page.screenshot({ path: picturePath('partners-bulk-done') })
    await dana.button('Undo').last().click()
    await dana.sees('Undone.')
    expect(await worn()).toBe(0)
  })

  test('all that match, by a link of its own; a few at once without a step between', async () => {
    await dana.open('/partners?type=agency')
    await row('Brightwater Systems Ltd').waitFor()
    await row('Brightwater Systems Ltd').getByRole('checkbox').click()
    await row('Partner 03 Ltd').waitFor()
    await dana.page.getByRole('checkbox', { name: 'Select Partner 03 Ltd' }).click({ modifiers: ['Shift'] })
    await dana.sees(/^[2-9] selected$/)
    await dana.button('Status').last().click()
    await dana.page.getByRole('option', { name: 'Dormant' }).click()
    await dana.sees(/3 partners: status .*to Dormant\./)
    await dana.open('/partners')
    await row('Brightwater Systems Ltd').waitFor()
    await dana.page.getByRole('checkbox', { name: /^Select \d+ rows$/ }).click()
    await dana.button('Select all 65 that match').click()
    await dana.sees('65 selected')
    await dana.button('Archive').click()
    await dana.heading('Archive 65 partners').waitFor()
    await dana.button('Cancel').click()
    await dana.button('Clear selection').click()
    await dana.sees('65')
  })

  test('what is picked and where one was are there again after Back', async () => {
    await dana.page.getByRole('checkbox', { name: 'Select Nordlicht GmbH' }).click()
    await dana.link('Nordlicht GmbH').click()
    await dana.heading('Nordlicht GmbH').waitFor()
    await dana.page.goBack()
    await dana.sees('1 selected')
    await dana.button('Clear selection').click()
  })
})

test('a look from the row: Space, arrows to the next one, Esc back to the row', async () => {
  await dana.open('/partners')
  await row('Brightwater Systems Ltd').waitFor()
  await key('j', 'Space')
  const panel = dana.page.getByRole('dialog')
  await panel.getByRole('heading', { name: 'Brightwater Systems Ltd' }).waitFor()
  await dana.arrivesAt('/partners?peek=brightwater-systems-ltd')
  await dana.sees('someone@company-1.example', panel)
  await key('ArrowDown')
  await panel.getByRole('heading', { name: 'Castellan Consulting S.L.' }).waitFor()
  await key('ArrowUp')
  await panel.getByRole('heading', { name: 'Brightwater Systems Ltd' }).waitFor()
  await key('ArrowDown')
  await panel.getByRole('heading', { name: 'Castellan Consulting S.L.' }).waitFor()
  await key('Escape')
  await panel.waitFor({ state: 'hidden' })
  await expect.poll(focused).toBe('Castellan Consulting S.L.')
  await key('Enter')
  await dana.arrivesAt(/^\/partners\/castellan-consulting-.*\/overview$/)
})

test('keys typed right after Ctrl K are not lost, and find partners, people and deals', async () => {
  await dana.open('/')
  await dana.page.keyboard.press('Control+k')
  await dana.page.keyboard.type('nordli')
  await expect.poll(() => dana.page.getByRole('combobox', { name: 'Find or do' }).inputValue()).toBe('nordli')
  await dana.page.getByRole('option', { name: /Nordlicht GmbH/ }).waitFor()
  await dana.looksRight('palette')
  await key('Escape')
  await dana.page.keyboard.press('Control+k')
  // A letter that no key of this keyboard has is put into the field that has the focus, not typed.
  await dana.page.getByRole('combobox', { name: 'Find or do' }).waitFor()
  await expect.poll(() => dana.page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox')
  await dana.page.keyboard.type('jürgen')
  await dana.page.getByRole('option', { name: /Jürgen Müller/ }).waitFor()
  await key('Enter')
  await dana.arrivesAt(/^\/partners\/fjordkraft-data-as\/contacts/)
})

test('a read-only member sees the list without boxes, and e does nothing', async () => {
  await stage.server.ask(admin, addMember, {
    body: { name: 'Mei Sato', email: 'mei@halden.example', role: 'read_only' },
  })
  const mei = await stage.visitor({ session: await stage.server.session('mei@halden.example', 'Mei Sato') })
  await mei.open('/partners')
  await mei.link('Brightwater Systems Ltd').waitFor()
  expect(await mei.page.getByRole('checkbox').count()).toBe(0)
  await mei.page.keyboard.press('j')
  await mei.page.keyboard.press('e')
  expect(await mei.page.getByRole('combobox', { name: /^Type of/ }).count()).toBe(0)
  await mei.leave()
})
