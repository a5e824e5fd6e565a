import type pg from 'pg'
import { checkChoosing, checkForgedChoices } from './choosing.ts'
import { checkNames } from './contact-names.ts'
import { idOf, now, ours } from './ids.ts'
import {
  type Contact,
  clock,
  contactChangesDeal,
  contactComments,
  contactNamed,
  contactRewrites,
  contactSeesDeal,
  contactSeesEntry,
  contactSeesFields,
  contactSeesFile,
  eyesOf,
  type Tables,
} from './oracle.ts'
import { checkForgedDeals, checkSending } from './sending.ts'
import { attempt, difference, type Look, looksAt, type Standing, standingAs } from './standing.ts'

const partners = ['open', 'masked', 'nodeals', 'nonotes', 'noupdate', 'archived', 'closed', 'picked']
// A contact of one partner who stands in another's workspace is nobody there.
const misplaced = {
  name: 'all of open, in the workspace of masked',
  partner: 'masked',
  who: { id: idOf('all_open'), partner_id: idOf('p_masked') },
}
const contacts = [
  ...partners.flatMap((partner) =>
    ['all', 'own', 'left', 'removed'].map((word) => ({
      name: `${word} of ${partner}`,
      partner,
      who: contactNamed(word, partner),
    })),
  ),
  misplaced,
]
const standing = (role: string, who: Contact, channel = 'portal'): Standing => ({
  role,
  contact: who.id,
  partner: who.partner_id,
  channel,
})
const rows = (tables: Tables, table: string) => tables[table] ?? []
const keys: Record<string, string> = {
  contact_choices: 'contact_id',
  mail_choice: 'contact_id',
  organizations: 'org_id',
  file_chunks: 'file_id',
  stages: 'key',
}
const inside = (tables: Tables, who: Contact) => eyesOf(tables, who).inside
const ids = (list: Record<string, unknown>[]) => list.map((row) => row.id)

/** Which members' names a contact may learn. */
export function knownMembers(tables: Tables, who: Contact): unknown[] {
  const { partner, inside } = eyesOf(tables, who)
  const known = new Set<unknown>()
  if (!inside || !partner) return []
  known.add(partner.owner_id)
  for (const deal of rows(tables, 'deals'))
    if (deal.partner_id === partner.id && contactSeesDeal(tables, who, deal)) known.add(deal.our_owner_id)
  for (const entry of rows(tables, 'entries'))
    if (entry.member_id && contactSeesEntry(tables, who, entry)) known.add(entry.member_id)
  for (const file of rows(tables, 'files'))
    if (file.member_id && contactSeesFile(tables, who, file)) known.add(file.member_id)
  for (const one of rows(tables, 'invitations'))
    if (one.contact_id === who.id && Date.parse(String(one.effective_at)) <= Date.parse(clock.now))
      known.add(one.sent_by)
  return [...known].filter((one) => one !== null)
}

/** The stages that a deal can be moved to, and those that a deal they see stands in. */
const stagesOf = (tables: Tables, who: Contact) =>
  rows(tables, 'deal_stages').filter(
    ({ key, archived_at }) =>
      !archived_at ||
      rows(tables, 'deals').some((deal) => contactSeesDeal(tables, who, deal) && (deal.stage ?? 'New') === key),
  )

function wanted(tables: Tables, who: Contact): Record<string, unknown[]> {
  const { partner, inside } = eyesOf(tables, who)
  const mine = (row: Record<string, unknown>) => inside && row.partner_id === partner?.id
  const files = ids(rows(tables, 'files').filter((row) => contactSeesFile(tables, who, row)))
  return {
    organizations: inside ? [ours] : [],
    partners: inside ? [partner?.id] : [],
    contacts: ids(rows(tables, 'contacts').filter(mine)),
    contact_roles: ids(
      rows(tables, 'contact_roles').filter(({ key }) =>
        rows(tables, 'contacts').some((row) => mine(row) && row.role === key),
      ),
    ),
    deal_stages: inside ? ids(stagesOf(tables, who)) : [],
    members: knownMembers(tables, who),
    invitations: ids(
      rows(tables, 'invitations').filter(
        (row) => inside && row.contact_id === who.id && String(row.effective_at) <= now,
      ),
    ),
    deals: ids(rows(tables, 'deals').filter((row) => contactSeesDeal(tables, who, row))),
    entries: ids(rows(tables, 'entries').filter((row) => contactSeesEntry(tables, who, row))),
    contact_choices: inside ? [who.id] : [],
    shares: ids(rows(tables, 'shares').filter((row) => mine(row) && !row.stopped_at)),
    files,
    // Each of them has one piece.
    file_chunks: files,
  }
}

