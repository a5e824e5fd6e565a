import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { addMember } from '#shared/company.ts'
import { copyInvitationLink, inviteContact, listContacts } from '#shared/contacts.ts'
import { addDeal } from '#shared/deals.ts'
import { addPartner } from '#shared/partners.ts'
import { acceptInvitation } from '#shared/portal.ts'
import { picturePath } from './pictures.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

vi.setConfig({ testTimeout: 180_000 })
// Refused on purpose: the day cannot be quiet all round.
const refused = /422 PATCH \/api\/v1\/notices/
const stage = setStage({ mail: true })
let dana: Visitor
let ana: Visitor
let workspace: string
const page = '/settings/notifications'
const row = (name: string) => dana.page.getByRole('listitem').filter({ hasText: name })
const way = (name: string, to: string) =>
  dana.page.getByRole('radiogroup', { name }).getByRole('radio', { name: to }).check({ force: true })

/** Something that happened to Dana in the last week, every six hours. */
const happens = (kinds: string[]) =>
  stage.server.admin.query(
    `insert into notifications (org_id, id, member_id, kind, partner_id, deal_id, contact_id, key, created_at)
     select d.org_id, gen_random_uuid(), d.our_owner_id, k.kind, d.partner_id, d.id, d.their_owner_id, 'story ' || k.n || d.id, now() - interval '6 days' + k.n * interval '6 hours'
     from deals d, unnest($1::text[]) with ordinality k (kind, n)`,
    [kinds],
  )
const link = async (class_: string, whose: 'member' | 'contact') => {
  const token = `story-${class_}-${whose}-token-that-is-long-enough`
  await stage.server.admin.query(
    `insert into mail_links (org_id, id, purpose, token_hash, member_id, contact_id, class, partner_id, deal_id, created_at, expires_at)
     select d.org_id, gen_random_uuid(), 'prefs', $1, case when $3 = 'member' then d.our_owner_id end, case when $3 = 'contact' then d.their_owner_id end,
       $2, d.partner_id, d.id, now(), now() + interval '1 day' from deals d limit 1`,
    [createHash('sha256').update(token).digest('hex'), class_, whose],
  )
  return `/prefs/${token}`
}

beforeAll(async () => {
  const { server } = stage
  const session = await server.found()
  const partner = await server.ask(session, addPartner, {
    body: { legal_name: 'Nordlicht GmbH', email: 'ana.lindner@nordlicht.example', contact_name: 'Ana Lindner' },
  })
  await server.ask(session, addMember, { body: { name: 'Ira Novak', email: 'ira@halden.example', role: 'member' } })
  const { items } = await server.ask(session, listContacts, { params: { partner: partner.id } })
  const [contact] = items
  for (const customer_company of ['Hafen Terminal AG', 'Elbe Kliniken'])
    await server.ask(session, addDeal, {
      params: { partner: partner.id },
      body: {
        kind: 'lead',
        customer_company,
        ask: 'Call the head of IT.',
        share: true,
        their_owner_id: contact?.id ?? '',
      },
    })
  await happens(['comment', 'stage', 'mention', 'comment', 'quiet', 'stage', 'answer', 'comment', 'stage', 'comment'])
  const invited = await server.ask(session, inviteContact, {
    params: { contact: contact?.id ?? '' },
    body: { message: 'We would like to share our open leads with you here.' },
  })
  await server.hurryInvitations()
  const { link: invitation } = await server.ask(session, copyInvitationLink, {
    params: { invitation: invited.invitation.id ?? '' },
  })
  const hers = await server.session('ana.lindner@nordlicht.example', 'Ana Lindner')
  const came = await server.ask(hers, acceptInvitation, { body: { token: invitation.split('/i/')[1] ?? '' } })
  workspace = came.workspace
  dana = await stage.visitor({ session, refused })
  ana = await stage.visitor({ session: hers })
}, 120_000)

