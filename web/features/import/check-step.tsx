import { type ReactNode, useState } from 'react'
import { getBrokenRows, type Import } from '#shared/imports.ts'
import { ApiProblem, call } from '../../api.ts'
import { useAddress } from '../../shell/use-address.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { StickyBar } from '../../ui/sticky-bar.tsx'
import { useToast } from '../../ui/toast.tsx'
import { saveFile } from '../exports/save-file.ts'
import { BrokenRows } from './broken-rows.tsx'
import { DealRows } from './deal-rows.tsx'
import { Duplicates } from './duplicates.tsx'
import { groupsOf, partnerCount, type Row, rowCount, type Show, thingCount } from './import-words.ts'
import { ProblemGroups } from './problem-groups.tsx'
import { StepHead } from './step-head.tsx'
import { Typos } from './typos.tsx'
import { useCancel, useChanges, useFreshRows, useRows } from './use-import.ts'

/** Numbers first, then the rows behind a number. */
export function CheckStep({ it }: { it: Import }) {
  const [words, change] = useAddress()
  const { start } = useStart(it)
  useFreshRows(it)
  const { counts } = it
  const groups = groupsOf(it)
  const first = (['duplicates', 'broken', 'typos', 'parked', 'new'] as const).find((show) => counts[show] > 0) ?? 'new'
  const [opened] = useState(first)
  const group = groups.find(({ show }) => show === (words.show ?? opened)) ?? groups[0]!
  return (
    <div className="import-step">
      <StepHead title="Check" onEnter={start}>
        Nothing has been added yet. Look at what needs a decision; everything else can be imported as it is.
      </StepHead>
      <ul className="import-numbers" aria-label="What was found" aria-busy={it.state === 'reading'}>
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
        <header className="import-group-head">
          <div>
            <h3 id="import-group">{group.label}</h3>
            <p className="ui-muted ui-cell">{group.says}</p>
          </div>
          {group.show === 'broken' && counts.broken > 0 && <DownloadBroken it={it} />}
        </header>
        <Rows key={group.show} it={it} show={group.show} />
      </section>
    </div>
  )
}

/** The broken rows as a file, with the reason beside each. */
function DownloadBroken({ it }: { it: Import }) {
  const [busy, setBusy] = useState(false)
  const { show } = useToast()
  const fetchFile = async () => {
    setBusy(true)
    try {
      saveFile(await call(getBrokenRows, { params: { import: it.id } }))
    } catch (error) {
      show({ tone: 'danger', text: error instanceof ApiProblem ? error.problem.detail : 'That did not work.' })
    }
    setBusy(false)
  }
  return (
    <Button size="small" busy={busy} onClick={() => void fetchFile()}>
      Download with reasons
    </Button>
  )
}

/** What pressing Import will do, always in view. */
export function CheckBar({ it }: { it: Import }) {
  const { start, busy } = useStart(it)
  const cancel = useCancel(it.id)
  const { will_add, will_update } = it.counts
  const skipped = it.total - will_add - will_update
  const act = [
    will_add > 0 && thingCount(it.kind, will_add),
    will_update > 0 && `${will_add > 0 ? 'update ' : ''}${partnerCount(will_update)}`,
  ]
  const name =
    will_add > 0
      ? `Import ${act.filter(Boolean).join(', ')}`
      : will_update > 0
        ? `Update ${partnerCount(will_update)}`
        : 'Import'
  return (
    <StickyBar label="Import">
      <div className="ui-row ui-wrap">
        <span className="ui-grow">
          <b>{thingCount(it.kind, will_add)}</b> will be added
          {will_update > 0 && (
            <>
              , <b>{partnerCount(will_update)}</b> updated
            </>
          )}
          {skipped > 0 && <span className="ui-muted">, {rowCount(skipped)} skipped</span>}. Nothing is emailed.
        </span>
        <Button variant="quiet" size="form" busy={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel import
        </Button>
        <Button
          variant="primary"
          size="form"
          busy={busy || it.state === 'reading'}
          onClick={start}
          {...(will_add + will_update === 0 ? { reason: 'There is nothing to add.' } : {})}
        >
          {name}
        </Button>
      </div>
    </StickyBar>
  )
}

function useStart(it: Import) {
  const { run } = useChanges(it.id)
  const some = it.counts.will_add + it.counts.will_update > 0
  return { busy: run.isPending, start: () => some && !run.isPending && run.mutate() }
}

const lists: Record<Show, (props: { it: Import; rows: Row[] }) => ReactNode> = {
  new: ProblemGroups,
  duplicates: Duplicates,
  broken: BrokenRows,
  parked: DealRows,
  typos: Typos,
  dropped: ProblemGroups,
}

function Rows({ it, show }: { it: Import; show: Show }) {
  const { data, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useRows(it.id, show)
  const List = it.kind === 'deals' && show === 'new' ? DealRows : lists[show]
  const rows = data?.pages.flatMap((page) => page.items)
  if (!rows) {
    return isError ? (
      <ErrorState title="We couldn't load these rows." onRetry={() => void refetch()} />
    ) : (
      <Skeleton count={8} />
    )
  }
  if (rows.length === 0) return <EmptyState>{empty[show]}</EmptyState>
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

const empty: Record<Show, string> = {
  new: 'No rows are new.',
  duplicates: 'No row looks like something that is here.',
  broken: 'No row is broken.',
  parked: 'Every deal names a partner you have.',
  typos: 'No address looks misspelled.',
  dropped: 'No row was left out.',
}
