import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { type CompanyContents, deleteCompany, exportCompany, getCompanyContents } from '#shared/exports.ts'
import { sendCode } from '#shared/session.ts'
import { ApiProblem, call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { sessionQuery, useSession } from '../../shell/session.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button, TextButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { rememberDeleted } from './deleted.ts'
import { contentsWords, many } from './size-words.ts'
import { useExport } from './use-export.ts'
import './exports.css'

type Fields = { name: string; password: string; code: string }

/** What goes, counted; then the name and a proof that it is really them; then it is gone. */
export function DeleteCompany({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { session } = useSession()
  const { data, isError, refetch } = useQuery(ask(getCompanyContents, {}))
  const [way, setWay] = useState<'password' | 'code'>('password')
  const { register, handleSubmit, setError, watch, formState } = useForm<Fields>({
    defaultValues: { name: '', password: '', code: '' },
  })
  const { errors, isSubmitting } = formState
  const named = data !== undefined && watch('name').trim() === data.name
  const remove = handleSubmit(async ({ name, password, code }) => {
    try {
      const { deleted, setup_open } = await call(deleteCompany, {
        body: { name, ...(way === 'code' ? { code } : { password }) },
      })
      rememberDeleted({ name: deleted.name, setup_open })
      await navigate({ to: paths.deleted, replace: true })
      queries.clear()
      await queries.prefetchQuery(sessionQuery)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      const known = error.problem.errors?.filter(({ field }) => field === 'name' || field === way) ?? []
      if (known.length === 0) setError('root', { message: error.problem.detail })
      for (const { field, detail } of known) setError(field as keyof Fields, { message: detail })
    }
  })
  const askForCode = async () => {
    setWay('code')
    try {
      await call(sendCode, { body: { email: session?.person?.email ?? '' } })
    } catch (error) {
      setError('code', { message: error instanceof ApiProblem ? error.problem.detail : "We couldn't send a code." })
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !isSubmitting && onClose()}
      title={`Delete ${data?.name ?? 'this company'}?`}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            variant="danger"
            type="submit"
            form="delete-company"
            busy={isSubmitting}
            {...(named ? {} : { reason: "Type the company's name first." })}
          >
            {isSubmitting ? 'Deleting' : 'Delete for good'}
          </Button>
        </>
      }
    >
      {isError ? (
        <ErrorState title="We couldn't count what would go." onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton kind="text" count={6} />
      ) : (
        <div className="ui-stack">
          <WhatGoes contents={data} />
          <form id="delete-company" className="ui-stack" onSubmit={remove} noValidate>
            <Field label={`Type "${data.name}" to go on`} error={errors.name?.message} required>
              <TextInput {...register('name')} autoComplete="off" spellCheck={false} />
            </Field>
            {way === 'password' ? (
              <Field label="Your password" error={errors.password?.message} required>
                <TextInput type="password" autoComplete="current-password" {...register('password')} />
              </Field>
            ) : (
              <Field
                label="6-digit code"
                hint={
                  session?.mail_works
                    ? `Sent to ${session.person?.email}. It works for 10 minutes.`
                    : "Email isn't set up here: the code is printed on the server's console."
                }
                error={errors.code?.message}
                required
              >
                <TextInput
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  {...register('code', { setValueAs: (text: string) => text.replace(/\D/g, '') })}
                />
              </Field>
            )}
            <p>
              {way === 'password' ? (
                <TextButton type="button" onClick={() => void askForCode()}>
                  Use a code from my email instead
                </TextButton>
              ) : (
                <TextButton type="button" onClick={() => setWay('password')}>
                  Use my password instead
                </TextButton>
              )}
            </p>
            {errors.root && (
              <Banner tone="danger" role="alert">
                {errors.root.message} Nothing was deleted.
              </Banner>
            )}
          </form>
        </div>
      )}
    </Dialog>
  )
}

function WhatGoes({ contents }: { contents: CompanyContents }) {
  const { busy, run } = useExport('Everything exported')
  const others = [
    contents.members > 0 && `${many(contents.members, 'colleague')} of yours`,
    contents.outside > 0 && `${many(contents.outside, 'person', 'people')} at your partners`,
  ].filter(Boolean)
  return (
    <>
      <Banner tone="danger">Nobody can undo this.</Banner>
      <div>
        <p>These go, with the whole log:</p>
        <ul className="exports-goes">
          {contentsWords(contents)
            .filter((words) => words !== 'no files')
            .map((words) => (
              <li key={words}>{words}</li>
            ))}
        </ul>
      </div>
      {others.length > 0 && <p>{`${others.join(' and ')} can no longer get in, from this moment.`}</p>}
      <p>
        <TextButton type="button" aria-busy={busy} onClick={() => void run(() => call(exportCompany, {}))}>
          {busy ? 'Putting the zip together…' : 'Export everything first'}
        </TextButton>
      </p>
    </>
  )
}
