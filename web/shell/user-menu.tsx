import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { signOut } from '#shared/session.ts'
import { call } from '../api.ts'
import { paths } from '../paths.ts'
import { readTheme, setTheme, type Theme } from '../theme.ts'
import { FrameUser } from '../ui/app-frame.tsx'
import { Menu } from '../ui/menu.tsx'

const themes: [Theme, string][] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

/** Theme, keys, help, sign out: always at the foot of the sidebar. */
export function UserMenu({ name, onKeys }: { name: string; onKeys: () => void }) {
  const queries = useQueryClient()
  const [theme, choose] = useState(readTheme)
  const pick = (to: Theme) => {
    setTheme(to)
    choose(to)
  }
  const leave = async () => {
    await call(signOut, {})
    queries.clear()
    window.location.assign(paths.signIn)
  }
  return (
    <Menu
      label="Your menu"
      side="top"
      align="start"
      trigger={<FrameUser name={name} />}
      items={[
        { heading: 'Theme' },
        ...themes.map(([value, label]) => ({ label, checked: theme === value, onSelect: () => pick(value) })),
        'separator',
        { label: 'Keys', keys: '?', onSelect: onKeys },
        { label: 'Help', href: paths.help() },
        'separator',
        { label: 'Sign out', onSelect: () => void leave() },
      ]}
    />
  )
}
