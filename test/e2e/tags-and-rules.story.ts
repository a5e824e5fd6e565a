import { beforeAll, describe, expect, test, vi } from 'vitest'
import { addMember, editCompany, getCompany } from '#shared/company.ts'
import { addPartner, editPartner, getPartner } from '#shared/partners.ts'
import { addTag, listTags } from '#shared/tags.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

// Many states of one long page are looked at, each in four pictures.
vi.setConfig({ testTimeout: 240_000 })
// Refused on purpose: a value that the field does not hold, and somebody who was faster.
const refused = /(409|422) PATCH \/api\/v1\/partners\/[^/]+\/custom/
const stage = setStage()
let dana: Visitor
let admin: string
const page = '/settings/tags-and-rules'
const of = (slug: string) => stage.server.ask(admin, getPartner, { params: { slug } })

beforeAll(async () => {
  const { server } = stage
  admin = await server.found()
  for (const [legal_name, type] of [
    ['Nordlicht GmbH', 'reseller'],
    ['Brightwater Systems Ltd', null],
    ['Lumen Analytics B.V.', null],
    ['Kestrel Motors (old)', 'agency'],
  ] as const)
    await server.ask(admin, addPartner, {
      body: { legal_name, email: `hello@${legal_name.split(' ')[0]?.toLowerCase()}.example`, type },
    })
  await server.ask(admin, addMember, { body: { name: 'Ira Novak', email: 'ira@halden.example', role: 'member' } })
  dana = await stage.visitor({ session: admin, refused })
}, 120_000)

const card = (title: string) =>
  dana.page.locator('section.ui-card').filter({ has: dana.page.getByRole('heading', { name: title, exact: true }) })
const dialog = () => dana.page.getByRole('dialog')
const change = async (name: string, what: string) => {
  await dana.button(`Change ${name}`).click()
  await dana.page.getByRole('menuitem', { name: what }).click()
}

describe('tags', () => {
  test('three to begin with are taken in one press', async () => {
    await dana.open(page)
    await dana.sees('Many teams start with these')
    await dana.looksRight('tags-and-rules-new')
    await dana.button('Use these three').click()
    await dana.sees('Three tags added')
  })

  test('two that mean the same become one; how many move is said first, and Undo brings both back', async () => {
    const { server } = stage
    const double = await server.ask(admin, addTag, { body: { name: 'VIP', meaning: 'Call back the same day.' } })
    const { items } = await server.ask(admin, listTags, {})
    const strategic = items.find((tag) => tag.name === 'Strategic')?.id ?? ''
    for (const [slug, tag_ids] of [
      ['nordlicht-gmbh', [double.id]],
      ['lumen-analytics-bv', [double.id, strategic]],
    ] as const) {
      const { id, version } = await of(slug)
      await server.ask(admin, editPartner, { params: { partner: id }, body: { version, tag_ids: [...tag_ids] } })
    }
    await dana.open(page)
    await change('VIP', 'Merge into another tag')
    await dialog().getByLabel('Into').click()
    await dana.page.getByRole('option', { name: 'Strategic' }).click()
    await dana.sees('2 partners move', dialog())
    await dana.sees('1 of them wears it already', dialog())
    await dana.looksRight('tags-and-rules-merge')
    await dialog().getByRole('button', { name: 'Merge', exact: true }).click()
    await dana.sees('VIP is part of Strategic now.')
    expect((await of('nordlicht-gmbh')).tags.map((tag) => tag.name)).toEqual(['Strategic'])
    await dana.button('Undo').click()
    await dana.sees('Undone.')
    expect((await of('nordlicht-gmbh')).tags.map((tag) => tag.name)).toEqual(['VIP'])
    expect((await of('lumen-analytics-bv')).tags.map((tag) => tag.name)).toEqual(['Strategic', 'VIP'])
  })

  test('one gets another name and colour, and leads to its partners', async () => {
    await change('VIP', 'Edit')
    await dialog().getByLabel('Name').fill('Gold')
    await dialog().getByRole('radio', { name: 'Olive' }).check({ force: true })
    await dana.looksRight('tags-and-rules-tag')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await card('Tags').getByRole('row', { name: 'Gold' }).getByRole('link', { name: '2 partners' }).click()
    await dana.sees('Nordlicht GmbH')
    await dana.arrivesAt(/\/partners\?tag=/)
  })
})

describe('types and roles', () => {
  test('a type is added, renamed and chosen at once', async () => {
    await dana.open(page)
    await card('Types').getByLabel('Add a type').fill('Integrator')
    await card('Types').getByRole('button', { name: 'Add' }).click()
    await change('Integrator', 'Rename')
    await dana.field('New name of Integrator').fill('System integrator')
    await dana.page.keyboard.press('Enter')
    await dana.sees('System integrator', card('Types'))
    await dana.open('/partners/new')
    await dana.page.getByText('System integrator').waitFor()
  })
})

