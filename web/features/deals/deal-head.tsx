import { Check, Clock, Ellipsis, Eye } from 'lucide-react'
import type { RefObject } from 'react'
import type { Deal } from '#shared/deals.ts'
import { dayWords } from '#shared/turns.ts'
import { paths } from '../../paths.ts'
import { answerWords, calledName, countDays, daysSince, kindName, outcomeName } from '../../shell/deal-words.ts'
import { useLists } from '../../shell/lists.tsx'
import { useMute } from '../../shell/use-mute.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Link } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { MenuEntry } from '../../ui/menu-entry.ts'
import { RecordHeader } from '../../ui/page-header.tsx'
import { Stepper } from '../../ui/stepper.tsx'
import type { AnswerPanel } from './answer-panel.ts'
import { useChangeDeal } from './changing.ts'
import { inPipeline, waitsForUs } from './use-answers.ts'

/** What opens over a deal. */
export type Panel = 'edit' | 'won' | 'lost' | 'share' | 'stop' | AnswerPanel

type HeaderProps = {
  deal: Deal
  onOpen: (panel: Panel) => void
  menu: RefObject<HTMLSpanElement | null>
  saw: RefObject<HTMLAnchorElement | null>
}

export function DealHeader({ deal, onOpen, menu, saw }: HeaderProps) {
  const { moveTo } = useChangeDeal()
  const { stageOptions } = useLists()
  const mute = useMute()
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
              ...((inPipeline(deal)
                ? [
                    { heading: 'Move to' },
                    ...stageOptions(deal.stage).map(({ value, label }) => ({
                      label,
                      checked: !deal.outcome && value === deal.stage,
                      onSelect: () => void (deal.outcome || value !== deal.stage ? moveTo(deal, value) : null),
                    })),
                    { label: 'Won', checked: deal.outcome === 'won', onSelect: () => onOpen('won') },
                    { label: 'Lost', checked: deal.outcome === 'lost', onSelect: () => onOpen('lost') },
                    'separator',
                    { label: 'Edit details', onSelect: () => onOpen('edit') },
                    deal.share
                      ? { label: `Stop sharing with ${called}`, danger: true, onSelect: () => onOpen('stop') }
                      : { label: `Share with ${called}`, onSelect: () => onOpen('share') },
                  ]
                : [
                    ...(waitsForUs(deal)
                      ? ([
                          { label: 'Accept', onSelect: () => onOpen('accept') },
                          { label: 'Ask back', onSelect: () => onOpen('ask') },
                          { label: 'Decline', onSelect: () => onOpen('decline') },
                          'separator',
                        ] as const)
                      : []),
                    { label: 'Edit details', onSelect: () => onOpen('edit') },
                  ]) satisfies MenuEntry[]),
              { label: 'No email about it', onSelect: () => void mute({ deal: deal.id }, deal.customer_company) },
            ]}
          />
        </span>
      )}
    </RecordHeader>
  )
}

/** The company's stages, then how it ended; the partner's answer beside it. */
export function DealStages({ deal, onOpen }: { deal: Deal; onOpen: (panel: Panel) => void }) {
  const { moveTo } = useChangeDeal()
  const stages = useLists().stageOptions(deal.stage)
  const at = deal.outcome ? stages.length : stages.findIndex(({ value }) => value === deal.stage)
  const state = (index: number) => (index < at ? 'done' : index === at ? 'now' : 'next')
  const days = daysSince(deal.stage_since)
  const answer = deal.outcome && deal.answer === 'pending' ? null : answerWords(deal)
  return (
    <div className="deals-stages">
      <Stepper
        label="Stage"
        steps={[
          ...stages.map(({ value, label }, index) => ({
            label,
            state: state(index) as 'done' | 'now' | 'next',
            ...(deal.can.work && index !== at ? { onSelect: () => void moveTo(deal, value) } : {}),
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
        {deal.outcome
          ? ''
          : `In this stage since ${dayWords(deal.stage_since)}${days > 1 ? `, ${countDays(days)}` : ''}`}
        {deal.answer === 'declined' && deal.answer_reason ? ` "${deal.answer_reason}"` : ''}
      </span>
    </div>
  )
}
