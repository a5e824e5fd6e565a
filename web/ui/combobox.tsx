import { ChevronDown, X } from 'lucide-react'
import { useState } from 'react'
import { Tag } from './chip.tsx'
import { classNames } from './class-names.ts'
import { useField } from './field.tsx'
import { LateButton, useLate } from './late.tsx'
import { CREATE, type Option } from './option.ts'
import { type Load, loadPick, useOptions } from './use-options.ts'
import './menu.css'
import './combobox.css'

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
  const { value, onChange, label, placeholder = 'Choose', searchLabel, empty, onCreate, clearable } = props
  const { pick, root, status } = usePicker(props)
  const trigger = useTrigger(props)
  const late = useLate(loadPick)
  return (
    <>
      <span className="ui-combobox">
        <LateButton late={late} {...trigger}>
          <span className={classNames('ui-trunc ui-row', !value && 'ui-muted')}>
            {value?.icon}
            {value?.label ?? placeholder}
          </span>
          <ChevronDown />
        </LateButton>
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
      {late.Part && (
        <late.Part
          link={late.link}
          trigger={trigger}
          root={{
            ...root,
            value,
            onValueChange: (next) => (next?.value === CREATE ? onCreate?.(pick()) : onChange(next)),
          }}
          label={label ?? placeholder}
          searchLabel={searchLabel}
          empty={empty}
          status={status}
        />
      )}
    </>
  )
}

/** Several choices out of a long list, shown as tags in the field. */
export function MultiCombobox(props: MultiProps) {
  const { value, onChange, label, placeholder = 'Choose', searchLabel, empty, onCreate } = props
  const { pick, root, status } = usePicker(props)
  const trigger = useTrigger(props)
  const late = useLate(loadPick)
  return (
    <>
      <LateButton late={late} {...trigger}>
        <span className={classNames('ui-row ui-wrap', value.length === 0 && 'ui-muted')}>
          {value.length === 0 ? placeholder : value.map((option) => <Tag key={option.value}>{option.label}</Tag>)}
        </span>
        <ChevronDown />
      </LateButton>
      {late.Part && (
        <late.Part
          link={late.link}
          trigger={trigger}
          root={{
            ...root,
            multiple: true,
            value,
            onValueChange: (next) =>
              next.some((option) => option.value === CREATE) ? onCreate?.(pick()) : onChange(next),
          }}
          label={label ?? placeholder}
          searchLabel={searchLabel}
          empty={empty}
          status={status}
          checks
        />
      )}
    </>
  )
}

function useTrigger({ label, compact, disabled }: Shared) {
  const field = useField()
  const className = classNames('ui-input', compact && 'ui-compact')
  return { ...field, 'aria-label': label, 'aria-haspopup': 'dialog' as const, className, disabled }
}

function usePicker({ options, load, onCreate, disabled }: Shared) {
  const [open, setOpen] = useState(false)
  const { items, status, query, setQuery } = useOptions(options, load, open)
  const text = query.trim()
  const known = items.some((option) => option.label.toLowerCase() === text.toLowerCase())
  const offer = onCreate && text && !known && status === 'idle' ? [{ value: CREATE, label: `Create "${text}"` }] : []
  return {
    status,
    root: {
      items: [...items, ...offer],
      disabled,
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
    },
    pick: () => {
      setQuery('')
      setOpen(false)
      return text
    },
  }
}
