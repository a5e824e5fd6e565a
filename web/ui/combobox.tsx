import { Combobox as Base } from '@base-ui/react/combobox'
import { ChevronDown, X } from 'lucide-react'
import { useState } from 'react'
import { Tag } from './chip.tsx'
import { classNames } from './class-names.ts'
import { useField } from './field.tsx'
import { CREATE, PickPopup } from './pick-popup.tsx'
import { type Load, type Option, useOptions } from './use-options.ts'

type Shared = {
  options?: Option[]
  load?: Load
  label?: string
  placeholder?: string
  searchLabel?: string
  empty?: string
  onCreate?: (text: string) => void
  compact?: boolean
  disabled?: boolean
}
type SingleProps = Shared & { value: Option | null; onChange: (value: Option | null) => void; clearable?: boolean }
type MultiProps = Shared & { value: Option[]; onChange: (value: Option[]) => void }

const sameOption = (a: Option, b: Option) => a.value === b.value

/** One choice out of a long list, with the search inside the popup. `load` asks for the options while typing. */
export function Combobox(props: SingleProps) {
  const {
    value,
    onChange,
    label,
    placeholder = 'Choose',
    searchLabel,
    empty,
    onCreate,
    compact,
    disabled,
    clearable,
  } = props
  const { pick, items, status, ...list } = usePicker(props)
  const field = useField()
  return (
    <Base.Root
      {...list}
      items={items}
      value={value}
      disabled={disabled}
      onValueChange={(next: Option | null) => (next?.value === CREATE ? onCreate?.(pick()) : onChange(next))}
    >
      <span className="ui-combobox">
        <Base.Trigger {...field} aria-label={label} className={classNames('ui-input', compact && 'ui-compact')}>
          <span className={classNames('ui-trunc ui-row', !value && 'ui-muted')}>
            {value?.icon}
            {value?.label ?? placeholder}
          </span>
          <ChevronDown />
        </Base.Trigger>
        {clearable && value && (
          <button
            type="button"
            className="ui-combobox-clear"
            aria-label={`Clear ${value.label}`}
            onClick={() => onChange(null)}
          >
            <X />
          </button>
        )}
      </span>
      <PickPopup label={label ?? placeholder} searchLabel={searchLabel} empty={empty} status={status} />
    </Base.Root>
  )
}

/** Several choices out of a long list, shown as tags in the field. */
export function MultiCombobox(props: MultiProps) {
  const { value, onChange, label, placeholder = 'Choose', searchLabel, empty, onCreate, compact, disabled } = props
  const { pick, items, status, ...list } = usePicker(props)
  const field = useField()
  return (
    <Base.Root
      {...list}
      multiple
      items={items}
      value={value}
      disabled={disabled}
      onValueChange={(next: Option[]) =>
        next.some((option) => option.value === CREATE) ? onCreate?.(pick()) : onChange(next)
      }
    >
      <Base.Trigger {...field} aria-label={label} className={classNames('ui-input', compact && 'ui-compact')}>
        <span className={classNames('ui-row ui-wrap', value.length === 0 && 'ui-muted')}>
          {value.length === 0 ? placeholder : value.map((option) => <Tag key={option.value}>{option.label}</Tag>)}
        </span>
        <ChevronDown />
      </Base.Trigger>
      <PickPopup label={label ?? placeholder} searchLabel={searchLabel} empty={empty} status={status} checks />
    </Base.Root>
  )
}

function usePicker({ options, load, onCreate }: Shared) {
  const [open, setOpen] = useState(false)
  const { items, status, query, setQuery } = useOptions(options, load, open)
  const text = query.trim()
  const known = items.some((option) => option.label.toLowerCase() === text.toLowerCase())
  const offer = onCreate && text && !known && status === 'idle' ? [{ value: CREATE, label: `Create "${text}"` }] : []
  return {
    items: [...items, ...offer],
    status,
    open,
    filter: null,
    autoHighlight: true,
    inputValue: query,
    isItemEqualToValue: sameOption,
    itemToStringLabel: (option: Option) => option.label,
    onOpenChange: (next: boolean) => {
      setOpen(next)
      if (!next) setQuery('')
    },
    onInputValueChange: (next: string, { reason }: { reason: string }) => {
      if (reason === 'input-change' || reason === 'input-clear') setQuery(next)
    },
    pick: () => {
      setQuery('')
      setOpen(false)
      return text
    },
  }
}
