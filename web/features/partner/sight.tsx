import { useQuery } from '@tanstack/react-query'
import { EyeOff, FileText, Lock, StickyNote } from 'lucide-react'
import { listDeals } from '#shared/deals.ts'
import { getPartnerSight, type Partner } from '#shared/partners.ts'
import type { Permissions } from '#shared/permissions.ts'
import { ask } from '../../query.ts'
import { calledName } from '../../shell/deal-words.ts'
import { useLists } from '../../shell/lists.tsx'
import { KeyValues } from '../../ui/card.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import {
  contactWords,
  countAfter,
  type Difference,
  dealLines,
  fileLines,
  type Line,
  type Mark,
  mayWords,
  noteLines,
} from './sight-words.ts'
import './access.css'

type Props = {
  partner: Partner
  contact?: string | undefined
  permissions: Permissions
  /** What would become different for this person; without, what is seen today. */
  difference?: Difference | undefined
}

/** What somebody there sees, read through their own views. */
export function SightOf({ partner, contact, permissions, difference }: Props) {
  const { data, isError, refetch } = useQuery(
    ask(getPartnerSight, { params: { partner: partner.id }, query: contact ? { contact } : {} }),
  )
  const { data: team } = useQuery({
    ...ask(listDeals, { query: { partner: partner.id, limit: '100' } }),
    enabled: (difference?.appears.length ?? 0) > 0,
  })
  if (isError && !data)
    return (
      <ErrorState title="Can't build the preview." safe="Don't apply changes yet." onRetry={() => void refetch()} />
    )
  if (!data) return <Skeleton kind="text" count={6} />
  const deals = dealLines(data, difference, team?.items ?? [])
  const notes = noteLines(data, difference)
  const files = fileLines(data, difference)
  const gone = [
    ...deals.flatMap((deal) => [deal.mark, deal.value_mark]),
    ...[...notes, ...files].map(({ mark }) => mark),
  ]
  return (
    <div className="partner-sight">
      {!data.contact && (
        <p className="ui-muted">
          Nobody at {calledName(partner.legal_name)} could look yet. Add a contact, then you see it through their eyes.
        </p>
      )}
      <Heading title="Deals" count={countAfter(data.deal_count, difference, 'deal')} />
      <ul>
        {deals.map((deal) => (
          <DealLine key={deal.key} deal={deal} />
        ))}
      </ul>
      <KeyValues
        items={[
          ['Customer contact', <Hideable key="c" words={contactWords(data, difference, permissions)} />],
          ['They can', mayWords(permissions)],
        ]}
      />
      <Heading title="Notes" count={countAfter(data.note_count, difference, 'note')} />
      <ul className="partner-sight-notes">
        {notes.map((note) => (
          <li key={note.key}>
            <StickyNote />
            <Marked mark={note.mark}>{note.label}</Marked>
          </li>
        ))}
      </ul>
      <Heading title="Files" count={countAfter(data.file_count, difference, 'file')} />
      <ul className="partner-sight-notes">
        {files.map((file) => (
          <li key={file.key}>
            <FileText />
            <Marked mark={file.mark}>{file.label}</Marked>
          </li>
        ))}
      </ul>
      {gone.includes('gone') && <p className="ui-cap ui-muted">Hidden after this change. Nothing is deleted.</p>}
      <p className="partner-never">
        <Lock />
        <span>
          <strong>Never visible:</strong> team-only notes and files, other partners, your tags, status and this log.
        </span>
      </p>
    </div>
  )
}

function Heading({ title, count }: { title: string; count: number }) {
  return (
    <h3>
      {title} <span className="ui-cap ui-muted">{count > 0 ? `${count} shared` : 'None'}</span>
    </h3>
  )
}

function DealLine({ deal }: { deal: Line }) {
  const { stageName } = useLists()
  return (
    <li>
      <Marked mark={deal.mark}>{deal.label}</Marked>
      <span className="ui-muted">{stageName(deal.stage)}</span>
      {deal.value === null || deal.mark === 'gone' ? (
        <span className="partner-hidden">
          <EyeOff /> hidden
        </span>
      ) : (
        <span className="ui-num">
          <Marked mark={deal.value_mark}>{deal.value}</Marked>
        </span>
      )}
    </li>
  )
}

function Hideable({ words }: { words: string }) {
  return words.startsWith('hidden') ? (
    <span className="partner-hidden">
      <EyeOff /> {words}
    </span>
  ) : (
    words
  )
}

/** Underlined: it will come. Struck: it will go. Said in words for those who cannot see either. */
function Marked({ mark, children }: { mark: Mark; children: string }) {
  if (mark === 'new')
    return (
      <ins className="ui-trunc">
        {children}
        <span className="ui-vh"> (will be shown)</span>
      </ins>
    )
  if (mark === 'gone')
    return (
      <del className="ui-trunc">
        {children}
        <span className="ui-vh"> (will be hidden)</span>
      </del>
    )
  return <span className="ui-trunc">{children}</span>
}
