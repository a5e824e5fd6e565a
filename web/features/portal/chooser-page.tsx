import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { use, useEffect } from 'react'
import { paths } from '../../paths.ts'
import { sessionQuery } from '../../shell/session.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Link, NavigationContext } from '../../ui/link.tsx'
import { OutsideFrame } from '../../ui/outside-frame.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { leave } from '../session/place.ts'
import { PortalMenu } from './portal-menu.tsx'
import './around.css'
import './portal.css'

/** For people whom several companies invited. */
export function ChooserPage() {
  useTitle('Your workspaces')
  const { data: session, isError, refetch } = useQuery(sessionQuery)
  const { navigate = leave } = use(NavigationContext)
  const [only, ...more] = session?.workspaces ?? []
  const to = !session ? null : !only ? paths.signIn : more.length === 0 ? paths.workspace(only.workspace) : null
  useEffect(() => {
    if (to) navigate(to)
  }, [to, navigate])
  return (
    <OutsideFrame
      company={{ name: 'Partnered' }}
      narrow
      menu={session?.person && <PortalMenu session={session} name={session.person.name || session.person.email} />}
    >
      <div className="ui-stack">
        <h1>Your workspaces</h1>
        {!session && isError && <ErrorState title="We couldn't load your workspaces." onRetry={() => void refetch()} />}
        {!session && !isError && <Skeleton kind="rows" count={3} />}
        {session && !to && (
          <ul className="portal-list">
            {session.workspaces.map((place) => (
              <li key={place.workspace}>
                <Link href={paths.workspace(place.workspace)} className="portal-place">
                  <Avatar name={place.company} kind="company" size={32} />
                  <span>
                    <b>{place.company}</b>
                    <span className="portal-small">with {place.partner}</span>
                  </span>
                  <ChevronRight />
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
    </OutsideFrame>
  )
}