describe('ground rules', () => {
  test('a rule says who breaks it, and they are put right for all, with Undo', async () => {
    await dana.open(page)
    await card('Ground rules').getByRole('link', { name: '2 partners break this rule' }).waitFor()
    await dana.looksRight('tags-and-rules')
    await dana.button('Repair: Every partner has a type').click()
    await dana.sees('Brightwater Systems Ltd', dialog())
    await dialog().getByRole('combobox', { name: 'Type for all' }).click()
    await dana.page.getByRole('option', { name: 'Agency' }).click()
    await dana.sees('2 partners: type none to Agency', dialog())
    await dana.looksRight('tags-and-rules-repair')
    await dialog().getByRole('button', { name: 'Set for all 2' }).click()
    await dana.sees('Nobody breaks this rule any more.', dialog())
    expect((await of('brightwater-systems-ltd')).type).toBe('agency')
    await dana.button('Undo').click()
    await dana.sees('Brightwater Systems Ltd', dialog())
    expect((await of('brightwater-systems-ltd')).type).toBeNull()
  })

  test('or one after another, without the mouse', async () => {
    await dialog().getByRole('combobox', { name: 'Type of Brightwater Systems Ltd' }).focus()
    await dana.page.keyboard.press('Enter')
    await dana.page.getByRole('option', { name: 'Technology' }).waitFor()
    await dana.page.keyboard.type('Tech')
    await dana.page.keyboard.press('Enter')
    await expect.poll(async () => (await of('brightwater-systems-ltd')).type).toBe('technology')
    await dialog().getByText('Brightwater Systems Ltd').waitFor({ state: 'detached' })
    await dialog().getByRole('button', { name: 'Done' }).click()
  })

  test('a name that is none is written as in the contract', async () => {
    await dana.button('Repair: The name is the legal name').click()
    await dialog().getByLabel('Legal name of Kestrel Motors (old)').fill('Kestrel Motors plc')
    await dana.page.keyboard.press('Enter')
    await dana.sees('Nobody breaks this rule any more.', dialog())
    await dialog().getByRole('button', { name: 'Done' }).click()
  })

  test('who breaks it stands in the list of partners', async () => {
    await dana.open(page)
    await card('Ground rules').getByRole('link', { name: '1 partner breaks this rule' }).click()
    await dana.sees('Lumen Analytics B.V.')
    await dana.arrivesAt(/\/partners\?breaks=type/)
  })
})

test('a rule that is turned off puts nobody into the review; the review has no numbers of its own', async () => {
  await dana.open('/review')
  await dana.page.getByRole('row', { name: /Lumen Analytics B\.V\..*No type yet\./ }).waitFor()
  await dana.open(page)
  const saved = dana.page.waitForResponse((it) => it.request().method() === 'PATCH')
  await card('Ground rules').getByRole('checkbox', { name: 'Every partner has a type' }).click()
  await saved
  await dana.open('/review')
  await dana.sees('Nothing to review this month.')
  await dana.open(page)
  const again = dana.page.waitForResponse((it) => it.request().method() === 'PATCH')
  await card('Ground rules').getByRole('checkbox', { name: 'Every partner has a type' }).click()
  await again
})

describe('custom fields', () => {
  test('a field with its purpose is made, filled in and shown', async () => {
    await dana.open(page)
    await card('Custom fields').getByRole('button', { name: 'Add field' }).click()
    await dialog().getByLabel('Name').fill('Partner level')
    await dialog().getByLabel('What it is for').fill('Decides which discount they get.')
    await dialog().getByLabel('Holds').click()
    await dana.page.getByRole('option', { name: 'Choice' }).click()
    await dialog().getByRole('textbox', { name: 'Choice 1' }).fill('Silver')
    await dialog().getByRole('textbox', { name: 'Choice 2' }).fill('Gold')
    await dana.looksRight('tags-and-rules-field')
    await dialog().getByRole('button', { name: 'Add field' }).click()
    await dana.sees('1 of 10 used')
    await card('Custom fields').getByRole('button', { name: 'Add field' }).click()
    await dialog().getByLabel('Name').fill('Margin')
    await dialog().getByLabel('What it is for').fill('Their share of a deal, in percent.')
    await dialog().getByLabel('Holds').click()
    await dana.page.getByRole('option', { name: 'Number' }).click()
    await dialog().getByRole('button', { name: 'Add field' }).click()
    await dana.sees('2 of 10 used')
    await dana.looksRight('tags-and-rules-full')

    await dana.open('/partners/nordlicht-gmbh/overview')
    await card('More about them').getByRole('button', { name: 'Fill in' }).click()
    await dana.field('Margin').fill('a lot')
    await dana.button('Save').click()
    await dana.sees('Margin: write a number.')
    await dana.field('Margin').fill('12,5')
    await dana.picker('Partner level').click()
    await dana.page.getByRole('option', { name: 'Gold' }).click()
    await dana.looksRight('custom-fields-edit')
    await dana.button('Save').click()
    await dana.sees('12.5', card('More about them'))
    await dana.looksRight('custom-fields')
    await dana.open('/partners/nordlicht-gmbh/activity')
    await dana.sees('set Margin of Nordlicht GmbH to 12.5')
  })
})

test('a member reads the page and changes nothing on it', async () => {
  const { server } = stage
  const ira = await stage.visitor({ session: await server.session('ira@halden.example', 'Ira Novak') })
  await ira.open(page)
  await ira.sees('Only admins set the rules.')
  expect(await ira.button(/^Change |^Add /).count()).toBe(0)
  await ira.looksRight('tags-and-rules-member')
  const { version } = await server.ask(admin, getCompany, {})
  await server.ask(admin, editCompany, { body: { version, members_add_tags: true } })
  await ira.open(page)
  await ira.button('Add tag').waitFor()
})

test('the company chooses its time zone and currency from lists', async () => {
  await dana.open('/settings/company')
  await dana.picker('Time zone').click()
  await dana.page.getByRole('combobox', { name: 'Search time zones' }).fill('oslo')
  await dana.page.getByRole('option', { name: 'Europe/Oslo' }).click()
  await dana.looksRight('settings-company-pickers')
  await dana.button('Save').click()
  await dana.sees('Saved')
  expect((await stage.server.ask(admin, getCompany, {})).time_zone).toBe('Europe/Oslo')
})
