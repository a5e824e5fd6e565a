import { beforeAll, describe, expect, test, vi } from 'vitest'
import { addMember } from '#shared/company.ts'
import { copyInvitationLink, inviteContact, listContacts } from '#shared/contacts.ts'
import { addDeal, editDeal } from '#shared/deals.ts'
import { addPartner } from '#shared/partners.ts'
import { acceptInvitation, answerDeal, getPortalDeal } from '#shared/portal.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage({ mail: true })
let dana: Visitor
let ira: Visitor
let ana: Visitor
let workspace = ''
let ref = ''
let deal = ''
const timeline = (who: Visitor) => who.page.getByRole('region', { name: 'Timeline' })
const comment = (who: Visitor) => who.page.getByRole('textbox', { name: 'Comment' })
const share = (who: Visitor) =>
  who.page.getByRole('radiogroup', { name: 'Who can see this comment' }).getByText('Nordlicht')

beforeAll(async () => {
  const { server } = stage
  const session = await server.found()
  const partner = await server.ask(session, addPartner, {
    body: { legal_name: 'Nordlicht GmbH', email: 'ana.lindner@nordlicht.example', contact_name: 'Ana Lindner' },
  })
  await server.ask(session, addMember, { body: { name: 'Ira Novak', email: 'ira@halden.example', role: 'member' } })
  const { items } = await server.ask(session, listContacts, { params: { partner: partner.id } })
  const { invitation } = await server.ask(session, inviteContact, {
    params: { contact: items[0]?.id ?? '' },
    body: { message: 'Ana, you will see our leads for northern Germany here.' },
  })
  await server.hurryInvitations()
  const { link } = await server.ask(session, copyInvitationLink, { params: { invitation: invitation.id ?? '' } })
  const ana_session = await server.session('ana.lindner@nordlicht.example', 'Ana Lindner')
  await server.ask(ana_session, acceptInvitation, { body: { token: link.split('/i/')[1] ?? '' } })
  workspace = `/p/${partner.workspace}`
  const it = await server.ask(session, addDeal, {
    params: { partner: partner.id },
    body: {
      kind: 'lead',
      customer_company: 'Hafen Terminal AG',
      ask: 'A meeting with the IT lead before Christmas',
      value_minor: 4_800_000,
      currency: 'EUR',
      their_owner_id: items[0]?.id ?? null,
      share: true,
    },
  })
  ref = it.ref
  deal = it.id
  // The share leaves after ten seconds, and its mail with it.
  await vi.waitUntil(async () => (await server.mailsIn('due')) === 0, { timeout: 30_000, interval: 250 })
  const params = { workspace: partner.workspace, ref }
  await server.ask(ana_session, getPortalDeal, { params })
  await server.ask(ana_session, answerDeal, { params, body: { answer: 'accepted' } })
  dana = await stage.visitor({ session })
  ira = await stage.visitor({ session: await server.session('ira@halden.example', 'Ira Novak') })
  ana = await stage.visitor({ session: ana_session })
  await ana.open(`${workspace}/deals/${ref}`)
  await ana.page
    .getByRole('button', { name: 'Open your deals' })
    .click({ timeout: 3000 })
    .catch(() => {})
  await ana.open(`${workspace}/deals/${ref}`)
})

