import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Partner } from '#shared/partners.ts'
import { firstName } from '../../shell/deal-words.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { useKeepInternal } from './use-partner.ts'

/** Right after adding: what did not happen, and the one next step. */
export function AddedBanner({ partner, onInvite }: { partner: Partner; onInvite: () => void }) {
  const { added } = useSearch({ strict: false }) as { added?: string }
  const navigate = useNavigate()
  const keep = useKeepInternal(partner)
  if (!added) return null
  const done = () => void navigate({ to: '.', search: {} as never, replace: true })
  const who = partner.main_contact ? firstName(partner.main_contact.name) : 'someone'
  return (
    <div className="partner-added">
      <Banner
        tone="ok"
        action={
          <span className="ui-row ui-wrap">
            <Button
              size="small"
              onClick={() => {
                done()
                onInvite()
              }}
            >
              Invite {who}
            </Button>
            <Button size="small" onClick={() => void keep().then(done)}>
              Keep internal
            </Button>
          </span>
        }
      >
        {partner.legal_name} is added. Nothing was emailed.
      </Banner>
    </div>
  )
}
