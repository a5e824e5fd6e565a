import type { ReactNode } from 'react'
import type { Import } from '#shared/imports.ts'
import { useAddress } from '../../shell/use-address.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { StickyBar } from '../../ui/sticky-bar.tsx'
import { Duplicates } from './duplicates.tsx'
import { groups, partnerCount, type Row, rowCount, type Show } from './import-words.ts'
import { ProblemGroups } from './problem-groups.tsx'
import { StepHead } from './step-head.tsx'
import { Typos } from './typos.tsx'
import { useChanges, useRows } from './use-import.ts'

/** Numbers first, then the rows behind a number. */
export function CheckStep({ it }: { it: Import }) {
  const [words, change] = useAddress()
  const { start } = useStart(it)
  const { counts } = it
  const first = (['duplicates', 'typos', 'broken', 'new'] as const).find((show) => counts[show] > 0) ?? 'new'
  const group = groups.find(({ show }) => show === (words.show ?? first)) ?? groups[0]!
  return (
    <div className="import-step">
      <StepHead title="Check" onEnter={start}>
        Nothing has been added yet. Look at what needs a decision; everything else can be imported as it is.
      </StepHead>
      <ul className="import-numbers" aria-label="What was found">
        {groups.map(({ show, label, count }) => (
          <li key={show}>
            <button
              type="button"
              className={classNames('import-number', counts[count] === 0 && 'import-number-none')}
              aria-pressed={show === group.show}
              onClick={() => change({ show })}
            >
              <b>{counts[count].toLocaleString('en-GB')}</b>
              <span>{label}</span>
            </button>
          </li>
        ))}
      </ul>
      <section className="import-group" aria-labelledby="import-group">
        <header>
          <h3 id="import-group">{group.label}</h3>
          <p className="ui-muted ui-cell">{group.says}</p>
        </header>
        <Rows key={group.show} it={it} show={group.show} />
      </section>
    </div>
  )
}

/** What pressing Import will do, always in view. */
export function CheckBar({ it }: { it: Import }) {
  const { start, busy } = useStart(it)
  const skipped = it.total - it.counts.will_add
  return (
    <StickyBar label="Import">
      <div className="ui-row ui-wrap">
        <span className="ui-grow">
          <b>{partnerCount(it.counts.will_add)}</b> will be added
          {skipped > 0 && <span className="ui-muted">, {rowCount(skipped)} skipped</span>}. Nothing is emailed.
        </span>
        <Button
          variant="primary"
          size="form"
          busy={busy}
          onClick={start}
          {...(it.counts.will_add === 0 ? { reason: 'There is nothing to add.' } : {})}
        >
          Import {partnerCount(it.counts.will_add)}
        </Button>
      </div>
    </StickyBar>
  )
}

function useStart(it: Import) {
  const { run } = useChanges(it.id)
  return { busy: run.isPending, start: () => it.counts.will_add > 0 && !run.isPending && run.mutate() }
}

const lists: Record<Show, (props: { it: Import; rows: Row[] }) => ReactNode> = {
  new: ProblemGroups,
  duplicates: Duplicates,
  broken: ProblemGroups,
  typos: Typos,
  dropped: ProblemGroups,
}

function Rows({ it, show }: { it: Import; show: Show }) {
  const { data, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useRows(it.id, show)
  const List = lists[show]
  const rows = data?.pages.flatMap((page) => page.items)
  if (!rows) {
    return isError ? (
      <ErrorState title="We couldn't load these rows." onRetry={() => void refetch()} />
    ) : (
      <Skeleton count={8} />
    )
  }
  if (rows.length === 0) return <EmptyState>No such rows.</EmptyState>
  return (
    <>
      <List it={it} rows={rows} />
      {hasNextPage && (
        <div>
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
}
