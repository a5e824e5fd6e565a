import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Deal } from '#shared/deals.ts'
import { listDealEntries } from '#shared/entries.ts'
import { ask } from '../../query.ts'
import { calledName } from '../../shell/deal-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { sayDay } from '../../ui/time.tsx'
import { useSharing } from './sharing.ts'

/** What stopping means, in consequences; then one button. */
export function StopSharing({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const called = calledName(deal.partner.legal_name)
  const { stop } = useSharing()
  const [busy, setBusy] = useState(false)
  const { data } = useQuery(ask(listDealEntries, { params: { deal: deal.id }, query: { limit: '100' } }))
  const views = data?.items.filter((entry) => entry.kind === 'viewed') ?? []
  const times = views.length === 1 ? 'once' : `${data?.next ? 'at least ' : ''}${views.length} times`
  const run = async () => {
    setBusy(true)
    const done = await stop(deal, `Stopped sharing. ${called} no longer sees this deal.`)
    setBusy(false)
    if (done) onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={`Stop sharing ${deal.customer_company}?`}
      actions={
        <>
          <Button onClick={onClose}>Keep sharing</Button>
          <Button variant="danger" busy={busy} onClick={() => void run()}>
            Stop sharing
          </Button>
        </>
      }
    >
      <div className="ui-stack">
        <p>
          {data && views[0] ? `${called} saw this deal ${times}, last on ${sayDay(views[0].created_at)}. ` : ''}
          {data && !views[0] && !data.next ? `Nobody at ${called} has opened it yet. ` : ''}
          They won&apos;t see it from now on.
        </p>
        <p className="ui-muted">The deal and its timeline stay with your team. Nothing is emailed.</p>
      </div>
    </Dialog>
  )
}
