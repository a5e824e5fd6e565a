import { acceptDeal } from '#shared/answering.ts'
import { editMember } from '#shared/company.ts'
import { addContact, inviteContact, listContacts, removeAccess } from '#shared/contacts.ts'
import { addCustomField, editCustomValues } from '#shared/custom-fields.ts'
import { addDeal, getDeal } from '#shared/deals.ts'
import { addDealEntry, addNote } from '#shared/entries.ts'
import { beginFile, removeFile, sendPiece } from '#shared/files.ts'
import { startImport } from '#shared/imports.ts'
import { getLists } from '#shared/lists.ts'
import { addMute } from '#shared/notices.ts'
import { addPartner, editPartnerAccess, getPartnerAccess, type Partner } from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import { addPortalEntry, sendDeal } from '#shared/portal.ts'
import { addSavedView, removeSavedView } from '#shared/saved-views.ts'
import { addTag, mergeTags } from '#shared/tags.ts'
import { bringIn, type Cast } from '../cast.ts'
import { sendFile } from '../files.ts'
import { minutes, type Person } from '../world.ts'
import type { Bag } from './walk.ts'

export type Populated = { a1: Bag; a2: Bag; b1: Bag; ex_member: Person; ex_contact: Person }

/** Fills the cast's companies with one of everything at each partner. Out: the ids of each place. */
export async function populateCast(cast: Cast): Promise<Populated> {
  const { world, dana, uma, ana, henrik, dora } = cast
  const gone = await world.signIn('Gus Lind', 'gus@halden.example')
  const { addMember } = await import('#shared/company.ts')
  const gus = await dana.does(addMember, { body: { name: 'Gus Lind', email: 'gus@halden.example', role: 'member' } })
  await dana.does(editMember, { params: { member: gus.id }, body: { version: gus.version, deactivated: true } })
  const out = await dana.does(addContact, {
    params: { partner: cast.nordlicht.id },
    body: { name: 'Xenia Falk', email: 'xenia@nordlicht.example' },
  })
  const ex_contact = await bringIn(world, dana, { id: out.id, name: out.name, email: 'xenia@nordlicht.example' })
  await dana.does(removeAccess, { params: { contact: out.id } })

  const us = { member: cast.ids.ira, colleague: cast.ids.ira }
  const a1 = await fillPartner(cast, dana, cast.nordlicht, ana, us)
  const a2 = await fillPartner(cast, dana, cast.fjordkraft, henrik, us)
  const otto = await uma.does(addMember, { body: { name: 'Otto Wirth', email: 'otto@delta.example', role: 'member' } })
  const b1 = await fillPartner(cast, uma, cast.delta, dora, { member: await memberOf(cast, uma), colleague: otto.id })
  await world.pass(minutes(1))
  await world.settle()
  for (const [bag, who] of [
    [a1, ana],
    [a2, henrik],
    [b1, dora],
  ] as const) {
    const said = await who.does(addPortalEntry, {
      params: { workspace: bag.workspace ?? '', ref: bag.ref ?? '' },
      body: { body: 'We look at it.' },
    })
    const { rows: notifications } = await world.admin.query(
      'select id from notifications where partner_id = $1 order by created_at desc limit 1',
      [bag.partner],
    )
    const { rows: mails } = await world.admin.query('select id from outbox where partner_id = $1 limit 1', [
      bag.partner,
    ])
    const { rows: sessions } = await world.admin.query('select id from auth.session where token = $1', [who.session])
    Object.assign(bag, {
      said: said.id,
      notification: notifications[0]?.id,
      mail: mails[0]?.id,
      session: sessions[0]?.id,
    })
  }
  for (const bag of [a1, a2, b1]) {
    for (const [kind, table] of [
      ['partner', 'partners'],
      ['twin', 'partners'],
      ['contact', 'contacts'],
      ['deal', 'deals'],
      ['member', 'members'],
      ['colleague', 'members'],
      ['view', 'views'],
      ['registered', 'deals'],
    ] as const) {
      const { rows } = await world.admin.query(`select version from ${table} where id = $1`, [bag[kind]])
      bag[`#${kind}`] = String(rows[0]?.version)
    }
  }
  return { a1, a2, b1, ex_member: gone, ex_contact }
}

