import { useQuery } from '@tanstack/react-query'
import { checkPartner, type Partner } from '#shared/partners.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { useDifferent } from './use-different.ts'
import { useSettled } from './use-settled.ts'

/** While a partner gets another name or website: another one that looks the same, unless they were told apart. */
export function EditLookalike({
  partner,
  typed,
}: {
  partner: Partner
  typed: { legal_name: string; website: string }
}) {
  const legal_name = useSettled(typed.legal_name.trim().slice(0, 200))
  const website = useSettled(typed.website.trim().slice(0, 300))
  const changed = legal_name !== partner.legal_name || website !== (partner.website ?? '')
  const different = useDifferent(partner.id)
  const { data } = useQuery({
    ...ask(checkPartner, { body: { partner: partner.id, legal_name, ...(website ? { website } : {}) } }),
    enabled: changed && legal_name.length > 1,
  })
  const near = changed ? data?.lookalikes[0] : undefined
  if (!near) return null
  return (
    <Banner
      tone="warn"
      role="status"
      action={
        <>
          <Button size="small" href={paths.partner(near.slug)}>
            Open it
          </Button>
          <Button size="small" onClick={() => void different(near)}>
            Not the same
          </Button>
        </>
      }
    >
      Looks like <b>{near.legal_name}</b>. {near.why}.
    </Banner>
  )
}
