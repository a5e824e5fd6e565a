import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { editGroundRule, type GroundRule, listGroundRules, mostOf, type RuleName } from '#shared/rules.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Link } from '../../ui/link.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useChange } from './use-change.ts'

const RepairDialog = lazy(() => import('./repair-dialog.tsx').then((m) => ({ default: m.RepairDialog })))

/** Before the number, after it, and a word on what is looked at. */
export const sentences: Record<RuleName, [start: string, end: string, hint: string]> = {
  legal_name: [
    'The name is the legal name',
    '',
    'As in the contract. Found are addresses, notes like “(old)” and names in small letters alone; whether a contract says it, only you know.',
  ],
  type: ['Every partner has a type', '', 'Without one, filters miss it.'],
  owner: ['Every partner has an owner', '', 'Somebody on your team answers for it.'],
  tags: ['A partner wears at most', 'tags', 'Who wears everything is found by nothing.'],
  main_contact: [
    'The main contact is confirmed every',
    'months',
    'People leave, numbers change. Having none breaks it too.',
  ],
  quiet: [
    'A partner is quiet after',
    'days without activity',
    'Counts for its deals and invitations in the review too. Dormant partners may be quiet.',
  ],
}

/** What the company wants of every partner, in sentences; each says who breaks it. */
export function RulesSection() {
  const { data, isError, refetch } = useQuery(ask(listGroundRules, {}))
  const [repairing, setRepairing] = useState<GroundRule | null>(null)
  return (
    <Card title="Ground rules" note="Whoever breaks one stands under Needs attention" flush>
      {isError && !data && (
        <ErrorState
          title="We couldn't load the ground rules."
          safe="Nothing was lost."
          onRetry={() => void refetch()}
        />
      )}
      {!data && !isError && <Skeleton count={6} />}
      <ul className="rules-rules">
        {data?.items.map((rule) => (
          <Rule key={rule.rule} rule={rule} may={data.can.edit} onRepair={() => setRepairing(rule)} />
        ))}
      </ul>
      {data && !data.can.edit && <p className="rules-foot ui-cap ui-muted">Only admins set the rules.</p>}
      {repairing && (
        <Suspense>
          <RepairDialog rule={repairing} onClose={() => setRepairing(null)} />
        </Suspense>
      )}
    </Card>
  )
}

function Rule({ rule: it, may, onRepair }: { rule: GroundRule; may: boolean; onRepair: () => void }) {
  const { rule, version, is_on, amount, breaks } = it
  const { canWrite } = useSession()
  const change = useChange()
  const [start, end, hint] = sentences[rule]
  const set = (body: { is_on?: boolean; amount?: number }) =>
    change(() => call(editGroundRule, { params: { rule }, body: { version, ...body } }))
  return (
    <li className={is_on ? undefined : 'rules-off'}>
      <Checkbox
        label={start}
        hint={hint}
        checked={is_on}
        disabled={!may}
        onChange={(event) => void set({ is_on: event.target.checked })}
      />
      {amount !== null && (
        <Amount
          key={version}
          {...{
            label: `${start}, how many ${end}`,
            end,
            amount,
            most: mostOf[rule] ?? 365,
            may,
            onSet: (next) => void set({ amount: next }),
          }}
        />
      )}
      <span className="rules-broken">
        {!is_on ? (
          <span className="ui-muted">Off</span>
        ) : breaks === 0 ? (
          <span className="rules-kept">Kept by all</span>
        ) : (
          <Link href={`${paths.partners}?breaks=${rule}`}>
            {breaks === 1 ? '1 partner breaks this rule' : `${breaks} partners break this rule`}
          </Link>
        )}
      </span>
      {is_on && breaks > 0 && canWrite && (
        <Button size="small" onClick={onRepair} aria-label={`Repair: ${start} ${end}`}>
          Repair
        </Button>
      )}
    </li>
  )
}

type AmountProps = {
  label: string
  end: string
  amount: number
  most: number
  may: boolean
  onSet: (amount: number) => void
}

function Amount({ label, end, amount, most, may, onSet }: AmountProps) {
  const [typed, setTyped] = useState(String(amount))
  const number = Number(typed)
  const fits = Number.isInteger(number) && number >= 1 && number <= most
  const save = () => {
    if (fits && number !== amount) onSet(number)
    else if (!fits) setTyped(String(amount))
  }
  return (
    <span className="rules-amount">
      <TextInput
        compact
        type="number"
        inputMode="numeric"
        min={1}
        max={most}
        aria-label={label}
        aria-invalid={!fits || undefined}
        title={fits ? undefined : `From 1 to ${most}`}
        value={typed}
        disabled={!may}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
      <span>{end}</span>
    </span>
  )
}
