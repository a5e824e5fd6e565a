import { ChevronDown } from 'lucide-react'
import { use, useState } from 'react'
import type { Session } from '#shared/session.ts'
import { paths } from '../../paths.ts'
import { readTheme, setTheme, type Theme } from '../../theme.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { NavigationContext } from '../../ui/link.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import { leave } from '../session/place.ts'
import { useSignOut } from '../session/sign-out.ts'

const themes: [Theme, string][] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

/** Other workspaces, theme, sign out. */
export function PortalMenu({ session, name, workspace }: { session: Session; name: string; workspace?: string }) {
  const { navigate = leave } = use(NavigationContext)
  const [theme, choose] = useState(readTheme)
  const out = useSignOut()
  const several = session.workspaces.length > 1
  const places: MenuEntry[] = several
    ? [
        { heading: 'Workspaces' },
        ...session.workspaces.map((place) => ({
          label: `${place.company} with ${place.partner}`,
          checked: place.workspace === workspace,
          onSelect: () => navigate(paths.workspace(place.workspace)),
        })),
        'separator',
      ]
    : []
  const team: MenuEntry[] = session.members.map((member) => ({
    label: `Team of ${member.company}`,
    onSelect: () => leave(paths.home),
  }))
  const pick = (to: Theme) => {
    setTheme(to)
    choose(to)
  }
  return (
    <Menu
      label="Your menu"
      align="end"
      trigger={
        <button type="button" className="portal-me" aria-label={`${name}, your menu`}>
          <Avatar name={name} size={28} />
          <span className="ui-trunc ui-desk">{name}</span>
          <ChevronDown />
        </button>
      }
      items={[
        ...places,
        ...team,
        { heading: 'Theme' },
        ...themes.map(([value, label]) => ({ label, checked: theme === value, onSelect: () => pick(value) })),
        'separator',
        { label: 'Sign out', onSelect: () => void out().then(() => leave(paths.signIn)) },
      ]}
    />
  )
}
