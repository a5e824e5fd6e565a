import { Check, Plus } from 'lucide-react'
import type { RefObject } from 'react'
import { Field } from '../../ui/field.tsx'
import { TextArea } from '../../ui/text-input.tsx'
import { useCaret } from '../../ui/use-caret.ts'

const starts = [
  { label: 'Why you', text: 'I ask you because ' },
  { label: 'What they will see', text: 'You will see ' },
  { label: 'What to do first', text: 'Please start with ' },
]

type Props = {
  value: string
  onChange: (text: string) => void
  error: string | null
  box: RefObject<HTMLTextAreaElement | null>
}

/** The message in one's own words; three prompts that only begin a sentence. */
export function MessageField({ value, onChange, error, box }: Props) {
  const putCaret = useCaret(box)
  const begin = (text: string) => {
    const at = box.current?.selectionEnd ?? value.length
    const before = value.slice(0, at)
    const gap = before && !/\s$/.test(before) ? ' ' : ''
    putCaret(at + gap.length + text.length)
    onChange(before + gap + text + value.slice(at))
  }
  return (
    <div className="partner-message">
      <span className="ui-label" aria-hidden="true">
        Your message
      </span>
      <fieldset className="partner-starts">
        <legend className="ui-vh">Begin a sentence</legend>
        <span className="ui-cap ui-muted" aria-hidden="true">
          Start with
        </span>
        {starts.map(({ label, text }) => (
          <button key={label} type="button" onClick={() => begin(text)}>
            {value.includes(text.trim()) ? <Check /> : <Plus />}
            {label}
          </button>
        ))}
      </fieldset>
      <Field
        label="Your message"
        hideLabel
        hint="No template. People answer messages that sound like you."
        {...(error ? { error } : {})}
        required
      >
        <TextArea
          ref={box}
          rows={6}
          maxLength={4000}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
    </div>
  )
}
