import { useState } from 'react'
import type { PortalDeal } from '#shared/portal.ts'
import { Button } from '../../ui/button.tsx'
import { Link } from '../../ui/link.tsx'
import { AnswerButtons } from './answer-buttons.tsx'
import { CommentBox } from './comment-box.tsx'
import { canMove, dayInWords, endOf, mayComment, stageName, waitsForAnswer } from './deal-words.ts'
import { usePortal, type WorkspaceAnswer, whoToAsk } from './portal.tsx'
import { StageSelect } from './stage-select.tsx'
import { TurnLine } from './turn-line.tsx'

type Props = { deal: PortalDeal; workspace: WorkspaceAnswer }

/** A deal that waits for the partner: what is wanted, and the answer right below. */
export function WaitingRow({ deal, workspace }: Props) {
  const { hrefs } = usePortal()
  const asker = deal.our_owner_name ?? workspace.company_name
  return (
    <article className="portal-card">
      <header>
        <div>
          <h3>
            <Link href={hrefs.deal(deal.ref)}>{deal.customer_company}</Link>
          </h3>
          <p className="ui-muted portal-ask">
            {deal.direction === 'given' ? `${asker} asks` : 'You want'}: {deal.ask}
          </p>
          <p className="portal-small portal-turn">
            <TurnLine deal={deal} workspace={workspace} />
          </p>
        </div>
      </header>
      {mayComment(workspace, deal) &&
        (waitsForAnswer(deal) ? (
          <AnswerButtons deal={deal} />
        ) : (
          <>
            {canMove(deal) && (
              <div className="portal-where">
                <span className="portal-small">Accepted. Stage</span>
                <StageSelect deal={deal} />
              </div>
            )}
            <CommentBox deal={deal} to={whoToAsk(workspace)} />
          </>
        ))}
    </article>
  )
}

/** A deal under way: its stage to move, a comment one press away. */
export function ProgressRow({ deal, workspace }: Props) {
  const { hrefs, reason } = usePortal()
  const [writing, setWriting] = useState(false)
  return (
    <li>
      <div className="portal-line">
        <div>
          <h3>
            <Link href={hrefs.deal(deal.ref)}>{deal.customer_company}</Link>
          </h3>
          <p className="portal-small">{deal.ask}</p>
          <p className="portal-small portal-turn">
            <TurnLine deal={deal} workspace={workspace} />
          </p>
        </div>
        {workspace.updates_deals && canMove(deal) ? (
          <StageSelect deal={deal} />
        ) : (
          <span className="portal-small">{stageName(workspace, deal.stage)}</span>
        )}
        {workspace.updates_deals && (
          <Button
            variant="quiet"
            size="form"
            reason={reason}
            aria-expanded={writing}
            onClick={() => setWriting(!writing)}
          >
            Comment<span className="ui-vh"> on {deal.customer_company}</span>
          </Button>
        )}
      </div>
      {writing && <CommentBox deal={deal} to={whoToAsk(workspace)} autoFocus onSent={() => setWriting(false)} />}
    </li>
  )
}

/** A deal that was sent and is not answered. */
export function SentRow({ deal, workspace }: Props) {
  const { hrefs } = usePortal()
  return (
    <li>
      <div className="portal-line portal-line-end portal-line-sent">
        <div>
          <h3>
            <Link href={hrefs.deal(deal.ref)}>{deal.customer_company}</Link>
          </h3>
          <p className="portal-small">{deal.ask}</p>
          <p className="portal-small portal-turn">
            <TurnLine deal={deal} workspace={workspace} />
          </p>
        </div>
        <span className="portal-small ui-num">{deal.ref}</span>
      </div>
    </li>
  )
}

export function ClosedRow({ deal }: { deal: PortalDeal }) {
  const { hrefs } = usePortal()
  return (
    <li>
      <div className="portal-line portal-line-end">
        <div>
          <h3>
            <Link href={hrefs.deal(deal.ref)}>{deal.customer_company}</Link>
          </h3>
          <p className="portal-small">
            {endOf(deal)}, last activity {dayInWords(deal.last_activity_at)}
            {deal.direction === 'received' && deal.answer_reason ? `. "${deal.answer_reason}"` : ''}
          </p>
        </div>
        <Button variant="quiet" size="form" href={hrefs.deal(deal.ref)}>
          Open<span className="ui-vh"> {deal.customer_company}</span>
        </Button>
      </div>
    </li>
  )
}
