import { useInfiniteQuery } from '@tanstack/react-query'
import { type Change, listChanges } from '#shared/log.ts'
import { call } from '../../api.ts'
import { didWhat } from '../../shell/change-words.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Link } from '../../ui/link.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { channelName } from './channels.ts'
import type { LogFilters } from './log-filters.ts'

/** What was changed, newest first; each line opens to before and after. */
export function ChangesTable({ filters }: { filters: LogFilters }) {
  const { data, isError, refetch, fetchNextPage, hasNextPage } = useInfiniteQuery({
    queryKey: ['list_changes', filters],
    queryFn: ({ pageParam, signal }) => call(listChanges, { query: { ...filters, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
  if (isError)
    return <ErrorState title="We couldn't load the log." safe="Nothing was lost." onRetry={() => void refetch()} />
  if (!data) return <Skeleton kind="rows" />
  const rows = data.pages.flatMap((page) => page.items)
  if (rows.length === 0)
    return (
      <EmptyState>
        Nothing in this period, or nothing you may see. The whole log is for admins, a partner's log for its owner.
      </EmptyState>
    )
  return (
    <>
      <Table caption="Changes" phone="rows" className="log-table">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">What</th>
            <th scope="col">How</th>
            <th scope="col" className="ui-end">
              <span className="ui-vh">Record</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} change={row} />
          ))}
        </tbody>
      </Table>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>Show more</Button>}
    </>
  )
}

function Row({ change }: { change: Change }) {
  return (
    <tr>
      <td>
        <Time value={change.at} />
      </td>
      <td>
        <span className="ui-row">
          <Avatar name={change.who} size={20} outside={change.outside} />
          <span className="ui-trunc">{change.who}</span>
        </span>
      </td>
      <th scope="row" className="log-say">
        {change.changes.length > 0 ? (
          <details>
            <summary>{didWhat(change)}</summary>
            <BeforeAfter change={change} />
          </details>
        ) : (
          didWhat(change)
        )}
      </th>
      <td>{channelName(change.channel)}</td>
      <td className="ui-end">{change.link && <Link href={change.link}>Open</Link>}</td>
    </tr>
  )
}

export function BeforeAfter({ change }: { change: Change }) {
  return (
    <dl className="log-change">
      {change.changes.map(({ field, before, after }) => (
        <div key={field} className="log-pair">
          <dt>{field}</dt>
          <dd>
            {before !== null && (
              <>
                <del>{before}</del>
                {' → '}
              </>
            )}
            {after ?? 'empty'}
          </dd>
        </div>
      ))}
    </dl>
  )
}
