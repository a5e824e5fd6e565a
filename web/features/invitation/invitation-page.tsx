import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { readInvitation } from '#shared/portal.ts'
import { ApiProblem } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { sessionQuery } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { OutsideFrame } from '../../ui/outside-frame.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { sayDay } from '../../ui/time.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { AcceptInvitation } from './accept-invitation.tsx'
import { InvitationLetter } from './invitation-letter.tsx'
import './invitation.css'

/** What an invitation says, and the two ways to answer it. */
export function InvitationPage({ token }: { token: string }) {
  const invitation = useQuery({ ...ask(readInvitation, { body: { token } }), refetchOnWindowFocus: false })
  const { data: session, isError: noSession } = useQuery(sessionQuery)
  const it = invitation.data
  useTitle(it ? `Invitation from ${it.company}` : 'Invitation')
  const unknown = invitation.error instanceof ApiProblem && invitation.error.status === 404
  let body: ReactNode
  if (unknown) {
    body = (
      <Over title="This link doesn't lead anywhere">
        It is not complete, or a newer one was sent. Look for the newest mail, or ask the person who invited you.
      </Over>
    )
  } else if (it && session) {
    body = <Body it={it} token={token} session={session} onChanged={() => void invitation.refetch()} />
  } else if (invitation.isError || noSession) {
    body = (
      <>
        <h1 className="ui-vh">Invitation</h1>
        <ErrorState title="We couldn't open this invitation." onRetry={() => window.location.reload()} />
      </>
    )
  } else body = <Skeleton kind="text" count={5} />
  return (
    <OutsideFrame company={{ name: it?.company ?? 'Partnered' }} {...(it && { withName: it.partner })} narrow>
      {body}
    </OutsideFrame>
  )
}

type BodyProps = Omit<Parameters<typeof AcceptInvitation>[0], 'onGone'> & { onChanged: () => void }

function Body({ it, token, session, onChanged }: BodyProps) {
  if (it.state === 'expired') {
    return (
      <Over title="This invitation has expired">
        It was open for 14 days, until {sayDay(it.expires_at)}. Ask {it.sent_by} at {it.company} for a new one.
      </Over>
    )
  }
  if (it.state === 'withdrawn') {
    return (
      <Over title="This invitation is no longer open">
        {it.sent_by} at {it.company} took it back. Nothing is shared through it.
      </Over>
    )
  }
  if (it.state === 'accepted') {
    const inside = session.workspaces.some((place) => place.workspace === it.workspace)
    return (
      <Over
        title="You accepted this already"
        action={
          <Button variant="primary" size="form" href={paths.workspace(it.workspace)}>
            {inside ? 'Open your deals' : 'Sign in'}
          </Button>
        }
      >
        The workspace of {it.company} with {it.partner} is open to <b>{it.email}</b>.
      </Over>
    )
  }
  return (
    <div className="ui-stack invitation">
      <InvitationLetter it={it} />
      <AcceptInvitation it={it} token={token} session={session} onGone={onChanged} />
    </div>
  )
}

function Over({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <div className="ui-stack">
      <h1>{title}</h1>
      <p>{children}</p>
      {action}
    </div>
  )
}
