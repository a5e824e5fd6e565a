import { stages } from '#shared/deals.ts'
import type { PortalDeal } from '#shared/portal.ts'
import { Select } from '../../ui/select.tsx'
import { usePortal } from './portal.tsx'
import { useDealWrites } from './use-deal-writes.ts'

type Stage = (typeof stages)[number]

/** Moves a deal; shown moved at once, put back when the server refuses. */
export function StageSelect({ deal }: { deal: PortalDeal }) {
  const { reason } = usePortal()
  const { move } = useDealWrites(deal)
  const own = stages.includes(deal.stage as Stage) ? [] : [deal.stage]
  return (
    <span className="portal-stage" title={reason}>
      <Select
        label={`Stage of ${deal.customer_company}`}
        value={deal.stage}
        onChange={(stage) => stage !== deal.stage && move.mutate(stage as Stage)}
        options={[...own, ...stages].map((stage) => ({ value: stage, label: stage }))}
        disabled={reason !== undefined}
      />
    </span>
  )
}
