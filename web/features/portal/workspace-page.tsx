import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import type { Session } from '#shared/session.ts'
import { ApiProblem } from '../../api.ts'
import { paths } from '../../paths.ts'
import { sessionQuery } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { OutsideFrame } from '../../ui/outside-frame.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { FirstVisit, useFirstVisit } from './first-visit.tsx'
import { PortalProvider, useWorkspace } from './portal.tsx'
import { PortalMenu } from './portal-menu.tsx'
import { WorkspaceFrame } from './workspace-frame.tsx'
import { type View, WorkspaceView } from './workspace-view.tsx'

const SignInForm = lazy(() => import('../session/sign-in-form.tsx').then((m) => ({ default: m.SignInForm })))

/** A partner's side of one workspace. Signing in happens in place, so the address stays. */
export function WorkspacePage({ workspace, view }: { workspace: string; view: View }) {
  return (
    <PortalProvider workspace={workspace}>
      <Gate workspace={workspace} view={view} />
    </PortalProvider>
  )
}

function Gate({ workspace, view }: { workspace: string; view: View }) {
  const { data: session, isError: noSession } = useQuery({ ...sessionQuery, staleTime: 60_000 })
  const place = useWorkspace()
  const [first, meet] = useFirstVisit(workspace)
  const status = place.error instanceof ApiProblem ? place.error.status : undefined
  const name = session?.workspaces.find((each) => each.workspace === workspace)?.company ?? 'Partnered'

  if (status === 401 && session) return <SignInHere session={session} />
  if (session && (status === 404 || status === 403)) return <NotHere session={session} />
  if (!session || !place.data) {
    return (
      <Plain company={name} title={name}>
        {noSession || place.isError ? (
          <ErrorState
            title="We couldn't load this workspace."
            onRetry={() => {
              void place.refetch()
            }}
          />
        ) : (
          <Skeleton kind="card" count={2} />
        )}
      </Plain>
    )
  }
  const menu = <PortalMenu session={session} name={place.data.contact_name} workspace={workspace} />
  if (first) {
    return (
      <WorkspaceFrame workspace={place.data} view={null} menu={menu}>
        <FirstVisit workspace={place.data} onOpen={meet} />
      </WorkspaceFrame>
    )
  }
  return (
    <WorkspaceFrame workspace={place.data} view={view} menu={menu}>
      <WorkspaceView view={view} workspace={place.data} />
    </WorkspaceFrame>
  )
}

function SignInHere({ session }: { session: Session }) {
  useTitle('Sign in')
  const queries = useQueryClient()
  return (
    <OutsideFrame
      company={{ name: 'Partnered' }}
      narrow
      foot={<p>Trouble signing in? Write to the person who invited you.</p>}
    >
      <div className="ui-stack">
        <h1>Sign in to open this workspace</h1>
        <Suspense fallback={<Skeleton kind="text" count={3} />}>
          <SignInForm mailWorks={session.mail_works} onSignedIn={() => queries.resetQueries()} />
        </Suspense>
      </div>
    </OutsideFrame>
  )
}

function NotHere({ session }: { session: Session }) {
  useTitle('Not here')
  return (
    <OutsideFrame
      company={{ name: 'Partnered' }}
      narrow
      menu={session.person && <PortalMenu session={session} name={session.person.name || session.person.email} />}
    >
      <h1>Not here</h1>
      <EmptyState
        action={
          session.workspaces.length > 0 && (
            <Button size="form" href={paths.workspaces}>
              Your workspaces
            </Button>
          )
        }
      >
        This workspace is no longer shared with {session.person?.email ?? 'you'}, or it never was here. Ask the person
        who invited you.
      </EmptyState>
    </OutsideFrame>
  )
}

function Plain({ company, title, children }: { company: string; title: string; children: ReactNode }) {
  useTitle(title)
  return (
    <OutsideFrame company={{ name: company }}>
      <h1 className="ui-vh">{title}</h1>
      {children}
    </OutsideFrame>
  )
}
