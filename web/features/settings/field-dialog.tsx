import { Plus, X } from 'lucide-react'
import { useFieldArray, useForm } from 'react-hook-form'
import { addCustomField, type CustomField, editCustomField, type FieldKind } from '#shared/custom-fields.ts'
import { call } from '../../api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, FieldSet } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Select } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useToast } from '../../ui/toast.tsx'
import { kindNames } from './field-kinds.ts'
import { useSend } from './use-change.ts'

type Choice = { name: string; was?: string }
type Fields = { name: string; purpose: string; kind: FieldKind; choices: Choice[] }
const kinds = (Object.keys(kindNames) as FieldKind[]).map((value) => ({ value, label: kindNames[value] }))

/** A new field, or another name, purpose and choices for one. What it holds is chosen once. */
export function FieldDialog({ field, onClose }: { field?: CustomField; onClose: () => void }) {
  const form = useForm<Fields>({
    defaultValues: {
      name: field?.name ?? '',
      purpose: field?.purpose ?? '',
      kind: field?.kind ?? 'text',
      choices: field ? field.choices.map((name) => ({ name, was: name })) : [{ name: '' }, { name: '' }],
    },
  })
  const { register, watch, setValue, formState, control } = form
  const { errors } = formState
  const { fields: choices, append, remove } = useFieldArray({ control, name: 'choices' })
  const toast = useToast()
  const kind = watch('kind')
  const send = useSend(form, ['name', 'purpose', 'kind', 'choices'])(async ({ name, purpose, choices: typed }) => {
    const written = typed.filter((choice) => choice.name.trim() !== '')
    if (field) {
      const more =
        kind === 'choice'
          ? { choices: written.map(({ name: is, was }) => ({ name: is, ...(was ? { was } : {}) })) }
          : {}
      await call(editCustomField, {
        params: { field: field.id },
        body: { version: field.version, name, purpose, ...more },
      })
    } else {
      const more = kind === 'choice' ? { choices: written.map((choice) => choice.name) } : {}
      await call(addCustomField, { body: { name, purpose, kind, ...more } })
    }
    toast.show({ text: field ? 'Saved' : `${name} added to every partner` })
    onClose()
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={field ? `Edit ${field.name}` : 'Add a field'}
      {...(field ? {} : { description: 'It stands on every partner’s Overview. Partners never see it.' })}
      size="small"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="field-form" busy={formState.isSubmitting}>
            {field ? 'Save' : 'Add field'}
          </Button>
        </>
      }
    >
      <form id="field-form" className="settings-form" onSubmit={send}>
        {errors.root && (
          <Banner tone="danger" role="alert">
            {errors.root.message}
          </Banner>
        )}
        <Field label="Name" error={errors.name?.message} required>
          <TextInput {...register('name', { required: 'Fill this in.' })} maxLength={40} autoComplete="off" />
        </Field>
        <Field
          label="What it is for"
          hint="One line. Who cannot say it does not need the field."
          error={errors.purpose?.message}
          required
        >
          <TextInput {...register('purpose', { required: 'Fill this in.' })} maxLength={200} autoComplete="off" />
        </Field>
        <Field
          label="Holds"
          error={errors.kind?.message}
          hint={field ? 'This stays, so that no value is lost.' : 'Cannot be changed later.'}
        >
          <Select
            value={kind}
            onChange={(next) => setValue('kind', next)}
            options={kinds}
            disabled={field !== undefined}
          />
        </Field>
        {kind === 'choice' && (
          <FieldSet
            legend="Choices"
            error={errors.choices?.message ?? errors.choices?.root?.message}
            {...(field ? { hint: 'Partners follow a choice that is renamed, and keep one that is removed.' } : {})}
          >
            <div className="rules-choices">
              {choices.map((choice, at) => (
                <span key={choice.id} className="ui-row">
                  <TextInput
                    {...register(`choices.${at}.name`)}
                    aria-label={`Choice ${at + 1}`}
                    maxLength={60}
                    autoComplete="off"
                  />
                  <IconButton label={`Remove choice ${at + 1}`} icon={<X />} onClick={() => remove(at)} />
                </span>
              ))}
              {choices.length < 50 && (
                <Button variant="quiet" size="small" icon={<Plus />} onClick={() => append({ name: '' })}>
                  Add a choice
                </Button>
              )}
            </div>
          </FieldSet>
        )}
      </form>
    </Dialog>
  )
}
