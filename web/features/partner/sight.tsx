import { useQuery } from '@tanstack/react-query'
import { EyeOff, Lock, StickyNote } from 'lucide-react'
import { getPartnerSight, type Partner } from '#shared/partners.ts'
import { ask } from '../../query.ts'
import { Money } from '../../ui/money.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'

/** What somebody there sees today, read through their own views. */
export function SightOf({ partner, contact }: { partner: Partner; contact?: string | undefined }) {
  const { data, isError, refetch } = useQuery(
    ask(getPartnerSight, { params: { partner: partner.id }, query: contact ? { contact } : {} }),
  )
  if (isError)
    return (
      <ErrorState title="Can't build the preview." safe="Don't apply changes yet." onRetry={() => void refetch()} />
    )
  if (!data) return <Skeleton kind="text" />
  return (
    <div className="partner-sight">
      <h3>
        Deals{' '}
        <span className="ui-cap ui-muted">{data.deal_count === 0 ? 'None yet' : `${data.deal_count} shared`}</span>
      </h3>
      {data.deals.length > 0 && (
        <ul>
          {data.deals.slice(0, 5).map((deal) => (
            <li key={deal.id}>
              <span className="ui-trunc">{deal.customer_company}</span>
              <span className="ui-muted">{deal.stage}</span>
              {deal.value_shown ? (
                <span className="ui-num">
                  {deal.value_minor !== null && deal.currency ? (
                    <Money minor={deal.value_minor} currency={deal.currency} />
                  ) : (
                    'No value'
                  )}
                </span>
              ) : (
                <span className="partner-hidden">
                  <EyeOff /> Value hidden
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      <h3>
        Notes{' '}
        <span className="ui-cap ui-muted">{data.note_count === 0 ? 'None yet' : `${data.note_count} shared`}</span>
      </h3>
      {data.notes.length > 0 && (
        <ul className="partner-sight-notes">
          {data.notes.slice(0, 3).map((note) => (
            <li key={note.id}>
              <StickyNote />
              <span className="ui-trunc">{note.body}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="partner-never">
        <Lock />
        <span>
          <strong>Never visible:</strong> team-only notes, other partners, your tags, status and this log.
        </span>
      </p>
    </div>
  )
}
