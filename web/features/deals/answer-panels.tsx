import { useQuery } from '@tanstack/react-query'
import { type Deal, getDeal } from '#shared/deals.ts'
import { ask } from '../../query.ts'
import { AcceptDialog } from './accept-dialog.tsx'
import type { AnswerPanel } from './answer-panel.ts'
import { AskBackDialog, DeclineDialog } from './decline-dialog.tsx'
import { PauseDialog, ProtectDialog } from './pause-dialog.tsx'

const panels = {
  accept: AcceptDialog,
  decline: DeclineDialog,
  ask: AskBackDialog,
  pause: PauseDialog,
  protect: ProtectDialog,
}

type Props = { panel: AnswerPanel; onClose: () => void }

export function AnswerPanels({ deal, panel, onClose }: Props & { deal: Deal }) {
  const Panel = panels[panel]
  return <Panel deal={deal} onClose={onClose} />
}

/** The same from a row that knows the reference alone. */
export function AnswerFromRow({ dealRef, panel, onClose }: Props & { dealRef: string }) {
  const { data: deal } = useQuery(ask(getDeal, { params: { ref: dealRef } }))
  return deal ? <AnswerPanels deal={deal} panel={panel} onClose={onClose} /> : null
}
