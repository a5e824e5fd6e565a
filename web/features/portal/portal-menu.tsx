import { Check, ChevronDown } from 'lucide-react'
import { type ReactNode, useId, useRef, useState } from 'react'
import { type Session, signOut } from '#shared/session.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { readTheme, setTheme, type Theme } from '../../theme.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Link } from '../../ui/link.tsx'
import { leave } from '../session/place.ts'

const themes: [Theme, string][] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

type Props = { session: Session; name: string; workspace?: string }

/** Other workspaces, theme, sign out: a popover of the browser, so Esc and a click beside it close it. */
export function PortalMenu({ session, name, workspace }: Props) {
  const [theme, choose] = useState(readTheme)
  const id = useId()
  const list = useRef<HTMLElement>(null)
  const close = () => list.current?.hidePopover()
  const pick = (to: Theme) => {
    setTheme(to)
    choose(to)
  }
  return (
    <>
      <button type="button" className="portal-me" popoverTarget={id}>
        <Avatar name={name} size={28} />
        <span className="ui-trunc ui-desk" aria-hidden="true">
          {name}
        </span>
        <span className="ui-vh">{name}, your menu</span>
        <ChevronDown />
      </button>
      <nav id={id} ref={list} popover="auto" className="portal-menu" aria-label="Your menu">
        {session.workspaces.length > 1 && (
          <Group title="Workspaces">
            {session.workspaces.map((place) => (
              <li key={place.workspace}>
                <Link
                  href={paths.workspace(place.workspace)}
                  aria-current={place.workspace === workspace ? 'true' : undefined}
                  onClick={close}
                >
                  <span>
                    {place.company} <span className="ui-muted">with {place.partner}</span>
                  </span>
                  {place.workspace === workspace && <Check />}
                </Link>
              </li>
            ))}
          </Group>
        )}
        <Group title="Theme">
          {themes.map(([value, label]) => (
            <li key={value}>
              <button type="button" aria-pressed={theme === value} onClick={() => pick(value)}>
                {label}
                {theme === value && <Check />}
              </button>
            </li>
          ))}
        </Group>
        <ul>
          {session.members.map((member) => (
            <li key={member.member_id}>
              <a href={paths.home}>Team of {member.company}</a>
            </li>
          ))}
          <li>
            <button type="button" onClick={() => void call(signOut, {}).then(() => leave(paths.signIn))}>
              Sign out
            </button>
          </li>
        </ul>
      </nav>
    </>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <>
      <p id={id}>{title}</p>
      <ul aria-labelledby={id}>{children}</ul>
    </>
  )
}
