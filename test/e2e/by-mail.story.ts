import type { ParsedMail } from 'mailparser'
import { beforeAll, describe, expect, test } from 'vitest'
import { addPartner } from '#shared/partners.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage({ mail: true })
const address = 'ana.lindner@nordlicht.example'
const message = 'Ana, you will see our leads for northern Germany here. Please start with the open ones.'
let dana: Visitor
let ana: Visitor

/** The code on top of the newest mail about signing in. */
const mailedCode = async () => (await stage.mailbox.mailTo(address, /sign-in code/)).subject?.match(/\d{6}/)?.[0] ?? ''

beforeAll(async () => {
  const { server } = stage
  const session = await server.found()
  await server.ask(session, addPartner, {
    body: { legal_name: 'Nordlicht GmbH', email: address, contact_name: 'Ana Lindner' },
  })
  dana = await stage.visitor({ session })
  ana = await stage.visitor()
})

describe('with a mail server', () => {
  let invitation: ParsedMail

  test('the settings say so, and a test mail arrives', async () => {
    await dana.open('/settings/email')
    await dana.sees('Email is set up.')
    await dana.button('Send test').click()
    await dana.sees('Test sent to your address')
    await stage.mailbox.mailTo('dana@halden.example')
    await dana.looksRight('settings-email-works')
  })

  test('the invitation arrives ten seconds later, as it was shown', async () => {
    await dana.open('/partners/nordlicht-gmbh/overview')
    await dana.button('Invite').first().click()
    const dialog = dana.page.getByRole('dialog')
    await dialog.getByLabel('Your message').fill(message)
    const shown = dialog.getByRole('region', { name: 'Ana will get this' }).getByRole('paragraph').last()
    await dana.sees(message, shown)
    const letter = (await shown.textContent()) ?? ''
    await dialog.getByRole('button', { name: 'Invite Ana', exact: true }).click()
    await dana.sees('The invitation to Ana Lindner leaves in 10 seconds.')
    const before = stage.mailbox.mails.length
    expect(stage.mailbox.mails.some((mail) => mail.text?.includes(message))).toBe(false)
    invitation = await stage.mailbox.mailTo(address, /invites you/)
    expect(stage.mailbox.mails.length).toBe(before + 1)
    const beforeLink = letter.split(/https?:/)[0] ?? ''
    expect(invitation.text?.replaceAll('\r', '').startsWith(beforeLink.trim())).toBe(true)
  })

  test('Ana follows its link, gets her code by mail, and is in', async () => {
    const link = invitation.text?.match(/https?:\/\/\S+\/i\/\S+/)?.[0] ?? ''
    expect(link.startsWith(`${stage.server.url}/i/`)).toBe(true)
    await ana.open(link)
    await ana.button('Accept and sign in').click()
    await ana.sees('A code is on its way to')
    await ana.field('6-digit code').fill(await mailedCode())
    await ana.arrivesAt(/^\/p\/[\w-]+$/)
    await ana.button('Open your deals').click()
    await ana.sees('Nothing is waiting for you.')
    expect(stage.server.said.some((line) => line.includes('Sign-in code'))).toBe(false)
  })

  test('a shared lead arrives as mail too, with what she may see and no more', async () => {
    await dana.open('/partners/nordlicht-gmbh/share?kind=lead')
    await dana.field('Customer company').fill('Hafen Terminal AG')
    await dana.field('What do you want from Nordlicht?').fill('A meeting with the IT lead before Christmas')
    await dana.field('Value').first().fill('48,000')
    await dana.button('Share lead').click()
    await dana.arrivesAt(/^\/deals\/D-/)
    const mail = await stage.mailbox.mailTo(address, /Hafen Terminal AG/)
    expect(mail.text).toContain('A meeting with the IT lead before Christmas')
    expect(mail.text).not.toMatch(/48[.,]?000/)
    const link = mail.text?.match(/https?:\/\/\S+\/p\/\S+/)?.[0] ?? ''
    await ana.open(link)
    await ana.heading('Hafen Terminal AG').waitFor()
  })

  test('she signs out, and back in with a new code', async () => {
    await ana.button('Ana Lindner, your menu').click()
    await ana.button('Sign out').click()
    await ana.arrivesAt('/sign-in')
    await ana.field('Email').fill(address)
    stage.mailbox.mails.length = 0
    await ana.button('Email me a code').click()
    await ana.field('6-digit code').fill(await mailedCode())
    await ana.arrivesAt(/^\/p\/[\w-]+$/)
    await ana.sees('Hafen Terminal AG')
  })

  test('whoever is unknown reads the same words, and nothing is sent', async () => {
    const stranger = await stage.visitor()
    stage.mailbox.mails.length = 0
    await stranger.open('/sign-in')
    await stranger.field('Email').fill('nobody@nowhere.example')
    await stranger.button('Email me a code').click()
    await stranger.sees('is known here, a code is on its way.')
    await stranger.page.waitForTimeout(1500)
    expect(stage.mailbox.mails).toEqual([])
  })
})
