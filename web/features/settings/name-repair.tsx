import { useForm } from 'react-hook-form'
import { editPartner, type PartnerRow } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useSend } from './use-change.ts'

/** The name as in the contract, written in place. */
export function NameRepair({ row, onDone }: { row: PartnerRow; onDone: () => void }) {
  const form = useForm({ defaultValues: { legal_name: row.legal_name } })
  const { errors, isSubmitting } = form.formState
  const send = useSend(form, ['legal_name'])(async (typed) => {
    await call(editPartner, { params: { partner: row.id }, body: { version: row.version, ...typed } })
    onDone()
  })
  return (
    <form className="rules-inline" onSubmit={send}>
      <Field
        label={`Legal name of ${row.legal_name}`}
        hideLabel
        error={errors.legal_name?.message ?? errors.root?.message}
      >
        <TextInput compact maxLength={200} {...form.register('legal_name', { required: 'Fill this in.' })} />
      </Field>
      <Button size="small" type="submit" busy={isSubmitting}>
        Save
      </Button>
    </form>
  )
}
