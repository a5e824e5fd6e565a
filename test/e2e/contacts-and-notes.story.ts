import { beforeAll, describe, expect, test } from 'vitest'
import { addMember } from '#shared/company.ts'
import { addContact, copyInvitationLink, inviteContact, listContacts } from '#shared/contacts.ts'
import { addDeal } from '#shared/deals.ts'
import { addPartner } from '#shared/partners.ts'
import { acceptInvitation } from '#shared/portal.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage()
const message = 'You will see our leads for northern Germany here.'
const contacts = '/partners/nordlicht-gmbh/contacts'
const notes = '/partners/nordlicht-gmbh/notes'
let dana: Visitor
let ira: Visitor
let ana: Visitor
let ben: Visitor
let workspace = ''

beforeAll(async () => {
  const { server } = stage
  const session = await server.found()
  await server.ask(session, addMember, { body: { name: 'Ira Novak', email: 'ira@halden.example', role: 'member' } })
  const partner = await server.ask(session, addPartner, {
    body: {
      legal_name: 'Nordlicht GmbH',
      email: 'ana.lindner@nordlicht.example',
      contact_name: 'Ana Lindner',
      type: 'reseller',
    },
  })
  const at = { params: { partner: partner.id } }
  await server.ask(session, addContact, {
    ...at,
    body: {
      name: 'Ben Okafor',
      email: 'ben.okafor@nordlicht.example',
      role: 'tech',
      title: 'Solution architect',
      phone: '+49 30 5550142',
    },
  })
  const { items } = await server.ask(session, listContacts, at)
  const bringIn = async (name: string) => {
    const contact = items.find((one) => one.name === name)
    const { invitation } = await server.ask(session, inviteContact, {
      params: { contact: contact?.id ?? '' },
      body: { message },
    })
    await server.hurryInvitations()
    const { link } = await server.ask(session, copyInvitationLink, { params: { invitation: invitation.id ?? '' } })
    const theirs = await server.session(contact?.email ?? '', name)
    await server.ask(theirs, acceptInvitation, { body: { token: link.split('/i/')[1] ?? '' } })
    return theirs
  }
  const [ana_session, ben_session] = [await bringIn('Ana Lindner'), await bringIn('Ben Okafor')]
  const their_owner_id = items.find((one) => one.name === 'Ana Lindner')?.id ?? ''
  for (const customer_company of ['Hafen Terminal AG', 'Elbe Kliniken'])
    await server.ask(session, addDeal, {
      ...at,
      body: { kind: 'lead', customer_company, ask: 'Call them this week', share: true, their_owner_id },
    })
  await server.admin.query("update shares set effective_at = effective_at - interval '1 minute'")
  await server.admin.query("update deals set shared_from = shared_from - interval '1 minute'")
  await server.admin.query("update contacts set confirmed_at = now() - interval '95 days' where name = 'Ben Okafor'")
  workspace = `/p/${partner.workspace}`
  dana = await stage.visitor({ session })
  ira = await stage.visitor({ session: await server.session('ira@halden.example', 'Ira Novak') })
  const out = /^40[14] GET \/api\/v1\/p\//
  ana = await stage.visitor({ session: ana_session, refused: out })
  ben = await stage.visitor({ session: ben_session, refused: out })
  for (const visitor of [ana, ben]) {
    await visitor.open(workspace)
    await visitor.button('Open your deals').click()
  }
})

const dialog = () => dana.page.getByRole('dialog')
const row = (name: string) => dana.page.getByRole('row', { name: new RegExp(name) })
const more = async (name: string, item: string) => {
  await dana.button(`${name}, more`).click()
  await dana.page.getByRole('menuitem', { name: item }).click()
}
const messages = () => dana.page.getByRole('region', { name: 'Messages' })

