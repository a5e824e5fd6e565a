import { Button } from '../../ui/button.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { FilterChips } from './filter-chips.tsx'
import type { Asked } from './list-query.ts'

/** All filters, one under the other: for phones. */
export function FilterSheet({
  asked,
  matching,
  onClose,
}: {
  asked: Asked
  matching: number | undefined
  onClose: () => void
}) {
  return (
    <SidePanel
      open
      onOpenChange={(open) => !open && onClose()}
      title="Filter partners"
      footer={
        <>
          {asked.filtered && <Button onClick={asked.clear}>Clear filters</Button>}
          <Button variant="primary" grow onClick={onClose}>
            {matching === undefined ? 'Show partners' : matching === 1 ? 'Show 1 partner' : `Show ${matching} partners`}
          </Button>
        </>
      }
    >
      <div className="partners-sheet">
        <FilterChips asked={asked} />
      </div>
    </SidePanel>
  )
}
