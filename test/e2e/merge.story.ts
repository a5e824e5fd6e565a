import { beforeAll, describe, expect, test, vi } from 'vitest'
import { changeManyPartners } from '#shared/bulk.ts'
import { addMember } from '#shared/company.ts'
import { addDeal } from '#shared/deals.ts'
import { unmarkDifferent } from '#shared/merges.ts'
import { addPartner, editPartner, getPartner, type Partner } from '#shared/partners.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

vi.setConfig({ testTimeout: 240_000 })
const stage = setStage()
let dana: Visitor
let admin: string
let ira: string
let nordlicht: Partner
let systemhaus: Partner
const today = (slug: string) => stage.server.ask(admin, getPartner, { params: { slug } })
const people = '/partners/nordlicht-gmbh'

beforeAll(async () => {
  const { server } = stage
  admin = await server.found()
  await server.ask(admin, addMember, { body: { name: 'Ira Novak', email: 'ira@halden.example', role: 'member' } })
  await server.ask(admin, addMember, { body: { name: 'Mei Sato', email: 'mei@halden.example', role: 'read_only' } })
  ira = await server.session('ira@halden.example', 'Ira Novak')
  const add = (body: { legal_name: string; email: string; contact_name: string; phone?: string; type: string }) =>
    server.ask(admin, addPartner, { body })
  nordlicht = await add({
    legal_name: 'Nordlicht GmbH',
    email: 'ana.lindner@nordlicht.example',
    contact_name: 'Ana Lindner',
    type: 'reseller',
  })
  systemhaus = await add({
    legal_name: 'Nordlicht Systemhaus AG',
    email: 'eva.brandt@nordlicht.example',
    contact_name: 'Eva Brandt',
    phone: '+49 30 555 0100',
    type: 'agency',
  })
  for (const partner of [nordlicht, systemhaus])
    await server.ask(admin, addDeal, {
      params: { partner: partner.id },
      body: {
        kind: 'lead',
        customer_company: `Customer of ${partner.legal_name}`,
        ask: 'Call them this week.',
        share: true,
        value_minor: 1_250_000,
        currency: 'EUR',
      },
    })
  await server.admin.query("update shares set effective_at = effective_at - interval '1 minute'")
  await server.admin.query("update contacts set person_id = 'person of ' || name")
  dana = await stage.visitor({ session: admin })
}, 120_000)

describe('two partners that are one company', () => {
  test('are pointed out on their pages; "Not the same" is one press, remembered, and undone', async () => {
    await dana.open(`${people}/overview`)
    await dana.sees('Looks like Nordlicht Systemhaus AG: same website.')
    await dana.looksRight('partner-twin')
    await dana.button('Not the same').click()
    await dana.sees('Nordlicht Systemhaus AG is a different company. It is not asked again.')
    await dana.button('Not the same').waitFor({ state: 'detached' })
    await dana.open('/partners/nordlicht-systemhaus-ag/overview')
    await dana.sees('eva.brandt@nordlicht.example')
    expect(await dana.button('Not the same').count()).toBe(0)
    await stage.server.ask(admin, unmarkDifferent, { params: { partner: systemhaus.id, other: nordlicht.id } })
  })

  test('are compared field by field, and who sees more or less is said before', async () => {
    await dana.open(`${people}/overview`)
    await dana.button('Not the same').click()
    await dana.button('Undo').click()
    await dana.link('Compare').click()
    await dana.arrivesAt(`${people}/merge?other=${systemhaus.id}`)
    await dana.heading('Merge with Nordlicht GmbH').waitFor()
    await dana.sees('1 contact and 1 deal move with all history to Nordlicht GmbH.')
    await dana.page.getByRole('radio', { name: 'Phone of Nordlicht Systemhaus AG: +49 30 555 0100' }).check()
    await dana.page.getByRole('radio', { name: 'Type of Nordlicht Systemhaus AG: Agency' }).check()
    await dana.sees('Who sees more or less')
    await dana.sees('will now see')
    await dana.looksRight('merge')
  })

  test('become one with all that both had, and every old link leads there', async () => {
    await dana.button('Merge into Nordlicht GmbH').click()
    await dana.arrivesAt(`${people}/overview`)
    await dana.sees('Merged Nordlicht Systemhaus AG into Nordlicht GmbH.')
    expect(await today('nordlicht-gmbh')).toMatchObject({ phone: '+49 30 555 0100', type: 'agency', open_deals: 2 })
    await dana.open('/partners/nordlicht-systemhaus-ag/contacts')
    await dana.arrivesAt(`${people}/contacts`)
    await dana.sees('Eva Brandt')
  })
})

