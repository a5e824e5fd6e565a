import { Controller, type FieldPath } from 'react-hook-form'
import { ChoiceChips } from '../../ui/choices.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Field, FieldSet } from '../../ui/field.tsx'
import type { Option } from '../../ui/option.ts'
import { TextArea, TextInput } from '../../ui/text-input.tsx'
import { currencies, nextQuarters, readAmount } from './amount.ts'
import { type DealDraft, type DealForm, isAddress } from './deal-form.ts'
import './deal-fields.css'

export const saysCompany = (form: DealForm) =>
  form.register('customer_company', { validate: filled('Name the customer.') })
const filled = (words: string) => (text: unknown) => String(text).trim() !== '' || words

/** The customer: the company, and whom to call there. */
export function CustomerFields({ form }: { form: DealForm }) {
  const { errors } = form.formState
  return (
    <>
      <Field label="Customer company" required error={errors.customer_company?.message}>
        <TextInput {...saysCompany(form)} autoComplete="off" maxLength={200} />
      </Field>
      <FieldSet legend="Customer contact" optional>
        <div className="deals-three">
          <Field label="Name" hideLabel error={errors.customer_contact_name?.message}>
            <TextInput placeholder="Name" autoComplete="off" {...form.register('customer_contact_name')} />
          </Field>
          <Field label="Email" hideLabel error={errors.customer_contact_email?.message}>
            <TextInput
              type="email"
              placeholder="Email"
              autoComplete="off"
              {...form.register('customer_contact_email', {
                validate: (text) => text.trim() === '' || isAddress(text) || 'Write an address like ana@company.com.',
              })}
            />
          </Field>
          <Field label="Phone" hideLabel error={errors.customer_contact_phone?.message}>
            <TextInput type="tel" placeholder="Phone" autoComplete="off" {...form.register('customer_contact_phone')} />
          </Field>
        </div>
      </FieldSet>
    </>
  )
}

/** What it is worth, in which currency. */
export function ValueFields({ form, currency }: { form: DealForm; currency: string }) {
  const { errors } = form.formState
  return (
    <div className="deals-value">
      <Field label="Value" optional error={errors.value?.message}>
        <TextInput
          inputMode="decimal"
          autoComplete="off"
          {...form.register('value', {
            validate: (text) =>
              readAmount(text, form.getValues('currency')) !== undefined || 'Write an amount like 48,000.',
          })}
        />
      </Field>
      <PickField form={form} name="currency" label="Currency" options={currencies(currency)} />
    </div>
  )
}

/** The end of a quarter by one tap, or any day. */
export function CloseField({ form }: { form: DealForm }) {
  return (
    <Controller
      control={form.control}
      name="expected_close"
      render={({ field }) => (
        <FieldSet legend="Expected close" optional error={form.formState.errors.expected_close?.message}>
          <div className="ui-row ui-wrap">
            <ChoiceChips
              label="Quarter"
              name="quarter"
              value={field.value}
              onChange={field.onChange}
              options={nextQuarters()}
            />
            <span className="deals-day">
              <TextInput
                type="date"
                aria-label="Or on a day"
                ref={field.ref}
                value={field.value}
                onBlur={field.onBlur}
                onChange={(event) => field.onChange(event.target.value)}
              />
            </span>
          </div>
        </FieldSet>
      )}
    />
  )
}

export function AskField({ form, partner }: { form: DealForm; partner: string }) {
  return (
    <Field
      label={`What do you want from ${partner}?`}
      required
      hint="One thing they can do, for example: a meeting with the IT lead."
      error={form.formState.errors.ask?.message}
    >
      <TextArea
        rows={2}
        grow
        maxLength={2000}
        {...form.register('ask', { validate: filled('Say what they can do.') })}
      />
    </Field>
  )
}

export function NextStepField({ form }: { form: DealForm }) {
  return (
    <Field label="Next step" hint="For your team only." error={form.formState.errors.next_step?.message}>
      <TextInput maxLength={300} {...form.register('next_step')} />
    </Field>
  )
}

type PickProps = {
  form: DealForm
  name: FieldPath<DealDraft>
  label: string
  options: Option[]
  required?: boolean
  placeholder?: string
}

/** One choice of a list inside a deal's form. */
export function PickField({ form, name, label, options, required, placeholder }: PickProps) {
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field }) => (
        <Field label={label} required={required} error={form.formState.errors[name]?.message}>
          <Combobox
            value={options.find((option) => option.value === field.value) ?? null}
            onChange={(option) => option && field.onChange(option.value)}
            options={options}
            placeholder={placeholder}
          />
        </Field>
      )}
    />
  )
}