/** Who on the team has a partner, as the cast put it. */
const accessOf = (partner: Partner, member: string) =>
  partner.team_access === 'picked'
    ? { team_access: 'picked' as const, members: [{ member_id: member, level: 'work' as const }] }
    : { team_access: 'everyone' as const, members: [] }

async function memberOf({ world }: Cast, who: Person): Promise<string> {
  const { rows } = await world.admin.query(
    'select m.id from members m join auth.session s on s."userId" = m.person_id where s.token = $1',
    [who.session],
  )
  return rows[0].id
}

async function fillPartner(
  { world }: Cast,
  who: Person,
  partner: Partner,
  contact: Person & { contact_id: string },
  { member, colleague }: { member: string; colleague: string },
): Promise<Bag> {
  const at = { params: { partner: partner.id } }
  const deal = (customer_company: string, share: boolean) =>
    who.does(addDeal, {
      ...at,
      body: {
        kind: 'lead',
        customer_company,
        customer_contact_name: 'Jane Voss',
        customer_contact_email: 'jane@customer.example',
        customer_contact_phone: '+49 1',
        value_minor: 5_000_00,
        currency: 'EUR',
        ask: 'Call them',
        share,
        their_owner_id: contact.contact_id,
      },
    })
  const shared = await deal('Hafen Terminal', true)
  const unshared = await deal('Elbe Kliniken', false)
  const { version } = await who.does(getPartnerAccess, at)
  await who.does(editPartnerAccess, {
    ...at,
    body: { version, ...accessOf(partner, member), permissions: { ...presets.shared.rows, sends_deals: true } },
  })
  const receive = async (customer_company: string) => {
    const { ref } = await contact.does(sendDeal, {
      params: { workspace: partner.workspace },
      body: { kind: 'lead', customer_company, customer_contact_name: 'Jane Voss', ask: 'Help us with it' },
    })
    return (await who.does(getDeal, { params: { ref } })).id
  }
  const received = await receive('Elbe Kliniken')
  const registered = await receive('Spree Verlag')
  await who.does(acceptDeal, { params: { deal: registered }, body: {} })
  await who.does(addDealEntry, { params: { deal: shared.id }, body: { body: 'Between us', audience: 'team' } })
  await who.does(addDealEntry, { params: { deal: shared.id }, body: { body: 'For you', audience: 'partner' } })
  const secret = await who.does(addNote, { ...at, body: { body: 'A note of the team', audience: 'team' } })
  const note = await who.does(addNote, { ...at, body: { body: 'A note for them', audience: 'partner' } })
  const tag = await who.does(addTag, { body: { name: `Tag ${partner.slug}` } })
  const view = { screen: 'partners' as const, query: '', shared: true }
  const kept = await who.does(addSavedView, { body: { ...view, name: `View ${partner.slug}` } })
  const removed = await who.does(addSavedView, { body: { ...view, name: `Old view ${partner.slug}` } })
  await who.does(removeSavedView, { params: { view: removed.id } })
  const tag2 = await who.does(addTag, { body: { name: `Other ${partner.slug}` } })
  const bytes = Buffer.from('abc')
  const file = await sendFile(who, partner.id, { name: 'offer.txt', bytes, deal_id: shared.id, audience: 'partner' })
  await sendFile(who, partner.id, { name: 'prices.txt', bytes, audience: 'partner' })
  const unsharedfile = await sendFile(who, partner.id, { name: 'margins.txt', bytes })
  const gonefile = await sendFile(who, partner.id, { name: 'old.txt', bytes })
  await who.does(removeFile, { params: { file: gonefile.id } })
  const upload = await who.does(beginFile, { ...at, body: { name: 'begun.txt', size: 3 } })
  const sent = await who.does(beginFile, { ...at, body: { name: 'sent.txt', size: 3 } })
  await who.does(sendPiece, { params: { file: sent.id, place: '0' }, body: bytes as never })
  const field = await who.does(addCustomField, {
    body: { name: `Field ${partner.slug}`, purpose: 'To look at', kind: 'text' },
  })
  await who.does(addCustomField, {
    body: { name: `Second ${partner.slug}`, purpose: 'To look at', kind: 'text' },
  })
  await who.does(editCustomValues, {
    params: { partner: partner.id },
    body: { values: [{ field_id: field.id, value: 'Kept', was: null }] },
  })
  const twin = await who.does(addPartner, {
    body: {
      legal_name: `${partner.legal_name} Twin`,
      email: `office@${partner.slug}-twin.example`,
      ...(member && partner.team_access === 'picked'
        ? {
            access: {
              team_access: 'picked',
              members: [{ member_id: member, level: 'work' }],
              permissions: presets.shared.rows,
            },
          }
        : {}),
    },
  })
  const mute = await who.does(addMute, { body: { deal: unshared.id } })
  const [from, into] = [await who.does(addTag, { body: { name: `From ${partner.slug}` } }), tag2.id]
  const { act } = await who.does(mergeTags, { params: { tag: from.id }, body: { into } })
  const newcomer = await who.does(addContact, {
    ...at,
    body: { name: 'Nia New', email: `nia@${partner.slug}.example` },
  })
  const waiting = await who.does(addContact, {
    ...at,
    body: { name: 'Walt Waits', email: `walt@${partner.slug}.example` },
  })
  const invited = await who.does(inviteContact, {
    params: { contact: waiting.id },
    body: { message: 'Please come in and have a look.' },
  })
  const brought = await who.does(startImport, {
    query: { file_name: 'list.csv' },
    body: 'Legal name,Email\nA Ltd,a@a.example\n' as never,
  })
  const { import_version, parked } = await readSheet(world, brought.id)
  const { items } = await who.does(listContacts, at)
  const type = (await who.does(getLists, {})).types[0]?.id ?? ''
  return {
    partner: partner.id,
    mute: mute.id,
    twin: twin.id,
    act,
    slug: partner.slug,
    workspace: partner.workspace,
    contact: contact.contact_id,
    deal: shared.id,
    ref: shared.ref,
    unshared: unshared.id,
    received,
    registered,
    note: note.id,
    secret: secret.id,
    file: file.id,
    unsharedfile: unsharedfile.id,
    gonefile: gonefile.id,
    upload: upload.id,
    sent: sent.id,
    tag: tag.id,
    tag2: tag2.id,
    type,
    field: field.id,
    view: kept.id,
    removed: removed.id,
    newcomer: newcomer.id,
    invitation: invited.invitation.id ?? '',
    import: brought.id,
    '#import': import_version,
    parked,
    member,
    colleague,
    main: items[0]?.id ?? '',
  }
}

