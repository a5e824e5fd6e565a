import { ChevronDown } from 'lucide-react'
import { stages } from '#shared/deals.ts'
import type { PortalDeal } from '#shared/portal.ts'
import { usePortal } from './portal.tsx'
import { useDealWrites } from './use-deal-writes.ts'

type Stage = (typeof stages)[number]

/** Moves a deal; shown moved at once, put back when the server refuses. The browser's own list: light, and at home on phones. */
export function StageSelect({ deal }: { deal: PortalDeal }) {
  const { reason } = usePortal()
  const { move } = useDealWrites(deal)
  const own = stages.includes(deal.stage as Stage) ? [] : [deal.stage]
  return (
    <span className="portal-stage" title={reason}>
      <select
        className="ui-input"
        aria-label={`Stage of ${deal.customer_company}`}
        value={deal.stage}
        disabled={reason !== undefined}
        onChange={(event) => move.mutate(event.target.value as Stage)}
      >
        {[...own, ...stages].map((stage) => (
          <option key={stage}>{stage}</option>
        ))}
      </select>
      <ChevronDown />
    </span>
  )
}
