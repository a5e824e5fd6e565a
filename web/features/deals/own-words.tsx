import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { editEntry, listEntryVersions } from '#shared/editing.ts'
import type { Entry } from '#shared/entries.ts'
import { call } from '../../api.ts'
import { ask } from '../../query.ts'
import { useColleagues } from '../../shell/use-colleagues.ts'
import { Button, TextButton } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { NamingArea } from '../../ui/naming-area.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { sayWhen } from '../../ui/time.tsx'
import { keyName } from '../../ui/use-hotkeys.ts'
import { failureWords } from './sharing.ts'
import { wordQueries } from './word-queries.ts'
import './own-words.css'

const RemoveWords = lazy(() => import('./remove-words.tsx').then((m) => ({ default: m.RemoveWords })))

export type OwnWords = ReturnType<typeof useOwnWords>

/** What one does with one's own line: nothing, say it better, or take it back. */
export function useOwnWords() {
  const [doing, set] = useState<'edit' | 'remove' | null>(null)
  const rest = (entry: Entry) => {
    set(null)
    // What was written in is gone: the focus goes back to where it came from.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-own="${entry.id}"]`)?.focus())
  }
  return { doing, edit: () => set('edit'), remove: () => set('remove'), rest }
}

type Props = { entry: Entry; own: OwnWords; what: 'comment' | 'note' }

/** The menu at one's own line, and what is asked before it is taken back. */
export function OwnMenu({ entry, own, what, called }: Props & { called: string }) {
  return (
    <>
      <Menu
        label={`Your ${what}`}
        align="end"
        trigger={
          <IconButton size="small" label={`Edit or remove your ${what}`} icon={<Ellipsis />} data-own={entry.id} />
        }
        items={[
          { label: 'Edit', onSelect: own.edit },
          { label: 'Remove', danger: true, onSelect: own.remove },
        ]}
      />
      {own.doing === 'remove' && (
        <Suspense fallback={null}>
          <RemoveWords entry={entry} what={what} called={called} onClose={() => own.rest(entry)} />
        </Suspense>
      )}
    </>
  )
}

/** One's own words, to be written anew. Esc leaves them as they were, Ctrl or Cmd Enter saves. */
export function EditWords({ entry, own, partner, called }: Omit<Props, 'what'> & { partner: string; called: string }) {
  const [body, write] = useState(entry.body ?? '')
  const [state, setState] = useState<{ busy?: boolean; failed?: string }>({})
  const text = useRef<HTMLTextAreaElement>(null)
  const colleagues = useColleagues(partner, body)
  const queries = useQueryClient()
  const save = async () => {
    if (state.busy) return
    if (body.trim() === '') return setState({ failed: 'Write something, or remove it.' })
    setState({ busy: true })
    try {
      const mentions = await colleagues.named()
      await call(editEntry, { params: { entry: entry.id }, body: { body, mentions } })
      await Promise.all(wordQueries.map((id) => queries.invalidateQueries({ queryKey: [id] })))
      own.rest(entry)
    } catch (error) {
      setState({ failed: failureWords(error) })
    }
  }
  return (
    <div className={entry.audience === 'partner' ? 'own-words own-words-shared' : 'own-words'}>
      <NamingArea
        text={text}
        className="ui-composer-text"
        people={colleagues.people}
        nobody={(typed) => `Nobody called “${typed}” on your team sees ${called}.`}
        rows={2}
        maxLength={10_000}
        aria-label="Your words"
        autoFocus
        value={body}
        onChange={write}
        onKeyDown={(event) => {
          const key = keyName(event.nativeEvent)
          if (key !== 'mod+enter' && key !== 'escape') return
          event.preventDefault()
          if (key === 'escape') own.rest(entry)
          else void save()
        }}
      />
      <div className="ui-row ui-wrap">
        <Button size="small" variant="primary" busy={state.busy} onClick={() => void save()}>
          Save
        </Button>
        <Button size="small" onClick={() => own.rest(entry)}>
          Cancel
        </Button>
        <span className="ui-cap" role="status">
          {state.failed ?? (entry.visible ? `${called} reads the new words.` : '')}
        </span>
      </div>
    </div>
  )
}

/** "Edited": opens how it read before. */
export function Edited({ entry }: { entry: Entry }) {
  const [open, setOpen] = useState(false)
  const { data } = useQuery({ ...ask(listEntryVersions, { params: { entry: entry.id } }), enabled: open })
  if (!entry.edited_at || entry.removed) return null
  const edited = sayWhen(new Date(entry.edited_at), new Date())
  return (
    <div className="own-before">
      <TextButton aria-expanded={open} onClick={() => setOpen(!open)}>
        Edited<span className="ui-vh">: how it read before</span>
      </TextButton>
      <span className="ui-muted ui-cap"> {edited}</span>
      {open && !data && <Skeleton count={1} />}
      {open && data && (
        <ol aria-label="How it read before">
          {data.items.map((version) => (
            <li key={version.at}>
              <span className="ui-muted ui-cap">{sayWhen(new Date(version.at), new Date())}</span>
              <span>{version.body}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
