import { ChevronDown, Globe, Lock, Pencil, Pin, PinOff, Trash2 } from 'lucide-react'
import type { SavedView } from '#shared/saved-views.ts'
import { Button } from '../ui/button.tsx'
import { Menu } from '../ui/menu.tsx'
import type { MenuEntry } from '../ui/menu-entry.ts'
import type { SavedViews } from './saved-views.ts'

type Props = { saved: SavedViews; view: SavedView; onRename: () => void; onRemoved: () => void }

/** What can be done with the view that is open. */
export function ViewMenu({ saved, view, onRename, onRemoved }: Props) {
  const theirs = view.can.edit ? {} : { reason: `${view.by} made this view. Ask them or an admin.` }
  const items: MenuEntry[] = [
    view.pinned
      ? { label: 'Unpin from sidebar', icon: <PinOff />, onSelect: () => void saved.pin(view, false) }
      : { label: 'Pin to sidebar', icon: <Pin />, onSelect: () => void saved.pin(view, true) },
    'separator',
    { label: 'Rename', icon: <Pencil />, onSelect: onRename, ...theirs },
    view.shared
      ? { label: 'Make private', icon: <Lock />, onSelect: () => void saved.edit(view, { shared: false }), ...theirs }
      : {
          label: 'Share with team',
          icon: <Globe />,
          onSelect: () => void saved.edit(view, { shared: true }),
          ...(saved.canShare ? theirs : { reason: 'Members and admins share views.' }),
        },
    {
      label: 'Delete view',
      icon: <Trash2 />,
      danger: true,
      onSelect: () => void saved.remove(view).then((gone) => gone && onRemoved()),
      ...theirs,
    },
  ]
  return (
    <Menu
      label={`View ${view.name}`}
      align="end"
      items={items}
      trigger={
        <Button variant="quiet" size="small">
          View
          <ChevronDown />
        </Button>
      }
    />
  )
}
