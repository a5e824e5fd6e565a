import { ChevronDown } from 'lucide-react'
import type { PortalDeal } from '#shared/portal.ts'
import { stageName } from './deal-words.ts'
import { usePortal, useWorkspace } from './portal.tsx'
import { useDealWrites } from './use-deal-writes.ts'

/** Moves a deal; shown moved at once, put back when the server refuses. The browser's own list: light, and at home on phones. */
export function StageSelect({ deal }: { deal: PortalDeal }) {
  const { reason } = usePortal()
  const { data } = useWorkspace()
  const stages = (data?.stages ?? []).filter((stage) => !stage.archived || stage.key === deal.stage)
  const { move } = useDealWrites(deal, (key) => (data ? stageName(data, key) : key))
  return (
    <span className="portal-stage" title={reason}>
      <select
        className="ui-input"
        aria-label={`Stage of ${deal.customer_company}`}
        value={deal.stage}
        disabled={reason !== undefined}
        onChange={(event) => move.mutate(event.target.value)}
      >
        {stages.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
      <ChevronDown />
    </span>
  )
}
