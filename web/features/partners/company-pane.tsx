import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import type { FocusEvent } from 'react'
import { useController, useWatch } from 'react-hook-form'
import { email as emailOf } from '#shared/fields.ts'
import { addTag, listTags } from '#shared/tags.ts'
import { ApiProblem, call } from '../../api.ts'
import { ask } from '../../query.ts'
import { useLists } from '../../shell/lists.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button, TextButton } from '../../ui/button.tsx'
import { ChoiceChips } from '../../ui/choices.tsx'
import { MultiCombobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { TextArea, TextInput } from '../../ui/text-input.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import type { AddForm } from './add-form.ts'
import { Lookalikes } from './lookalikes.tsx'
import type { useCheck } from './use-check.ts'

type Props = { form: AddForm; check: ReturnType<typeof useCheck>; busy: boolean }

export function CompanyPane({ form, check, busy }: Props) {
  const { register, formState, getValues, setValue, trigger, clearErrors } = form
  const { errors } = formState
  const different = useWatch({ control: form.control, name: 'different' })
  const suggestion = check.email?.email_suggestion ?? null
  const same = check.lookalikes.find((it) => it.match === 'same')
  // A press on the button looks by itself; a banner that pushed the button away meanwhile would swallow the press.
  const look = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof HTMLButtonElement && relatedTarget.type === 'submit')) check.look(getValues())
  }
  const take = () => {
    if (!suggestion) return
    setValue('email', suggestion, { shouldDirty: true })
    clearErrors('email')
    check.look(getValues())
    form.setFocus('email')
  }
  useHotkeys({ 'alt+enter': take }, { enabled: suggestion !== null, inFields: true })
  return (
    <>
      <Field
        label="Legal company name"
        required
        hint="As in the contract, not the nickname."
        error={errors.legal_name?.message}
        after={
          <Lookalikes
            items={check.lookalikes.filter((it) => it.match === 'same' || !different.includes(it.id))}
            onDifferent={(id) => {
              setValue('different', [...different, id], { shouldDirty: true })
              form.setFocus(getValues('email') ? 'legal_name' : 'email')
            }}
          />
        }
      >
        <TextInput
          data-first
          autoComplete="off"
          {...register('legal_name', {
            validate: (name) => name.trim() !== '' || 'Write the company name.',
            maxLength: { value: 200, message: 'Use at most 200 characters.' },
            onChange: () => clearErrors('legal_name'),
          })}
        />
      </Field>
      <Field
        label="Main contact email"
        required
        error={errors.email?.message}
        after={
          (suggestion || check.email?.free_mail) && (
            <Banner tone="neutral" role="status">
              {suggestion ? (
                <span className="ui-row ui-wrap">
                  <span>
                    Did you mean <TextButton onClick={take}>{suggestion}</TextButton>?
                  </span>
                  <span className="ui-grow" />
                  <span className="ui-desk">
                    <Kbd keys="Alt Enter" />
                  </span>
                </span>
              ) : (
                "That's a personal address. Fine if they use it for work."
              )}
            </Banner>
          )
        }
      >
        <TextInput
          type="email"
          inputMode="email"
          autoComplete="off"
          spellCheck={false}
          {...register('email', {
            validate: (address) => {
              if (address.trim() === '') return 'Write an email address.'
              return emailOf().safeParse(address).success || 'Write an address like ana@company.com.'
            },
            onChange: () => clearErrors('email'),
          })}
          onBlur={(event) => {
            if (getValues('email').trim() !== '') void trigger('email')
            look(event)
          }}
        />
      </Field>
      <TypeField form={form} />
      <More form={form} onBlur={look} />
      <div className="partners-pane-foot">
        <Button
          variant="primary"
          size="form"
          type="submit"
          busy={busy}
          {...(same ? { reason: `${same.legal_name} is here already.` } : {})}
        >
          Continue to access
        </Button>
        <span className="ui-cap ui-muted ui-desk">
          or press <Kbd keys="Enter" />
        </span>
      </div>
    </>
  )
}

function TypeField({ form }: { form: AddForm }) {
  const { field } = useController({ control: form.control, name: 'type' })
  const { typeOptions } = useLists()
  return (
    <div className="partners-kind">
      <p className="ui-label" aria-hidden="true">
        Type <span className="ui-optional">optional</span>
      </p>
      <ChoiceChips
        label="Type, optional"
        name="type"
        value={field.value}
        onChange={field.onChange}
        options={typeOptions()}
      />
    </div>
  )
}

function More({ form, onBlur }: { form: AddForm; onBlur: (event: FocusEvent) => void }) {
  const { register, formState, getValues } = form
  const { errors } = formState
  const { website, phone, description, tag_ids } = getValues()
  const filled = website !== '' || phone !== '' || description !== '' || tag_ids.length > 0
  return (
    <details className="partners-fold" open={filled || undefined}>
      <summary>
        <ChevronDown />
        More: website, phone, tags, description
      </summary>
      <div className="partners-two">
        <Field label="Website" error={errors.website?.message}>
          <TextInput inputMode="url" autoComplete="off" maxLength={300} {...register('website')} onBlur={onBlur} />
        </Field>
        <Field label="Phone" error={errors.phone?.message}>
          <TextInput type="tel" autoComplete="off" maxLength={60} {...register('phone')} />
        </Field>
      </div>
      <TagField form={form} />
      <Field label="Description" error={errors.description?.message}>
        <TextArea rows={2} grow maxLength={2000} {...register('description')} />
      </Field>
    </details>
  )
}

function TagField({ form }: { form: AddForm }) {
  const { field } = useController({ control: form.control, name: 'tag_ids' })
  const { data } = useQuery(ask(listTags, {}))
  const queries = useQueryClient()
  const { show } = useToast()
  const options = (data?.items ?? []).map((tag) => ({ value: tag.id, label: tag.name }))
  const create = async (name: string) => {
    try {
      const tag = await call(addTag, { body: { name } })
      await queries.invalidateQueries({ queryKey: [listTags.id] })
      field.onChange([...form.getValues('tag_ids'), tag.id])
    } catch (error) {
      show({ tone: 'danger', text: error instanceof ApiProblem ? error.problem.detail : 'That did not work.' })
    }
  }
  return (
    <Field label="Tags">
      <MultiCombobox
        placeholder="Choose tags"
        value={options.filter((option) => field.value.includes(option.value))}
        onChange={(chosen) => field.onChange(chosen.map((option) => option.value).slice(0, 20))}
        options={options}
        empty={data?.can.add ? 'Nothing matches.' : 'No such tag. Ask an admin.'}
        {...(data?.can.add ? { onCreate: (name: string) => void create(name) } : {})}
      />
    </Field>
  )
}
