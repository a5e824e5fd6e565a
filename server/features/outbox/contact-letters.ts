import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { contactChoice } from '#server/features/notices/chosen.ts'
import { isQuiet, nextOpen } from '#server/features/notices/hours.ts'
import { notFound } from '#server/http/errors.ts'
import type { Choice } from '#shared/notices.ts'
import { fewerLine, oneLine, someOf, unsubscribing } from './fewer.ts'
import type { Letter } from './letters.ts'

export type NoticeIn = {
  kind: string
  deal_id: string
  entry_id: string | null
  created_at: string
  choice: Choice | null
  company_zone: string
}
type Said = {
  kind: string
  body: string | null
  from_value: string | null
  to_value: string | null
  author_name: string | null
}
type Told = {
  id: string
  ref: string
  customer_company: string
  ask: string
  stage: string
  turn: string
  outcome: string | null
  answer: string
  direction: 'given' | 'received'
  our_owner_name: string
  said: Said[]
}
type Reader = { email: string; can_sign_in: boolean; company_name: string; workspace: string }

const readReader = (tx: Tx) =>
  tx.row<Reader>(sql`
    select p.email, p.can_sign_in, w.company_name, w.workspace
    from portal.workspace w, portal.people p where p.id = app.contact()`)

// Through the portal's own views, with the rights of this moment: exactly the lines that are told.
const readTold = (tx: Tx, notices: readonly NoticeIn[]) =>
  tx.rows<Told>(sql`
    with told as (
      select t.deal_id, min(t.created_at) as since, array_agg(t.entry_id) as lines
      from jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) as t (deal_id uuid, entry_id uuid, created_at timestamptz) group by t.deal_id)
    select d.id, d.ref, d.customer_company, d.ask, coalesce((select s.name from portal.stages s where s.key = d.stage), d.stage) as stage,
      d.turn, d.outcome, d.answer, d.direction, d.our_owner_name,
      (select coalesce(json_agg(json_build_object('kind', e.kind, 'body', e.body, 'from_value', e.from_value, 'to_value', e.to_value, 'author_name', e.author_name)
          order by e.created_at, e.id), '[]')
        from portal.entries e where e.deal_id = d.id and e.id = any(told.lines)) as said,
      app.record_read('mail', null, array[d.id], array['customer_company', 'ask', 'stage', 'entries']) as seen
    from told join portal.deals d on d.id = told.deal_id
    order by told.since, d.ref`)

function line({ kind, body, from_value, to_value, author_name }: Said): string[] {
  const who = author_name ?? 'Someone'
  switch (kind) {
    case 'comment':
    case 'note':
    case 'call':
    case 'email':
      return body ? [`${who}: ${body}`] : []
    case 'stage':
      return [`Stage: ${from_value} to ${to_value}`]
    case 'outcome':
      return [to_value ? `Closed as ${to_value}.` : 'Open again.']
    case 'answer':
      return [`${who} ${to_value === 'accepted' ? 'accepted it.' : 'declined it.'}${body ? ` ${body}` : ''}`]
    case 'paused':
      return [`Paused until ${to_value}.`]
    case 'resumed':
      return ['It goes on.']
    case 'owner':
      return to_value ? [`${to_value} owns it now.`] : []
    default:
      return []
  }
}

const where = (it: Told, { can_sign_in, workspace }: Reader, url: string): string[] =>
  can_sign_in
    ? [it.turn === 'them' ? 'Answer here:' : 'See it here:', `${url}/p/${workspace}/deals/${it.ref}`]
    : [`Answer ${it.our_owner_name} by email.`]

function subjectOf(it: Told, kinds: ReadonlySet<string>, { company_name }: Reader): string {
  const what = it.customer_company
  if (kinds.has('asked') && it.turn === 'them') return `${it.our_owner_name} needs your answer: ${what}`
  if (kinds.has('answered')) return `${company_name} ${it.answer === 'accepted' ? 'accepted' : 'answered'}: ${what}`
  if (kinds.has('closed') && it.outcome) return `Closed as ${it.outcome}: ${what}`
  return `News on ${what}`
}

// What was wanted from the beginning is said where no line says what is wanted now.
const block = (it: Told): string[] => {
  const said = it.said.flatMap(line)
  if (it.turn !== 'them' || it.direction !== 'given' || it.said.some(({ kind, body }) => kind === 'comment' && body))
    return said
  return [...said, ...(said.length ? [''] : []), `What ${it.our_owner_name} wants from you:`, it.ask]
}

// Tried again while they rest, it waits as well.
function heldUntil(now: Date, [it]: readonly NoticeIn[]): Date | null {
  if (!it) return null
  const { hours } = contactChoice(it.choice, it.company_zone)
  return isQuiet(now, hours) ? nextOpen(now, hours) : null
}

/** One deal, told to whoever is told at the partner. Errors: 404 when it is no longer theirs to see. */
export async function contactLetter(tx: Tx, notices: readonly NoticeIn[], url: string, link: string): Promise<Letter> {
  const [reader, [it]] = await Promise.all([readReader(tx), readTold(tx, notices)])
  if (!reader?.email || !it || notices[0]?.choice === 'none') throw notFound()
  return {
    to: reader.email,
    hold: heldUntil(tx.now(), notices),
    about: 'asked',
    subject: oneLine(subjectOf(it, new Set(notices.map(({ kind }) => kind)), reader)),
    text: [
      `${it.customer_company}, with ${reader.company_name}`,
      '',
      ...block(it),
      '',
      ...where(it, reader, url),
      ...fewerLine(link),
    ].join('\n'),
  }
}

/** The week on the deals they see. Errors: 404 when none of them is theirs to see any more, or they want none. */
export async function contactDigest(tx: Tx, notices: readonly NoticeIn[], url: string, link: string): Promise<Letter> {
  const [reader, deals] = await Promise.all([readReader(tx), readTold(tx, notices)])
  const choice = notices[0]?.choice ?? 'asked'
  if (!reader?.email || !deals.length || choice === 'none' || choice === 'only_asked') throw notFound()
  return {
    to: reader.email,
    hold: heldUntil(tx.now(), notices),
    about: 'digest',
    subject: oneLine(`Your week with ${reader.company_name}: ${someOf(deals.map((it) => it.customer_company))}`),
    headers: unsubscribing(link),
    text: [
      ...deals.flatMap((it) => [
        `${it.customer_company}: ${it.outcome ? `closed as ${it.outcome}` : it.stage}${it.turn === 'them' ? ', waiting for you' : ''}`,
        ...block(it).map((words) => (words ? `  ${words}` : '')),
        ...where(it, reader, url),
        '',
      ]),
    ]
      .slice(0, -1)
      .concat(fewerLine(link))
      .join('\n'),
  }
}
