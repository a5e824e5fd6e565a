import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import type { Deal } from '#shared/deals.ts'
import { getPartner, type Partner } from '#shared/partners.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { calledName } from '../../shell/deal-words.ts'
import { useSession } from '../../shell/session.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Link } from '../../ui/link.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { type DealDraft, draftOf, exceptionsOf } from './deal-form.ts'
import { DealPreview, useDealPreview } from './deal-preview.tsx'
import { Exceptions } from './exceptions.tsx'
import { saveWords } from './share-words.ts'
import { useSharing } from './sharing.ts'

type Props = { deal: Deal; onClose: () => void }

/** Shares a deal that the team has kept so far: first what they will see. */
export function ShareDialog({ deal, onClose }: Props) {
  const { data: partner, isError, refetch } = useQuery(ask(getPartner, { params: { slug: deal.partner.slug } }))
  if (partner) return <Choose deal={deal} partner={partner} onClose={onClose} />
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Share deal"
      actions={<Button onClick={onClose}>Cancel</Button>}
    >
      {isError ? (
        <ErrorState title="We couldn't load what they may see." onRetry={() => void refetch()} />
      ) : (
        <Skeleton kind="card" />
      )}
    </Dialog>
  )
}

function Choose({ deal, partner, onClose }: Props & { partner: Partner }) {
  const called = calledName(partner.legal_name)
  const { member } = useSession()
  const form = useForm<DealDraft>({
    defaultValues: {
      ...draftOf(deal, member?.currency ?? 'EUR'),
      stage: deal.stage,
      their_owner_id: deal.their_owner?.id ?? '',
    },
  })
  const draft = useWatch({ control: form.control }) as DealDraft
  const preview = useDealPreview(deal.kind, partner, draft)
  const { share } = useSharing()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    const done = await share(deal, exceptionsOf(draft, partner.permissions))
    setBusy(false)
    if (done) onClose()
  }
  const off = whyNot(partner, called)
  const blocked = off ?? (preview.data ? undefined : `See first what ${called} will see.`)
  useHotkeys({ 'mod+enter': () => (blocked || busy ? undefined : void run()) }, { inFields: true })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Share ${deal.customer_company} with ${called}`}
      footnote={off ? undefined : 'It leaves after 10 seconds. Until then you can undo it.'}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} reason={blocked} onClick={() => void run()}>
            {blocked ? 'Share deal' : saveWords(partner, deal.kind)}
          </Button>
        </>
      }
    >
      <div className="ui-stack">
        {off && (
          <Banner
            tone="neutral"
            action={<Link href={paths.partner(partner.slug, 'access')}>Change what they see</Link>}
          >
            {off}
          </Banner>
        )}
        {!off && (
          <>
            <DealPreview preview={preview} called={called} />
            <Exceptions form={form} partner={partner} />
          </>
        )}
      </div>
    </Dialog>
  )
}

function whyNot(partner: Partner, called: string): string | undefined {
  if (partner.works_via === 'internal') return `You keep ${called} internal. Nothing is sent to them.`
  if (!partner.permissions.sees_deals) return `"Deals you share" is off for ${called}.`
  return undefined
}
