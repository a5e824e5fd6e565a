import { lazy, Suspense } from 'react'
import { Skeleton } from '../../ui/skeleton.tsx'
import { DealView } from './deal-view.tsx'
import { DealsView } from './deals-view.tsx'
import { PeopleView } from './people-view.tsx'
import type { WorkspaceAnswer } from './portal.tsx'
import { SharedView } from './shared-view.tsx'

const SendView = lazy(() => import('./send-view.tsx').then((m) => ({ default: m.SendView })))

export type View = { at: 'deals' } | { at: 'send' } | { at: 'shared' } | { at: 'people' } | { at: 'deal'; ref: string }

/** What stands in the middle of a workspace. */
export function WorkspaceView({ view, workspace }: { view: View; workspace: WorkspaceAnswer }) {
  if (view.at === 'deal') return <DealView key={view.ref} workspace={workspace} dealRef={view.ref} />
  if (view.at === 'send')
    return (
      <Suspense fallback={<Skeleton kind="card" />}>
        <SendView workspace={workspace} />
      </Suspense>
    )
  if (view.at === 'shared') return <SharedView workspace={workspace} />
  if (view.at === 'people') return <PeopleView workspace={workspace} />
  return <DealsView workspace={workspace} />
}