/** The first wall alone: the policies, read as the owner of the views. Exactly the oracle's rows of every table. */
export async function checkContactPolicies(client: pg.Client, tables: Tables, look: Look = {}): Promise<string[]> {
  const problems: string[] = []
  const enough = () => look.first === true && problems.length > 0
  for (const { name, partner, who } of contacts) {
    await standingAs(client, standing('partnered_views', who), async () => {
      for (const [table, want] of Object.entries(wanted(tables, who))) {
        if (!looksAt(look, table)) continue
        const { rows: found, refused } = await attempt(client, `select ${keys[table] ?? 'id'} as id from ${table}`)
        problems.push(...difference(`policies: ${name} reads ${table} ${refused ?? ''}`, ids(found), want))
      }
      if (looksAt(look, 'contact_choices'))
        problems.push(...(await checkChoosing(client, tables, { name, who }, 'contact_choices')))
      if (enough() || !looksAt(look, 'deals', 'entries')) return
      const blind = await attempt(client, "update deals set stage = 'Working'")
      const may = rows(tables, 'deals').filter((row) => contactChangesDeal(tables, who, row)).length
      if (blind.count !== may)
        problems.push(`policies: ${name} changes ${blind.count} deals, wanted ${may} ${blind.refused ?? ''}`)
      const changed = await attempt(client, 'update deals set stage = stage returning id')
      problems.push(
        ...difference(
          `policies: ${name} changes deals`,
          ids(changed.rows),
          ids(rows(tables, 'deals').filter((row) => contactChangesDeal(tables, who, row))),
        ),
      )
      problems.push(...(await checkSending(client, tables, { name, partner, who }, 'deals')))
      problems.push(...(await checkComments(client, tables, name, partner, who, 'entries')))
      problems.push(...(await checkRewriting(client, tables, name, who, 'entries')))
    })
    if (enough()) return problems
  }
  if (looksAt(look, 'entries')) problems.push(...(await checkForgedComments(client, tables)))
  if (looksAt(look, 'contact_choices'))
    problems.push(...(await checkForgedChoices(client, contacts, (who) => standing('partnered_views', who))))
  if (looksAt(look, 'deals'))
    problems.push(
      ...(await checkForgedDeals(
        client,
        tables,
        contacts.filter(({ partner }) => partner === 'open' || partner === 'nonotes'),
        (who) => standing('partnered_views', who),
      )),
    )
  return problems
}

/** With the other wall taken away: the views alone. Exactly the oracle's rows, exactly the fields that are not masked. */
export async function checkContactViews(
  client: pg.Client,
  tables: Tables,
  { writes, ...look }: { writes: boolean } & Look,
): Promise<string[]> {
  const problems: string[] = []
  const enough = () => look.first === true && problems.length > 0
  for (const { name, partner, who } of contacts) {
    for (const channel of ['portal', 'link']) {
      await standingAs(client, standing('partnered_contact', who, channel), async () => {
        if (channel === 'link') {
          if (looksAt(look, 'deals')) problems.push(...(await checkMasks(client, tables, name, who, channel)))
          return
        }
        const want = wanted(tables, who)
        const views: Record<string, unknown[]> = {
          workspace: want.partners ?? [],
          invitation: want.invitations ?? [],
          deals: want.deals ?? [],
          newest_deals: want.deals ?? [],
          entries: want.entries ?? [],
          mail_choice: want.contact_choices ?? [],
          newest_entries: want.entries ?? [],
          files: want.files ?? [],
          file_chunks: want.files ?? [],
          stages: inside(tables, who) ? stagesOf(tables, who).map(({ key }) => key) : [],
          people: ids(
            rows(tables, 'contacts').filter(
              (row) => want.contacts?.includes(row.id) && !row.left_at && !row.access_removed_at,
            ),
          ),
        }
        for (const [view, list] of Object.entries(views)) {
          if (!looksAt(look, view)) continue
          const { rows: found, refused } = await attempt(
            client,
            `select ${keys[view] ?? 'id'} as id from portal.${view}`,
          )
          problems.push(...difference(`views: ${name} reads ${view} ${refused ?? ''}`, ids(found), list))
        }
        if (enough()) return
        problems.push(...(await checkNames(client, tables, name, who)))
        problems.push(...(await checkMasks(client, tables, name, who, channel)))
        if (looksAt(look, 'deals'))
          problems.push(...(await checkSending(client, tables, { name, partner, who }, 'portal')))
        if (writes) {
          if (looksAt(look, 'contact_choices'))
            problems.push(...(await checkChoosing(client, tables, { name, who }, 'portal.mail_choice')))
          const changed = await attempt(client, 'update portal.deals set stage = stage returning id')
          problems.push(
            ...difference(
              `${name} changes portal.deals ${changed.refused ?? ''}`,
              ids(changed.rows),
              ids(rows(tables, 'deals').filter((row) => contactChangesDeal(tables, who, row))),
            ),
          )
          problems.push(...(await checkComments(client, tables, name, partner, who, 'portal.entries')))
          problems.push(...(await checkRewriting(client, tables, name, who, 'portal.entries')))
        }
      })
      if (enough()) return problems
    }
  }
  return problems
}