describe('a name that makes a partner look like another', () => {
  test('is pointed out while it is typed, and told apart there', async () => {
    await stage.server.ask(admin, addPartner, {
      body: { legal_name: 'Kestrel Motors plc', email: 'kay@kestrel.example', contact_name: 'Kay Moss' },
    })
    await stage.server.ask(admin, addPartner, {
      body: { legal_name: 'Quay Digital Ltd', email: 'q@quay.example', contact_name: 'Quinn Adler' },
    })
    await dana.open('/partners/quay-digital-ltd/overview')
    await dana.button('Edit').first().click()
    await dana.field('Legal company name').fill('Kestrel Motors Ltd')
    await dana.sees('Looks like Kestrel Motors plc. Same name.')
    await dana.looksRight('partner-edit-lookalike')
    await dana.page.getByRole('dialog').getByRole('button', { name: 'Not the same' }).click()
    await dana.page.getByText('Looks like Kestrel Motors plc').waitFor({ state: 'detached' })
    await dana.button('Save').click()
    await dana.arrivesAt('/partners/kestrel-motors-ltd/overview')
    await dana.page.waitForLoadState('networkidle')
    expect(await dana.page.getByText('Looks like').count()).toBe(0)
  })
})

describe('what was done to many at once', () => {
  test('is undone long after its message is gone: the log has it, and what stayed since', async () => {
    const { id, version } = await today('nordlicht-gmbh')
    await stage.server.ask(ira, editPartner, {
      params: { partner: id },
      body: { version, phone: '+49 40 555 0199' },
    })
    await dana.open('/access')
    await dana.link('Log').click()
    await dana.link('Undo').click()
    await dana.arrivesAt('/access/log?lens=undo')
    await dana.sees('Merged Nordlicht Systemhaus AG into Nordlicht GmbH')
    await dana.sees(/^Can be undone until \d+ \w+( 20\d\d)?$/)
    await dana.looksRight('log-undo')
    await dana.button('Undo: Merged Nordlicht Systemhaus AG into Nordlicht GmbH').click()
    await dana.sees('Undone. What was changed at Nordlicht GmbH since stays.')
    await dana.sees('Changed since, and so left as it is:')
    await dana.sees('phone')
    await dana.looksRight('log-undo-kept')
    expect(await today('nordlicht-gmbh')).toMatchObject({ phone: '+49 40 555 0199', type: 'reseller', open_deals: 1 })
    expect(await today('nordlicht-systemhaus-ag')).toMatchObject({ id: systemhaus.id, open_deals: 1 })
  })

  test('stands in the Activity of each partner it touched, with Undo for who did it', async () => {
    await stage.server.ask(ira, changeManyPartners, {
      body: { ids: [nordlicht.id, systemhaus.id], change: { status: 'dormant' } },
    })
    const member = await stage.visitor({ session: ira })
    await member.open(`${people}/activity`)
    await member.sees(/2 partners: status Onboarding to Dormant\. Can be undone until (today|tomorrow), \d\d:\d\d\./)
    expect(await member.button(/^Undo: /).count()).toBe(1)
    await member.looksRight('partner-activity-undo')
    await member.link('What can be undone').click()
    await member.arrivesAt('/access/log?lens=undo')
    await member.page.getByRole('row', { name: /2 partners: status Onboarding to Dormant/ }).waitFor()
    expect(await member.page.getByText('Merged Nordlicht').count()).toBe(0)
    await member.page.goBack()
    await member.button('Undo: 2 partners: status Onboarding to Dormant').click()
    await member.sees('Undone.')
    await member.button(/^Undo: /).waitFor({ state: 'detached' })
    expect((await today('nordlicht-systemhaus-ag')).status).toBe('onboarding')
    await member.leave()
  })

  test('is found from anywhere by its name', async () => {
    await dana.open('/')
    await dana.page.keyboard.press('Control+k')
    await dana.page.keyboard.type('undo')
    await dana.page.getByRole('option', { name: 'Undo something done before' }).click()
    await dana.arrivesAt('/access/log?lens=undo')
    await dana.sees('Merged Nordlicht Systemhaus AG into Nordlicht GmbH')
    expect(await dana.page.getByRole('row', { name: /status Onboarding to Dormant/ }).count()).toBe(1)
  })

  test('is empty for who changes nothing, and says why', async () => {
    const mei = await stage.visitor({ session: await stage.server.session('mei@halden.example', 'Mei Sato') })
    await mei.open('/access/log?lens=undo')
    await mei.sees('Nothing to undo: you look at partners and change nothing.')
    await mei.looksRight('log-undo-empty')
    await mei.open(`${people}/overview`)
    await mei.sees('Ana Lindner')
    expect(await mei.page.getByText('Looks like').count()).toBe(0)
    await mei.open(`${people}/merge`)
    await mei.sees('An admin or the owner of both partners merges them.')
    await mei.leave()
  })
})
