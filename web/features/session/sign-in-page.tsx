import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Session } from '#shared/session.ts'
import { sessionQuery } from '../../shell/session.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { OutsideFrame } from '../../ui/outside-frame.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { leave, placeFor, safeNext } from './place.ts'
import { SignInForm } from './sign-in-form.tsx'
import { useSignOut } from './sign-out.ts'

/** One way in for both sides: the team goes to its pages, people outside to their workspaces. */
export function SignInPage() {
  useTitle('Sign in')
  const { data: session, isPending, refetch } = useQuery(sessionQuery)
  const next = safeNext(new URLSearchParams(window.location.search).get('next'))
  return (
    <OutsideFrame
      company={{ name: 'Partnered' }}
      narrow
      foot={<p>Trouble signing in? Write to the person who invited you.</p>}
    >
      {session?.person ? (
        <Arrived session={session} next={next} />
      ) : (
        <div className="ui-stack">
          <h1>Sign in</h1>
          {session ? (
            <Form session={session} next={next} />
          ) : isPending ? (
            <Skeleton kind="text" count={3} />
          ) : (
            <ErrorState title="We couldn't reach the server." onRetry={() => void refetch()} />
          )}
        </div>
      )}
    </OutsideFrame>
  )
}

function Form({ session, next }: { session: Session; next: string | null }) {
  return (
    <>
      {session.setup_open && (
        <Banner tone="info">
          Nobody has set this up yet. Open the setup link that the server printed when it started.
        </Banner>
      )}
      <SignInForm
        mailWorks={session.mail_works}
        onSignedIn={(arrived) => leave(placeFor(arrived, next) ?? window.location.pathname)}
      />
    </>
  )
}

function Arrived({ session, next }: { session: Session; next: string | null }) {
  const place = placeFor(session, next)
  const out = useSignOut()
  useEffect(() => {
    if (place) window.location.replace(place)
  }, [place])
  if (place) return <Skeleton kind="text" count={3} label="Opening" />
  return (
    <div className="ui-stack">
      <h1>Nothing is open to you yet</h1>
      <p>
        You are signed in as <b>{session.person?.email}</b>. Nobody has let this address in, or the access was taken
        back. Ask the person you work with.
      </p>
      <Button size="form" onClick={() => void out()}>
        Use another address
      </Button>
    </div>
  )
}
