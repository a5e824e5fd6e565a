import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, Plus, Search } from 'lucide-react'
import { usePortalHost } from './portal-host.ts'
import type { Option } from './use-options.ts'
import './menu.css'
import './combobox.css'

export const CREATE = 'ui:create'

type Props = {
  label: string
  search?: boolean
  searchLabel?: string
  empty?: string
  status: 'idle' | 'busy' | 'failed'
  checks?: boolean
}

/** The popup of every searchable picker: search field on top, then the list (with checkboxes where several may be on). */
export function PickPopup({
  label,
  search = true,
  searchLabel = 'Search',
  empty = 'Nothing matches.',
  status,
  checks,
}: Props) {
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
