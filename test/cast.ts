import { addMember } from '#shared/company.ts'
import { addContact, copyInvitationLink, inviteContact, listContacts } from '#shared/contacts.ts'
import type { Answer } from '#shared/endpoint.ts'
import { addPartner, type Partner } from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import { acceptInvitation } from '#shared/portal.ts'
import { createWorld, type Person, seconds, type World } from './world.ts'

export type Cast = {
  world: World
  /** Halden Software. */
  dana: Person
  ira: Person
  lee: Person
  mei: Person
  ids: { dana: string; ira: string; lee: string; mei: string }
  /** Nordlicht: open to the whole team, owned by Dana, shares value and contact when asked. Ana is its main contact, Ben a colleague of hers. */
  nordlicht: Partner
  ana: Person & { contact_id: string }
  ben: Person & { contact_id: string }
  /** Fjordkraft: picked, Dana and Ira only. */
  fjordkraft: Partner
  henrik: Person & { contact_id: string }
  /** Umbra, another company in the same database, with a partner of its own. */
  uma: Person
  delta: Partner
  dora: Person & { contact_id: string }
}

const message = 'We would like to share our open leads with you here.'

/** Invites a contact and takes them in, as it happens to people. */
export async function bringIn(
  world: World,
  inviter: Person,
  contact: { id: string; name: string; email: string },
): Promise<Person & { contact_id: string }> {
  const invited = await inviter.does(inviteContact, { params: { contact: contact.id }, body: { message } })
  await world.pass(seconds(11))
  const { link } = await inviter.does(copyInvitationLink, { params: { invitation: invited.invitation.id ?? '' } })
  const person = await world.signIn(contact.name, contact.email)
  await person.does(acceptInvitation, { body: { token: link.split('/i/')[1] ?? '' } })
  return { ...person, contact_id: contact.id }
}

/** The people that tests speak of, each with the rights their line says. */
export async function createCast(options: Parameters<typeof createWorld>[0] = {}): Promise<Cast> {
  const world = await createWorld(options)
  const dana = await world.found('Halden Software', 'Dana Reyes', 'dana@halden.example')
  const join = async (name: string, email: string, role: 'member' | 'read_only') => {
    const { id } = await dana.does(addMember, { body: { name, email, role } })
    return { id, person: await world.signIn(name, email) }
  }
  const ira = await join('Ira Novak', 'ira@halden.example', 'member')
  const lee = await join('Lee Park', 'lee@halden.example', 'member')
  const mei = await join('Mei Sato', 'mei@halden.example', 'read_only')
  const { members } = await (await import('#server/features/session/session.ts')).whereabouts(
    world.product,
    dana.session,
  )
  const nordlicht = await dana.does(addPartner, {
    body: {
      legal_name: 'Nordlicht GmbH',
      email: 'ana.lindner@nordlicht.example',
      contact_name: 'Ana Lindner',
      website: 'https://nordlicht.example',
      type: 'reseller',
    },
  })
  const fjordkraft = await dana.does(addPartner, {
    body: {
      legal_name: 'Fjordkraft Data AS',
      email: 'henrik.aasen@fjordkraft.example',
      contact_name: 'Henrik Aasen',
      type: 'distributor',
      access: {
        team_access: 'picked',
        members: [{ member_id: ira.id, level: 'work' }],
        permissions: presets.together.rows,
      },
    },
  })
  const ben = await dana.does(addContact, {
    params: { partner: nordlicht.id },
    body: { name: 'Ben Okafor', email: 'ben.okafor@nordlicht.example', role: 'tech' },
  })
  const main = async (inviter: Person, partner: Partner) => {
    const { items } = await inviter.does(listContacts, { params: { partner: partner.id } })
    const it = items.find((contact: Answer<typeof listContacts>['items'][number]) => contact.is_main)
    if (!it?.email) throw new Error(`${partner.legal_name} has no main contact.`)
    return { id: it.id, name: it.name, email: it.email }
  }
  // That Ira was let in is in her inbox; the tests begin with an empty one.
  await world.admin.query("delete from notifications where kind = 'access'")
  const uma = await world.found('Umbra Labs', 'Uma Flint', 'uma@umbra.example')
  const delta = await uma.does(addPartner, {
    body: { legal_name: 'Delta Works Ltd', email: 'dora@delta.example', contact_name: 'Dora Kent' },
  })
  return {
    world,
    dana,
    ira: ira.person,
    lee: lee.person,
    mei: mei.person,
    ids: { dana: members[0]?.member_id ?? '', ira: ira.id, lee: lee.id, mei: mei.id },
    nordlicht,
    fjordkraft,
    uma,
    delta,
    ana: await bringIn(world, dana, await main(dana, nordlicht)),
    ben: await bringIn(world, dana, { id: ben.id, name: ben.name, email: 'ben.okafor@nordlicht.example' }),
    henrik: await bringIn(world, dana, await main(dana, fjordkraft)),
    dora: await bringIn(world, uma, await main(uma, delta)),
  }
}
