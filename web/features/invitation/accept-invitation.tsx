import { useState } from 'react'
import { acceptInvitation, preferEmail } from '#shared/portal.ts'
import { type Session, sendCode } from '#shared/session.ts'
import { ApiProblem, call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { CodeStep } from '../session/code-step.tsx'
import { leave } from '../session/place.ts'
import { useSignOut } from '../session/sign-out.ts'
import '../session/session.css'
import type { Invitation } from './invitation.ts'

type Props = {
  it: Invitation
  token: string
  session: Session
  /** The invitation is not what it was when the page opened: read it again. */
  onGone: () => void
}

/** Accept with a code, with one click when the right person is signed in already, or ask for email instead. */
export function AcceptInvitation({ it, token, session, onGone }: Props) {
  const [step, setStep] = useState<'choice' | 'code' | 'thanks'>(it.state === 'prefers_email' ? 'thanks' : 'choice')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const signedInAs = session.person?.email
  const right = signedInAs?.toLowerCase() === it.email.toLowerCase()

  const doing = async (act: () => Promise<void>) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await act()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      if (error.status === 410 || error.status === 404) onGone()
      setProblem(error.problem.detail)
    }
    setBusy(false)
  }
  const accept = async () => {
    const { workspace } = await call(acceptInvitation, { body: { token } })
    leave(paths.workspace(workspace))
  }
  const begin = () =>
    doing(async () => {
      if (right) return accept()
      await call(sendCode, { body: { email: it.email } })
      setStep('code')
    })
  const byEmail = () =>
    doing(async () => {
      await call(preferEmail, { body: { token } })
      setStep('thanks')
    })

  const said = problem && (
    <Banner tone="danger" role="alert">
      {problem}
    </Banner>
  )
  if (signedInAs && !right) return <WrongPerson signedInAs={signedInAs} invited={it.email} />
  if (step === 'thanks') {
    return (
      <>
        {said}
        <Banner tone="ok" role="status">
          Thanks. {it.sent_by} will write to {it.email}. You need no login for that.
        </Banner>
        <Button size="form" busy={busy} onClick={() => void begin()}>
          I'd rather sign in
        </Button>
      </>
    )
  }
  if (step === 'code') {
    return (
      <>
        {said}
        <CodeStep
          email={it.email}
          known
          mailWorks={session.mail_works}
          submitLabel="Accept and sign in"
          onSignedIn={accept}
        />
        <Button variant="quiet" size="form" onClick={() => setStep('choice')}>
          Back
        </Button>
      </>
    )
  }
  return (
    <>
      {said}
      <Button variant="primary" size="form" busy={busy} onClick={() => void begin()}>
        {right ? 'Accept and open' : 'Accept and sign in'}
      </Button>
      <Button size="form" busy={busy} onClick={() => void byEmail()}>
        Just email me instead
      </Button>
      <p className="ui-muted invitation-note">
        {right ? `You are signed in as ${signedInAs}.` : `We send a 6-digit code to ${it.email}.`}
      </p>
    </>
  )
}

function WrongPerson({ signedInAs, invited }: { signedInAs: string; invited: string }) {
  const out = useSignOut()
  return (
    <Banner
      tone="warn"
      action={
        <Button size="form" onClick={() => void out()}>
          Sign out
        </Button>
      }
    >
      You are signed in as <b>{signedInAs}</b>. This invitation is for <b>{invited}</b>. Sign out here to accept it.
    </Banner>
  )
}
