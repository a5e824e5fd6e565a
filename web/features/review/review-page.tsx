import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Answer } from '#shared/endpoint.ts'
import { listReview, markReviewed, undoReviewed } from '#shared/inbox.ts'
import { ApiProblem, call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useGo } from '../../shell/go.ts'
import { useSession } from '../../shell/session.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Link } from '../../ui/link.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useRowKeys } from '../../ui/use-row-keys.ts'
import { useTitle } from '../../ui/use-title.ts'
import './review.css'

type Row = Answer<typeof listReview>['items'][number]

/** /review: the partners that need a look this month, each with its reasons. It ends. */
export function ReviewPage() {
  useTitle('Review')
  const { data, isError, refetch } = useQuery(ask(listReview, {}))
  return (
    <>
      <PageHeader title="Review" {...(data ? { count: `${data.total} of ${data.of}` } : {})} />
      <div className="ui-page">
        {isError && (
          <ErrorState title="We couldn't load the review." safe="Nothing was lost." onRetry={() => void refetch()} />
        )}
        {!data && !isError && <Skeleton kind="rows" />}
        {data?.items.length === 0 && (
          <EmptyState link={{ href: paths.help('review'), label: 'What puts a partner here' }}>
            Nothing to review this month.
          </EmptyState>
        )}
        {data && data.items.length > 0 && (
          <>
            <p className="ui-muted review-lead">
              {data.total} of {data.of} partners need a look. About {data.minutes}{' '}
              {data.minutes === 1 ? 'minute' : 'minutes'}.
            </p>
            <ReviewTable rows={data.items} />
          </>
        )}
      </div>
    </>
  )
}

function ReviewTable({ rows }: { rows: Row[] }) {
  const body = useRef<HTMLTableSectionElement>(null)
  const go = useGo()
  const { canWrite } = useSession()
  useRowKeys(body, { onOpen: (at) => rows[at] && go(paths.partner(rows[at].partner.slug)) })
  return (
    <Table caption="Partners to look at" phone="rows">
      <thead>
        <tr>
          <th scope="col">Partner</th>
          <th scope="col">Why</th>
          <th scope="col">Status</th>
          <th scope="col">Last activity</th>
          {canWrite && (
            <th scope="col">
              <span className="ui-vh">Decide</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row) => (
          <tr key={row.partner.id} data-row>
            <th scope="row">
              <span className="ui-row">
                <Avatar name={row.partner.legal_name} kind="company" />
                <Link href={paths.partner(row.partner.slug)}>{row.partner.legal_name}</Link>
              </span>
            </th>
            <td className="review-why">{row.reasons.join(' ')}</td>
            <td>
              <StatusDot status={row.partner.status} />
            </td>
            <td>
              <Time value={row.partner.last_activity_at} />
            </td>
            {canWrite && (
              <td className="ui-end">
                <LooksGood partner={row.partner} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function LooksGood({ partner }: { partner: Row['partner'] }) {
  const queries = useQueryClient()
  const toast = useToast()
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['list_review'] }),
      queries.invalidateQueries({ queryKey: ['get_home'] }),
    ])
  const given = { params: { partner: partner.id } }
  const decide = async () => {
    try {
      await call(markReviewed, given)
      await refresh()
      toast.show({
        text: `${partner.legal_name} looks good until next month`,
        undo: () => void call(undoReviewed, given).then(refresh),
      })
    } catch (error) {
      toast.show({
        tone: 'danger',
        text: error instanceof ApiProblem ? error.problem.detail : 'That was not saved. Try again.',
      })
    }
  }
  return (
    <Button size="small" onClick={() => void decide()}>
      Looks good
    </Button>
  )
}
