import { useInfiniteQuery } from '@tanstack/react-query'
import { type Act, listActs } from '#shared/acts.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { listNames } from '../../shell/deal-words.ts'
import { useSession } from '../../shell/session.tsx'
import { UndoButton } from '../../shell/undo-button.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Link } from '../../ui/link.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { keptByPartner, standing } from './act-words.ts'

/** What was done to many records at once, newest first, each with its Undo; and what an undo left as it was. */
export function ActsTable({ person }: { person: string | undefined }) {
  const { canWrite } = useSession()
  const { data, isError, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [listActs.id, person ?? ''],
    queryFn: ({ pageParam, signal }) =>
      call(
        listActs,
        { query: { ...(person ? { person } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  if (isError && !data)
    return (
      <ErrorState
        title="We couldn't load what can be undone."
        safe="Nothing was lost."
        onRetry={() => void refetch()}
      />
    )
  if (!data) return <Skeleton kind="rows" />
  const rows = data.pages.flatMap((page) => page.items)
  if (rows.length === 0)
    return (
      <EmptyState link={{ href: paths.help('access'), label: 'What can be undone' }}>
        {person
          ? 'This person did nothing to many records at once.'
          : canWrite
            ? 'Nothing to undo. What you change for many partners at once, a merge and an import stand here.'
            : 'Nothing to undo: you look at partners and change nothing.'}
      </EmptyState>
    )
  return (
    <>
      <Table caption="Done to many at once" phone="rows" className="log-table log-acts">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">What</th>
            <th scope="col">Can it be undone</th>
            <th scope="col" className="ui-end">
              <span className="ui-vh">Undo</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((act) => (
            <Row key={act.id} act={act} />
          ))}
        </tbody>
      </Table>
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  )
}

function Row({ act }: { act: Act }) {
  return (
    <tr>
      <td>
        <Time value={act.created_at} quiet />
      </td>
      <td>
        <span className="ui-row">
          <Avatar name={act.by} size={20} />
          <span className="ui-trunc">{act.by}</span>
        </span>
      </td>
      <th scope="row" className="log-say">
        {act.says}
        <Stayed act={act} />
      </th>
      <td className="log-until">{standing(act)}</td>
      <td className="ui-end">{act.can.undo && <UndoButton act={act.id} says={act.says} />}</td>
    </tr>
  )
}

function Stayed({ act }: { act: Act }) {
  const kept = keptByPartner(act.kept)
  if (kept.length === 0) return null
  return (
    <div className="log-stayed ui-muted">
      Changed since, and so left as it is:
      <ul>
        {kept.map(({ slug, name, what }) => (
          <li key={slug}>
            {slug && (
              <>
                <Link href={paths.partner(slug, 'activity')}>{name}</Link>:{' '}
              </>
            )}
            {listNames(what)}
          </li>
        ))}
      </ul>
    </div>
  )
}
