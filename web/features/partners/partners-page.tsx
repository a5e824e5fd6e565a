import { Plus, Upload } from 'lucide-react'
import { lazy, Suspense, useCallback, useState } from 'react'
import { paths } from '../../paths.ts'
import { useSavedViews } from '../../shell/saved-views.ts'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { PartnersExport } from '../exports/export-menu.tsx'
import {
  type Asked,
  chosenOf,
  useAsked,
  useMatching,
  usePartnerCounts,
  usePartners,
  type View,
  viewNames,
} from './list-query.ts'
import { PartnerFilters } from './partner-filters.tsx'
import { PartnerTable } from './partner-table.tsx'
import { useSelection } from './use-selection.ts'
import { ViewTabs } from './view-tabs.tsx'
import './partners.css'
import './partners-list.css'

const BulkActions = lazy(() => import('./bulk-actions.tsx').then((m) => ({ default: m.BulkActions })))

/** /partners: find a partner, or see which ones need something. */
export function PartnersPage() {
  const asked = useAsked()
  const counts = usePartnerCounts()
  const matching = useMatching(asked)
  const saved = useSavedViews('partners')
  const { canWrite } = useSession()
  const list = usePartners(asked)
  const picking = useSelection(asked.kept)
  const [ticking, setTicking] = useState(false)
  const rows = list.data?.pages.flatMap((page) => page.items)
  const none = counts !== undefined && counts.all + counts.archived === 0
  const current = saved.views.find((view) => view.id === asked.saved)
  useTitle(`Partners, ${current?.name ?? viewNames[asked.view]}`)
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = list
  const more = useCallback(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage])
  return (
    <>
      <PageHeader title="Partners" {...countWords(asked, counts, matching)}>
        {!none && (
          <SearchInput
            label="Search partners"
            placeholder="Name, domain, contact or tag"
            value={asked.q}
            onChange={(q) => asked.change({ q })}
          />
        )}
        {!none && (
          <span className="ui-desk">
            <PartnersExport
              query={{ ...chosenOf(asked), ...(asked.sort ? { sort: asked.sort } : {}) }}
              count={matching}
            />
          </span>
        )}
        {canWrite && !none && (
          <Button href={paths.importPartners} icon={<Upload />} className="partners-import">
            Import
          </Button>
        )}
        {canWrite && !none && (
          <Button href={paths.addPartner} variant="primary" icon={<Plus />} className="partners-add-button">
            Add partner
          </Button>
        )}
      </PageHeader>
      {none ? (
        <FirstTime canWrite={canWrite} />
      ) : (
        <>
          <ViewTabs asked={asked} saved={saved} current={current} counts={counts} matching={matching} />
          <PartnerFilters
            asked={asked}
            saved={saved}
            current={current}
            matching={matching}
            ticking={canWrite ? { on: ticking, change: setTicking } : null}
          />
          <section className={classNames('partners-list', ticking && 'partners-ticking')} aria-label="Partners">
            {list.isError && !rows && (
              <ErrorState
                title="We couldn't load partners."
                safe="Nothing was lost."
                onRetry={() => void list.refetch()}
              />
            )}
            {!rows && !list.isError && <Skeleton count={12} />}
            {rows?.length === 0 && <Nothing asked={asked} />}
            {rows && rows.length > 0 && (
              <PartnerTable
                rows={rows}
                asked={asked}
                stale={list.isPlaceholderData}
                total={matching}
                picking={canWrite ? picking : null}
                onNear={more}
              />
            )}
            {hasNextPage && (
              <div className="partners-more">
                <Button busy={list.isFetchingNextPage} onClick={() => void fetchNextPage()}>
                  Show more
                </Button>
                {isFetchNextPageError && <span role="alert">We couldn&apos;t load more. Try again.</span>}
              </div>
            )}
          </section>
          {canWrite && picking.count(matching) > 0 && (
            <Suspense>
              <BulkActions picking={picking} asked={asked} matching={matching} shown={rows?.length ?? 0} />
            </Suspense>
          )}
        </>
      )}
    </>
  )
}

type Counts = ReturnType<typeof usePartnerCounts>

function countWords({ view, filtered }: Asked, counts: Counts, matching: number | undefined) {
  if (!counts) return {}
  if (!filtered || matching === undefined) return { count: counts[view] }
  return { count: `${matching} of ${counts[view]}` }
}

function FirstTime({ canWrite }: { canWrite: boolean }) {
  return (
    <EmptyState
      link={{ href: paths.help('partners'), label: 'What a partner is' }}
      action={
        canWrite && (
          <div className="ui-row">
            <Button href={paths.addPartner} variant="primary" icon={<Plus />}>
              Add partner
            </Button>
            <Button href={paths.importPartners} icon={<Upload />}>
              Import
            </Button>
          </div>
        )
      }
    >
      {canWrite ? 'No partners yet. Add one you talk to every week.' : 'No partners yet.'}
    </EmptyState>
  )
}

const quietViews: Record<View, string> = {
  all: 'No partners here. They may be archived.',
  mine: 'You own no partners yet.',
  active: 'No active partners.',
  onboarding: 'No partner is being onboarded.',
  dormant: 'No dormant partners.',
  attention: 'Nothing needs attention.',
  archived: 'Nothing is archived.',
}

function Nothing({ asked }: { asked: Asked }) {
  if (!asked.filtered) return <EmptyState>{quietViews[asked.view]}</EmptyState>
  return (
    <EmptyState action={<Button onClick={asked.clear}>Clear filters</Button>}>
      No partners match{asked.q && ` "${asked.q}"`}.
    </EmptyState>
  )
}
