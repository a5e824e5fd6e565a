import { Check, Clock, Ellipsis, Eye, Lock } from 'lucide-react'
import type { RefObject } from 'react'
import { type Deal, stages } from '#shared/deals.ts'
import { paths } from '../../paths.ts'
import {
  answerWords,
  calledName,
  kindName,
  outcomeName,
  quietFrom,
  quietWords,
  sinceWords,
  turnWords,
} from '../../shell/deal-words.ts'
import { useSession } from '../../shell/session.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Strip } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Link } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { RecordHeader } from '../../ui/page-header.tsx'
import { Stepper } from '../../ui/stepper.tsx'
import { sayDay } from '../../ui/time.tsx'
import { useChangeDeal } from './changing.ts'

/** What opens over a deal. */
export type Panel = 'edit' | 'won' | 'lost' | 'share' | 'stop'

type HeaderProps = {
  deal: Deal
  onOpen: (panel: Panel) => void
  menu: RefObject<HTMLSpanElement | null>
  saw: RefObject<HTMLAnchorElement | null>
}

export function DealHeader({ deal, onOpen, menu, saw }: HeaderProps) {
  const { moveTo } = useChangeDeal()
  const called = calledName(deal.partner.legal_name)
  return (
    <RecordHeader
      above={
        <>
          <Link href={paths.partner(deal.partner.slug)} className="deals-partner">
            <Avatar name={deal.partner.legal_name} kind="company" />
            {deal.partner.legal_name}
          </Link>
          <span>{kindName(deal.kind)}</span>
          <span className="ui-num">{deal.ref}</span>
        </>
      }
      title={deal.customer_company}
    >
      <Button grow icon={<Eye />} keys="w" render={<Link ref={saw} href={paths.log('views', `record=${deal.id}`)} />}>
        Who saw this
      </Button>
      {deal.can.work && (
        <span ref={menu}>
          <Menu
            label="More actions"
            align="end"
            trigger={<IconButton label="More actions" keys="m" icon={<Ellipsis />} />}
            items={[
              { heading: 'Move to' },
              ...stages.map((stage) => ({
                label: stage,
                checked: !deal.outcome && stage === deal.stage,
                onSelect: () => void (deal.outcome || stage !== deal.stage ? moveTo(deal, stage) : null),
              })),
              { label: 'Won', checked: deal.outcome === 'won', onSelect: () => onOpen('won') },
              { label: 'Lost', checked: deal.outcome === 'lost', onSelect: () => onOpen('lost') },
              'separator',
              { label: 'Edit details', onSelect: () => onOpen('edit') },
              deal.share
                ? { label: `Stop sharing with ${called}`, danger: true, onSelect: () => onOpen('stop') }
                : { label: `Share with ${called}`, onSelect: () => onOpen('share') },
            ]}
          />
        </span>
      )}
    </RecordHeader>
  )
}

/** New, Working, Proposal, then how it ended; the partner's answer beside it. */
export function DealStages({ deal, onOpen }: { deal: Deal; onOpen: (panel: Panel) => void }) {
  const { moveTo } = useChangeDeal()
  const at = deal.outcome ? stages.length : (stages as readonly string[]).indexOf(deal.stage)
  const state = (index: number) => (index < at ? 'done' : index === at ? 'now' : 'next')
  const answer = deal.outcome && deal.answer === 'pending' ? null : answerWords(deal)
  return (
    <div className="deals-stages">
      <Stepper
        label="Stage"
        steps={[
          ...stages.map((stage, index) => ({
            label: stage,
            state: state(index) as 'done' | 'now' | 'next',
            ...(deal.can.work && index !== at ? { onSelect: () => void moveTo(deal, stage) } : {}),
          })),
          {
            label: deal.outcome ? outcomeName(deal.outcome) : 'Won or Lost',
            state: state(stages.length) as 'now' | 'next',
            ...(deal.can.work && !deal.outcome ? { onSelect: () => onOpen('won') } : {}),
          },
        ]}
      />
      {answer && (
        <Chip
          tone={answer.tone}
          icon={deal.answer === 'accepted' ? <Check /> : deal.answer === 'pending' ? <Clock /> : undefined}
        >
          {answer.text}
        </Chip>
      )}
      <span className="ui-muted ui-cap">
        {deal.outcome ? '' : `In this stage ${sinceWords(deal.stage_since)}`}
        {deal.answer === 'declined' && deal.answer_reason ? ` "${deal.answer_reason}"` : ''}
      </span>
    </div>
  )
}

/** Whose turn it is and since when; or how it ended. */
export function DealTurn({ deal }: { deal: Deal }) {
  const { member } = useSession()
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
  // A partner that does not see the deal cannot be the one who has to move.
  const turn = deal.share || deal.turn === 'us' ? turnWords(deal, member?.member_id) : null
  const quiet = quietWords(deal)
  return (
    <Strip
      tone={quiet ? 'warn' : 'neutral'}
      icon={deal.share || quiet ? <Clock /> : <Lock />}
      end={quiet ? null : <span className="ui-desk">Counts as quiet from {quietFrom(deal)}</span>}
    >
      <span>
        {turn ? (
          <>
            <b>{turn}</b> {sinceWords(deal.turn_since)}.
          </>
        ) : (
          <b>{deal.share ? "Nobody's turn." : 'Not shared.'}</b>
        )}
        {deal.share ? '' : ' Only your team sees this deal.'}
        {quiet ? ` ${quiet}.` : ''}
      </span>
    </Strip>
  )
}
