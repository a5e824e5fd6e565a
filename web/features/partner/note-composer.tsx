import { Eye, Lock } from 'lucide-react'
import { useRef, useState } from 'react'
import { addNote } from '#shared/entries.ts'
import type { Partner } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { calledName } from '../../shell/deal-words.ts'
import { useTextDraft } from '../../shell/use-draft.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Composer } from '../../ui/composer.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { useRefresh, wordsOf } from './use-partner.ts'

/** Writes a note: for the team alone, unless the person turns it amber. */
export function NoteComposer({ partner }: { partner: Partner }) {
  const called = calledName(partner.legal_name)
  const [body, write] = useTextDraft(`note:${partner.id}`)
  const [audience, choose] = useState<'team' | 'partner'>('team')
  const [state, setState] = useState<{ busy: boolean; failed: string | null }>({ busy: false, failed: null })
  const text = useRef<HTMLTextAreaElement>(null)
  const refresh = useRefresh()
  const shared = audience === 'partner'
  useHotkeys({ n: () => text.current?.focus() })

  const send = async () => {
    if (state.busy) return
    if (body.trim() === '') return text.current?.focus()
    setState({ busy: true, failed: null })
    try {
      await call(addNote, { params: { partner: partner.id }, body: { body, audience } })
      write('')
      choose('team')
      setState({ busy: false, failed: null })
      await refresh()
    } catch (error) {
      setState({ busy: false, failed: wordsOf(error) })
    }
  }
  return (
    <div className="ui-stack">
      <Composer
        shared={shared}
        top={
          <Segmented
            label="Who can see this note"
            value={audience}
            onChange={choose}
            options={[
              { value: 'team', label: 'Team only', icon: <Lock /> },
              { value: 'partner', label: `${called} can see this`, icon: <Eye />, tone: 'shared' },
            ]}
          />
        }
        foot={
          <>
            <span className="ui-cap ui-grow">
              {shared
                ? partner.permissions.sees_notes
                  ? `${called} will read this after 10 seconds.`
                  : `"Notes and files you share" is off for ${called}. They won't see it until it is on.`
                : 'Stays with your team.'}
            </span>
            <span className="ui-desk">
              <Kbd keys="Ctrl Enter" />
            </span>
            <Button variant="primary" busy={state.busy} onClick={() => void send()}>
              {shared ? `Share note with ${called}` : 'Add note'}
            </Button>
          </>
        }
      >
        <textarea
          ref={text}
          className="ui-composer-text"
          aria-label="Note"
          rows={3}
          maxLength={10_000}
          value={body}
          placeholder={shared ? `Write to ${called}` : 'Write for your team'}
          onChange={(event) => write(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
          }}
        />
      </Composer>
      {state.failed && <Banner tone="danger">{state.failed} Your text is still here.</Banner>}
    </div>
  )
}
