import { useInfiniteQuery } from '@tanstack/react-query'
import { dealKinds, listDeals } from '#shared/deals.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { kindName } from '../../shell/deal-words.ts'
import { useAddress, wordList } from '../../shell/use-address.ts'
import { Button } from '../../ui/button.tsx'
import { FilterBar, FilterChip } from '../../ui/filter-chip.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { ReceivedList } from '../deals/received-list.tsx'
import { GiveAndGet } from './give-and-get.tsx'
import { PartnerDeals } from './partner-deals.tsx'
import { useThisPartner } from './use-partner.ts'

/** Every deal with this partner, newest activity first. */
export function DealsTab() {
  const partner = useThisPartner()
  const [{ kind }, change] = useAddress()
  const kinds = wordList(kind)
  const { data, isError, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['list_deals', partner.id, kinds],
    queryFn: ({ pageParam, signal }) =>
      call(
        listDeals,
        { query: { partner: partner.id, kind: kinds, ...(pageParam ? { cursor: pageParam } : {}) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: (old) => old,
  })
  const rows = data?.pages.flatMap((page) => page.items)
  return (
    <section aria-labelledby="partner-deals" className="partner-full">
      <h2 id="partner-deals" className="ui-vh">
        Deals
      </h2>
      <ReceivedList state="waiting" filter={{ partner: partner.id }} within />
      <FilterBar>
        <FilterChip
          label="Kind"
          value={kinds}
          onChange={(next) => change({ kind: next.join(',') || undefined })}
          options={dealKinds.map((value) => ({ value, label: kindName(value) }))}
        />
      </FilterBar>
      {isError && !rows && (
        <ErrorState title="We couldn't load deals." safe="Nothing was lost." onRetry={() => void refetch()} />
      )}
      {!rows && !isError && <Skeleton />}
      {rows?.length === 0 &&
        (kinds.length > 0 ? (
          <EmptyState action={<Button onClick={() => change({ kind: undefined })}>Clear filters</Button>}>
            No deals match.
          </EmptyState>
        ) : (
          <EmptyState
            {...(partner.can.work
              ? { action: <Button href={paths.shareDeal(partner.slug, 'lead')}>Share a deal</Button> }
              : {})}
          >
            No shared deals. Share one you want help with.
          </EmptyState>
        ))}
      {rows && rows.length > 0 && (
        <div className="partner-all-deals">
          <PartnerDeals rows={rows} caption="Deals" />
        </div>
      )}
      {hasNextPage && (
        <div className="partner-more">
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      <GiveAndGet partner={partner} />
    </section>
  )
}
