import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { addTag, editTag, mergeTags, previewTagMerge, type Tag as TagOf } from '#shared/tags.ts'
import { call } from '../../api.ts'
import { useUndo } from '../../shell/use-undo.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { hueNames, TagHues } from '../../ui/chip.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useChange, useSend } from './use-change.ts'

const counted = (n: number) => (n === 1 ? '1 partner' : `${n} partners`)
type Fields = { name: string; meaning: string; colour: number }

/** A new tag, or another name, meaning and colour for one. */
export function TagForm({ tag, onClose }: { tag?: TagOf; onClose: () => void }) {
  const form = useForm<Fields>({
    defaultValues: { name: tag?.name ?? '', meaning: tag?.meaning ?? '', colour: tag?.colour ?? 1 },
  })
  const toast = useToast()
  const { register, watch, setValue, formState } = form
  const { errors } = formState
  const send = useSend(form, ['name', 'meaning', 'colour'])(async (typed) => {
    const meaning = typed.meaning || null
    if (tag) await call(editTag, { params: { tag: tag.id }, body: { ...typed, meaning, version: tag.version } })
    else await call(addTag, { body: { ...typed, meaning } })
    toast.show({ text: tag ? 'Saved' : `${typed.name} added` })
    onClose()
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={tag ? `Edit ${tag.name}` : 'Add a tag'}
      size="small"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="tag-form" busy={formState.isSubmitting}>
            {tag ? 'Save' : 'Add tag'}
          </Button>
        </>
      }
    >
      <form id="tag-form" className="settings-form" onSubmit={send}>
        {errors.root && (
          <Banner tone="danger" role="alert">
            {errors.root.message}
          </Banner>
        )}
        <Field label="Name" error={errors.name?.message} required>
          <TextInput {...register('name', { required: 'Fill this in.' })} maxLength={40} autoComplete="off" />
        </Field>
        <Field
          label="Meaning"
          hint="One line, so that everyone uses it the same way."
          error={errors.meaning?.message}
          optional
        >
          <TextInput {...register('meaning')} maxLength={200} autoComplete="off" />
        </Field>
        <TagHues
          value={watch('colour')}
          onChange={(colour) => setValue('colour', colour)}
          label="Colour"
          names={hueNames}
        />
      </form>
    </Dialog>
  )
}

/** Says how many move before anything does; Undo stands for 30 days. */
export function MergeTags({ tag, others, onClose }: { tag: TagOf; others: TagOf[]; onClose: () => void }) {
  const [into, setInto] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const change = useChange()
  const undo = useUndo()
  const toast = useToast()
  const other = others.find(({ id }) => id === into)
  const { data: count } = useQuery({
    queryKey: [previewTagMerge.id, tag.id, into],
    queryFn: () => call(previewTagMerge, { params: { tag: tag.id }, body: { into: into ?? '' } }),
    // Once merged there is nothing left to count.
    enabled: into !== null && !busy,
  })
  const merge = async () => {
    setBusy(true)
    const done = await change(() => call(mergeTags, { params: { tag: tag.id }, body: { into: into ?? '' } }))
    setBusy(false)
    if (!done) return
    toast.show({ text: `${tag.name} is part of ${other?.name} now.`, undo: () => void undo(done.act) })
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Merge ${tag.name}`}
      description={`Who wears ${tag.name} wears the other tag instead, and ${tag.name} is archived. You can undo this for 30 days.`}
      size="small"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            onClick={() => void merge()}
            {...(count ? {} : { reason: 'Choose a tag first.' })}
          >
            Merge
          </Button>
        </>
      }
    >
      <div className="settings-form">
        <Field label="Into">
          <Select
            value={into}
            onChange={setInto}
            placeholder="Choose a tag"
            options={others.filter(({ id }) => id !== tag.id).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        {other && count && (
          <p role="status">
            <b>
              {counted(count.partners)} {count.partners === 1 ? 'moves' : 'move'}
            </b>{' '}
            to {other.name}
            {count.both > 0 ? `; ${count.both} of them ${count.both === 1 ? 'wears' : 'wear'} it already.` : '.'}
          </p>
        )}
      </div>
    </Dialog>
  )
}

export function ArchiveTag({ tag, onClose }: { tag: TagOf; onClose: () => void }) {
  const change = useChange()
  const toast = useToast()
  const set = (version: number, archived: boolean) =>
    change(() => call(editTag, { params: { tag: tag.id }, body: { version, archived } }))
  const archive = async () => {
    const done = await set(tag.version, true)
    if (!done) return
    toast.show({ text: `${tag.name} archived`, undo: () => void set(done.version, false) })
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Archive ${tag.name}`}
      size="small"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={() => void archive()}>
            Archive
          </Button>
        </>
      }
    >
      <p>
        {tag.partners > 0 ? (
          <>
            <b>{counted(tag.partners)}</b> {tag.partners === 1 ? 'wears' : 'wear'} it and{' '}
            {tag.partners === 1 ? 'keeps' : 'keep'} it.{' '}
          </>
        ) : (
          'Nobody wears it. '
        )}
        It is no longer offered when people choose tags. You can restore it.
      </p>
    </Dialog>
  )
}
