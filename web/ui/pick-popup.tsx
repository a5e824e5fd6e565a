import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, Plus, Search } from 'lucide-react'
import type { ComponentProps } from 'react'
import { HandOver, type Link } from './late.tsx'
import { CREATE, type Option } from './option.ts'
import { usePortalHost } from './portal-host.ts'
import './menu.css'
import './combobox.css'

type One = { multiple?: false; value: Option | null; onValueChange: (value: Option | null) => void }
type Several = { multiple: true; value: Option[]; onValueChange: (value: Option[]) => void }
type Root = (One | Several) & {
  items: Option[]
  filter: null
  autoHighlight: boolean
  disabled?: boolean
  open: boolean
  inputValue: string
  isItemEqualToValue: (a: Option, b: Option) => boolean
  itemToStringLabel: (option: Option) => string
  onOpenChange: (open: boolean) => void
  onInputValueChange: (text: string, details: { reason: string }) => void
}
export type PickProps = Popup & { root: Root; trigger: ComponentProps<'button'>; link: Link }

/** What a searchable picker needs once it is used: `root` is its state, `trigger` the attributes of its LateButton. */
export function Pick({ root, trigger, link, ...popup }: PickProps) {
  const parts = (
    <>
      <Base.Trigger {...trigger} render={(given) => <HandOver link={link} given={given} />} />
      <PickPopup {...popup} />
    </>
  )
  return root.multiple ? <Base.Root {...root}>{parts}</Base.Root> : <Base.Root {...root}>{parts}</Base.Root>
}

type Popup = {
  label: string
  search?: boolean
  searchLabel?: string
  empty?: string
  status: 'idle' | 'busy' | 'failed'
  checks?: boolean
}

// Search field on top, then the list (with checkboxes where several may be on).
function PickPopup({
  label,
  search = true,
  searchLabel = 'Search',
  empty = 'Nothing matches.',
  status,
  checks,
}: Popup) {
  const host = usePortalHost()
  return (
    <Base.Portal container={host}>
      <Base.Positioner className="ui-layer" align="start" sideOffset={4} collisionPadding={8}>
        <Base.Popup className="ui-popup ui-pick" aria-label={label}>
          <div className={search ? 'ui-pick-search' : 'ui-vh'}>
            <Search />
            <Base.Input aria-label={searchLabel} placeholder={searchLabel} />
          </div>
          <Base.Status className="ui-pick-status">
            {status === 'failed'
              ? "We couldn't load this list. Type to try again."
              : status === 'busy'
                ? 'Searching'
                : null}
          </Base.Status>
          <Base.Empty className="ui-pick-status">{status === 'idle' ? empty : null}</Base.Empty>
          <Base.List className="ui-pick-list" aria-label={label}>
            {(option: Option) => (
              <Base.Item key={option.value} value={option} className="ui-item">
                {option.value === CREATE && <Plus />}
                {checks && option.value !== CREATE && (
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
                {!checks && (
                  <Base.ItemIndicator className="ui-row">
                    <Check />
                  </Base.ItemIndicator>
                )}
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}
