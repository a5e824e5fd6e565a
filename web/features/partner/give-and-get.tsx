import { useQuery } from '@tanstack/react-query'
import { getGiveAndGet } from '#shared/give-and-get.ts'
import type { Partner } from '#shared/partners.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { calledName } from '../../shell/deal-words.ts'
import { GiveAndGetCards } from '../../shell/give-and-get.tsx'

/** What went to the partner and what came back. Nothing before the first deal, either way. */
export function GiveAndGet({ partner }: { partner: Partner }) {
  const { data } = useQuery(ask(getGiveAndGet, { params: { partner: partner.id } }))
  if (!data || data.given.sent.many + data.received.sent.many === 0) return null
  return (
    <section aria-labelledby="give-and-get" className="partner-give">
      <h2 id="give-and-get">Give and get</h2>
      <GiveAndGetCards it={data} them={calledName(partner.legal_name)} linkTo={paths.deal} />
    </section>
  )
}
