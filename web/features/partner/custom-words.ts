import { createElement, type ReactNode } from 'react'
import type { CustomValue } from '#shared/custom-fields.ts'
import { Link } from '../../ui/link.tsx'
import { Day } from '../../ui/time.tsx'

/** What stands in the inputs, by field. */
export type Typed = Record<string, string>
export const inputOf = ({ value }: CustomValue): string =>
  value === null ? '' : value === true ? 'yes' : value === false ? 'no' : String(value)
export const typedOf = (fields: CustomValue[]): Typed =>
  Object.fromEntries(fields.map((field) => [field.field_id, inputOf(field)]))

/** What was typed, as the server takes it. A number that is none goes as it stands, so that the server says so. */
export function valueFrom(kind: CustomValue['kind'], typed: string): CustomValue['value'] {
  const text = typed.trim()
  if (text === '') return null
  if (kind === 'yes_no') return text === 'yes'
  if (kind !== 'number') return text
  const number = Number(text.replace(',', '.'))
  return Number.isFinite(number) ? number : text
}

/** A value as people read it. `plain` for a sentence. */
export function customWords({ kind, value }: CustomValue, plain = false): ReactNode {
  if (value === null) return ''
  if (kind === 'yes_no') return value ? 'Yes' : 'No'
  if (kind === 'number') return Number(value).toLocaleString('en', { maximumFractionDigits: 10 })
  if (plain) return String(value)
  if (kind === 'date') return createElement(Day, { value: String(value) })
  if (kind === 'link')
    return createElement(
      Link,
      { href: String(value), target: '_blank', rel: 'noreferrer' },
      String(value)
        .replace(/^https?:\/\/(www\.)?/, '')
        .replace(/\/$/, ''),
    )
  return String(value)
}
