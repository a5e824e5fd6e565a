import { Banner } from '../../ui/banner.tsx'
import { type WorkspaceAnswer, whoToAsk } from './portal.tsx'

/** Why there is nothing to press, and who can change that. Nothing when the partner may update deals. */
export function ReadOnly({ workspace }: { workspace: WorkspaceAnswer }) {
  if (workspace.updates_deals) return null
  return (
    <Banner tone="neutral">
      You can read these deals. To answer, move a stage or comment here, ask {whoToAsk(workspace)} to turn it on.
    </Banner>
  )
}
