import { type ReactNode, useRef } from 'react'
import type { DealRow } from '#shared/deals.ts'
import { quietEvidence } from '#shared/quiet.ts'
import { paths } from '../../paths.ts'
import { kindName, quietWords, stageWord, turnWords } from '../../shell/deal-words.ts'
import { useGo } from '../../shell/go.ts'
import { useLists } from '../../shell/lists.tsx'
import { useSession } from '../../shell/session.tsx'
import { useAddress } from '../../shell/use-address.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { VisibilityChip } from '../../ui/chip.tsx'
import { Link } from '../../ui/link.tsx'
import { formatMoney } from '../../ui/money.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { Quiet } from '../../ui/status-dot.tsx'
import { SortHeader, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { useRowKeys } from '../../ui/use-row-keys.ts'
import { DealOwners } from './deal-owners.tsx'
import { type DealFilter, useDealPages } from './use-deal-pages.ts'

/** Deals as rows, newest activity first, or those on top that wait longest. */
export function DealTable({ filter, empty }: { filter: DealFilter; empty: ReactNode }) {
  const [{ sort }, change] = useAddress()
  const up = sort === 'activity'
  const { query, deals } = useDealPages({ ...filter, ...(up ? { sort: 'activity' as const } : {}) }, 50)
  const { member } = useSession()
  const body = useRef<HTMLTableSectionElement>(null)
  const go = useGo()
  useRowKeys(body, {
    onOpen: (index) => {
      const deal = deals?.[index]
      if (deal) go(paths.deal(deal.ref))
    },
  })
  if (!deals)
    return query.isError ? (
      <ErrorState title="We couldn't load deals." onRetry={() => void query.refetch()} />
    ) : (
      <div className="ui-page">
        <Skeleton count={10} />
      </div>
    )
  if (deals.length === 0) return empty
  return (
    <div className="deals-table-wrap">
      <Table caption="Deals" className="deals-table">
        <thead>
          <tr>
            <th scope="col">Customer</th>
            <th scope="col">Partner</th>
            <th scope="col" className="deals-th-kind">
              Kind
            </th>
            <th scope="col" className="deals-th-stage">
              Stage
            </th>
            <th scope="col" className="deals-th-value ui-end">
              Value
            </th>
            <th scope="col" className="deals-th-owners">
              Owners
            </th>
            <th scope="col" className="deals-th-when">
              Turn
            </th>
            <th scope="col" className="deals-th-when">
              Visibility
            </th>
            <SortHeader
              label="Last activity"
              className="deals-th-when"
              direction={up ? 'ascending' : 'descending'}
              onSort={() => change({ sort: up ? undefined : 'activity' })}
            />
          </tr>
        </thead>
        <tbody ref={body}>
          {deals.map((deal) => (
            <Row key={deal.id} deal={deal} me={member?.member_id} />
          ))}
        </tbody>
      </Table>
      {query.hasNextPage && (
        <div className="deals-more">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </div>
  )
}

function Row({ deal, me }: { deal: DealRow; me?: string }) {
  const quiet = quietWords(deal)
  const { stageName } = useLists()
  const turn = deal.outcome || !deal.shared ? null : turnWords(deal, me)
  return (
    <tr data-row>
      <th scope="row">
        <Link href={paths.deal(deal.ref)}>{deal.customer_company}</Link>
      </th>
      <td className="deals-td-partner">
        <span className="ui-row">
          <Avatar name={deal.partner.legal_name} kind="company" />
          <span className="ui-trunc">{deal.partner.legal_name}</span>
        </span>
      </td>
      <td className="ui-desk">{kindName(deal.kind)}</td>
      <td className="deals-td-stage">{stageWord(deal, stageName)}</td>
      <td className="deals-td-value ui-end">
        {deal.value_minor !== null && deal.currency ? formatMoney(deal.value_minor, deal.currency) : ''}
      </td>
      <td className="ui-desk">
        <DealOwners deal={deal} />
      </td>
      <td className="deals-td-turn" title={turn ?? undefined}>
        {turn}
      </td>
      <td className="deals-td-seen">
        <VisibilityChip sharedWith={deal.shared ? deal.partner.legal_name : null} short />
      </td>
      <td className="ui-desk">
        {quiet && deal.quiet ? (
          <span title={quietEvidence(deal.quiet)}>
            <Quiet>{quiet}</Quiet>
            <span className="ui-vh">. {quietEvidence(deal.quiet)}</span>
          </span>
        ) : (
          <Time value={deal.last_activity_at} form="ago" quiet />
        )}
      </td>
    </tr>
  )
}
