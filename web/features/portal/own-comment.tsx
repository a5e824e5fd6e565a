import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { editPortalEntry, removePortalEntry } from '#shared/editing.ts'
import type { Answer } from '#shared/endpoint.ts'
import { type addPortalEntry, listPortalEntries, type PortalDeal } from '#shared/portal.ts'
import { ApiProblem, call } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { TextArea } from '../../ui/text-input.tsx'
import { useToast } from '../../ui/toast.tsx'
import { usePortal } from './portal.tsx'
import './own-comment.css'

type Props = { entry: Answer<typeof addPortalEntry>; deal: PortalDeal }

function useRenew({ ref }: PortalDeal) {
  const { workspace } = usePortal()
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: [listPortalEntries.id, { params: { workspace, ref } }] })
}
const wordsOf = (error: unknown): string =>
  error instanceof ApiProblem ? (error.field('body') ?? error.problem.detail) : 'That did not work. Nothing was lost.'

/** One's own comment, to be written anew. */
export function EditComment({ entry, deal, onClose }: Props & { onClose: () => void }) {
  const { workspace, reason } = usePortal()
  const renew = useRenew(deal)
  const [text, setText] = useState(entry.body ?? '')
  const save = useMutation({
    mutationFn: () => call(editPortalEntry, { params: { workspace, entry: entry.id }, body: { body: text } }),
    onSuccess: async () => {
      await renew()
      onClose()
    },
  })
  return (
    <form
      className="portal-reply"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') save.mutate()
      }}
    >
      <Field label="Your comment" hideLabel error={save.error ? wordsOf(save.error) : undefined}>
        <TextArea
          grow
          rows={2}
          autoFocus
          value={text}
          maxLength={10_000}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && onClose()}
        />
      </Field>
      <div className="ui-row">
        <Button size="form" variant="primary" type="submit" busy={save.isPending} reason={reason}>
          Save
        </Button>
        <Button size="form" variant="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

/** Takes one's own comment back, once one has said so twice. */
export function RemoveComment({ entry, deal }: Props) {
  const { workspace, reason } = usePortal()
  const renew = useRenew(deal)
  const { show } = useToast()
  const [sure, ask] = useState(false)
  const remove = useMutation({
    mutationFn: () => call(removePortalEntry, { params: { workspace, entry: entry.id } }),
    onSuccess: async () => {
      await renew()
      show({ text: 'Your comment was removed.' })
    },
    onError: (error) => show({ text: wordsOf(error), tone: 'danger' }),
  })
  if (!sure)
    return (
      <Button size="small" variant="quiet" reason={reason} onClick={() => ask(true)}>
        Remove
      </Button>
    )
  return (
    <span className="portal-own">
      <span>Its words disappear for everyone.</span>
      <Button size="small" variant="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
        Remove comment
      </Button>
      <Button size="small" variant="quiet" onClick={() => ask(false)}>
        Keep it
      </Button>
    </span>
  )
}