describe('The people at Nordlicht', () => {
  test('each have a role, a phone and a last look; one click confirms that someone is still right', async () => {
    await dana.open(contacts)
    await dana.sees('Tech', row('Ben Okafor'))
    await dana.sees('+49 30 5550142', row('Ben Okafor'))
    await dana.sees('3 months ago', row('Ben Okafor'))
    await dana.looksRight('contacts')
    await dana.button('Confirm that Ben Okafor is still right').click()
    await dana.sees('Today', row('Ben Okafor'))
  })

  test('an address that somebody has is refused in words', async () => {
    await dana.button('Add contact').click()
    await dialog().getByLabel('Name').fill('Second Ben')
    await dialog().getByLabel('Email').fill('BEN.okafor@nordlicht.example')
    await dialog().getByRole('button', { name: 'Add contact' }).click()
    await dana.sees('Ben Okafor at this partner has this address already.', dialog())
    expect(dana.faults.splice(0)).toEqual([expect.stringMatching(/^refused: 409 POST/)])
    await dana.looksRight('contact-refused')
    await dialog().getByLabel('Name').fill('Cleo Marsh')
    await dialog().getByLabel('Email').fill('cleo.marsh@nordlicht.example')
    await dialog().getByRole('combobox', { name: 'Role' }).click()
    await dana.page.getByRole('option', { name: 'Exec sponsor' }).click()
    await dialog().getByRole('button', { name: 'Add contact' }).click()
    await dana.sees('Exec sponsor', row('Cleo Marsh'))
  })

  test('another address for someone who signs in: the form says what ends', async () => {
    await more('Ben Okafor', 'Edit')
    await dialog().getByLabel('Email').fill('ben@okafor.example')
    await dana.sees(/Ben signs in with ben\.okafor@nordlicht\.example/, dialog())
    await dana.looksRight('contact-address')
    await dialog().getByRole('button', { name: 'Cancel' }).click()
  })
})

