import { useState } from 'react'
import { type CustomValue, editCustomValues } from '#shared/custom-fields.ts'
import type { Partner } from '#shared/partners.ts'
import { ApiProblem, call } from '../../api.ts'
import { Button, TextButton } from '../../ui/button.tsx'
import { Card, KeyValues } from '../../ui/card.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Conflict } from './conflict.tsx'
import { CustomInput } from './custom-input.tsx'
import { customWords, inputOf, type Typed, typedOf, valueFrom } from './custom-words.ts'
import { useRefresh, wordsOf } from './use-partner.ts'

/** The fields that the company added, read and filled in where they stand. Partners never see them. */
export function CustomCard({ partner }: { partner: Partner }) {
  const [editing, setEditing] = useState(false)
  if (partner.custom.length === 0) return null
  const filled = partner.custom.filter((field) => field.value !== null)
  return (
    <Card
      title="More about them"
      note="Your team only"
      {...(partner.can.work && !editing
        ? { action: <TextButton onClick={() => setEditing(true)}>{filled.length ? 'Edit' : 'Fill in'}</TextButton> }
        : {})}
    >
      {editing ? (
        <CustomForm partner={partner} onClose={() => setEditing(false)} />
      ) : filled.length > 0 ? (
        <KeyValues
          narrow
          items={filled.map((field) => [
            field.name,
            <span key={field.field_id} title={field.purpose}>
              {customWords(field)}
            </span>,
          ])}
        />
      ) : (
        <p className="ui-muted">Nothing filled in yet: {partner.custom.map(({ name }) => name).join(', ')}.</p>
      )}
    </Card>
  )
}

function CustomForm({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const [base, setBase] = useState<CustomValue[]>(partner.custom)
  const [typed, setTyped] = useState<Typed>(typedOf(base))
  const [newer, setNewer] = useState<CustomValue[] | null>(null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const refresh = useRefresh()
  const toast = useToast()
  const mine = base.filter((field) => typed[field.field_id] !== inputOf(field))
  const clashing = (now: CustomValue[]) =>
    mine.filter((field) => now.find((one) => one.field_id === field.field_id)?.value !== field.value)

  const save = async (from: CustomValue[]): Promise<void> => {
    const values = mine.map((field) => ({
      field_id: field.field_id,
      value: valueFrom(field.kind, typed[field.field_id] ?? ''),
      was: from.find((one) => one.field_id === field.field_id)?.value ?? null,
    }))
    if (values.length === 0) return onClose()
    setBusy(true)
    setErrors({})
    try {
      await call(editCustomValues, { params: { partner: partner.id }, body: { values } })
      await refresh()
      toast.show({ text: 'Saved' })
      onClose()
    } catch (error) {
      const problem = error instanceof ApiProblem ? error.problem : undefined
      if (problem?.code === 'conflict') setNewer((problem.current as { custom: CustomValue[] }).custom)
      else if (problem?.errors?.length) setErrors(Object.fromEntries(problem.errors.map((it) => [it.field, it.detail])))
      else setErrors({ root: wordsOf(error) })
    }
    setBusy(false)
  }
  const settle = (keep: boolean) => {
    if (!newer) return
    const clashes = clashing(newer)
    const kept = mine.filter((field) => keep || !clashes.includes(field)).map(({ field_id }) => field_id)
    setTyped({ ...typedOf(newer), ...Object.fromEntries(kept.map((id) => [id, typed[id] ?? ''])) })
    setBase(newer)
    setNewer(null)
  }
  return (
    <form
      className="partner-custom"
      onSubmit={(event) => {
        event.preventDefault()
        void save(base)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save(base)
      }}
    >
      {newer && (
        <Conflict
          differ={clashing(newer).map((field) => ({
            label: field.name,
            mine: customWords({ ...field, value: valueFrom(field.kind, typed[field.field_id] ?? '') }, true) as string,
            theirs: customWords(newer.find((one) => one.field_id === field.field_id) ?? field, true) as string,
          }))}
          onKeep={() => settle(true)}
          onTake={() => settle(false)}
        />
      )}
      {errors.root && <p role="alert">{errors.root}</p>}
      {base.map((field, at) => (
        <CustomInput
          key={field.field_id}
          field={field}
          first={at === 0}
          value={typed[field.field_id] ?? ''}
          error={errors[field.field_id]}
          onChange={(value) => {
            setTyped((all) => ({ ...all, [field.field_id]: value }))
            setErrors({})
          }}
        />
      ))}
      <div className="ui-row">
        <Button variant="primary" type="submit" busy={busy}>
          Save
        </Button>
        <Button variant="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
