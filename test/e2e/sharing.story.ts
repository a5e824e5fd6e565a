import { beforeAll, describe, expect, test } from 'vitest'
import { copyInvitationLink, inviteContact, listContacts } from '#shared/contacts.ts'
import { addPartner } from '#shared/partners.ts'
import { acceptInvitation } from '#shared/portal.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage()
const secret = 'We can go to 12 percent on phase two, not before they ask.'
let dana: Visitor
let ana: Visitor
let workspace = ''
let ref = ''

beforeAll(async () => {
  const { server } = stage
  const session = await server.found()
  const partner = await server.ask(session, addPartner, {
    body: { legal_name: 'Nordlicht GmbH', email: 'ana.lindner@nordlicht.example', contact_name: 'Ana Lindner' },
  })
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
  dana = await stage.visitor({ session })
  ana = await stage.visitor({ session: ana_session })
  await ana.open(workspace)
  await ana.button('Open your deals').click()
})

describe('Dana shares a lead', () => {
  const fill = async (customer: string) => {
    await dana.open('/partners/nordlicht-gmbh')
    await dana.presses()
    await dana.link('Share a deal').first().click()
    await dana.field('Customer company').fill(customer)
    await dana.field('What do you want from Nordlicht?').fill('A meeting with the IT lead before Christmas')
  }

  test('in two presses from the partner’s page; changes her mind within ten seconds, and Ana never saw it', async () => {
    await fill('Marschland Energie')
    await dana.button('Share lead').click()
    await dana.arrivesAt(/^\/deals\/D-/)
    expect(await dana.presses()).toBe(2)
    await dana.sees(/Leaves in \d+ s/)
    await ana.open(workspace)
    await ana.sees('Nothing is waiting for you.')
    await dana.page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
    await dana.sees('Not shared. Nothing left.')
    await dana.sees('Team only.')
  })

  test('three fields are required, and beside them stands what Ana will see', async () => {
    await fill('Hafen Terminal AG')
    expect(await dana.page.locator('[aria-required="true"]').count()).toBe(3)
    await dana.page.getByPlaceholder('Name').fill('Jane Voss')
    await dana.page.getByPlaceholder('Phone').fill('+49 40 5550120')
    await dana.field('Value').first().fill('48,000')
    await dana.page.getByLabel("Let Nordlicht see Jane's contact details for this deal").check()
    const preview = dana.page.getByRole('region', { name: 'What Nordlicht will see' })
    await dana.sees('Jane Voss', preview)
    await dana.sees('Value hidden', preview)
    await dana.sees('Ana Lindner will see this.', preview)
    await dana.looksRight('share-lead')
  })

  test('and after ten seconds Ana sees exactly that', async () => {
    const preview = dana.page.getByRole('region', { name: 'What Nordlicht will see' })
    const promised = (await preview.locator('dd').allInnerTexts()).flatMap((words) => words.split('\n'))
    await dana.button('Share lead').click()
    await dana.arrivesAt(/^\/deals\/D-/)
    ref = dana.page.url().split('/deals/')[1] ?? ''
    await dana.sees('Nordlicht can see:')
    await ana.open(workspace)
    await ana.sees('Dana Reyes asks: A meeting with the IT lead before Christmas')
    await ana.looksRight('portal-waiting')
    await ana.link('Hafen Terminal AG').click()
    await ana.heading('Hafen Terminal AG').waitFor()
    await ana.sees('A meeting with the IT lead before Christmas')
    const shown = await ana.page.getByRole('region', { name: 'Details' }).locator('dd').allInnerTexts()
    for (const words of promised.filter((line) => !['New', 'Not given'].includes(line)))
      expect(shown.join('\n')).toContain(words)
    expect(await ana.page.getByRole('main').textContent()).not.toContain('48,000')
    expect(await ana.page.getByRole('main').textContent()).not.toContain('Marschland')
  })

  test('Ana accepts, moves the stage and comments', async () => {
    await ana.button('Accept').click()
    await ana.sees('Accepted, New')
    await ana.field('Stage of Hafen Terminal AG').selectOption('Working')
    await ana.sees('Accepted, Working')
    await ana.field(/^Reply to Dana/).fill('They asked who runs the migration. Can we meet this week?')
    await ana.button('Send reply').click()
    await ana.sees(/^They asked who runs the migration/, ana.page.getByRole('region', { name: 'Timeline' }))
    await ana.looksRight('portal-deal')
  })

  test('and the team sees each on the deal and in the inbox', async () => {
    await dana.open(`/deals/${ref}`)
    const timeline = dana.page.getByRole('region', { name: 'Timeline' })
    await dana.sees(/accepted this deal/, timeline)
    await dana.sees(/moved it from New to Working/, timeline)
    await dana.sees('They asked who runs the migration. Can we meet this week?', timeline)
    await dana.sees('Accepted by Nordlicht')
    await dana.looksRight('deal-answered')
    await dana.open('/inbox')
    await dana.sees(/Ana Lindner accepted it, moved it to Working and commented/)
  })

  test('a "Team only" comment never reaches Ana, a shared one does', async () => {
    await dana.open(`/deals/${ref}`)
    await dana.page.getByRole('textbox', { name: 'Comment' }).fill(secret)
    await dana.button('Add comment').click()
    await dana.sees(secret, dana.page.getByRole('region', { name: 'Timeline' }))
    await dana.page.getByRole('radiogroup', { name: 'Who can see this comment' }).getByText('Nordlicht').click()
    await dana.page.getByRole('textbox', { name: 'Comment' }).fill('Thursday at ten suits us well.')
    await dana.looksRight('deal-composer-shared')
    await dana.button('Share comment with Nordlicht').click()
    const received: string[] = []
    ana.page.on(
      'response',
      (response) =>
        void response.text().then(
          (body) => received.push(body),
          () => {},
        ),
    )
    await ana.open(`${workspace}/deals/${ref}`)
    await ana.sees('Thursday at ten suits us well.')
    await ana.open(workspace)
    await ana.page.waitForLoadState('networkidle')
    expect(received.join('\n')).toContain('Thursday at ten suits us well.')
    expect(received.join('\n')).not.toContain(secret)
  })
})

