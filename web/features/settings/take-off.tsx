import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getHeld, listMembers, type Member, takeOffTeam } from '#shared/company.ts'
import { ApiProblem, call } from '../../api.ts'
import { ask } from '../../query.ts'
import { firstName } from '../../shell/deal-words.ts'
import { useUndo } from '../../shell/use-undo.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { TextArea } from '../../ui/text-input.tsx'
import { useToast } from '../../ui/toast.tsx'
import './take-off.css'

type Props = { person: Member; onClose: () => void }

/** A colleague leaves: who takes each open deal and each partner, before they are off the team. */
export function TakeOff({ person, onClose }: Props) {
  const held = useQuery(ask(getHeld, { params: { member: person.id } }))
  const team = useQuery(ask(listMembers, {}))
  const [everything, giveEverything] = useState('')
  const [given, give] = useState<Record<string, string>>({})
  const [note, setNote] = useState('')
  const [state, setState] = useState<{ busy: boolean; failed: string | null }>({ busy: false, failed: null })
  const queries = useQueryClient()
  const toast = useToast()
  const undo = useUndo()
  const called = firstName(person.name)
  const takers = (team.data?.items ?? [])
    .filter((one) => one.id !== person.id && !one.deactivated_at && one.role !== 'read_only')
    .map((one) => ({ value: one.id, label: one.name }))
  const deals = held.data?.deals ?? []
  const partners = held.data?.partners ?? []
  const takerOf = (id: string) => given[id] ?? everything
  const open = [...deals, ...partners].filter(({ id }) => !takerOf(id)).length
  const rows = [
    ...partners.map(({ id, legal_name }) => ({ id, name: legal_name, line: 'Partner' })),
    ...deals.map(({ id, customer_company, stage, partner }) => ({
      id,
      name: customer_company,
      line: `Deal with ${partner.legal_name}, ${stage}`,
    })),
  ]

  const go = async () => {
    setState({ busy: true, failed: null })
    try {
      const { act } = await call(takeOffTeam, {
        params: { member: person.id },
        body: {
          version: person.version,
          deals: deals.map(({ id }) => ({ deal: id, to: takerOf(id) })),
          partners: partners.map(({ id }) => ({ partner: id, to: takerOf(id) })),
          ...(note.trim() ? { note: note.trim() } : {}),
        },
      })
      await queries.invalidateQueries()
      toast.show({ text: `${person.name} is off the team and signed out`, undo: () => void undo(act) })
      onClose()
    } catch (error) {
      const failed = error instanceof ApiProblem ? error.problem.detail : "That didn't work. Nothing was changed."
      setState({ busy: false, failed })
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !state.busy && onClose()}
      title={`Take ${person.name} off the team?`}
      footnote="Can be undone for 30 days."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            busy={state.busy}
            reason={
              !held.data
                ? 'Still looking what they own.'
                : open
                  ? `Say first who takes over. ${open} to go.`
                  : undefined
            }
            onClick={() => void go()}
          >
            {rows.length ? 'Hand over and take off' : 'Take off the team'}
          </Button>
        </>
      }
    >
      <div className="ui-stack">
        {state.failed && (
          <Banner tone="danger" role="alert">
            {state.failed}
          </Banner>
        )}
        <p>{`${called} is signed out now and won't be told. What ${called} wrote and did stays.`}</p>
        {held.isError && (
          <ErrorState title={`We couldn't see what ${called} owns.`} onRetry={() => void held.refetch()} />
        )}
        {!held.data && !held.isError && <Skeleton kind="rows" count={3} />}
        {rows.length > 0 && (
          <>
            <Field label={`Who takes over from ${called}?`} hint="You can choose someone else for each below.">
              <Select value={everything} onChange={giveEverything} options={takers} placeholder="Choose a colleague" />
            </Field>
            <ul className="settings-held" aria-label={`What ${called} owns`}>
              {rows.map(({ id, name, line }) => (
                <li key={id}>
                  <span className="ui-grow ui-trunc">
                    <span className="ui-trunc settings-held-name">{name}</span>
                    <span className="ui-cap ui-muted ui-trunc">{line}</span>
                  </span>
                  <Select
                    label={`Who takes ${name}`}
                    compact
                    value={takerOf(id)}
                    onChange={(to) => give({ ...given, [id]: to })}
                    options={takers}
                    placeholder="Nobody yet"
                  />
                </li>
              ))}
            </ul>
            {deals.length > 0 && (
              <Field label="Hand-over note" hint="Stands on each of these deals, for your team only.">
                <TextArea rows={3} maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} />
              </Field>
            )}
          </>
        )}
      </div>
    </Dialog>
  )
}
