import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useForm } from 'react-hook-form'
import { type Company, editCompany, getCompany } from '#shared/company.ts'
import { ApiProblem, call } from '../../api.ts'
import { ask } from '../../query.ts'
import { Button } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useToast } from '../../ui/toast.tsx'
import { allCurrencies, zoneOptions } from '../session/region.ts'
import { SettingsFrame } from './settings-frame.tsx'

/** /settings/company: the name that partners see, time zone and currency. */
export function CompanyPage() {
  const { data: company, isError, refetch } = useQuery(ask(getCompany, {}))
  return (
    <SettingsFrame page="company">
      {isError && (
        <ErrorState title="We couldn't load your company." safe="Nothing was lost." onRetry={() => void refetch()} />
      )}
      {!company && !isError && <Skeleton kind="card" />}
      {company && <CompanyForm key={company.version} company={company} />}
    </SettingsFrame>
  )
}

type Fields = { name: string; time_zone: string; currency: string; protection_days: number }
const why = 'Only admins change this.'

function CompanyForm({ company }: { company: Company }) {
  const queries = useQueryClient()
  const toast = useToast()
  const may = company.can.edit
  const { register, handleSubmit, setError, setValue, watch, formState } = useForm<Fields>({ defaultValues: company })
  const zones = useMemo(zoneOptions, [])
  const currencies = useMemo(allCurrencies, [])
  const save = handleSubmit(async ({ name, time_zone, currency, protection_days }) => {
    try {
      await call(editCompany, { body: { version: company.version, name, time_zone, currency, protection_days } })
      await queries.invalidateQueries()
      toast.show({ text: 'Saved' })
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      const { problem } = error
      for (const { field, detail } of problem.errors ?? []) setError(field as keyof Fields, { message: detail })
      if (!problem.errors?.length) setError('root', { message: problem.detail })
    }
  })
  const { errors } = formState
  return (
    <form className="settings-form" onSubmit={save}>
      <Field label="Company name" hint="Partners see this name." error={errors.name?.message} required>
        <TextInput {...register('name', { required: 'Fill this in.' })} readOnly={!may} maxLength={200} />
      </Field>
      <Field
        label="Time zone"
        error={errors.time_zone?.message}
        hint="Days in the log and in the review are days there."
      >
        <Combobox
          options={zones}
          value={zones.find((zone) => zone.value === watch('time_zone')) ?? null}
          onChange={(zone) => zone && setValue('time_zone', zone.value, { shouldDirty: true })}
          searchLabel="Search time zones"
          disabled={!may}
        />
      </Field>
      <Field label="Currency" error={errors.currency?.message} hint="What new deals start with.">
        <Combobox
          options={currencies}
          value={currencies.find((one) => one.value === watch('currency')) ?? null}
          onChange={(one) => one && setValue('currency', one.value, { shouldDirty: true })}
          searchLabel="Search currencies"
          disabled={!may}
        />
      </Field>
      <Field
        label="Days a deal is protected"
        hint="When you accept what a partner sent, you can protect it for them this long. What they do on it starts the days again."
        error={errors.protection_days?.message}
        required
      >
        <TextInput
          {...register('protection_days', {
            valueAsNumber: true,
            validate: (days) => (Number.isInteger(days) && days >= 1 && days <= 730) || 'Write a number from 1 to 730.',
          })}
          inputMode="numeric"
          readOnly={!may}
          end="days"
        />
      </Field>
      {errors.root && <p role="alert">{errors.root.message}</p>}
      <div>
        <Button
          type="submit"
          variant="primary"
          size="form"
          busy={formState.isSubmitting}
          {...(may ? {} : { reason: why })}
        >
          Save
        </Button>
      </div>
    </form>
  )
}