describe('How I am told', () => {
  test('starts calm, and says what last week would have brought', async () => {
    await dana.open(page)
    await dana.sees(/With these settings you would have had \d+ emails last week/)
    await expect.poll(() => dana.page.getByRole('radio', { name: 'Calm' }).isChecked()).toBe(true)
    await dana.sees('Nothing is muted.')
    await dana.looksRight('notifications')
  })

  test('a row is saved at once, with the word, and the number on top follows', async () => {
    const before = await dana.page.getByRole('status').first().textContent()
    await way('Partner replied', 'Off')
    await dana.sees('Saved', row('Partner replied'))
    await dana.sees('Custom: the rows below are your own.')
    await expect.poll(() => dana.page.getByRole('status').first().textContent()).not.toBe(before)
    await dana.page.reload()
    await expect
      .poll(() =>
        dana.page.getByRole('radiogroup', { name: 'Partner replied' }).getByRole('radio', { name: 'Off' }).isChecked(),
      )
      .toBe(true)
  })

  test('with the keyboard alone too', async () => {
    await dana.page.getByRole('radiogroup', { name: 'Deal moved' }).getByRole('radio', { name: 'Digest' }).focus()
    await dana.page.keyboard.press('ArrowRight')
    await dana.sees('Saved', row('Deal moved'))
    await expect
      .poll(() =>
        dana.page.getByRole('radiogroup', { name: 'Deal moved' }).getByRole('radio', { name: 'Off' }).isChecked(),
      )
      .toBe(true)
  })

  test('what is refused goes back and says why', async () => {
    await dana.picker('From').click()
    await dana.page.getByRole('option', { name: '08:00' }).click()
    await dana.sees('Quiet hours need an end. Choose another time.')
    await expect.poll(() => dana.picker('From').textContent()).toContain('18:00')
    await dana.looksRight('notifications-refused')
  })

  test('a preset sets the rows', async () => {
    await dana.page.getByRole('radio', { name: 'Everything' }).check({ force: true })
    await dana.sees('Choosing one sets the rows below.')
    for (const name of ['Deal moved', 'Partner replied', 'Deal quiet'])
      await expect
        .poll(() => dana.page.getByRole('radiogroup', { name }).getByRole('radio', { name: 'Now' }).isChecked())
        .toBe(true)
  })
})

describe('Fewer like this', () => {
  test('opens from a row of the inbox, with its kinds, this deal and this partner', async () => {
    await dana.open('/inbox')
    await row('Hafen Terminal AG').getByRole('button', { name: 'More' }).click()
    await dana.page.getByRole('menuitem', { name: 'Fewer like this' }).click()
    const dialog = dana.page.getByRole('dialog', { name: 'Fewer like this' })
    await dana.sees('Deal moved', dialog)
    await dana.looksRight('inbox-fewer')
    await dialog.getByRole('button', { name: 'No email about Hafen Terminal AG' }).click()
    await dana.sees('No more email about Hafen Terminal AG. It still reaches your inbox.')
    await dana.looksRight('inbox-rows')
  })

  test('and what is muted is on the settings page, until it is not', async () => {
    await dana.open('/partners/nordlicht-gmbh/overview')
    await dana.button('More').first().click()
    await dana.page.getByRole('menuitem', { name: 'No email about it' }).click()
    await dana.sees('No more email about Nordlicht GmbH.')
    await dana.open(page)
    await dana.sees('All of this partner')
    await dana.looksRight('notifications-muted')
    await dana.button('Unmute Nordlicht GmbH').click()
    await dana.page.getByText('All of this partner').waitFor({ state: 'detached' })
  })
})

describe('The last line of a mail', () => {
  test('opens without signing in, and saves without a script', async () => {
    const visitor = await stage.visitor()
    await visitor.open(await link('moved', 'member'))
    await visitor.sees('Dana, choose how Halden Software tells you.')
    await visitor.looksRight('prefs-member')
    await visitor.page.getByRole('radio', { name: /In the digest/ }).check()
    await visitor.button('Save').click()
    await visitor.sees('Saved. This is how you are told from now on.')
    await visitor.looksRight('prefs-saved')
    await dana.open(page)
    await expect
      .poll(() =>
        dana.page.getByRole('radiogroup', { name: 'Deal moved' }).getByRole('radio', { name: 'Digest' }).isChecked(),
      )
      .toBe(true)
    await visitor.page.goto('/prefs/no-such-link').catch(() => {})
    visitor.faults.length = 0
    await visitor.sees('This link has expired')
    await visitor.page.screenshot({ path: picturePath('prefs-gone') })
    await visitor.leave()
  })

  test('lets a contact choose, and the portal says so', async () => {
    const visitor = await stage.visitor()
    await visitor.open(await link('asked', 'contact'))
    await visitor.looksRight('prefs-contact')
    await visitor.page.getByRole('radio', { name: /No email/ }).check()
    await visitor.button('Save').click()
    await visitor.sees('Saved.')
    await visitor.leave()
    await ana.open(`/p/${workspace}/people`)
    await ana.button('Open your deals').click()
    await ana.open(`/p/${workspace}/people`)
    await ana.sees('You get no email now: you chose so in a mail.')
    await ana.page.getByRole('radio', { name: 'Only the weekly digest' }).check({ force: true })
    await ana.sees('Saved')
    await ana.looksRight('portal-mail-choice')
  })
})
