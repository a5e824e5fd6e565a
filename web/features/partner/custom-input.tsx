import type { CustomValue } from '#shared/custom-fields.ts'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'

type Props = {
  field: CustomValue
  value: string
  onChange: (value: string) => void
  error: string | undefined
  first: boolean
}
const none = { value: '', label: 'Nothing' }

/** The control that fits what a field holds; its purpose stands under it. */
export function CustomInput({
  field: { kind, name, purpose, choices, value: saved },
  value,
  onChange,
  error,
  first,
}: Props) {
  const offered =
    kind === 'choice' && typeof saved === 'string' && !choices.includes(saved) ? [saved, ...choices] : choices
  const options =
    kind === 'choice'
      ? [none, ...offered.map((choice) => ({ value: choice, label: choice }))]
      : [none, { value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }]
  return (
    <Field label={name} hint={purpose} {...(error ? { error } : {})}>
      {kind === 'choice' || kind === 'yes_no' ? (
        <Select value={value || null} onChange={onChange} options={options} placeholder="Nothing" />
      ) : (
        <TextInput
          type={kind === 'date' ? 'date' : 'text'}
          inputMode={kind === 'number' ? 'decimal' : kind === 'link' ? 'url' : 'text'}
          maxLength={500}
          autoFocus={first}
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
