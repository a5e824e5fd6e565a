import { useState } from 'react'
import { useForm } from 'react-hook-form'
import type { Session } from '#shared/session.ts'
import { sendCode, signInWithPassword } from '#shared/session.ts'
import { ApiProblem, call } from '../../api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { CodeStep } from './code-step.tsx'
import './session.css'

type Props = {
  mailWorks: boolean
  email?: string
  onSignedIn: (session: Session) => Promise<void> | void
}
type Fields = { email: string; password: string }

/** The address first, then a code by e-mail or a password. No sentence tells whether the address is known. */
export function SignInForm({ mailWorks, email = '', onSignedIn }: Props) {
  const [step, setStep] = useState<'email' | 'code' | 'password'>('email')
  const [problem, setProblem] = useState<string>()
  const form = useForm<Fields>({ defaultValues: { email, password: '' } })
  const { errors, isSubmitting } = form.formState
  const typed = form.watch('email').trim()

  const submit = form.handleSubmit(async (fields) => {
    setProblem(undefined)
    try {
      if (step === 'password') {
        await onSignedIn(await call(signInWithPassword, { body: { email: typed, password: fields.password } }))
      } else {
        await call(sendCode, { body: { email: typed } })
        setStep('code')
      }
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      const { email: atEmail, password: atPassword } = {
        email: error.field('email'),
        password: error.field('password'),
      }
      if (atEmail) form.setError('email', { message: atEmail }, { shouldFocus: true })
      if (atPassword) form.setError('password', { message: atPassword }, { shouldFocus: true })
      if (!atEmail && !atPassword) setProblem(error.problem.detail)
    }
  })
  const go = (to: typeof step) => {
    setProblem(undefined)
    form.clearErrors()
    setStep(to)
  }

  if (step === 'code') {
    return (
      <div className="ui-stack">
        <CodeStep key={typed} email={typed} mailWorks={mailWorks} onSignedIn={onSignedIn} />
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
      {problem && (
        <Banner tone="danger" role="alert">
          {problem}
        </Banner>
      )}
      <Field label="Email" error={errors.email?.message} required>
        <TextInput
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          {...form.register('email', { validate: (value) => value.includes('@') || 'Write an e-mail address.' })}
        />
      </Field>
      {step === 'password' && (
        <Field label="Password" error={errors.password?.message} required>
          <TextInput
            type="password"
            autoComplete="current-password"
            autoFocus
            {...form.register('password', { validate: (value) => value !== '' || 'Write your password.' })}
          />
        </Field>
      )}
      <Button variant="primary" size="form" type="submit" busy={isSubmitting}>
        {step === 'password' ? 'Sign in' : 'Email me a code'}
      </Button>
      <Button variant="quiet" size="form" onClick={() => go(step === 'password' ? 'email' : 'password')}>
        {step === 'password' ? 'Email me a code instead' : 'Use my password'}
      </Button>
    </form>
  )
}
