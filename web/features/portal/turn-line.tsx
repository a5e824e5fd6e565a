import type { PortalDeal } from '#shared/portal.ts'
import { sideOf, turnWords } from '#shared/turns.ts'
import { firstName, type WorkspaceAnswer } from './portal.tsx'

/** "Your turn since yesterday: Dana shared it." */
export function TurnLine({ deal, workspace }: { deal: PortalDeal; workspace: WorkspaceAnswer }) {
  const { turn_by_name: by, our_owner_name: owner } = deal
  const { lead, rest } = turnWords(deal, {
    us: owner ? firstName(owner) : workspace.company_name,
    them: null,
    by:
      by === workspace.contact_name
        ? null
        : by
          ? firstName(by)
          : sideOf(deal.turn_why) === 'them'
            ? 'your company'
            : workspace.company_name,
  })
  return (
    <>
      <b>{lead}</b> {rest}
    </>
  )
}
