import { useQuery } from '@tanstack/react-query'
import { Kanban, Plus, Rows3 } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { listMembers } from '#shared/company.ts'
import { dealKinds, listDeals } from '#shared/deals.ts'
import { listPartners } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { kindName } from '../../shell/deal-words.ts'
import { useLists } from '../../shell/lists.tsx'
import { useSession } from '../../shell/session.tsx'
import { useAddress, wordList } from '../../shell/use-address.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { FilterBar, FilterChip } from '../../ui/filter-chip.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { DealsExport } from '../exports/export-menu.tsx'
import { DealBoard } from './deal-board.tsx'
import { DealTable } from './deal-table.tsx'
import { PartnerPicker } from './partner-picker.tsx'
import { ReceivedList, useReceived } from './received-list.tsx'
import { type BoardFilter, boardQuery } from './use-board.ts'
import { WaitingNote } from './waiting-note.tsx'
import './deals.css'

const StartSharing = lazy(() => import('./start-sharing.tsx').then((m) => ({ default: m.StartSharing })))

const filterNames = ['kind', 'stage', 'owner', 'partner', 'turn', 'quiet', 'open', 'sent'] as const

/** Every deal one may see: a board of stages, or a table. */
export function DealsPage() {
  useTitle('Deals')
  const { canWrite } = useSession()
  const [words, change] = useAddress()
  const [starting, setStarting] = useState(false)
  const layout = words.layout === 'table' ? 'table' : 'board'
  const filtered = filterNames.some((name) => words[name])
  const first = useQuery(ask(listDeals, { query: { limit: '1' } }))
  const { kind, owner, partner, stage, turn, quiet, open: isOpen } = words
  const filter: BoardFilter = useMemo(
    () => ({
      kind: wordList(kind),
      owner: wordList(owner),
      stage: wordList(stage),
      turn: wordList(turn),
      ...(partner ? { partner } : {}),
      ...(quiet ? { quiet: 'true' as const } : {}),
    }),
    [kind, owner, partner, stage, turn, quiet],
  )
  const open = isOpen === 'true' || isOpen === 'false' ? { open: isOpen as 'true' | 'false' } : {}
  const { data: board } = useQuery({ ...boardQuery(filter), enabled: layout === 'board' })
  const sent = words.sent === 'waiting' || words.sent === 'declined' ? words.sent : null
  const many = board?.columns.reduce((sum, column) => sum + column.deals, 0)
  const noneOnBoard = filtered && board && many === 0 && board.closed.won.deals + board.closed.lost.deals === 0
  const waiting = useReceived({ state: 'waiting' }).rows
  const none = first.data?.items.length === 0 && waiting?.length === 0 && !sent
  const clear = () => change(Object.fromEntries(filterNames.map((name) => [name, undefined])))
  const noMatch = (
    <EmptyState action={<Button onClick={clear}>Clear filters</Button>}>No deals match these filters.</EmptyState>
  )

  return (
    <>
      <PageHeader
        title="Deals"
        count={
          layout === 'board' && !sent && many ? (
            <span className="ui-desk">{many.toLocaleString('en')} open</span>
          ) : undefined
        }
      >
        {!none && !sent && (
          <Segmented
            label="Layout"
            value={layout}
            onChange={(next) => change({ layout: next === 'board' ? undefined : next })}
            options={[
              { value: 'board', label: 'Board', icon: <Kanban /> },
              { value: 'table', label: 'Table', icon: <Rows3 /> },
            ]}
          />
        )}
        {!none && (
          <DealsExport
            query={
              sent ? { ...filter, sent } : layout === 'board' ? { ...filter, open: 'true' } : { ...filter, ...open }
            }
          />
        )}
        {canWrite && !none && (
          <Button variant={sent ? 'plain' : 'primary'} icon={<Plus />} onClick={() => setStarting(true)}>
            Share a deal
          </Button>
        )}
      </PageHeader>
      {none ? (
        <EmptyState
          action={
            canWrite && (
              <div className="deals-start">
                <PartnerPicker />
              </div>
            )
          }
          link={{ href: paths.help('deals'), label: 'How sharing works' }}
        >
          {canWrite ? 'No shared deals. Share one you want help with.' : 'No deals yet. Your team has not added any.'}
        </EmptyState>
      ) : (
        <>
          {!sent && <WaitingNote rows={waiting} onOpen={() => change({ sent: 'waiting' }, { push: true })} />}
          <DealFilters board={layout === 'board'} sent={sent !== null} clear={filtered ? clear : undefined} />
          {sent ? (
            <ReceivedList
              state={sent}
              filter={{ kind: filter.kind, owner: filter.owner, ...(partner ? { partner } : {}) }}
            />
          ) : layout === 'board' ? (
            noneOnBoard ? (
              noMatch
            ) : (
              <DealBoard filter={filter} />
            )
          ) : (
            <DealTable filter={{ ...filter, ...open }} empty={noMatch} />
          )}
        </>
      )}
      {starting && (
        <Suspense>
          <StartSharing onClose={() => setStarting(false)} />
        </Suspense>
      )}
    </>
  )
}

