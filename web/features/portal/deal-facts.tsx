import type { ReactNode } from 'react'
import type { PortalDeal } from '#shared/portal.ts'
import { KeyValues } from '../../ui/card.tsx'
import { Money } from '../../ui/money.tsx'
import { Day } from '../../ui/time.tsx'
import { firstName, type WorkspaceAnswer } from './portal.tsx'

/** The facts of a deal. What is hidden says so; what was left empty is left out. */
export function DealFacts({ deal, workspace }: { deal: PortalDeal; workspace: WorkspaceAnswer }) {
  const items: [string, ReactNode][] = [
    ['Value', dealValue(deal)],
    ['Customer contact', contactOf(deal)],
    ...(deal.expected_close
      ? ([['Expected close', <Day key="close" value={deal.expected_close} />]] as [string, ReactNode][])
      : []),
    [`At ${workspace.company_name}`, deal.our_owner_name ?? 'Nobody yet'],
    [`At ${workspace.partner_name}`, deal.their_owner_name ?? 'Nobody yet'],
    ...(deal.shared_at
      ? ([[deal.direction === 'given' ? 'Shared with you' : 'Sent', <Day key="shared" value={deal.shared_at} />]] as [
          string,
          ReactNode,
        ][])
      : []),
    ...(deal.protected_until
      ? ([
          [
            'Protected for you',
            <span key="protected">
              until <Day value={deal.protected_until} />
            </span>,
          ],
        ] as [string, ReactNode][])
      : []),
    ...(deal.direction === 'received' ? ([['Reference', deal.ref]] as [string, ReactNode][]) : []),
  ]
  return (
    <section className="portal-card portal-facts" aria-labelledby="facts">
      <h2 id="facts">Details</h2>
      <KeyValues items={items} />
    </section>
  )
}

function dealValue(deal: PortalDeal): ReactNode {
  if (!deal.value_shown) return <span className="ui-muted">Value hidden</span>
  if (deal.value_minor === null || !deal.currency) return <span className="ui-muted">Not set</span>
  return <Money minor={deal.value_minor} currency={deal.currency} />
}

function contactOf(deal: PortalDeal): ReactNode {
  if (!deal.customer_contact_shown) return <span className="ui-muted">Contact hidden</span>
  const { customer_contact_name: name, customer_contact_email: email, customer_contact_phone: phone } = deal
  if (!name && !email && !phone) return <span className="ui-muted">Not set</span>
  return (
    <span className="portal-contact">
      {name && <span>{name}</span>}
      {email && <a href={`mailto:${email}`}>{email}</a>}
      {phone && (
        <a href={`tel:${phone.replace(/[^+\d]/g, '')}`} aria-label={name ? `Call ${firstName(name)}, ${phone}` : phone}>
          {phone}
        </a>
      )}
    </span>
  )
}
