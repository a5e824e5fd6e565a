import {
  Building2,
  CircleCheckBig,
  CircleHelp,
  House,
  Inbox,
  Kanban,
  KeyRound,
  Menu as MenuIcon,
  Settings2,
} from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { readTheme, setTheme, type Theme } from '../theme.ts'
import { AppFrame, FrameUser, type NavItem } from '../ui/app-frame.tsx'
import { CommandMenu } from '../ui/command-menu.tsx'
import { Menu } from '../ui/menu.tsx'
import { ShortcutsDialog } from '../ui/shortcuts-dialog.tsx'
import { useHotkeys } from '../ui/use-hotkeys.ts'
import { useTitle } from '../ui/use-title.ts'
import { KitForms } from './kit-forms.tsx'
import { KitLayers } from './kit-layers.tsx'
import { KitList } from './kit-list.tsx'
import { KitMarks } from './kit-marks.tsx'
import { KitOutside, KitSignIn, KitViewAs } from './kit-outside.tsx'
import { KitRecord } from './kit-record.tsx'
import { KitStates } from './kit-states.tsx'

const PAGES: Record<string, { label: string; page: ReactNode }> = {
  list: { label: 'List', page: <KitList /> },
  record: { label: 'Record', page: <KitRecord /> },
  forms: { label: 'Forms', page: <KitForms /> },
  marks: { label: 'Marks', page: <KitMarks /> },
  states: { label: 'States', page: <KitStates /> },
  layers: { label: 'Layers', page: <KitLayers /> },
}
const OUTSIDE: Record<string, ReactNode> = {
  portal: <KitOutside />,
  'view-as': <KitViewAs />,
  'sign-in': <KitSignIn />,
}

/** Every ui piece on its own page: `?show=list`, `record`, `forms`, `marks`, `states`, `layers`, `portal`, `view-as`, `sign-in`. */
export function KitPage() {
  const show = new URLSearchParams(location.search).get('show') ?? 'list'
  useTitle(`Kit, ${show}`)
  return OUTSIDE[show] ?? <KitInside show={show in PAGES ? show : 'list'} />
}

const at = (show: string) => `/dev/kit?show=${show}`

function KitInside({ show }: { show: string }) {
  const [finding, setFinding] = useState(false)
  const [keys, setKeys] = useState(false)
  const [theme, choose] = useState<Theme>(readTheme())
  const pick = (next: Theme) => () => {
    setTheme(next)
    choose(next)
  }
  useHotkeys({ 'mod+k': () => setFinding(true), '?': () => setKeys(true) })
  const item = (to: string, label: string, icon: ReactNode, more: Partial<NavItem> = {}): NavItem => ({
    href: at(to),
    label,
    icon,
    current: to === show,
    ...more,
  })
  const nav = [
    item('states', 'Home', <House />),
    item('layers', 'Inbox', <Inbox />, { count: 3 }),
    item('list', 'Partners', <Building2 />, { count: 64 }),
    item('record', 'Deals', <Kanban />),
    item('forms', 'Review', <CircleCheckBig />, { due: '23 due' }),
    item('marks', 'Access', <KeyRound />),
  ]
  return (
    <AppFrame
      brand={{ name: 'Halden Software' }}
      nav={nav}
      pinned={[
        { href: at('portal'), label: 'DACH resellers' },
        { href: at('view-as'), label: 'Quiet deals' },
      ]}
      foot={[item('sign-in', 'Settings', <Settings2 />), item('portal', 'Help', <CircleHelp />)]}
      phoneNav={[
        nav[0],
        item('list', 'Partners', <Building2 />),
        nav[3],
        nav[1],
        item('more', 'More', <MenuIcon />, { onSelect: () => setKeys(true) }),
      ].filter((one) => one !== undefined)}
      onFind={() => setFinding(true)}
      user={
        <Menu
          label="Dana Reyes"
          side="top"
          trigger={<FrameUser name="Dana Reyes" />}
          items={[
            { heading: 'Theme' },
            { label: 'System', checked: theme === 'system', onSelect: pick('system') },
            { label: 'Light', checked: theme === 'light', onSelect: pick('light') },
            { label: 'Dark', checked: theme === 'dark', onSelect: pick('dark') },
            'separator',
            { label: 'Keyboard shortcuts', keys: '?', onSelect: () => setKeys(true) },
            { label: 'Sign out' },
          ]}
        />
      }
    >
      {PAGES[show]?.page}
      <CommandMenu
        open={finding}
        onOpenChange={setFinding}
        commands={[
          ...Object.entries(PAGES).map(([name, { label }]) => ({
            id: name,
            label: `Go to ${label}`,
            group: 'Go to',
            keys: `g ${label[0]?.toLowerCase()}`,
            run: () => location.assign(at(name)),
          })),
          { id: 'keys', label: 'Keyboard shortcuts', group: 'Do', keys: '?', run: () => setKeys(true) },
        ]}
      />
      <ShortcutsDialog
        open={keys}
        onOpenChange={setKeys}
        groups={[
          {
            title: 'Everywhere',
            keys: [
              { keys: 'Ctrl+K', label: 'Find or do' },
              { keys: '/', label: 'Search' },
              { keys: 'g p', label: 'Partners' },
              { keys: '?', label: 'This list' },
            ],
          },
          {
            title: 'Lists',
            keys: [
              { keys: 'j', label: 'Next row' },
              { keys: 'k', label: 'Row before' },
              { keys: 'Enter', label: 'Open' },
              { keys: 'x', label: 'Select' },
            ],
          },
        ]}
      />
    </AppFrame>
  )
}
