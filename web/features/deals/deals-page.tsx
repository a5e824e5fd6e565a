import { useQuery } from '@tanstack/react-query'
import { Kanban, Plus, Rows3 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { listMembers } from '#shared/company.ts'
import { dealKinds, listDeals, stages } from '#shared/deals.ts'
import { getHome } from '#shared/inbox.ts'
import { listPartners } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { kindName } from '../../shell/deal-words.ts'
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
import './deals.css'

const StartSharing = lazy(() => import('./start-sharing.tsx').then((m) => ({ default: m.StartSharing })))

const filterNames = ['kind', 'stage', 'owner', 'partner'] as const

/** Every deal one may see: a board of stages, or a table. */
export function DealsPage() {
  useTitle('Deals')
  const { canWrite } = useSession()
  const [words, change] = useAddress()
  const [starting, setStarting] = useState(false)
  const layout = words.layout === 'table' ? 'table' : 'board'
  const filtered = filterNames.some((name) => words[name])
  const first = useQuery(ask(listDeals, { query: { limit: '1' } }))
  const filter = {
    kind: wordList(words.kind),
    owner: wordList(words.owner),
    ...(words.partner ? { partner: words.partner } : {}),
  }
  const chosenStages = wordList(words.stage)
  const { data: home } = useQuery({ ...ask(getHome, {}), staleTime: 60_000 })
  const open = home?.stages.reduce((sum, stage) => sum + stage.deals, 0)
  const none = first.data?.items.length === 0
  const clear = () => change(Object.fromEntries(filterNames.map((name) => [name, undefined])))
  const noMatch = (
    <EmptyState action={<Button onClick={clear}>Clear filters</Button>}>No deals match these filters.</EmptyState>
  )

  return (
    <>
      <PageHeader title="Deals" count={!filtered && open ? <span className="ui-desk">{open} open</span> : undefined}>
        {!none && (
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
              layout === 'board' ? { ...filter, stage: chosenStages, open: 'true' } : { ...filter, stage: chosenStages }
            }
          />
        )}
        {canWrite && !none && (
          <Button variant="primary" icon={<Plus />} onClick={() => setStarting(true)}>
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
          <DealFilters clear={filtered ? clear : undefined} />
          {layout === 'board' ? (
            <DealBoard
              filter={filter}
              stages={stages.filter((one) => !chosenStages.length || chosenStages.includes(one))}
            />
          ) : (
            <DealTable filter={{ ...filter, stage: chosenStages }} empty={noMatch} />
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

function DealFilters({ clear }: { clear?: () => void }) {
  const [words, change] = useAddress()
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
      <FilterChip
        label="Stage"
        value={wordList(words.stage)}
        onChange={(next) => change({ stage: next.join(',') })}
        options={stages.map((stage) => ({ value: stage, label: stage }))}
      />
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
    </FilterBar>
  )
}
