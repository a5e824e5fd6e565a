import { ChevronRight, Eye, Lock } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useState } from 'react'
import type { Deal } from '#shared/deals.ts'
import { dayWords } from '#shared/turns.ts'
import { paths } from '../../paths.ts'
import { calledName, closeWords, listNames } from '../../shell/deal-words.ts'
import { Button, TextButton } from '../../ui/button.tsx'
import { Card, KeyValues } from '../../ui/card.tsx'
import { Link } from '../../ui/link.tsx'
import { formatMoney } from '../../ui/money.tsx'
import { DealFiles } from './deal-files.tsx'
import type { Panel } from './deal-head.tsx'
import { OurOwner, TheirOwner } from './owners.tsx'
import { SameCustomer } from './same-customer.tsx'
import { useSharing } from './sharing.ts'
import { inPipeline } from './use-answers.ts'

type Props = { deal: Deal; onOpen: (panel: Panel) => void; owner: RefObject<HTMLSpanElement | null> }

export function DealSide({ deal, onOpen, owner }: Props) {
  return (
    <aside className="ui-stack" aria-label="About this deal">
      <div className="deals-owners">
        <OurOwner deal={deal} trigger={owner} />
        <TheirOwner deal={deal} />
      </div>
      <Card title="Details" action={deal.can.work && <TextButton onClick={() => onOpen('edit')}>Edit</TextButton>}>
        <KeyValues
          items={[
            ['Value', moneyOf(deal)],
            ['Expected close', closeWords(deal.expected_close) ?? <None />],
            ['Contact', <CustomerContact key="contact" deal={deal} />],
            ...(inPipeline(deal)
              ? ([[deal.direction === 'given' ? 'We want' : 'They want', deal.ask]] as [string, ReactNode][])
              : []),
            ...(deal.sent_by_name ? ([['Sent by', deal.sent_by_name]] as [string, ReactNode][]) : []),
            ...(deal.direction === 'received' && inPipeline(deal)
              ? ([
                  [
                    deal.protected_until ? 'Protected until' : 'Protected',
                    <Protection key="protected" deal={deal} onOpen={onOpen} />,
                  ],
                ] as [string, ReactNode][])
              : []),
            ['Next step', deal.next_step ?? <None />],
          ]}
        />
      </Card>
      {inPipeline(deal) && !deal.outcome && <SameCustomer deal={deal} />}
      <SeenCard deal={deal} onOpen={onOpen} />
      <DealFiles deal={deal} />
    </aside>
  )
}

/** Until when what they sent is protected, and the way to change it. */
function Protection({ deal, onOpen }: { deal: Deal; onOpen: (panel: Panel) => void }) {
  const { protected_until: until } = deal
  return (
    <span className="ui-row ui-wrap">
      {until ? dayWords(until) : <span className="ui-muted">No</span>}
      {deal.can.work && !deal.outcome && (
        <TextButton
          aria-label={until ? 'Change the protection' : 'Protect this deal'}
          onClick={() => onOpen('protect')}
        >
          {until ? 'Change' : 'Protect'}
        </TextButton>
      )}
    </span>
  )
}

const None = () => <span className="ui-muted">Not given</span>

const moneyOf = ({ value_minor, currency }: Deal) =>
  value_minor === null || currency === null ? <None /> : formatMoney(value_minor, currency)

function CustomerContact({ deal }: { deal: Deal }) {
  const { customer_contact_name: name, customer_contact_email: email, customer_contact_phone: phone } = deal
  if (!name && !email && !phone) return <None />
  return (
    <>
      {name && <div>{name}</div>}
      {email && (
        <a className="deals-reach" href={`mailto:${email}`}>
          {email.split('@')[0]}@<wbr />
          {email.split('@')[1]}
        </a>
      )}
      {phone && (
        <a className="deals-reach" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
          {phone}
        </a>
      )}
    </>
  )
}

/** What the partner sees of this deal and why, and the way to change it. */
function SeenCard({ deal, onOpen }: { deal: Deal; onOpen: (panel: Panel) => void }) {
  const called = calledName(deal.partner.legal_name)
  const { undo } = useSharing()
  const left = useSecondsLeft(deal.share?.effective_at)
  const { sees, hidden } = deal.visible
  const fields = (list: typeof sees) => listNames(list.map((one) => one.field))
  if (!deal.share)
    return (
      <section className="deals-seen" aria-label="Who can see this deal">
        <p>
          <Lock />
          <span>
            <b>Team only.</b> {called} can&apos;t see this deal.
          </span>
        </p>
        {deal.can.work && <Button onClick={() => onOpen('share')}>Share with {called}</Button>}
      </section>
    )
  return (
    <section className="deals-seen deals-seen-shared" aria-label="Who can see this deal">
      {left > 0 ? (
        <p role="timer">
          <Eye />
          <span>
            <b>Leaves in {left} s.</b> Until then {called} sees nothing.
          </span>
        </p>
      ) : (
        <Link href={paths.partner(deal.partner.slug, 'access')} className="deals-seen-link">
          <Eye />
          <span>
            {sees.length > 0 ? (
              <>
                <b>{called} can see:</b> {fields(sees)}.
              </>
            ) : (
              <b>{called} can&apos;t see this deal now.</b>
            )}
            {hidden.length > 0 && (
              <>
                {' '}
                <b>Not:</b> {fields(hidden)}.
              </>
            )}
          </span>
          <ChevronRight />
        </Link>
      )}
      <div className="deals-seen-foot">
        {left === 0 && (
          <details>
            <summary>Why</summary>
            <ul>
              {[...byReason([...sees, ...hidden])].map(([why, names]) => (
                <li key={why}>
                  <b>{listNames(names)}:</b> {why}
                </li>
              ))}
            </ul>
            {deal.visible.people.length > 0 && <p>Who: {listNames(deal.visible.people)}.</p>}
          </details>
        )}
        {deal.can.work &&
          (left > 0 ? (
            <Button size="small" onClick={() => void undo(deal)}>
              Undo
            </Button>
          ) : (
            inPipeline(deal) && <TextButton onClick={() => onOpen('stop')}>Stop sharing</TextButton>
          ))}
      </div>
    </section>
  )
}

/** Fields under the reason they share. */
function byReason(fields: Deal['visible']['sees']): Map<string, string[]> {
  const reasons = new Map<string, string[]>()
  for (const { field, why } of fields) reasons.set(why, [...(reasons.get(why) ?? []), field])
  return reasons
}

/** Seconds until a share leaves, never more than the ten it waits, whatever this clock says. */
function useSecondsLeft(effective_at: string | undefined): number {
  const [now, setNow] = useState(Date.now)
  const left = effective_at ? Math.ceil((new Date(effective_at).getTime() - now) / 1000) : 0
  const counting = left > 0
  useEffect(() => {
    if (!counting) return
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [counting])
  return Math.max(0, Math.min(left, 10))
}
