import { Plus, X } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { classNames } from './class-names.ts'
import { LateButton, useLate } from './late.tsx'
import type { Option } from './option.ts'
import { type Load, loadPick, useOptions } from './use-options.ts'
import './menu.css'
import './combobox.css'
import './filter-chip.css'

type Props = {
  label: string
  value: string[]
  onChange: (value: string[]) => void
  options?: Option[]
  load?: Load
  single?: boolean
  search?: boolean
  plural?: string
}

/**
 * A filter: "+ Status" while off, "Status: Active ×" while on. Opens a searchable list with checkboxes; with `single`
 * a new choice replaces the old one. Many choices are counted ("5 types" with `plural`).
 */
export function FilterChip({ label, value, onChange, options, load, single, search, plural = 'chosen' }: Props) {
  const [open, setOpen] = useState(false)
  const { items, status, query, setQuery } = useOptions(options, load, open)
  const late = useLate(loadPick)
  const seen = useRef(new Map<string, Option>())
  for (const option of [...(options ?? []), ...items]) seen.current.set(option.value, option)
  const chosen = value.map((one) => seen.current.get(one) ?? { value: one, label: one })
  const names = chosen.map((option) => option.label).join(', ')
  const on = value.length > 0
  const trigger = {
    className: 'ui-filter-open',
    'aria-label': on ? `${label}: ${names}` : `Filter by ${label}`,
    'aria-haspopup': 'dialog' as const,
  }
  return (
    <span className={classNames('ui-filter', on && 'ui-filter-on')}>
      <LateButton late={late} {...trigger}>
        {on ? (
          <>
            {label}: <b>{names.length > 28 ? `${value.length} ${plural}` : names}</b>
          </>
        ) : (
          <>
            <Plus />
            {label}
          </>
        )}
      </LateButton>
      {late.Part && (
        <late.Part
          link={late.link}
          trigger={trigger}
          root={{
            multiple: true,
            items,
            filter: null,
            autoHighlight: true,
            value: chosen,
            open,
            inputValue: query,
            isItemEqualToValue: (a, b) => a.value === b.value,
            itemToStringLabel: (option) => option.label,
            onOpenChange: (next) => {
              setOpen(next)
              if (!next) setQuery('')
            },
            onInputValueChange: (next, { reason }) => {
              if (reason === 'input-change' || reason === 'input-clear') setQuery(next)
            },
            onValueChange: (next) => onChange((single ? next.slice(-1) : next).map((option) => option.value)),
          }}
          label={label}
          search={search ?? (load !== undefined || (options?.length ?? 0) > 7)}
          status={status}
          checks={!single}
        />
      )}
      {on && (
        <button
          type="button"
          className="ui-filter-clear"
          aria-label={`Clear filter ${label}`}
          onClick={() => {
            onChange([])
            late.link.button?.focus()
          }}
        >
          <X />
        </button>
      )}
    </span>
  )
}

/** The row of filter chips; `end` holds Clear filters and Save as view. */
export function FilterBar({ children, end }: { children: ReactNode; end?: ReactNode }) {
  return (
    <search className="ui-filters" aria-label="Filters">
      {children}
      {end && <div className="ui-filters-end">{end}</div>}
    </search>
  )
}
