import { CircleAlert } from 'lucide-react'
import { createContext, type ReactNode, use, useId } from 'react'
import { classNames } from './class-names.ts'
import './field.css'

type FieldWiring = { id?: string; describedBy?: string; invalid?: boolean; required?: boolean }
type Props = {
  label: ReactNode
  hint?: ReactNode
  error?: string
  optional?: boolean
  required?: boolean
  hideLabel?: boolean
  after?: ReactNode
  children: ReactNode
}

const FieldContext = createContext<FieldWiring>({})

/** What a control takes over from the Field around it; its own attributes win. */
export function useField(own: { id?: string; 'aria-describedby'?: string } = {}) {
  const { id, describedBy, invalid, required } = use(FieldContext)
  return {
    id: own.id ?? id,
    'aria-describedby': [own['aria-describedby'], describedBy].filter(Boolean).join(' ') || undefined,
    'aria-invalid': invalid || undefined,
    'aria-required': required || undefined,
  }
}

/** A label, one control, its hint and its error, wired together for assistive technology. */
export function Field({ label, hint, error, optional, required, hideLabel, after, children }: Props) {
  const id = useId()
  const describedBy = classNames(hint ? `${id}-hint` : '', error && `${id}-error`) || undefined
  return (
    <div className="ui-field">
      <label htmlFor={id} className={hideLabel ? 'ui-vh' : 'ui-label'}>
        {label}
        {optional && <span className="ui-optional"> optional</span>}
      </label>
      <FieldContext value={{ id, describedBy, invalid: Boolean(error), required }}>{children}</FieldContext>
      <FieldNotes id={id} hint={hint} error={error} />
      {after}
    </div>
  )
}

type SetProps = Omit<Props, 'required' | 'hideLabel' | 'after' | 'label'> & { legend: ReactNode; hideLegend?: boolean }

/** A group of choices under one legend. */
export function FieldSet({ legend, hint, error, optional, hideLegend, children }: SetProps) {
  const id = useId()
  const describedBy = classNames(hint ? `${id}-hint` : '', error && `${id}-error`) || undefined
  return (
    <fieldset className="ui-fieldset" aria-describedby={describedBy}>
      <legend className={hideLegend ? 'ui-vh' : 'ui-label'}>
        {legend}
        {optional && <span className="ui-optional"> optional</span>}
      </legend>
      <FieldContext value={{}}>{children}</FieldContext>
      <FieldNotes id={id} hint={hint} error={error} />
    </fieldset>
  )
}

function FieldNotes({ id, hint, error }: { id: string; hint?: ReactNode; error?: string }) {
  return (
    <>
      {error && (
        <p id={`${id}-error`} className="ui-field-error" role="alert">
          <CircleAlert />
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="ui-hint">
          {hint}
        </p>
      )}
    </>
  )
}
