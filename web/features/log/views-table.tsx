import { useInfiniteQuery } from '@tanstack/react-query'
import { listViews } from '#shared/log.ts'
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
import { seenWords } from './seen-words.ts'

/** Who saw what, newest first. */
export function ViewsTable({ filters }: { filters: LogFilters }) {
  const { data, isError, refetch, fetchNextPage, hasNextPage } = useInfiniteQuery({
    queryKey: ['list_views', filters],
    queryFn: ({ pageParam, signal }) => call(listViews, { query: { ...filters, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
  if (isError)
    return <ErrorState title="We couldn't load the views." safe="Nothing was lost." onRetry={() => void refetch()} />
  if (!data) return <Skeleton kind="rows" />
  const rows = data.pages.flatMap((page) => page.items)
  if (rows.length === 0)
    return (
      <EmptyState>
        Nobody saw anything here yet, or it is not yours to see. Views are for admins, and for owners about their
        partners.
      </EmptyState>
    )
  return (
    <>
      <Table caption="Views" phone="rows" className="log-table">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">Saw</th>
            <th scope="col">How</th>
            <th scope="col" className="ui-end">
              <span className="ui-vh">Record</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <Time value={row.at} />
              </td>
              <td>
                <span className="ui-row">
                  <Avatar name={row.who} size={20} outside={row.outside} />
                  <span className="ui-trunc">
                    {row.who}
                    {row.outside && row.partner_name && <span className="ui-muted"> {row.partner_name}</span>}
                  </span>
                </span>
              </td>
              <th scope="row" className="log-say">
                {didWhat(row)}
                {row.fields.length > 0 && <span className="ui-cap ui-muted log-seen">{seenWords(row.fields)}</span>}
              </th>
              <td>{channelName(row.channel)}</td>
              <td className="ui-end">{row.link && <Link href={row.link}>Open</Link>}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>Show more</Button>}
    </>
  )
}
