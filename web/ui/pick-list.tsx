import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, Plus, Search } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { CREATE, type Option } from './option.ts'
import { usePortalHost } from './portal-host.ts'
import { useOptions } from './use-options.ts'
import './menu.css'
import './combobox.css'

type Props = {
  anchor: HTMLElement
  label: string
  options: Option[]
  value: string[]
  /** Several may be on: Enter switches the marked one and is done, a press switches and stays. */
  multiple?: boolean
  /** With what was picked, or null when the person thought otherwise. */
  onDone: (value: string[] | null) => void
  onCreate?: (text: string) => void
  empty?: (text: string) => ReactNode
  head?: ReactNode
  foot?: (value: string[]) => ReactNode
  search?: boolean
}

/** A searchable list that opens in place at once, under a cell or a button: type, Enter takes and saves, Esc leaves all as it was. */
export function PickList(props: Props) {
  const { anchor, label, options, multiple = false, onDone, onCreate, empty, head, foot, search = true } = props
  const host = usePortalHost()
  // An anchor that is partly out of view (a bar that scrolls) still has its list in view.
  const [place] = useState(() => ({
    contextElement: anchor,
    getBoundingClientRect: () => {
      const { left, top, width, height } = anchor.getBoundingClientRect()
      return new DOMRect(Math.max(0, Math.min(left, innerWidth - width)), top, width, height)
    },
  }))
  const [picked, setPicked] = useState(props.value)
  const { items, query, setQuery } = useOptions(options, undefined, true)
  const text = query.trim()
  const known = items.some((option) => option.label.toLowerCase() === text.toLowerCase())
  const offer = onCreate && text && !known ? [{ value: CREATE, label: `Create "${text}"` }] : []
  const chosen = options.filter((option) => picked.includes(option.value))
  const take = (next: Option[], byKey: boolean) => {
    if (next.some((option) => option.value === CREATE)) return onCreate?.(text)
    const values = next.map((option) => option.value)
    setPicked(values)
    if (!multiple || (byKey && !foot)) onDone(values)
  }
  const root = {
    items: [...items, ...offer],
    filter: null,
    autoHighlight: true,
    open: true,
    inputValue: query,
    isItemEqualToValue: (a: Option, b: Option) => a.value === b.value,
    itemToStringLabel: (option: Option) => option.label,
    onOpenChange: (open: boolean, { reason }: { reason: string }) => {
      if (open || reason === 'item-press') return
      onDone(reason === 'escape-key' || foot || !multiple ? null : picked)
    },
    onInputValueChange: (next: string, { reason }: { reason: string }) => {
      if (reason === 'input-change' || reason === 'input-clear') setQuery(next)
    },
  }
  const popup = (
    <Base.Portal container={host}>
      <Base.Positioner className="ui-layer" anchor={place} align="start" sideOffset={4} collisionPadding={8}>
        <Base.Popup className="ui-popup ui-pick" aria-label={label} finalFocus={false}>
          {head}
          <div className={search ? 'ui-pick-search' : 'ui-vh'}>
            <Search />
            <Base.Input aria-label={label} placeholder="Search" autoFocus />
          </div>
          <Base.Empty className="ui-pick-status">{empty?.(text) ?? 'Nothing matches.'}</Base.Empty>
          <Base.List className="ui-pick-list" aria-label={label}>
            {(option: Option) => (
              <Base.Item key={option.value} value={option} className="ui-item">
                {option.value === CREATE && <Plus />}
                {multiple && option.value !== CREATE && (
                  <span className="ui-pick-box">
                    <Base.ItemIndicator>
                      <Check />
                    </Base.ItemIndicator>
                  </span>
                )}
                {option.icon}
                <span className="ui-menu-label">
                  {option.label}
                  {option.hint && <span className="ui-menu-hint">{option.hint}</span>}
                </span>
                {!multiple && (
                  <Base.ItemIndicator className="ui-row">
                    <Check />
                  </Base.ItemIndicator>
                )}
              </Base.Item>
            )}
          </Base.List>
          {foot && <div className="ui-pick-foot">{foot(picked)}</div>}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
  return multiple ? (
    <Base.Root
      {...root}
      multiple
      value={chosen}
      onValueChange={(next: Option[], { event }) => take(next, event instanceof KeyboardEvent)}
    >
      {popup}
    </Base.Root>
  ) : (
    <Base.Root
      {...root}
      value={chosen[0] ?? null}
      onValueChange={(next: Option | null) => take(next ? [next] : [], false)}
    >
      {popup}
    </Base.Root>
  )
}
