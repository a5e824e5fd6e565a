import { useState } from 'react'
import { useForm } from 'react-hook-form'
import type { SavedView } from '#shared/saved-views.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { RadioCards } from '../ui/choices.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { TextInput } from '../ui/text-input.tsx'
import type { SavedViews } from './saved-views.ts'

type Props = { saved: SavedViews; query: string; onClose: () => void; onSaved: (view: SavedView) => void }

/** Names what is on the screen, for oneself or for the team. */
export function SaveView({ saved, query, onClose, onSaved }: Props) {
  const { register, handleSubmit, formState } = useForm({ defaultValues: { name: '' } })
  const [shared, setShared] = useState(false)
  const [pinned, setPinned] = useState(false)
  const save = handleSubmit(async ({ name }) => {
    const view = await saved.add({ name, query, shared })
    if (!view) return
    if (pinned) await saved.pin(view, true)
    onSaved(view)
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Save as view"
      description="Keeps the filters, the search and the order you see."
      size="small"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="save-view" busy={formState.isSubmitting}>
            Save view
          </Button>
        </>
      }
    >
      <form id="save-view" className="ui-stack" onSubmit={save}>
        <Field label="Name" required error={formState.errors.name?.message}>
          <TextInput {...register('name', { required: 'Fill this in.' })} maxLength={40} placeholder="DACH resellers" />
        </Field>
        <RadioCards
          label="Who has it"
          name="shared"
          value={shared ? 'team' : 'me'}
          onChange={(value) => setShared(value === 'team')}
          options={[
            { value: 'me', label: 'Private', hint: 'Only you see it.' },
            {
              value: 'team',
              label: 'Shared with team',
              hint: 'Everyone on your team sees it. You and admins can change it.',
              ...(saved.canShare ? {} : { reason: 'Members and admins share views.' }),
            },
          ]}
        />
        <Checkbox label="Pin to your sidebar" checked={pinned} onChange={(event) => setPinned(event.target.checked)} />
      </form>
    </Dialog>
  )
}

/** Another name for a view. */
export function RenameView({ saved, view, onClose }: { saved: SavedViews; view: SavedView; onClose: () => void }) {
  const { register, handleSubmit, formState } = useForm({ defaultValues: { name: view.name } })
  const save = handleSubmit(async ({ name }) => {
    if (await saved.edit(view, { name })) onClose()
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Rename view"
      size="small"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="rename-view" busy={formState.isSubmitting}>
            Rename view
          </Button>
        </>
      }
    >
      <form id="rename-view" onSubmit={save}>
        <Field label="Name" required error={formState.errors.name?.message}>
          <TextInput {...register('name', { required: 'Fill this in.' })} maxLength={40} />
        </Field>
      </form>
    </Dialog>
  )
}
