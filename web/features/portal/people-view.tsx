import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { listPortalPeople } from '#shared/portal.ts'
import { ask } from '../../query.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { usePortal, type WorkspaceAnswer, whoToAsk } from './portal.tsx'

const MailChoice = lazy(() => import('./mail-choice.tsx').then((m) => ({ default: m.MailChoice })))

/** The partner's own people, as the company knows them. */
export function PeopleView({ workspace }: { workspace: WorkspaceAnswer }) {
  useTitle(`Your team, ${workspace.company_name}`)
  const { workspace: slug, viewAs } = usePortal()
  const { data, isError, refetch } = useQuery(ask(listPortalPeople, { params: { workspace: slug } }, viewAs))
  return (
    <>
      <h1>Your team</h1>
      <p className="ui-muted">
        People at {workspace.partner_name} whom {workspace.company_name} knows. Is someone missing, or did someone
        leave? Tell {whoToAsk(workspace)}.
      </p>
      {data ? (
        <ul className="portal-list">
          {data.items.map((person) => (
            <li key={person.id} className="portal-person">
              <Avatar name={person.name} size={32} />
              <div>
                <b>{person.name}</b>
                <span className="portal-small">{[person.role, person.email].filter(Boolean).join(' · ')}</span>
              </div>
              {person.is_main && <Chip>Main contact</Chip>}
            </li>
          ))}
        </ul>
      ) : isError ? (
        <ErrorState title="We couldn't load your team." onRetry={() => void refetch()} />
      ) : (
        <Skeleton kind="rows" count={3} />
      )}
      <Suspense>
        <MailChoice workspace={workspace} />
      </Suspense>
    </>
  )
}