describe('Dana looks as Ana does', () => {
  test('v opens the same page, read-only', async () => {
    await ana.open(workspace)
    await ana.sees('Hafen Terminal AG')
    await dana.open('/partners/nordlicht-gmbh/overview')
    await dana.sees('Last events')
    await dana.page.keyboard.press('v')
    await dana.arrivesAt('/partners/nordlicht-gmbh/preview')
    await dana.sees('This is Nordlicht GmbH as Ana sees it. Read-only.')
    await dana.sees('Hafen Terminal AG')
    const seen = async (visitor: Visitor) =>
      ((await visitor.page.getByRole('main').textContent()) ?? '').replaceAll('You are looking as Ana.', '')
    await expect.poll(() => seen(dana)).toBe(await seen(ana))
    await dana.link('Hafen Terminal AG').click()
    await dana.heading('Hafen Terminal AG').waitFor()
    await ana.open(`${workspace}/deals/${ref}`)
    await ana.sees('Thursday at ten suits us well.')
    await dana.sees('Thursday at ten suits us well.')
    await expect.poll(() => seen(dana)).toBe(await seen(ana))
    await dana.looksRight('view-as-deal')
    const before = await stage.server.count('audit_rows')
    await dana.button('Send reply').click({ force: true })
    expect(await dana.field('Stage of Hafen Terminal AG').isDisabled()).toBe(true)
    expect(await stage.server.count('audit_rows')).toBe(before)
    await dana.page.keyboard.press('Escape')
    await dana.arrivesAt('/partners/nordlicht-gmbh/overview')
  })
})

describe('the log', () => {
  test('says who changed what, the look through her eyes included', async () => {
    await dana.open('/access/log')
    await dana.sees(/looked/)
    await dana.sees(/Ana Lindner/)
    await dana.looksRight('log-of-the-story')
  })

  test('and who saw what', async () => {
    await dana.open(`/deals/${ref}`)
    await dana.link(/^Who saw this/).click()
    await dana.arrivesAt(/^\/access\/log\?lens=views&record=/)
    await dana.sees(/Ana Lindner/)
    await dana.sees(/Hafen Terminal AG/)
    await dana.looksRight('who-saw-this')
  })
})