const loadPartners = async (q: string, signal: AbortSignal) => {
  const { items } = await call(listPartners, { query: { ...(q ? { q } : {}), limit: '20' } }, { signal })
  return items.map((partner) => ({ value: partner.id, label: partner.legal_name }))
}

/** What partners sent is not in the pipeline: it has no stage, and the turn is told in its row. */
function DealFilters({ board, sent, clear }: { board: boolean; sent: boolean; clear?: () => void }) {
  const [words, change] = useAddress()
  const { stageOptions } = useLists()
  const members = useQuery(ask(listMembers, {}))
  const named = useQuery({
    ...ask(listDeals, { query: { partner: words.partner, limit: '1' } }),
    enabled: Boolean(words.partner),
  })
  const partner = named.data?.items[0]?.partner
  return (
    <FilterBar
      end={
        clear && (
          <Button variant="quiet" size="small" onClick={clear}>
            Clear filters
          </Button>
        )
      }
    >
      <FilterChip
        label="Kind"
        value={wordList(words.kind)}
        onChange={(next) => change({ kind: next.join(',') })}
        options={dealKinds.map((kind) => ({ value: kind, label: kindName(kind) }))}
      />
      {!sent && (
        <FilterChip
          label="Stage"
          value={wordList(words.stage)}
          onChange={(next) => change({ stage: next.join(',') })}
          options={stageOptions()}
        />
      )}
      <FilterChip
        label="Owner"
        plural="owners"
        value={wordList(words.owner)}
        onChange={(next) => change({ owner: next.join(',') })}
        options={(members.data?.items ?? []).map((member) => ({
          value: member.id,
          label: member.name,
          icon: <Avatar name={member.name} />,
        }))}
      />
      <FilterChip
        label="Partner"
        single
        value={words.partner ? [words.partner] : []}
        onChange={([next]) => change({ partner: next })}
        options={partner ? [{ value: partner.id, label: partner.legal_name }] : []}
        load={loadPartners}
      />
      {!sent && (
        <>
          <FilterChip
            label="Turn"
            value={wordList(words.turn)}
            onChange={(next) => change({ turn: next.join(',') })}
            options={[
              { value: 'us', label: 'Ours' },
              { value: 'them', label: "The partner's" },
              { value: 'nobody', label: "Nobody's" },
            ]}
          />
          <FilterChip
            label="Quiet"
            single
            value={words.quiet ? ['true'] : []}
            onChange={([next]) => change({ quiet: next })}
            options={[{ value: 'true', label: 'Quiet' }]}
          />
        </>
      )}
      <FilterChip
        label="Sent to you"
        single
        value={words.sent ? [words.sent] : []}
        onChange={([next]) => change({ sent: next })}
        options={[
          { value: 'waiting', label: 'Waiting for your answer' },
          { value: 'declined', label: 'Declined' },
        ]}
      />
      {!board && !sent && (
        <FilterChip
          label="Open"
          single
          value={words.open ? [words.open] : []}
          onChange={([next]) => change({ open: next })}
          options={[
            { value: 'true', label: 'Open' },
            { value: 'false', label: 'Closed' },
          ]}
        />
      )}
    </FilterBar>
  )
}
