import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { getSetup } from '#shared/session.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { OutsideFrame } from '../../ui/outside-frame.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { FirstStep } from './first-step.tsx'
import { FoundingForm } from './founding-form.tsx'
import './session.css'

/** The first three screens of a new server, behind the one-time link that it printed. */
export function SetupPage() {
  useTitle('Set up')
  const { token = '', step } = useSearch({ strict: false }) as { token?: string; step?: string }
  const { session, member, pending } = useSession()
  const check = useQuery({
    ...ask(getSetup, { body: { token } }),
    enabled: token !== '' && session?.setup_open === true,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const waits = pending || (session?.setup_open && token !== '' && check.isPending)
  let body: ReactNode
  if (waits) body = <Skeleton kind="text" count={4} />
  else if (!session || check.isError) body = <Unreachable />
  else if (member && step === 'start') body = <FirstStep mailWorks={session.mail_works} />
  else if (!session.setup_open) body = <AlreadyUp signedIn={member !== undefined} />
  else if (!check.data?.open) body = <DeadLink />
  else body = <FoundingForm token={token} />
  return (
    <OutsideFrame company={{ name: member?.company ?? 'Partnered' }} narrow>
      {body}
    </OutsideFrame>
  )
}

function Unreachable() {
  return (
    <>
      <h1 className="ui-vh">Set up</h1>
      <ErrorState title="We couldn't reach the server." onRetry={() => window.location.reload()} />
    </>
  )
}

function AlreadyUp({ signedIn }: { signedIn: boolean }) {
  return (
    <div className="ui-stack">
      <h1>This is set up already</h1>
      <p>The setup link works once. From here on, people sign in.</p>
      {signedIn ? (
        <Button variant="primary" size="form" href={paths.home}>
          Go to Home
        </Button>
      ) : (
        // Another page of the server, so an ordinary link.
        <Button variant="primary" size="form" onClick={() => window.location.assign(paths.signIn)}>
          Sign in
        </Button>
      )}
    </div>
  )
}

function DeadLink() {
  return (
    <div className="ui-stack">
      <h1>This setup link doesn't work</h1>
      <p>It was used already, or a newer one was printed. Nothing was changed.</p>
      <p>To get a new link, start the server again: it prints one each time until someone has set it up.</p>
    </div>
  )
}
