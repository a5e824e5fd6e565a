import { useInfiniteQuery } from '@tanstack/react-query'
import { listImports } from '#shared/imports.ts'
import { call } from '../../api.ts'
import { useAddress } from '../../shell/use-address.ts'
import { useUndo } from '../../shell/use-undo.ts'
import { Button, TextButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { dealCount, partnerCount, stateWords, thingCount } from './import-words.ts'

type One = {
  kind: 'partners' | 'deals'
  state: keyof typeof stateWords
  total: number
  done: number
  result: { added: number; updated: number; parked: number; problem: string | null } | null
}
const tones = {
  reading: 'info',
  checked: 'warn',
  running: 'info',
  done: 'ok',
  failed: 'danger',
  cancelled: 'neutral',
  undone: 'neutral',
} as const

/** Imports of before: where they stand, and a way back into each. */
export function RecentImports() {
  const { data, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [listImports.id],
    queryFn: ({ pageParam, signal }) =>
      call(listImports, { query: { limit: '10', ...(pageParam ? { cursor: pageParam } : {}) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  const [, change] = useAddress()
  const undo = useUndo()
  const items = data?.pages.flatMap((page) => page.items) ?? []
  if (isError) return <ErrorState title="We couldn't load your earlier imports." onRetry={() => void refetch()} />
  if (items.length === 0) return null
  return (
    <Card level={2} title="Your imports" flush>
      <Table caption="Your imports" className="import-rows import-recent">
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">State</th>
            <th scope="col">What it did</th>
            <th scope="col" className="import-when">
              When
            </th>
            <th scope="col" className="import-act">
              <span className="ui-vh">Undo</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((it) => (
            <tr key={it.id}>
              <th scope="row">
                <TextButton
                  onClick={() =>
                    change({ import: it.id, step: it.state === 'checked' ? 'check' : undefined }, { push: true })
                  }
                >
                  {it.file_name}
                </TextButton>
              </th>
              <td>
                <Chip tone={tones[it.state]}>{stateWords[it.state]}</Chip>
              </td>
              <td className="ui-muted">{whatItDid(it)}</td>
              <td className="import-when ui-muted">
                <Time value={it.created_at} quiet />
              </td>
              <td className="import-act">
                {it.act?.can.undo && (
                  <Button
                    size="small"
                    aria-label={`Undo the import of ${it.file_name}`}
                    onClick={() => void undo(it.act?.id ?? '')}
                  >
                    Undo
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {hasNextPage && (
        <div className="import-more">
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  )
}

function whatItDid({ kind, state, total, done, result }: One): string {
  if (state === 'running') return `${done.toLocaleString('en-GB')} of ${thingCount(kind, total)}`
  if (state === 'failed') return result?.problem ?? ''
  if (state === 'checked' || !result) return ''
  const parts = [
    result.added > 0 && `${thingCount(kind, result.added)} added`,
    result.updated > 0 && `${partnerCount(result.updated)} updated`,
    result.parked > 0 && `${dealCount(result.parked)} waiting`,
  ]
  return parts.filter(Boolean).join(', ')
}
