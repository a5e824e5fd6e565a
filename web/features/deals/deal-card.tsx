import { Ellipsis, Lock } from 'lucide-react'
import { type DealRow, stages } from '#shared/deals.ts'
import { paths } from '../../paths.ts'
import { calledName, countDays, daysSince, quietWords, turnWords } from '../../shell/deal-words.ts'
import { useSession } from '../../shell/session.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Link } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { formatMoney } from '../../ui/money.tsx'
import { Quiet } from '../../ui/status-dot.tsx'
import { DealOwners } from './deal-owners.tsx'

export type BoardStage = (typeof stages)[number]
type Props = {
  deal: DealRow
  stage: BoardStage
  onMove: (stage: BoardStage) => void
  onEnd: (outcome: 'won' | 'lost') => void
}

export function DealCard({ deal, stage, onMove, onEnd }: Props) {
  const { canWrite, member } = useSession()
  const quiet = quietWords(deal)
  const turn = turnWords(deal, member?.member_id)
  const days = daysSince(deal.stage_since)
  return (
    <li className="deals-card" data-card>
      <div className="ui-row">
        <Link href={paths.deal(deal.ref)} className="deals-card-name ui-trunc">
          {deal.customer_company}
        </Link>
        {canWrite && (
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
              ...stages.map((to) => ({
                label: to,
                checked: to === stage,
                onSelect: () => to !== stage && onMove(to),
              })),
              'separator',
              { label: 'Won', onSelect: () => onEnd('won') },
              { label: 'Lost', onSelect: () => onEnd('lost') },
            ]}
          />
        )}
      </div>
      <div className="deals-card-partner">
        <Avatar name={deal.partner.legal_name} kind="company" />
        <span className="ui-trunc">{calledName(deal.partner.legal_name)}</span>
        {!deal.shared && (
          <span className="deals-card-team">
            <Lock /> Team only
          </span>
        )}
        {deal.shared && turn && (
          <span className={deal.turn === 'us' ? 'deals-card-turn deals-card-turn-us' : 'deals-card-turn'}>{turn}</span>
        )}
      </div>
      <div className="deals-card-foot">
        <b>{deal.value_minor !== null && deal.currency ? formatMoney(deal.value_minor, deal.currency) : ''}</b>
        {quiet ? (
          <Quiet>{quiet}</Quiet>
        ) : (
          <span className="ui-muted">
            <span className="ui-vh">In this stage: </span>
            {countDays(days)}
          </span>
        )}
        <DealOwners deal={deal} />
      </div>
    </li>
  )
}
