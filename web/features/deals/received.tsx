import { Inbox } from 'lucide-react'
import type { Deal } from '#shared/deals.ts'
import { dayWords } from '#shared/turns.ts'
import { calledName } from '../../shell/deal-words.ts'
import { Button } from '../../ui/button.tsx'
import { sayDay } from '../../ui/time.tsx'
import type { Panel } from './deal-head.tsx'
import { SameCustomer } from './same-customer.tsx'
import { sentThing, waitsForUs } from './use-answers.ts'
import './received.css'

/** What a partner sent, on top of its page for as long as it is not in the pipeline. */
export function Received({ deal, onOpen }: { deal: Deal; onOpen: (panel: Panel) => void }) {
  const called = calledName(deal.partner.legal_name)
  const by = deal.sent_by_name ?? called
  return (
    <section className="deals-received" aria-labelledby="received">
      <header>
        <Inbox />
        <h2 id="received">
          {waitsForUs(deal) ? `${called} sent you ${sentThing[deal.kind]}` : `You declined ${sentThing[deal.kind]}`}
        </h2>
        <span className="ui-muted ui-cap">
          {by}, {dayWords(deal.created_at)}
        </span>
      </header>
      <p className="deals-received-ask">{deal.ask}</p>
      {waitsForUs(deal) ? (
        <>
          <SameCustomer deal={deal} />
          {deal.can.work && (
            <div className="ui-row ui-wrap">
              <Button variant="primary" onClick={() => onOpen('accept')}>
                Accept
              </Button>
              <Button onClick={() => onOpen('ask')}>Ask back</Button>
              <Button onClick={() => onOpen('decline')}>Decline</Button>
              <span className="ui-cap ui-muted">It joins your pipeline when you accept it.</span>
            </div>
          )}
        </>
      ) : (
        <p className="ui-muted">
          {deal.answered_by_name ?? 'Someone'} declined it{deal.answered_at ? ` on ${sayDay(deal.answered_at)}` : ''}:{' '}
          {deal.answer_reason}
        </p>
      )}
    </section>
  )
}
