import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { setUpCompany } from '#shared/session.ts'
import { ApiProblem, call } from '../../api.ts'
import { sessionQuery } from '../../shell/session.tsx'
import { Banner } from '../../ui/banner.tsx'
import { CompanyFields } from './company-fields.tsx'
import type { Founding } from './founding.ts'
import { PersonFields } from './person-fields.tsx'
import { browserZone, currencyOf } from './region.ts'

const personFields: (keyof Founding)[] = ['name', 'email', 'password']

/** You, then your company. Nothing exists until the second screen is sent. */
export function FoundingForm({ token }: { token: string }) {
  const [screen, setScreen] = useState<'person' | 'company'>('person')
  const [problem, setProblem] = useState<string>()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const form = useForm<Founding>({
    defaultValues: {
      name: '',
      email: '',
      password: '',
      company: '',
      time_zone: browserZone(),
      currency: currencyOf(navigator.language),
    },
  })

  const found = async (fields: Founding) => {
    setProblem(undefined)
    try {
      const session = await call(setUpCompany, { body: { token, ...fields } })
      queries.setQueryData(sessionQuery.queryKey, session)
      await navigate({ to: '/setup', search: { step: 'start' }, replace: true })
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      const named = (error.problem.errors ?? []).filter(({ field }) => field in fields)
      for (const { field, detail } of named) form.setError(field as keyof Founding, { message: detail })
      if (named.length === 0) setProblem(error.problem.detail)
      if (named.some(({ field }) => personFields.includes(field as keyof Founding))) setScreen('person')
    }
  }
  const submit = form.handleSubmit(async (fields) => {
    if (screen === 'company') return found(fields)
    setScreen('company')
  })

  return (
    <form className="ui-stack" noValidate onSubmit={(event) => void submit(event)}>
      <p className="session-steps">{screen === 'person' ? 'Step 1 of 3' : 'Step 2 of 3'}</p>
      <h1>{screen === 'person' ? 'First, you' : 'Your company'}</h1>
      {problem && (
        <Banner tone="danger" role="alert">
          {problem} Nothing was lost.
        </Banner>
      )}
      {screen === 'person' ? (
        <PersonFields form={form} />
      ) : (
        <CompanyFields form={form} onBack={() => setScreen('person')} />
      )}
    </form>
  )
}
