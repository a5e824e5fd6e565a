import type { DealRow } from '#shared/deals.ts'
import { Avatar } from '../../ui/avatar.tsx'

/** Both owners as a pair of pictures; the names are read out, and shown on hover. */
export function DealOwners({ deal }: { deal: DealRow }) {
  const names = [deal.our_owner.name, deal.their_owner_name].filter((name) => name !== null).join(', ')
  return (
    <span className="deals-owners-pair" title={names}>
      <Avatar name={deal.our_owner.name} />
      {deal.their_owner_name && <Avatar name={deal.their_owner_name} outside />}
      <span className="ui-vh">Owners: {names}</span>
    </span>
  )
}
