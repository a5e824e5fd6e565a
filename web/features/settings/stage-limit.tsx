import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type DealStage, editListItem } from '#shared/lists.ts'
import { listGroundRules } from '#shared/rules.ts'
import { call } from '../../api.ts'
import { ask } from '../../query.ts'
import { TextInput } from '../../ui/text-input.tsx'
import { useChange } from './use-change.ts'

/** After how many days without activity a deal in this stage is quiet; empty means what the ground rule says. */
export function StageLimit({ stage, may }: { stage: DealStage; may: boolean }) {
  const { data: rules } = useQuery(ask(listGroundRules, {}))
  const rule = rules?.items.find((it) => it.rule === 'quiet')
  const change = useChange()
  const was = stage.quiet_days === null ? '' : String(stage.quiet_days)
  const [typed, setTyped] = useState(was)
  const number = Number(typed)
  const fits = typed === '' || (Number.isInteger(number) && number >= 1 && number <= 365)
  const save = () => {
    if (!fits) setTyped(was)
    else if (typed !== was)
      void change(() =>
        call(editListItem, {
          params: { list: 'stages', item: stage.id },
          body: { version: stage.version, quiet_days: typed === '' ? null : number },
        }),
      )
  }
  return (
    <span className="rules-amount rules-limit">
      <span className="ui-muted">Quiet after</span>
      <TextInput
        compact
        type="number"
        inputMode="numeric"
        min={1}
        max={365}
        aria-label={`${stage.name} is quiet after how many days`}
        aria-invalid={!fits || undefined}
        title={fits ? 'Empty: as the ground rule says' : 'From 1 to 365, or empty'}
        placeholder={rule?.is_on ? String(rule.amount) : ''}
        value={typed}
        disabled={!may}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
      <span className="ui-muted">days</span>
      {stage.won_within_days !== null && (
        <span className="ui-muted ui-cap">Won deals leave within {stage.won_within_days}</span>
      )}
    </span>
  )
}
