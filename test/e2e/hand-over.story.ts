import { beforeAll, describe, expect, test } from 'vitest'
import { addMember, listMembers } from '#shared/company.ts'
import { copyInvitationLink, inviteContact, listContacts } from '#shared/contacts.ts'
import { addDeal, editDeal } from '#shared/deals.ts'
import { addPartner, editPartner } from '#shared/partners.ts'
import { acceptInvitation, answerDeal } from '#shared/portal.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage()
let dana: Visitor
let ana: Visitor
let orion = ''
let workspace = ''

beforeAll(async () => {
  const { server } = stage
  const session = await server.found()
  await server.ask(session, addMember, { body: { name: 'Ira Novak', email: 'ira@halden.example', role: 'member' } })
  const { items: team } = await server.ask(session, listMembers, {})
  const ira = team.find(({ name }) => name === 'Ira Novak')?.id ?? ''
  const partner = await server.ask(session, addPartner, {
    body: { legal_name: 'Nordlicht GmbH', email: 'ana@nordlicht.example', contact_name: 'Ana Lindner' },
  })
  workspace = partner.workspace
  await server.ask(session, editPartner, {
    params: { partner: partner.id },
    body: { version: partner.version, owner_id: ira },
  })
  const { items } = await server.ask(session, listContacts, { params: { partner: partner.id } })
  const { invitation } = await server.ask(session, inviteContact, {
    params: { contact: items[0]?.id ?? '' },
    body: { message: 'Ana, you will see our leads and what we need for them here.' },
  })
  for (const customer_company of ['Orion Terminal AG', 'Vega Kliniken', 'Lyra Docks', 'Rigel Werke']) {
    const deal = await server.ask(session, addDeal, {
      params: { partner: partner.id },
      body: { kind: 'lead', customer_company, ask: 'Call their IT lead.', share: true, our_owner_id: ira },
    })
    orion ||= deal.ref
    if (customer_company === 'Rigel Werke')
      await server.ask(session, editDeal, {
        params: { deal: deal.id },
        body: { version: deal.version, outcome: 'won' },
      })
  }
  await server.hurryInvitations()
  await server.admin.query("update shares set effective_at = effective_at - interval '1 minute'")
  await server.admin.query("update deals set shared_from = shared_from - interval '1 minute'")
  const { link } = await server.ask(session, copyInvitationLink, { params: { invitation: invitation.id ?? '' } })
  const ana_session = await server.session('ana@nordlicht.example', 'Ana Lindner')
  await server.ask(ana_session, acceptInvitation, { body: { token: link.split('/i/')[1] ?? '' } })
  await server.ask(ana_session, answerDeal, { params: { workspace, ref: orion }, body: { answer: 'accepted' } })
  dana = await stage.visitor({ session })
  ana = await stage.visitor({ session: ana_session })
  await ana.open(`/p/${workspace}`)
  await ana.button('Open your deals').click()
})

describe('A deal changes hands', () => {
  test('on our side, with a note that stays with the team', async () => {
    await dana.open(`/deals/${orion}`)
    await dana.button('Change your owner').click()
    await dana.picker('Who takes it').click()
    await dana.page.getByRole('option', { name: 'Dana Reyes' }).click()
    await dana.field('A note for them').fill('They decide in May. Their IT lead is careful.')
    await dana.looksRight('hand-over')
    await dana.button('Hand over to Dana').click()
    await dana.sees('Dana Reyes owns this deal now.')
    await dana.sees('They decide in May. Their IT lead is careful.')
    await ana.open(`/p/${workspace}/deals/${orion}`)
    expect(await ana.page.getByText('They decide in May.').count()).toBe(0)
  })

  test('on theirs, with a note that they read', async () => {
    await dana.button("Change Nordlicht's owner").click()
    await dana.picker('Who takes it').click()
    await dana.page.getByRole('option', { name: /Ana Lindner/ }).click()
    await dana.sees('A comment: everyone at Nordlicht who sees this deal reads it.')
    await dana.field('A note for them').fill('Ana, please call them on Monday.')
    await dana.button('Hand over to Ana').click()
    await dana.sees('Ana Lindner owns this deal at Nordlicht now.')
    await ana.open(`/p/${workspace}/deals/${orion}`)
    await ana.sees('Ana, please call them on Monday.')
  })
})

describe('Give and get', () => {
  test('what went to the partner and where it stands, in counts and names', async () => {
    await dana.open('/partners/nordlicht-gmbh/deals')
    const given = dana.page.getByRole('region', { name: 'You gave Nordlicht' })
    await dana.sees('4 deals', given)
    await dana.sees('Orion Terminal AG', given)
    await dana.looksRight('give-and-get')
  })

  test('the partner sees the same from their side', async () => {
    await ana.open(`/p/${workspace}`)
    await ana.page.getByText('Give and get: you and Halden').click()
    await ana.sees('4 deals', ana.page.getByRole('region', { name: 'Halden Software gave you' }))
    await ana.looksRight('portal-give-and-get')
  })
})

describe('A colleague leaves', () => {
  test('not before each deal and each partner has somebody', async () => {
    await dana.open('/settings/people')
    await dana.button('Change Ira Novak').click()
    await dana.page.getByRole('menuitem', { name: 'Take off the team' }).click()
    await dana.sees('Vega Kliniken')
    const off = dana.button('Hand over and take off')
    expect(await off.getAttribute('aria-disabled')).toBe('true')
    await dana.picker('Who takes over from Ira?').click()
    await dana.page.getByRole('option', { name: 'Dana Reyes' }).click()
    await dana.field('Hand-over note').fill('Ira has left. Ask me about the history.')
    await dana.looksRight('take-off')
    await off.click()
    await dana.sees('Ira Novak is off the team and signed out')
    await dana.sees('Off the team')
  })

  test('and it can be taken back', async () => {
    await dana.button('Undo').click()
    await dana.sees('Undone.')
    await expect.poll(() => dana.page.getByText('Off the team').count()).toBe(0)
    const { rows } = await stage.server.admin.query(
      "select count(*)::int as n from deals d join members m on m.org_id = d.org_id and m.id = d.our_owner_id where m.name = 'Ira Novak' and d.outcome is null",
    )
    expect(rows).toEqual([{ n: 2 }])
  })
})