describe('One timeline', () => {
  test('two unmistakable ways to write, and who will read it by name', async () => {
    await dana.open(`/deals/${ref}`)
    await comment(dana).fill("We can go to 12 % on phase two. Don't offer it before they ask.")
    await dana.sees('Stays with your team.')
    await dana.button('Add comment').click()
    await dana.sees(/12 % on phase two/, timeline(dana))
    await share(dana).click()
    await comment(dana).fill('Which day suits Hafen for the meeting?')
    await dana.sees('Ana Lindner at Nordlicht will read this.')
    await dana.field('I need an answer').check()
    await dana.sees("It will be Ana's turn.")
    await dana.looksRight('deal-page-ask')
    await dana.button('Share comment with Nordlicht').click()
    await dana.sees('asks for an answer', timeline(dana))
    await dana.sees(/^Nordlicht's turn/)
  })

  test('who has it open sees it without loading again, on both sides', async () => {
    await ira.open(`/deals/${ref}`)
    await ira.sees('Which day suits Hafen for the meeting?', timeline(ira))
    await ana.sees('Which day suits Hafen for the meeting?', timeline(ana))
    await ana.page.waitForTimeout(2500)
    await ana.field(/^Reply to Dana/).fill('Thursday at ten suits us. Who bring Tomas?')
    await ana.button('Send reply').click()
    await dana.sees('Thursday at ten suits us. Who bring Tomas?', timeline(dana))
    await ira.sees('Thursday at ten suits us. Who bring Tomas?', timeline(ira))
    await dana.sees(/^Your turn/)
  })

  test('one says one’s own words better; the team sees how they read before, the partner that they were edited', async () => {
    const own = timeline(dana).getByRole('listitem').filter({ hasText: 'Which day suits Hafen' })
    await own.getByRole('button', { name: 'Edit or remove your comment' }).click()
    await dana.page.getByRole('menuitem', { name: 'Edit' }).click()
    await dana.sees('Nordlicht reads the new words.')
    await dana.field('Your words').fill('Which day suits Hafen Terminal for the meeting? We keep Friday free.')
    await dana.looksRight('deal-page-editing')
    await dana.button('Save').click()
    await dana.sees('We keep Friday free.', timeline(dana))
    await dana.button(/^Edited/).click()
    await dana.sees('Which day suits Hafen for the meeting?', timeline(dana))
    await ana.sees(/We keep Friday free/, timeline(ana))
    await ana.sees('(edited)', timeline(ana))
    expect(await timeline(ana).textContent()).not.toContain('Which day suits Hafen for')
  })

  test('a contact does so too, and both sides see it', async () => {
    const own = timeline(ana).getByRole('listitem').filter({ hasText: 'Who bring Tomas' })
    await own.getByRole('button', { name: 'Edit' }).click()
    await ana.field('Your comment').fill('Thursday at ten suits us. Who brings Tomas?')
    await ana.button('Save').click()
    await ana.sees('Thursday at ten suits us. Who brings Tomas?', timeline(ana))
    await dana.sees('Thursday at ten suits us. Who brings Tomas?', timeline(dana))
    await ana.looksRight('portal-deal-edited')
  })

  test('what is taken back leaves that it was said, and no words on either side', async () => {
    await share(dana).click()
    await comment(dana).fill('Our list price is 90.')
    await dana.button('Share comment with Nordlicht').click()
    await ana.sees('Our list price is 90.', timeline(ana))
    const own = timeline(dana).getByRole('listitem').filter({ hasText: 'list price' })
    await own.getByRole('button', { name: 'Edit or remove your comment' }).click()
    await dana.page.getByRole('menuitem', { name: 'Remove' }).click()
    await dana.sees(/Whoever read them has read them/)
    await dana.looksRight('deal-page-removing')
    await dana.button('Remove comment').click()
    await dana.sees('removed a comment', timeline(dana))
    await ana.sees('removed a comment', timeline(ana))
    for (const who of [dana, ana, ira])
      await expect.poll(() => timeline(who).textContent(), { timeout: 10_000 }).not.toContain('list price')
    const later = timeline(ana).getByRole('listitem').filter({ hasText: 'Who brings Tomas' })
    await later.getByRole('button', { name: 'Remove' }).click()
    await ana.button('Remove comment').click()
    await ana.sees('You removed a comment', timeline(ana))
    await expect.poll(() => timeline(dana).textContent(), { timeout: 10_000 }).not.toContain('Who brings Tomas')
  })

  test('every kind of line, and only what one asks for', async () => {
    const { server } = stage
    const { rows } = await server.admin.query('select version from deals where id = $1', [deal])
    await server.ask(await server.session('dana@halden.example', 'Dana Reyes'), editDeal, {
      params: { deal },
      body: { version: rows[0].version, stage: 'Working' },
    })
    await dana.sees('moved it from New to Working', timeline(dana))
    for (const line of [
      'accepted this deal',
      'shared this deal with Nordlicht',
      'was sent an email',
      'opened this deal',
    ])
      await dana.sees(new RegExp(line), timeline(dana))
    await dana.sees(/Dana Reyes shared a lead: Hafen Terminal AG/, timeline(dana))
    await dana.looksRight('deal-page-lines')
    const shown = timeline(dana).getByRole('radiogroup', { name: 'Show' })
    await shown.getByText('Team only').click()
    await dana.sees(/12 % on phase two/, timeline(dana))
    await expect.poll(() => timeline(dana).textContent(), { timeout: 10_000 }).not.toContain('We keep Friday free')
    await shown.getByText('Shared').click()
    await dana.sees(/We keep Friday free/, timeline(dana))
    await expect.poll(() => timeline(dana).textContent(), { timeout: 10_000 }).not.toContain('12 % on phase two')
  })

  test('a deal that stands still says so, with what that is measured by', async () => {
    await stage.server.admin.query(
      "update deals set last_activity_at = now() - interval '34 days', quiet_told = now() where id = $1",
      [deal],
    )
    await stage.server.admin.query("update deal_stages set won_within_days = 21 where key = 'Working'")
    await dana.open(`/deals/${ref}`)
    await dana.sees(/No change for 34 days; your won deals leave this stage within 21/)
    await dana.looksRight('deal-page-quiet')
  })

  test('a browser listens once for all its pages, and each of them is told', async () => {
    const asked: string[] = []
    const other = await dana.page.context().newPage()
    other.on('request', (request) => void (request.url().endsWith('/live') && asked.push(request.url())))
    await other.goto(`/deals/${ref}`)
    await other.getByRole('region', { name: 'Timeline' }).waitFor()
    await other.waitForTimeout(3000)
    await ira.open(`/deals/${ref}`)
    await comment(ira).fill('Tomas is free on Thursday.')
    await ira.button('Add comment').click()
    await other.getByText('Tomas is free on Thursday.').first().waitFor()
    await dana.sees('Tomas is free on Thursday.', timeline(dana))
    expect(asked).toEqual([])
    await other.close()
  })

  test('a note on the partner is said better and taken back the same way', async () => {
    await dana.open('/partners/nordlicht-gmbh/notes')
    for (const note of ['They decide in Febuary.', 'Lunch was good.']) {
      await dana.page.getByRole('textbox', { name: 'Note' }).fill(note)
      await dana.button('Add note').click()
      await dana.sees(note, dana.page.getByRole('list'))
    }
    const line = (words: string) => dana.page.getByRole('listitem').filter({ hasText: words })
    await line('Febuary').getByRole('button', { name: 'Edit or remove your note' }).click()
    await dana.page.getByRole('menuitem', { name: 'Edit' }).click()
    await dana.field('Your words').fill('They decide in February.')
    await dana.page.keyboard.press('Control+Enter')
    await dana.sees('They decide in February.')
    await line('Lunch').getByRole('button', { name: 'Edit or remove your note' }).click()
    await dana.page.getByRole('menuitem', { name: 'Remove' }).click()
    await dana.button('Remove note').click()
    await dana.sees('removed a note')
    await dana.looksRight('notes-edited')
  })
})
