import { Eye, Lock } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { addNote, stopSharingNote } from '#shared/entries.ts'
import type { Partner } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { calledName } from '../../shell/deal-words.ts'
import { useAddress } from '../../shell/use-address.ts'
import { useColleagues } from '../../shell/use-colleagues.ts'
import { useTextDraft } from '../../shell/use-draft.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Composer } from '../../ui/composer.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { NamingArea } from '../../ui/naming-area.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useToast } from '../../ui/toast.tsx'
import { keyName, useHotkeys } from '../../ui/use-hotkeys.ts'
import { useRefresh, wordsOf } from './use-partner.ts'

/** Writes a note: for the team alone, unless the person turns it amber. */
export function NoteComposer({ partner }: { partner: Partner }) {
  const called = calledName(partner.legal_name)
  const [body, write] = useTextDraft(`note:${partner.id}`)
  const colleagues = useColleagues(partner.id, body)
  const [audience, choose] = useState<'team' | 'partner'>('team')
  const [state, setState] = useState<{ busy: boolean; failed: string | null }>({ busy: false, failed: null })
  const text = useRef<HTMLTextAreaElement>(null)
  const refresh = useRefresh()
  const shared = audience === 'partner'
  const toast = useToast()
  const [{ write: asked }, change] = useAddress()
  useHotkeys({ n: () => text.current?.focus() })
  useEffect(() => {
    if (!asked) return
    text.current?.focus()
    change({ write: undefined })
  }, [asked, change])

  const takeBack = async (note: string) => {
    try {
      await call(stopSharingNote, { params: { note } })
      toast.show({ text: `Not shared. ${called} never saw it. The note stays with your team.` })
    } catch (error) {
      toast.show({ text: wordsOf(error), tone: 'danger' })
    }
    await refresh()
  }

  const send = async () => {
    if (state.busy) return
    if (body.trim() === '') return text.current?.focus()
    setState({ busy: true, failed: null })
    try {
      const note = await call(addNote, {
        params: { partner: partner.id },
        body: { body, audience, mentions: await colleagues.named() },
      })
      write('')
      choose('team')
      setState({ busy: false, failed: null })
      if (shared)
        toast.show({
          text: `Leaves in 10 seconds. Then ${called} can read it.`,
          holdSeconds: 10,
          undo: () => void takeBack(note.id),
          onElapsed: () => void refresh(),
        })
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
            <span id="partner-who-reads" role="status">
              {shared
                ? partner.permissions.sees_notes
                  ? `${called} will read this after 10 seconds.`
                  : `"Notes and files you share" is off for ${called}. They won't see it until it is on.`
                : 'Stays with your team. Nothing is emailed.'}
            </span>
            <span className="ui-desk" aria-hidden="true">
              <Kbd keys="Ctrl Enter" />
            </span>
            <Button variant="primary" busy={state.busy} onClick={() => void send()}>
              {shared ? `Share note with ${called}` : 'Add note'}
            </Button>
          </>
        }
      >
        <NamingArea
          text={text}
          className="ui-composer-text"
          people={colleagues.people}
          nobody={(typed) => `Nobody called “${typed}” on your team sees ${called}.`}
          aria-label="Note"
          aria-describedby="partner-who-reads"
          rows={3}
          maxLength={10_000}
          value={body}
          placeholder={shared ? `Write to ${called}` : 'Write for your team. @ tells a colleague.'}
          onChange={write}
          onKeyDown={(event) => {
            if (keyName(event.nativeEvent) !== 'mod+enter') return
            event.preventDefault()
            void send()
          }}
        />
      </Composer>
      {state.failed && (
        <Banner tone="danger" role="alert" action={<Button onClick={() => void send()}>Try again</Button>}>
          {state.failed} Your text is still here.
        </Banner>
      )}
    </div>
  )
}
