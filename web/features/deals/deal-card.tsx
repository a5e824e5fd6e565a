import { ArrowRight, CirclePause, Ellipsis, Lock } from 'lucide-react'
import { memo, useRef } from 'react'
import type { DealRow } from '#shared/deals.ts'
import { quietEvidence } from '#shared/quiet.ts'
import { paths } from '../../paths.ts'
import { calledName, countDays, daysSince, firstName, quietWords, turnWords } from '../../shell/deal-words.ts'
import { useSession } from '../../shell/session.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Link } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { formatMoney } from '../../ui/money.tsx'
import { Quiet } from '../../ui/status-dot.tsx'
import { sayWhen } from '../../ui/time.tsx'
import { DealOwners } from './deal-owners.tsx'
import { type Drag, useDraggable } from './use-drag.ts'

/** Where a card can go. */
export type StageOption = { value: string; label: string }
type Props = {
  deal: DealRow
  stages: StageOption[]
  drag: Drag | null
  onMove: (deal: DealRow, to: string) => void
  onEnd: (deal: DealRow, outcome: 'won' | 'lost') => void
}

/** How high a card stands: a line more for each thing that is said of it below the partner. */
export const cardHeight = ({ paused_until, quiet, moved_by }: DealRow): number =>
  96 + 20 * [paused_until, quiet, moved_by].filter(Boolean).length

/** One deal on the board. The whole card opens it and can be dragged; the menu moves it without a mouse. */
export const DealCard = memo(function DealCard({ deal, stages, drag, onMove, onEnd }: Props) {
  const { member } = useSession()
  const card = useRef<HTMLLIElement>(null)
  const dragged = useDraggable(card, drag, deal)
  const turn = turnWords(deal, member?.member_id)
  return (
    <li ref={card} className={`deals-card${dragged ? ' deals-card-dragged' : ''}`} data-card data-deal={deal.id}>
      <div className="ui-row">
        <Link href={paths.deal(deal.ref)} className="deals-card-name ui-trunc" draggable={false}>
          {deal.customer_company}
        </Link>
        <MoveMenu deal={deal} stages={stages} onMove={onMove} onEnd={onEnd} />
      </div>
      <div className="deals-card-partner">
        <Avatar name={deal.partner.legal_name} kind="company" />
        <span className="ui-trunc">{calledName(deal.partner.legal_name)}</span>
        {!deal.shared && (
          <span className="deals-card-team">
            <Lock /> Team only
          </span>
        )}
        {deal.shared && turn && !deal.paused_until && (
          <span className={deal.turn === 'us' ? 'deals-card-turn deals-card-turn-us' : 'deals-card-turn'}>
            {deal.turn === 'them' ? 'Their turn' : turn}
          </span>
        )}
      </div>
      {deal.paused_until && (
        <div className="deals-card-line">
          <CirclePause />
          <span className="ui-trunc">Paused until {dayMonth.format(new Date(deal.paused_until))}</span>
        </div>
      )}
      <QuietLine deal={deal} />
      {deal.moved_by && (
        <div className="deals-card-line" title={`${deal.moved_by} moved it here, ${movedWhen(deal.stage_since)}`}>
          <ArrowRight />
          <span className="ui-trunc">
            {firstName(deal.moved_by)} moved it here<span className="ui-vh">, {movedWhen(deal.stage_since)}</span>
          </span>
        </div>
      )}
      <div className="deals-card-foot">
        <span className="deals-card-worth">
          <b>{deal.value_minor !== null && deal.currency ? formatMoney(deal.value_minor, deal.currency) : ''}</b>
          {!deal.quiet && (
            <span className="ui-muted">
              <span className="ui-vh">In this stage: </span>
              {countDays(daysSince(deal.stage_since))}
            </span>
          )}
        </span>
        <DealOwners deal={deal} />
      </div>
    </li>
  )
})

const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** "10:04" for today, else the day. */
const movedWhen = (at: string): string =>
  sayWhen(new Date(at), new Date())
    .replace(/^Today, /, '')
    .toLowerCase()

/** That it is quiet, and by what that is measured. */
function QuietLine({ deal }: { deal: DealRow }) {
  const quiet = quietWords(deal)
  if (!quiet || !deal.quiet) return null
  const evidence = quietEvidence(deal.quiet)
  return (
    <div title={evidence} className="deals-card-line deals-card-quiet">
      <Quiet>{quiet}</Quiet>
      <span className="ui-vh">. {evidence}</span>
    </div>
  )
}

function MoveMenu({ deal, stages, onMove, onEnd }: Omit<Props, 'drag'>) {
  const { canWrite } = useSession()
  if (!canWrite) return null
  return (
    <Menu
      label={`Move ${deal.customer_company}`}
      align="end"
      trigger={
        <IconButton
          size="small"
          label={`Move ${deal.customer_company} to another stage`}
          icon={<Ellipsis />}
          data-move
        />
      }
      items={[
        { heading: 'Move to' },
        ...stages.map(({ value, label }) => ({
          label,
          checked: value === deal.stage,
          onSelect: () => value !== deal.stage && onMove(deal, value),
        })),
        'separator',
        { label: 'Won', onSelect: () => onEnd(deal, 'won') },
        { label: 'Lost', onSelect: () => onEnd(deal, 'lost') },
      ]}
    />
  )
}
