import { useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { addMember } from '#shared/company.ts'
import type { TeamRole } from '#shared/session.ts'
import { ApiProblem, call } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choices.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useToast } from '../../ui/toast.tsx'

type Fields = { name: string; email: string; role: TeamRole }

/** Adds a colleague. They sign in with a code sent to their address. */
export function AddPerson({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const toast = useToast()
  const { register, handleSubmit, setError, setValue, watch, formState } = useForm<Fields>({
    defaultValues: { name: '', email: '', role: 'member' },
  })
  const { errors } = formState
  const add = handleSubmit(async (body) => {
    try {
      await call(addMember, { body })
      await queries.invalidateQueries({ queryKey: ['list_members'] })
      toast.show({ text: `${body.name} added. Nothing was emailed.` })
      onClose()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      for (const { field, detail } of error.problem.errors ?? [{ field: 'root', detail: error.problem.detail }])
        setError(field as keyof Fields, { message: detail })
    }
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Add a person to your team"
      description="They sign in with a 6-digit code sent to their address. Nothing is sent now."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="add-person" busy={formState.isSubmitting}>
            Add person
          </Button>
        </>
      }
    >
      <form id="add-person" className="settings-form" onSubmit={add}>
        <Field label="Name" error={errors.name?.message} required>
          <TextInput {...register('name', { required: 'Fill this in.' })} maxLength={200} />
        </Field>
        <Field label="Email" error={errors.email?.message} required>
          <TextInput type="email" {...register('email', { required: 'Fill this in.' })} maxLength={254} />
        </Field>
        <RadioCards
          label="Role"
          name="role"
          value={watch('role')}
          onChange={(role) => setValue('role', role as TeamRole)}
          options={[
            { value: 'member', label: 'Member', hint: 'Adds partners and works with those they may see.' },
            {
              value: 'admin',
              label: 'Admin',
              hint: 'Sees every partner, changes settings and people, reads the whole log.',
            },
            { value: 'read_only', label: 'Read-only', hint: 'Looks, and changes nothing.' },
          ]}
        />
      </form>
    </Dialog>
  )
}
