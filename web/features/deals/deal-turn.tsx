import { CirclePause, Clock, Lock } from 'lucide-react'
import type { Deal } from '#shared/deals.ts'
import { quietEvidence } from '#shared/quiet.ts'
import { sideOf, turnWords } from '#shared/turns.ts'
import { calledName, firstName, outcomeName, quietFrom } from '../../shell/deal-words.ts'
import { useSession } from '../../shell/session.tsx'
import { Strip } from '../../ui/banner.tsx'
import { TextButton } from '../../ui/button.tsx'
import { sayDay } from '../../ui/time.tsx'
import type { Panel } from './deal-head.tsx'
import { inPipeline, useAnswers } from './use-answers.ts'

type Props = { deal: Deal; onOpen: (panel: Panel) => void; onNudge: () => void }

/** Whose turn it is, since when and why; or how it ended. */
export function DealTurn({ deal, onOpen, onNudge }: Props) {
  const { member } = useSession()
  const { resume } = useAnswers()
  if (deal.outcome)
    return (
      <Strip tone={deal.outcome === 'won' ? 'ok' : 'neutral'}>
        <span>
          <b>{outcomeName(deal.outcome)}</b>
          {deal.outcome_at ? ` on ${sayDay(deal.outcome_at)}.` : '.'}
          {deal.outcome_reason ? ` ${deal.outcome_reason}` : ''}
        </span>
      </Strip>
    )
  const { lead, rest } = turnOf(deal, member?.member_id)
  const quiet = deal.quiet && quietEvidence(deal.quiet)
  const from = quietFrom(deal)
  const paused = deal.paused_until !== null
  const acts = deal.can.work && inPipeline(deal) && deal.turn !== 'nobody'
  const holder = acts ? holderOf(deal, member?.member_id) : null
  return (
    <Strip
      tone={quiet ? 'warn' : 'neutral'}
      icon={paused ? <CirclePause /> : deal.share || quiet ? <Clock /> : <Lock />}
      end={
        <span className="deals-turn-end">
          {!quiet && from && <span className="ui-desk">Counts as quiet from {from}</span>}
          {holder && <TextButton onClick={onNudge}>Nudge {holder}</TextButton>}
          {acts && <TextButton onClick={() => onOpen('pause')}>Pause</TextButton>}
          {paused && deal.can.work && (
            <>
              <TextButton onClick={() => onOpen('pause')}>Change the day</TextButton>
              <TextButton onClick={() => void resume(deal)}>Resume</TextButton>
            </>
          )}
        </span>
      }
    >
      <span>
        <b>{lead}</b> {rest}
        {deal.share || !inPipeline(deal) ? '' : ' Only your team sees this deal.'}
        {paused && deal.paused_why ? ` Because: ${deal.paused_why}` : ''}
        {quiet ? ` ${quiet}` : ''}
      </span>
    </Strip>
  )
}

/** Whom one can nudge: who holds it, on the side whose turn it is, and is somebody else. */
export function holderOf(deal: Deal, me: string | undefined): string | null {
  if (deal.turn === 'them')
    return deal.share
      ? deal.their_owner
        ? firstName(deal.their_owner.name)
        : calledName(deal.partner.legal_name)
      : null
  return deal.our_owner.id === me ? null : firstName(deal.our_owner.name)
}

/** The words of a turn as this member reads them. */
function turnOf(deal: Deal, me: string | undefined): { lead: string; rest: string } {
  if (!deal.share && deal.turn_why === 'not_shared') return { lead: 'Not shared.', rest: '' }
  const { turn_by: by, our_owner: owner } = deal
  const called = calledName(deal.partner.legal_name)
  const named = by
    ? by.id === me
      ? null
      : firstName(by.name)
    : sideOf(deal.turn_why) === 'them'
      ? called
      : 'your team'
  return turnWords(deal, { us: owner.id === me ? null : firstName(owner.name), them: called, by: named })
}