/** An import as it stands once its sheet is read, with a deal that waits for its partner. */
async function readSheet(world: Cast['world'], id: string): Promise<{ import_version: string; parked: string }> {
  await world.admin.query(
    `insert into import_rows (org_id, import_id, line, reading, state, decision, record_id, slug, name_key, row)
     select org_id, id, 2, 1, 'new', 'import', gen_random_uuid(), 'a-ltd', 'a', $2 from imports where id = $1`,
    [
      id,
      {
        line: 2,
        state: 'new',
        decision: 'import',
        partner: { legal_name: 'A Ltd', tags: [] },
        contacts: [],
        notes: [],
        problems: [],
        duplicate_of: null,
        end: 'walker',
      },
    ],
  )
  const read = await world.admin.query(
    `update imports set state = 'checked', total = 1, checked = '{"columns": [], "unknown": [], "sheets": [], "counts": {"new": 1, "will_add": 1}}' where id = $1 returning version`,
    [id],
  )
  const parked = await world.admin.query(
    `insert into parked_deals (org_id, id, import_id, member_id, line, partner_name, deal, created_at)
     select org_id, gen_random_uuid(), id, member_id, 3, 'Nobody we know', $2, created_at from imports where id = $1 returning id`,
    [id, { customer_company: 'Waiting Bank', kind: 'lead', ask: 'Call them' }],
  )
  return { import_version: String(read.rows[0].version), parked: parked.rows[0].id }
}
