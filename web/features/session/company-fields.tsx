import { useMemo } from 'react'
import { Controller, type UseFormReturn } from 'react-hook-form'
import { Button } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import type { Founding } from './founding.ts'
import { allCurrencies, zoneOptions } from './region.ts'

/** Your company, with the place guessed from the browser. */
export function CompanyFields({ form, onBack }: { form: UseFormReturn<Founding>; onBack: () => void }) {
  const { errors, isSubmitting } = form.formState
  const zones = useMemo(zoneOptions, [])
  const currencies = useMemo(allCurrencies, [])
  return (
    <>
      <Field
        label="Company name"
        hint="Your partners see it on top of every page and email."
        error={errors.company?.message}
        required
      >
        <TextInput
          autoComplete="organization"
          autoFocus
          {...form.register('company', { validate: (value) => value.trim() !== '' || 'Fill this in.' })}
        />
      </Field>
      <div className="session-pair">
        <Field label="Time zone" error={errors.time_zone?.message}>
          <Controller
            control={form.control}
            name="time_zone"
            render={({ field }) => (
              <Combobox
                options={zones}
                value={zones.find((zone) => zone.value === field.value) ?? null}
                onChange={(zone) => zone && field.onChange(zone.value)}
                searchLabel="Search time zones"
              />
            )}
          />
        </Field>
        <Field label="Currency" error={errors.currency?.message}>
          <Controller
            control={form.control}
            name="currency"
            render={({ field }) => (
              <Combobox
                options={currencies}
                value={currencies.find((one) => one.value === field.value) ?? null}
                onChange={(one) => one && field.onChange(one.value)}
                searchLabel="Search currencies"
              />
            )}
          />
        </Field>
      </div>
      <div className="ui-row">
        <Button variant="quiet" size="form" onClick={onBack}>
          Back
        </Button>
        <Button variant="primary" size="form" type="submit" busy={isSubmitting} grow>
          Create company
        </Button>
      </div>
    </>
  )
}
