import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { useField } from './field.tsx'

type InputProps = ComponentProps<'input'> & { icon?: ReactNode; end?: ReactNode; compact?: boolean }

/** One line of text. `icon` stands at the start, `end` (a key, a unit) inside at the end. */
export function TextInput({ icon, end, compact, className, ...rest }: InputProps) {
  const field = useField(rest)
  const input = (
    <input type="text" {...rest} {...field} className={classNames('ui-input', compact && 'ui-compact', className)} />
  )
  if (!icon && !end) return input
  return (
    <span className="ui-input-box">
      {icon}
      {input}
      {end && <span className="ui-input-end">{end}</span>}
    </span>
  )
}

/** Several lines of text; with `grow` as tall as its content. */
export function TextArea({ grow, className, rows = 3, ...rest }: ComponentProps<'textarea'> & { grow?: boolean }) {
  const field = useField(rest)
  return <textarea {...rest} {...field} rows={rows} className={classNames('ui-input', grow && 'ui-auto', className)} />
}
