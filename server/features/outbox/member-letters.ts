import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { inboxSentence } from '#server/features/inbox/sentences.ts'
import { memberChoice } from '#server/features/notices/chosen.ts'
import { isQuiet, nextOpen } from '#server/features/notices/hours.ts'
import { notFound } from '#server/http/errors.ts'
import { classOf, type NoticeSettings } from '#shared/notices.ts'
import { fewerLine, oneLine, someOf, unsubscribing } from './fewer.ts'
import type { Letter } from './letters.ts'

type Happened = {
  kind: string
  who: string
  to_value: string | null
  excerpt: string | null
  partner_id: string
  deal_id: string | null
  legal_name: string
  slug: string
  ref: string | null
  customer_company: string | null
}
type Reader = {
  email: string
  time_zone: string
  settings: NoticeSettings | null
  muted: string[]
  role: string
  company: string
}
export type DueNotice = { id: string; kind: string; more: number | null }

const readReader = (tx: Tx) =>
  tx.row<Reader>(sql`
    select m.email, m.role, o.time_zone, o.name as company,
      (select to_jsonb(s) - '{org_id, member_id, updated_at}'::text[] from notice_settings s where s.member_id = m.id) as settings,
      (select coalesce(json_agg(coalesce(u.deal_id, u.partner_id)), '[]') from mutes u where u.member_id = m.id) as muted
    from members m join organizations o on o.org_id = m.org_id where m.id = app.member()`)

// What they read in the app meanwhile, and what of a partner that is hidden from them now, is not there any more.
const readHappened = (tx: Tx, mail: string) =>
  tx.rows<Happened>(sql`
    select n.kind, coalesce(c.name, m.name, b.name, 'Someone no longer here') as who, e.to_value,
      case when e.removed_at is null then left(e.body, 280) end as excerpt,
      n.partner_id, n.deal_id, p.legal_name, p.slug, d.ref, d.customer_company
    from notifications n
    join partners p on p.org_id = n.org_id and p.id = n.partner_id
    left join deals d on d.org_id = n.org_id and d.id = n.deal_id
    left join contacts c on c.org_id = n.org_id and c.id = n.contact_id
    left join entries e on e.org_id = n.org_id and e.id = n.entry_id
    left join members m on m.org_id = e.org_id and m.id = e.member_id
    left join members b on b.org_id = n.org_id and b.id = n.by_id
    where n.mail_id = ${mail}::uuid and n.read_at is null
    order by n.created_at, n.id`)

const nameOf = (it: Happened): string => it.customer_company ?? it.legal_name
const most_things = 40

function block(happened: readonly Happened[], url: string): string[] {
  const [one] = happened
  if (!one) return []
  return [
    one.customer_company ? `${one.customer_company}, ${one.legal_name}` : one.legal_name,
    `${inboxSentence(happened)}.`,
    ...happened.flatMap(({ excerpt }) => (excerpt ? [`  ${excerpt.replaceAll('\n', '\n  ')}`] : [])),
    one.ref ? `${url}/deals/${one.ref}` : `${url}/partners/${one.slug}`,
    '',
  ]
}

const words = (more: number): string =>
  more === 0
    ? 'This was the last mail of its kind today. What comes next is in your digest.'
    : `This was the last mail of its kind today. ${more} more ${more === 1 ? 'is' : 'are'} in your digest.`

/** What reached a member, as they may read it now. Errors: 404 when nothing of it is left to tell. */
export async function memberLetter(tx: Tx, { id, kind, more }: DueNotice, url: string, link: string): Promise<Letter> {
  const [reader, all] = await Promise.all([readReader(tx), readHappened(tx, id)])
  if (!reader) throw notFound()
  const chosen = memberChoice(reader.settings, reader.time_zone, reader.muted)
  const urgent = ({ kind }: Happened) => chosen.urgent.includes(classOf(kind))
  const told = all.filter(
    (it) =>
      chosen.ways[classOf(it.kind)] !== 'off' &&
      (urgent(it) || !(chosen.muted.includes(it.partner_id) || chosen.muted.includes(it.deal_id ?? ''))),
  )
  if (!told.length) throw notFound()
  const things = [...Map.groupBy(told, (it) => it.deal_id ?? it.partner_id).values()]
  await tx.run(sql`
    select app.record_read('mail', r.partner_id, array[coalesce(r.deal_id, r.partner_id)], array['notice'])
    from jsonb_to_recordset(${JSON.stringify(things.map(([it]) => it))}::jsonb) as r (partner_id uuid, deal_id uuid)`)
  const hold = !told.some(urgent) && isQuiet(tx.now(), chosen.hours) ? nextOpen(tx.now(), chosen.hours) : null
  const blocks = things.slice(0, most_things).flatMap((it) => block(it, url))
  const rest = things.length - most_things
  const first = things[0] ?? []
  const name = first[0] ? nameOf(first[0]) : ''
  const digest = kind === 'digest'
  return {
    to: reader.email,
    hold,
    about: digest ? 'digest' : classOf(first[0]?.kind ?? ''),
    subject: digest
      ? oneLine(`Your digest: ${someOf(things.flatMap(([it]) => (it ? [nameOf(it)] : [])))}`)
      : oneLine(`${inboxSentence(first)}: ${name}`),
    text: [
      ...blocks,
      ...(rest > 0 ? [`And ${rest} more in your inbox: ${url}/inbox`, ''] : []),
      ...(more === null ? [] : [words(more), '']),
    ]
      .slice(0, -1)
      .concat(fewerLine(link))
      .join('\n'),
    ...(digest ? { headers: unsubscribing(link) } : {}),
  }
}

const roles: Record<string, string> = { admin: 'an admin', member: 'a member', read_only: 'a read-only member' }

/** Their role is another one: said at once, whatever they chose. */
export async function roleLetter(tx: Tx, url: string, link: string): Promise<Letter> {
  const reader = await readReader(tx)
  if (!reader) throw notFound()
  const role = roles[reader.role] ?? reader.role
  return {
    to: reader.email,
    about: 'access',
    subject: oneLine(`You are now ${role} at ${reader.company}`),
    text: [
      `An admin changed your role at ${reader.company}: you are now ${role}.`,
      'If this is not right, ask an admin.',
      url,
      ...fewerLine(link),
    ].join('\n'),
  }
}
