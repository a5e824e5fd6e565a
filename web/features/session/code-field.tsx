import type { Ref } from 'react'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'

type Props = { value: string; onChange: (digits: string) => void; error?: string; input?: Ref<HTMLInputElement> }

/** The six digits. Pasted text may hold spaces or words around them. */
export function CodeField({ value, onChange, error, input }: Props) {
  return (
    <Field label="6-digit code" error={error} required>
      <TextInput
        ref={input}
        className="session-code ui-num"
        value={value}
        onChange={(event) => onChange(event.target.value.replace(/\D/g, '').slice(0, 6))}
        inputMode="numeric"
        autoComplete="one-time-code"
        spellCheck={false}
      />
    </Field>
  )
}