async function checkMasks(
  client: pg.Client,
  tables: Tables,
  name: string,
  who: Contact,
  channel: string,
): Promise<string[]> {
  const { rows: found, refused } = await attempt(
    client,
    `select id, value_minor is not null and currency is not null as value, value_minor is not null or currency is not null as some_value, value_shown,
      customer_contact_name is not null and customer_contact_email is not null and customer_contact_phone is not null as customer,
      customer_contact_name is not null or customer_contact_email is not null or customer_contact_phone is not null as some_customer, customer_contact_shown from portal.deals`,
  )
  if (refused) return [`${name} through ${channel} cannot read deals: ${refused}`]
  return found.flatMap((row) => {
    const deal = rows(tables, 'deals').find((one) => one.id === row.id)
    if (!deal) return []
    const may = contactSeesFields(tables, who, deal, channel)
    const shown =
      [row.value, row.some_value, row.value_shown].every((one) => one === may.value) &&
      [row.customer, row.some_customer, row.customer_contact_shown].every((one) => one === may.customer)
    return shown ? [] : [`${name} through ${channel} sees other fields of ${deal.ref} than they may`]
  })
}

/** Exactly one's own comments are said better and taken back: read first, and blindly. */
async function checkRewriting(
  client: pg.Client,
  tables: Tables,
  name: string,
  who: Contact,
  of: string,
): Promise<string[]> {
  const may = rows(tables, 'entries').filter((entry) => contactRewrites(tables, who, entry))
  const changed = await attempt(client, `update ${of} set body = body || '.' returning id`)
  const problems = difference(`${name} edits ${of} ${changed.refused ?? ''}`, ids(changed.rows), ids(may))
  for (const set of ["body = 'x'", 'removed_at = app.now()']) {
    const { count, refused } = await attempt(client, `update ${of} set ${set}`)
    if (count !== may.length)
      problems.push(`${name} sets ${set} on ${count} of ${of}, wanted ${may.length} ${refused ?? ''}`)
  }
  return problems
}

async function checkComments(
  client: pg.Client,
  tables: Tables,
  name: string,
  partner: string,
  who: Contact,
  into: string,
): Promise<string[]> {
  const problems: string[] = []
  for (const [deal, where] of [
    ['dshared', partner],
    ['dtheirs', partner],
    ['dstopped', partner],
    ['dheld', partner],
    ['dnever', partner],
    ['dsent', partner],
    ['dshared', partner === 'open' ? 'masked' : 'open'],
  ] as const) {
    const row = rows(tables, 'deals').find((one) => one.id === idOf(`${deal}_${where}`))
    const may = row !== undefined && contactComments(tables, who, row)
    const { refused } = await attempt(client, `insert into ${into} (id, deal_id, body) values ($1, $2, 'a comment')`, [
      idOf('new_comment'),
      row?.id,
    ])
    if ((refused === null) !== may)
      problems.push(
        `${name} comments on ${deal} of ${where} in ${into}: ${refused ?? 'done'}, wanted ${may ? 'done' : 'refused'}`,
      )
  }
  return problems
}

/** The rule of adding by itself: with every column open and no trigger to fill them in, only one's own comment to both sides goes in. */
async function checkForgedComments(client: pg.Client, tables: Tables): Promise<string[]> {
  const problems: string[] = []
  await client.query(
    "savepoint forging; grant insert on entries to partnered_views; set local session_replication_role = 'replica'",
  )
  for (const { name, partner, who } of contacts.filter(({ partner: at }) => at === 'open' || at === 'masked')) {
    const deal = rows(tables, 'deals').find((row) => row.id === idOf(`dshared_${partner}`))
    const honest = {
      partner_id: who.partner_id,
      deal_id: deal?.id,
      kind: 'comment',
      audience: 'partner',
      member_id: null as string | null,
      contact_id: who.id,
    }
    const forged = [
      {},
      { kind: 'note' },
      { audience: 'team' },
      { member_id: idOf('m_owner') },
      { contact_id: idOf(`own_${partner === 'open' ? 'masked' : 'open'}`) },
      { partner_id: idOf('p_nonotes') },
      { deal_id: idOf(`dnever_${partner}`) },
    ]
    await standingAs(client, standing('partnered_views', who), async () => {
      for (const [at, lie] of forged.entries()) {
        const it = { ...honest, ...lie }
        const { refused } = await attempt(
          client,
          'insert into entries (org_id, id, partner_id, deal_id, kind, audience, member_id, contact_id, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)',
          [
            ours,
            idOf('new_comment'),
            it.partner_id,
            it.deal_id,
            it.kind,
            it.audience,
            it.member_id,
            it.contact_id,
            now,
          ],
        )
        const may = at === 0 && deal !== undefined && contactSeesDeal(tables, who, deal)
        if ((refused === null) !== may)
          problems.push(`${name} adds a comment with ${JSON.stringify(lie)}: ${refused ?? 'done'}`)
      }
    })
  }
  await client.query('rollback to savepoint forging')
  return problems
}
