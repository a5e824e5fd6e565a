import { useEffect, useRef, useState } from 'react'
import type { Session } from '#shared/session.ts'
import { sendCode, signInWithCode } from '#shared/session.ts'
import { ApiProblem, call } from '../../api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { CodeField } from './code-field.tsx'

const WAIT_SECONDS = 30

type Props = {
  email: string
  /** The address is known to be invited, so the page may say that a code was sent. */
  known?: boolean
  mailWorks: boolean
  submitLabel?: string
  onSignedIn: (session: Session) => Promise<void> | void
}

/** Six digits from the email; checked by themselves once all are there. */
export function CodeStep({ email, known, mailWorks, submitLabel = 'Sign in', onSignedIn }: Props) {
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])

  const check = async (digits: string) => {
    if (busy) return
    if (digits.length !== 6) return setProblem('The code has 6 digits.')
    setBusy(true)
    setProblem(undefined)
    try {
      await onSignedIn(await call(signInWithCode, { body: { email, code: digits } }))
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.problem.detail : "We couldn't check the code. Try again.")
      input.current?.select()
      setBusy(false)
    }
  }
  const type = (digits: string) => {
    setCode(digits)
    setProblem(undefined)
    if (digits.length === 6 && digits !== code) void check(digits)
  }
  return (
    <form
      className="ui-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void check(code)
      }}
    >
      <p role="status" className="session-say">
        {known ? (
          <>
            A code is on its way to <b>{email}</b>.
          </>
        ) : (
          <>
            If <b>{email}</b> is known here, a code is on its way.
          </>
        )}{' '}
        It works for 10 minutes.
      </p>
      {!mailWorks && <Banner tone="info">Email isn't set up here: the code is printed on the server's console.</Banner>}
      <CodeField value={code} onChange={type} error={problem} input={input} />
      <Button variant="primary" size="form" type="submit" busy={busy}>
        {submitLabel}
      </Button>
      <SendAgain email={email} onProblem={setProblem} />
    </form>
  )
}

function SendAgain({ email, onProblem }: { email: string; onProblem: (detail: string | undefined) => void }) {
  const [sentAt, setSentAt] = useState(Date.now)
  const [now, setNow] = useState(Date.now)
  const left = Math.max(0, Math.ceil(WAIT_SECONDS - (now - sentAt) / 1000))
  useEffect(() => {
    if (left === 0) return
    const timer = setTimeout(() => setNow(Date.now()), 500)
    return () => clearTimeout(timer)
  })
  const send = async () => {
    try {
      await call(sendCode, { body: { email } })
      onProblem(undefined)
      setSentAt(Date.now())
      setNow(Date.now())
    } catch (error) {
      onProblem(error instanceof ApiProblem ? error.problem.detail : "We couldn't send a code. Try again.")
    }
  }
  return left > 0 ? (
    <p className="ui-muted session-again">No code yet? You can ask for another in {left} s.</p>
  ) : (
    <Button variant="quiet" size="form" onClick={() => void send()}>
      Send another code
    </Button>
  )
}
