import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getPortalGiveAndGet } from '#shared/give-and-get.ts'
import { ask } from '../../query.ts'
import { calledName } from '../../shell/deal-words.ts'
import { GiveAndGetCards } from '../../shell/give-and-get.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { usePortal, type WorkspaceAnswer } from './portal.tsx'

/** What they gave and what they got, from their side; looked at when it is opened. */
export function GiveAndGet({ workspace }: { workspace: WorkspaceAnswer }) {
  const [open, setOpen] = useState(false)
  return (
    <details className="portal-give" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Give and get: you and {calledName(workspace.company_name)}</summary>
      {open && <Cards workspace={workspace} />}
    </details>
  )
}

function Cards({ workspace }: { workspace: WorkspaceAnswer }) {
  const { workspace: slug, viewAs, hrefs } = usePortal()
  const { data, isError, refetch } = useQuery(ask(getPortalGiveAndGet, { params: { workspace: slug } }, viewAs))
  if (isError) return <ErrorState title="We couldn't count your deals." onRetry={() => void refetch()} />
  if (!data) return <Skeleton kind="card" count={2} />
  return <GiveAndGetCards it={data} them={calledName(workspace.company_name)} linkTo={hrefs.deal} />
}
