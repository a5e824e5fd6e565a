import { randomBytes } from 'node:crypto'
import { company, people } from '#db/seed/world.ts'
import { type Actor, type Tx, withActor } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { sql } from '#server/db/sql.ts'
import { acceptDeal } from '#server/features/deals/answering.ts'
import { acceptInvitation } from '#server/features/invitations/accepting.ts'
import { copyInvitationLink, inviteContact } from '#server/features/invitations/invitations.ts'
import { addPortalEntry, answerDeal } from '#server/features/portal/portal.ts'
import { sendDeal } from '#server/features/portal/sending.ts'
import { openSetup, setUpCompany } from '#server/features/session/session.ts'
import type { Product } from '#server/product.ts'
import { type Planted, plantSamples } from './sample.ts'

/** One password for the three demo accounts. The demo listens on loopback only. */
export const demo_password = 'halden-demo-2026'

/** Fills an empty database with the sample world and says how to sign in. Does nothing once a company is there. */
export async function seedDemo(product: Product): Promise<void> {
  const token = randomBytes(24).toString('base64url')
  if (await openSetup(product, token)) await plant(product, token)
  product.say(`Demo: sign in with one of these, password ${demo_password}`)
  product.say(`  ${people.dana.email}  (admin)`)
  product.say(`  ${people.ira.email}  (member)`)
  product.say(`  ${people.mei.email}  (read-only)`)
  product.say(
    'Two partners’ contacts sign in by email code: ana.lindner@nordlicht.example, henrik.aasen@fjordkraftdata.example',
  )
}

async function plant(product: Product, token: string): Promise<void> {
  const { dana, ira, tomas, mei } = people
  const { token: session } = await setUpCompany(product, {
    token,
    name: dana.name,
    email: dana.email,
    password: demo_password,
    company: company.name,
    time_zone: company.time_zone,
    currency: company.currency,
  })
  const asDana = <Result>(act: (tx: Tx) => Promise<Result>, days_ago = 0) =>
    inThePast(product, { as: 'team', token: session }, act, days_ago)
  const ids: Record<string, string> = {}
  for (const [key, person] of Object.entries({ ira, tomas, mei })) {
    const person_id = await product.auth.personWithPassword(person.email, person.name, demo_password)
    ids[key] = newId()
    await asDana((tx) =>
      tx.run(
        sql`insert into members (org_id, id, person_id, name, email, role, created_at) values (app.org(), ${ids[key]}::uuid, ${person_id}, ${person.name}, ${person.email}, ${person.role}, app.now())`,
      ),
    )
  }
  const planted = await asDana(async (tx) =>
    plantSamples(tx, { dana: (await tx.entered).member ?? '', ira: ids.ira ?? '', tomas: ids.tomas ?? '' }, false),
  )
  const find = (name: string): Planted => {
    const found = planted.find((partner) => partner.name === name)
    if (!found) throw new Error(`The sample world has no ${name}.`)
    return found
  }
  const ana = await bringIn(
    product,
    session,
    find('Nordlicht GmbH'),
    'Ana, you get our leads for northern Germany. Please answer the open ones first.',
  )
  const henrik = await bringIn(
    product,
    session,
    find('Fjordkraft Data AS'),
    'Henrik, this is where we work on the port deals together. Start with Bergen.',
  )
  await ana(3, (tx) =>
    answer(
      tx,
      'Hafen Terminal AG',
      'The board liked the pilot. They asked who runs the migration. Can we meet this week?',
    ),
  )
  await ana(9, (tx) => answer(tx, 'Elbe Kliniken'))
  await henrik(6, (tx) => answer(tx, 'Bergen Havn', 'Two references are ready. I send them on Monday.'))
  await henrik(8, (tx) =>
    sendDeal(tx, {
      kind: 'co_sell',
      customer_company: 'Tromsø Sjømat',
      ask: 'They move their logistics to the cloud. We do the network, you do the platform.',
      customer_contact_name: 'Siri Moen',
      customer_contact_email: 'siri.moen@tromsosjomat.example',
    }),
  )
  await asDana(async (tx) => {
    const sent = await tx.row<{ id: string }>(sql`select id from deals where customer_company = 'Tromsø Sjømat'`)
    await acceptDeal(tx, sent?.id ?? '', {})
  }, 7)
  await ana(0.1, (tx) =>
    sendDeal(tx, {
      kind: 'lead',
      customer_company: 'Stadtwerke Uelzen',
      ask: 'They replace their metering portal next year and want a price before Christmas. Can you quote?',
      customer_contact_name: 'Maren Timm',
      customer_contact_email: 'maren.timm@stadtwerke-uelzen.example',
    }),
  )
}

/** Accepts a deal that was shared with them, and says something about it. */
async function answer(tx: Tx, customer: string, comment?: string): Promise<void> {
  const deal = await tx.row<{ ref: string }>(sql`select ref from portal.deals where customer_company = ${customer}`)
  if (!deal) throw new Error(`${customer} is not shared with them.`)
  await answerDeal(tx, deal.ref, { answer: 'accepted' })
  if (comment) await addPortalEntry(tx, deal.ref, comment)
}

const inThePast = <Result>(product: Product, actor: Actor, act: (tx: Tx) => Promise<Result>, days_ago: number) =>
  withActor(product.database, actor, act, { clock: () => new Date(Date.now() - days_ago * 86_400_000) })

type Acts = <Result>(days_ago: number, act: (tx: Tx) => Promise<Result>) => Promise<Result>

/** Invites a partner's main contact and accepts as them, a while ago. Out: what they do there, as many days ago. */
async function bringIn(product: Product, session: string, partner: Planted, message: string): Promise<Acts> {
  const contact = partner.contacts[0]
  if (!contact) throw new Error(`${partner.name} has no contact.`)
  const team: Actor = { as: 'team', token: session }
  const past = { ...product, clock: () => new Date(Date.now() - 11 * 86_400_000) }
  const invited = await inThePast(product, team, (tx) => inviteContact(tx, contact.id, { message }), 12)
  const { link } = await inThePast(
    product,
    team,
    (tx) => copyInvitationLink(tx, invited.invitation.id ?? '', product.config.url),
    11.9,
  )
  const person = await product.auth.person(contact.email, invited.name, true)
  const { token } = await product.auth.startSession(person)
  const { workspace } = await acceptInvitation(past, link.split('/i/')[1] ?? '', token)
  return (days_ago, act) => inThePast(product, { as: 'contact', token, workspace }, act, days_ago)
}