describe('Ana left the company', () => {
  test('Dana sees first which deals move to whom, and says so', async () => {
    await more('Ana Lindner', 'Left the company')
    await dana.sees('2 open deals stay without an owner there.', dialog())
    await dialog()
      .getByRole('combobox', { name: /Who takes Ana's open deals/ })
      .click()
    await dana.page.getByRole('option', { name: /Ben Okafor/ }).click()
    await dialog().getByRole('combobox', { name: 'New main contact' }).click()
    await dana.page.getByRole('option', { name: /Ben Okafor/ }).click()
    await dana.sees('2 open deals move to Ben Okafor.', dialog())
    await dana.sees('Ben Okafor becomes the main contact.', dialog())
    await dana.sees("Ana Lindner is signed out now and won't be told.", dialog())
    await dana.looksRight('left-the-company')
    await dialog().getByRole('button', { name: 'Mark as left' }).click()
    await dana.sees(/Ana Lindner is marked as left/)
  })

  test('and Undo puts everything back', async () => {
    await messages().getByRole('button', { name: 'Undo' }).click()
    await dana.sees('Undone.')
    await dana.sees('Main', row('Ana Lindner'))
    await ana.open(workspace)
    await ana.sees('Hafen Terminal AG')
  })

  test('done for good, Ana is out, Ben has her deals, and she is folded away below', async () => {
    await more('Ana Lindner', 'Left the company')
    await dialog()
      .getByRole('combobox', { name: /Who takes Ana's open deals/ })
      .click()
    await dana.page.getByRole('option', { name: /Ben Okafor/ }).click()
    await dana.sees('2 open deals move to Ben Okafor.', dialog())
    await dialog().getByRole('button', { name: 'Mark as left' }).click()
    await dana.page.getByText('1 person left').click()
    await dana.sees('Ana Lindner', dana.page.getByRole('listitem'))
    await dana.sees('Nobody is the main contact here.')
    await dana.looksRight('contacts-left')
    await ana.page.goto(workspace)
    await ana.sees(/This workspace is no longer shared|Sign in to open this workspace/)
    await ben.open(workspace)
    await ben.link('Hafen Terminal AG').click()
    await ben.sees('Ben Okafor', ben.page.getByRole('region', { name: 'Details' }))
    await more('Ben Okafor', 'Make main contact')
    await dana.sees('Ben Okafor is the main contact.')
  })
})

describe('A note of the team', () => {
  const secret = 'Renewal is due in March. They asked for longer payment terms, we can give 45 days.'

  test('mentions a colleague with @, by keyboard alone', async () => {
    await dana.open(notes)
    const box = dana.page.getByRole('textbox', { name: 'Note' })
    await box.click()
    await box.pressSequentially(`${secret} @ir`)
    await dana.page.getByRole('listbox', { name: 'Colleagues' }).waitFor()
    await dana.looksRight('note-mention')
    await box.click()
    await box.press('End')
    await box.press('Backspace')
    await box.press('Enter')
    await box.pressSequentially('please have a look.')
    expect(await box.inputValue()).toBe(`${secret} @Ira Novak please have a look.`)
    await box.press('Control+Enter')
    await dana.sees('@Ira Novak', dana.page.getByRole('listitem'))
  })

  test('says so when nobody by that name sees the partner', async () => {
    const box = dana.page.getByRole('textbox', { name: 'Note' })
    await box.fill('')
    await box.pressSequentially('@zoe')
    await dana.sees('Nobody called “zoe” on your team sees Nordlicht.')
    await box.press('Escape')
    await box.fill('')
  })

  test('reaches Ira’s inbox once and leads to the note', async () => {
    await ira.open('/inbox')
    await ira.sees('Dana Reyes mentioned you')
    expect(await ira.link(/Dana Reyes mentioned you/).count()).toBe(1)
    await ira.looksRight('inbox-mention')
    await ira.link(/Dana Reyes mentioned you/).click()
    await ira.link('Open Nordlicht GmbH').click()
    await ira.arrivesAt(notes)
    await ira.sees(/Renewal is due in March/)
  })

  test('is shared as a copy, changed first; undone in time the copy is gone', async () => {
    await dana.button('Share a copy with Nordlicht').click()
    const text = dialog().getByLabel('Text for Nordlicht')
    expect(await text.inputValue()).toContain('45 days')
    await text.fill('Renewal is due in March. We look at the payment terms.')
    await dana.looksRight('share-a-copy')
    await dialog().getByRole('button', { name: 'Share copy with Nordlicht' }).click()
    await dana.sees(/The copy leaves in 10 seconds/)
    await messages().getByRole('button', { name: 'Undo' }).click()
    await dana.sees(/the copy is gone/)
    await expect.poll(() => dana.page.getByText('We look at the payment terms.').count()).toBe(0)
  })

  test('and Ben reads the copy alone; the original stays with the team', async () => {
    await dana.button('Share a copy with Nordlicht').click()
    await dialog().getByLabel('Text for Nordlicht').fill('Renewal is due in March. We look at the payment terms.')
    await dialog().getByRole('button', { name: 'Share copy with Nordlicht' }).click()
    await dana.sees('A copy was shared.')
    await dana.looksRight('notes-copied')
    const received: string[] = []
    ben.page.on(
      'response',
      (response) =>
        void response.text().then(
          (body) => received.push(body),
          () => {},
        ),
    )
    await expect
      .poll(
        async () => {
          await ben.open(`${workspace}/shared`)
          await ben.page.waitForLoadState('networkidle')
          return received.join('\n').includes('We look at the payment terms.')
        },
        { timeout: 30_000, interval: 2000 },
      )
      .toBe(true)
    expect(received.join('\n')).not.toContain('45 days')
    await ben.looksRight('portal-copy')
  })
})

describe('Archiving Nordlicht', () => {
  test('says first what that takes from whom', async () => {
    await dana.open('/partners/nordlicht-gmbh/overview')
    await dana.button('More').click()
    await dana.page.getByRole('menuitem', { name: 'Archive' }).click()
    await dana.sees('2 open deals stay open and 1 person loses access: Ben Okafor.', dialog())
    await dana.sees(/Nordlicht GmbH will no longer see 2 deals\./, dialog())
    await dana.looksRight('archive')
    await dialog().getByRole('button', { name: 'Archive Nordlicht' }).click()
    await dana.sees('This partner is archived. Everything can be read, nothing changed.')
    await dana.looksRight('archived')
    await ben.page.goto(workspace)
    await ben.sees(/This workspace is no longer shared|Sign in to open this workspace/)
  })

  test('and restoring gives it back, to the same people', async () => {
    await dana.button('Restore').click()
    await dana.sees('Ben Okafor can get in again, and sees what they saw before.', dialog())
    await dana.sees(/Nordlicht GmbH will now see 2 deals\./, dialog())
    await dana.looksRight('restore')
    await dialog().getByRole('button', { name: 'Restore Nordlicht' }).click()
    await dana.sees(/Nordlicht is back as it was/)
    expect(await dana.page.getByText('This partner is archived.').count()).toBe(0)
    await ben.open(workspace)
    await ben.sees('Hafen Terminal AG')
  })
})
