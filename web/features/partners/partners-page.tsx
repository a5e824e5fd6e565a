import { Plus, Upload } from 'lucide-react'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { type Asked, useAsked, usePartnerCounts, usePartners, type View, viewNames } from './list-query.ts'
import { PartnerFilters } from './partner-filters.tsx'
import { PartnerTable } from './partner-table.tsx'
import './partners.css'

/** /partners: find a partner, or see which ones need something. */
export function PartnersPage() {
  useTitle('Partners')
  const asked = useAsked()
  const counts = usePartnerCounts()
  const { canWrite } = useSession()
  const list = usePartners(asked)
  const rows = list.data?.pages.flatMap((page) => page.items)
  const none = counts !== undefined && counts.all + counts.archived === 0
  return (
    <>
      <PageHeader title="Partners" {...countWords(asked, counts, rows?.length, list.hasNextPage)}>
        {!none && (
          <SearchInput
            label="Search partners"
            placeholder="Name, domain, contact or tag"
            value={asked.q}
            onChange={(q) => asked.change({ q })}
          />
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
          <Tabs label="Views" items={viewTabs(asked, counts)} />
          <PartnerFilters asked={asked} />
          <section className="partners-list" aria-label="Partners">
            {list.isError && !rows && (
              <ErrorState title="We couldn't load partners." onRetry={() => void list.refetch()} />
            )}
            {!rows && !list.isError && <Skeleton count={12} />}
            {rows?.length === 0 && <Nothing asked={asked} />}
            {rows && rows.length > 0 && <PartnerTable rows={rows} asked={asked} stale={list.isPlaceholderData} />}
            {list.hasNextPage && (
              <div className="partners-more">
                <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  Show more
                </Button>
                {list.isFetchNextPageError && <span role="alert">We couldn&apos;t load more. Try again.</span>}
              </div>
            )}
          </section>
        </>
      )}
    </>
  )
}

type Counts = ReturnType<typeof usePartnerCounts>

function countWords({ view, filtered }: Asked, counts: Counts, shown: number | undefined, more: boolean) {
  if (!counts) return {}
  if (!filtered || shown === undefined) return { count: counts[view] }
  return { count: `${shown}${more ? '+' : ''} of ${counts[view]}` }
}

/** A view starts without chips, so that its number is what it shows; the order stays. */
function viewTabs({ view, sort }: Asked, counts: Counts) {
  return (Object.keys(viewNames) as View[]).map((name) => {
    const query = new URLSearchParams({
      ...(name === 'all' ? {} : { view: name }),
      ...(sort === 'name' ? {} : { sort }),
    }).toString()
    return {
      href: query ? `${paths.partners}?${query}` : paths.partners,
      label: viewNames[name],
      current: name === view,
      ...(counts ? { count: counts[name] } : {}),
    }
  })
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
