import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from 'react'
import { classNames } from './class-names.ts'
import { HelpTip } from './help-tip.tsx'
import './checkbox.css'

type BoxProps = Omit<ComponentProps<'input'>, 'type'> & { indeterminate?: boolean }
type Props = BoxProps & { label: ReactNode; hint?: ReactNode; hideLabel?: boolean }

/** A checkbox with its label; with `hideLabel` the label is only read out (table rows). */
export function Checkbox({ label, hint, hideLabel, className, ...rest }: Props) {
  const id = useId()
  return (
    <label htmlFor={rest.id ?? `${id}-box`} className={classNames('ui-check', hideLabel && 'ui-check-bare', className)}>
      <Box {...rest} id={rest.id ?? `${id}-box`} aria-describedby={hint ? id : rest['aria-describedby']} />
      <span className={hideLabel ? 'ui-vh' : undefined}>{label}</span>
      {hint && (
        <span id={id} className="ui-check-hint">
          {hint}
        </span>
      )}
    </label>
  )
}

/** A list of CheckRow, ruled by lines. */
export function CheckRows({ children }: { children: ReactNode }) {
  return <ul className="ui-check-rows">{children}</ul>
}

type RowProps = BoxProps & { label: string; line: ReactNode; help?: ReactNode; mark?: ReactNode; changed?: boolean }

/** A checkbox with one line of explanation always in view, more behind (?), and a mark when it differs from what is saved. */
export function CheckRow({ label, line, help, mark, changed, ...rest }: RowProps) {
  const id = useId()
  return (
    <li className={classNames('ui-check-row', changed && 'ui-changed')}>
      <label htmlFor={rest.id ?? `${id}-box`}>
        <Box {...rest} id={rest.id ?? `${id}-box`} aria-describedby={id} />
        <span className="ui-check-name">
          {label}
          {mark && <span className="ui-check-mark">{mark}</span>}
        </span>
        <span id={id} className="ui-check-line">
          {line}
        </span>
      </label>
      {help && <HelpTip label={`About ${label}`}>{help}</HelpTip>}
    </li>
  )
}

function Box({ indeterminate = false, ref, ...rest }: BoxProps) {
  const own = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (own.current) own.current.indeterminate = indeterminate
  }, [indeterminate])
  return (
    <input
      {...rest}
      type="checkbox"
      className="ui-box"
      ref={(node) => {
        own.current = node
        if (typeof ref === 'function') ref(node)
        else if (ref) ref.current = node
      }}
    />
  )
}
