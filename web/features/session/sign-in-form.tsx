import { type FormEvent, useState } from 'react'
import type { Session } from '#shared/session.ts'
import { sendCode, signInWithPassword } from '#shared/session.ts'
import { ApiProblem, call } from '../../api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { CodeStep } from './code-step.tsx'
import './session.css'

type Props = { mailWorks: boolean; onSignedIn: (session: Session) => Promise<void> | void }
type Problems = { email?: string; password?: string; other?: string }

/**
 * The address first, then a code by email or a password. No sentence tells whether the address is known. Two fields and
 * no form library: this is the first thing people outside load.
 */
export function SignInForm({ mailWorks, onSignedIn }: Props) {
  const [step, setStep] = useState<'email' | 'code' | 'password'>('email')
  const [typed, setTyped] = useState('')
  const [password, setPassword] = useState('')
  const [problems, setProblems] = useState<Problems>({})
  const [busy, setBusy] = useState(false)
  const email = typed.trim()

  const go = (to: typeof step) => {
    setProblems({})
    setStep(to)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const missing = {
      ...(!email.includes('@') && { email: 'Write an address like ana@company.com.' }),
      ...(step === 'password' && password === '' && { password: 'Write your password.' }),
    }
    setProblems(missing)
    if (Object.keys(missing).length > 0) return
    setBusy(true)
    try {
      if (step === 'password') await onSignedIn(await call(signInWithPassword, { body: { email, password } }))
      else {
        await call(sendCode, { body: { email } })
        go('code')
      }
    } catch (error) {
      setProblems(read(error))
    }
    setBusy(false)
  }

  if (step === 'code') {
    return (
      <div className="ui-stack">
        <CodeStep email={email} mailWorks={mailWorks} onSignedIn={onSignedIn} />
        <div className="session-other">
          <Button variant="quiet" size="form" onClick={() => go('email')}>
            Use another address
          </Button>
          <Button variant="quiet" size="form" onClick={() => go('password')}>
            Use my password
          </Button>
        </div>
      </div>
    )
  }
  return (
    <form className="ui-stack" noValidate onSubmit={(event) => void submit(event)}>
      {problems.other && (
        <Banner tone="danger" role="alert">
          {problems.other}
        </Banner>
      )}
      <Field label="Email" error={problems.email} required>
        <TextInput
          type="email"
          name="email"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      {step === 'password' && (
        <Field label="Password" error={problems.password} required>
          <TextInput
            type="password"
            name="password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            autoComplete="current-password"
            autoFocus={email !== ''}
          />
        </Field>
      )}
      <Button variant="primary" size="form" type="submit" busy={busy}>
        {step === 'password' ? 'Sign in' : 'Email me a code'}
      </Button>
      <Button variant="quiet" size="form" onClick={() => go(step === 'password' ? 'email' : 'password')}>
        {step === 'password' ? 'Email me a code instead' : 'Use my password'}
      </Button>
    </form>
  )
}

function read(error: unknown): Problems {
  if (!(error instanceof ApiProblem)) return { other: "We couldn't sign you in. Try again." }
  const email = error.field('email')
  const password = error.field('password')
  return email || password ? { email, password } : { other: error.problem.detail }
}
