import { beforeAll, describe, expect, test } from 'vitest'
import { people } from '#db/seed/world.ts'
import { seedDemo } from '#server/features/sample/demo.ts'
import { addContact, copyInvitationLink, inviteContact, removeAccess, withdrawInvitation } from '#shared/contacts.ts'
import { listDeals } from '#shared/deals.ts'
import { getPartner } from '#shared/partners.ts'
import { acceptInvitation } from '#shared/portal.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage()
const message = 'We would like to share our open leads with you here.'
let ana: Visitor
let stranger: Visitor
let workspace = ''
let deal = ''
let open = ''
let withdrawn = ''
let closed = ''

beforeAll(async () => {
  const { server } = stage
  await seedDemo(server.product)
  const dana = await server.session(people.dana.email, people.dana.name)
  const ana_session = await server.session('ana.lindner@nordlicht.example', 'Ana Lindner')
  const invite = async (slug: string, name: string, email: string) => {
    const { id } = await server.ask(dana, getPartner, { params: { slug } })
    const contact = await server.ask(dana, addContact, { params: { partner: id }, body: { name, email } })
    const { invitation } = await server.ask(dana, inviteContact, { params: { contact: contact.id }, body: { message } })
    await server.hurryInvitations()
    const params = { invitation: invitation.id ?? '' }
    const { link } = await server.ask(dana, copyInvitationLink, { params })
    return { link: link.slice(server.url.length), params, contact: contact.id }
  }
  const { workspace: own, id } = await server.ask(dana, getPartner, { params: { slug: 'nordlicht-gmbh' } })
  workspace = `/p/${own}`
  const { items } = await server.ask(dana, listDeals, { query: { partner: id, limit: '50' } })
  deal = `${workspace}/deals/${items.find((one) => one.customer_company === 'Hafen Terminal AG')?.ref}`
  open = (await invite('nordlicht-gmbh', 'Ben Okafor', 'ben.okafor@nordlicht.example')).link
  const taken_back = await invite('nordlicht-gmbh', 'Cleo Marsh', 'cleo.marsh@nordlicht.example')
  await server.ask(dana, withdrawInvitation, { params: taken_back.params })
  withdrawn = taken_back.link
  const out = await invite('nordlicht-gmbh', 'Finn Boe', 'finn.boe@nordlicht.example')
  await server.ask(dana, removeAccess, { params: { contact: out.contact } })
  closed = out.link
  const second = await invite('fjordkraft-data-as', 'Ana Lindner', 'ana.lindner@nordlicht.example')
  await server.ask(ana_session, acceptInvitation, { body: { token: second.link.split('/i/')[1] ?? '' } })
  ana = await stage.visitor({ session: ana_session, refused: /^404 GET \/api\/v1\/p\// })
  stranger = await stage.visitor({ refused: /^40[14] (GET \/api\/v1\/p\/|POST \/api\/v1\/(invitation|session))/ })
})

describe('every page of a partner has no accessibility fault, wide, on a phone, light and dark', () => {
  test('the first visit, then deals, one deal, notes and people', async () => {
    await ana.open(workspace)
    await ana.sees('What they see of you')
    await ana.looksRight('portal-first')
    await ana.button('Open your deals').click()
    await ana.sees('Marschland Energie')
    await ana.looksRight('portal-deals')
    await ana.open(deal)
    await ana.sees('Which day suits Hafen for the meeting? We keep Thursday and Friday free.')
    await ana.looksRight('portal-one-deal')
    await ana.open(`${workspace}/shared`)
    await ana.sees('Price list for 2027 is final.')
    await ana.looksRight('portal-shared')
    await ana.open(`${workspace}/people`)
    await ana.sees('Jonas Weber')
    await ana.looksRight('portal-people')
  })

  test('answering, the menu, the choice of workspaces, and what is not hers', async () => {
    await ana.open(workspace)
    await ana.button('Decline with a reason').first().click()
    await ana.field(/Why it is not for you/).waitFor()
    await ana.button('Ana Lindner, your menu').click()
    await ana.looksRight('portal-menu')
    await ana.open('/p')
    await ana.sees('Fjordkraft Data AS')
    await ana.looksRight('portal-chooser')
    await ana.open(`${workspace}/deals/D-NONE`)
    await ana.heading('Not here').waitFor()
    await ana.looksRight('portal-no-deal')
    await ana.open('/p/umbra-aaaaaa')
    await ana.heading('Not here').waitFor()
    await ana.looksRight('portal-not-hers')
  })
})

describe('every page for people who are not signed in', () => {
  test('signing in: address, code, password', async () => {
    await stranger.open('/sign-in')
    await stranger.looksRight('sign-in')
    await stranger.field('Email').fill('someone@nowhere.example')
    await stranger.button('Email me a code').click()
    await stranger.field('6-digit code').waitFor()
    await stranger.looksRight('sign-in-code')
    await stranger.button('Use my password').click()
    await stranger.field('Password').fill('not the password')
    await stranger.button('Sign in').click()
    await stranger.sees('The email address or the password is wrong.')
    await stranger.looksRight('sign-in-wrong')
  })

  test('an invitation that is open, one whose person is no longer let in, one that was withdrawn', async () => {
    await stranger.open(open)
    await stranger.sees('What they see of you')
    await stranger.looksRight('invitation-open')
    await stranger.open(closed)
    await stranger.heading('This invitation is no longer open').waitFor()
    await stranger.looksRight('invitation-closed')
    await stranger.open(withdrawn)
    await stranger.heading('This invitation is no longer open').waitFor()
    await stranger.sees('Dana Reyes at Halden Software took it back.')
    await stranger.looksRight('invitation-withdrawn')
    await stranger.open('/i/no-such-link')
    await stranger.heading("This link doesn't lead anywhere").waitFor()
    await stranger.looksRight('invitation-unknown')
  })

  test('"Just email me instead" is one click', async () => {
    await stranger.open(open)
    await stranger.button('Just email me instead').click()
    await stranger.sees('You need no login for that.')
    await stranger.looksRight('invitation-by-email')
  })

  test('a workspace asks to sign in where it stands', async () => {
    await stranger.open(workspace)
    await stranger.heading('Sign in to open this workspace').waitFor()
    await stranger.field('Email').waitFor()
    await stranger.looksRight('portal-sign-in')
  })

  test('a page of the team sends them to sign in, and someone outside to their workspace', async () => {
    await stranger.page.goto('/partners')
    await stranger.arrivesAt('/sign-in?next=%2Fpartners')
    await ana.page.goto('/partners')
    await ana.arrivesAt(/^\/p\//)
    expect(await ana.page.getByText('Brightwater').count()).toBe(0)
  })
})
