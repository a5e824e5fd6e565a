import { ArrowDown, ArrowUp, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { IconButton } from './icon-button.tsx'
import './table.css'

type TableProps = {
  caption: string
  phone?: 'rows' | 'scroll'
  className?: string
  rowCount?: number
  children: ReactNode
}

/**
 * A native table. On phones its rows become small blocks (`rows`: lay the cells out by class in the page's CSS) or it
 * scrolls sideways (`scroll`). The caption is read out, not shown.
 */
export function Table({ caption, phone = 'rows', className, rowCount, children }: TableProps) {
  const table = (
    <table className={classNames('ui-table', phone === 'rows' && 'ui-table-rows', className)} aria-rowcount={rowCount}>
      <caption className="ui-vh">{caption}</caption>
      {children}
    </table>
  )
  if (phone === 'rows') return <div className="ui-table-box">{table}</div>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <div className="ui-table-scroll" role="group" aria-label={caption} tabIndex={0}>
      {table}
    </div>
  )
}

type SortProps = {
  label: string
  direction: 'ascending' | 'descending' | null
  onSort: () => void
  align?: 'start' | 'end'
  className?: string
}

/** A column header that sorts. Widths come from the page's CSS by class. */
export function SortHeader({ label, direction, onSort, align, className }: SortProps) {
  return (
    <th scope="col" className={classNames(align === 'end' && 'ui-end', className)} aria-sort={direction ?? undefined}>
      <button type="button" className="ui-sort" onClick={onSort}>
        {label}
        {direction === 'ascending' && <ArrowUp />}
        {direction === 'descending' && <ArrowDown />}
      </button>
    </th>
  )
}

/** The floating bar while rows are selected. */
export function BulkBar({
  count,
  label,
  onClear,
  children,
}: {
  count: number
  label: string
  onClear: () => void
  children: ReactNode
}) {
  if (count === 0) return null
  return (
    <div className="ui-bulk" role="toolbar" aria-label={label}>
      <span className="ui-bulk-count" role="status">
        {count} selected
      </span>
      {children}
      <IconButton label="Clear selection" icon={<X />} size="small" onClick={onClear} />
    </div>
  )
}
