import { useInfiniteQuery } from '@tanstack/react-query'
import { EyeOff } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { type Entry, listNotes, stopSharingNote } from '#shared/entries.ts'
import type { Partner } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { calledName } from '../../shell/deal-words.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button, TextButton } from '../../ui/button.tsx'
import { Chip, VisibilityChip } from '../../ui/chip.tsx'
import { NamedText } from '../../ui/named-text.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { Timeline, TimelineItem } from '../../ui/timeline.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { Edited, EditWords, OwnMenu, useOwnWords } from '../deals/own-words.tsx'
import { NoteComposer } from './note-composer.tsx'
import { useRefresh, useThisPartner, wordsOf } from './use-partner.ts'

const ShareCopy = lazy(() => import('./share-copy.tsx').then((m) => ({ default: m.ShareCopy })))

/** Notes on a partner: the team's own, and those the partner can see. */
export function NotesTab() {
  const partner = useThisPartner()
  const [copying, setCopying] = useState<Entry | null>(null)
  const { data, isError, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['list_notes', partner.id],
    queryFn: ({ pageParam, signal }) =>
      call(listNotes, { params: { partner: partner.id }, query: pageParam ? { cursor: pageParam } : {} }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  const notes = data?.pages.flatMap((page) => page.items)
  return (
    <section className="ui-stack partner-read" aria-labelledby="partner-notes">
      <h2 id="partner-notes" className="ui-vh">
        Notes
      </h2>
      {partner.can.work && <NoteComposer partner={partner} />}
      {isError && !notes && (
        <ErrorState title="We couldn't load notes." safe="Nothing was lost." onRetry={() => void refetch()} />
      )}
      {!notes && !isError && <Skeleton count={4} />}
      {notes?.length === 0 && <EmptyState>No notes. Write what a colleague should know.</EmptyState>}
      {notes && notes.length > 0 && (
        <Timeline>
          {notes.map((note) => (
            <Note key={note.id} note={note} partner={partner} onShareCopy={() => setCopying(note)} />
          ))}
        </Timeline>
      )}
      {hasNextPage && (
        <div>
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      {copying && (
        <Suspense fallback={null}>
          <ShareCopy note={copying} partner={partner} onClose={() => setCopying(null)} />
        </Suspense>
      )}
    </section>
  )
}

type NoteProps = { note: Entry; partner: Partner; onShareCopy: () => void }

function Note({ note, partner, onShareCopy }: NoteProps) {
  const refresh = useRefresh()
  const toast = useToast()
  const called = calledName(partner.legal_name)
  const own = useOwnWords()
  const shared = note.audience === 'partner' && note.visible
  const stop = async () => {
    try {
      await call(stopSharingNote, { params: { note: note.id } })
      await refresh()
      toast.show({ text: `${called} no longer sees this note.` })
    } catch (error) {
      toast.show({ text: wordsOf(error), tone: 'danger' })
    }
  }
  return (
    <TimelineItem
      avatar={<Avatar name={note.author.name} size={24} outside={note.author.outside} />}
      chip={
        note.removed ? null : (
          <Tooltip content={note.why}>
            <button type="button" className="partner-why">
              {note.audience === 'partner' && !shared ? (
                <Chip tone="team" icon={<EyeOff />}>
                  {note.why}
                </Chip>
              ) : (
                <VisibilityChip sharedWith={shared ? called : null} />
              )}
            </button>
          </Tooltip>
        )
      }
      time={
        <span className="own-line-end">
          <Time value={note.created_at} />
          {note.mine && <OwnMenu entry={note} own={own} what="note" called={called} />}
        </span>
      }
      say={
        note.removed ? null : own.doing === 'edit' ? (
          <EditWords entry={note} own={own} partner={partner.id} called={called} />
        ) : (
          <>
            <span className="partner-note">
              <NamedText text={note.body ?? ''} people={note.mentions} />
            </span>
            <Edited entry={note} />
            {note.copy_of && <span className="ui-cap ui-muted">A copy of a note that stays with your team.</span>}
            {partner.can.work && (shared || note.audience === 'team') && (
              <span className="ui-row ui-wrap">
                {shared && <TextButton onClick={() => void stop()}>Stop sharing</TextButton>}
                {note.audience === 'team' && (
                  <TextButton onClick={onShareCopy}>
                    {note.copied ? 'Share another copy' : `Share a copy with ${called}`}
                  </TextButton>
                )}
                {note.copied && <span className="ui-cap ui-muted">A copy was shared.</span>}
              </span>
            )}
          </>
        )
      }
    >
      <strong>{note.author.name}</strong>
      {note.removed && <span className="ui-muted"> removed a note</span>}
    </TimelineItem>
  )
}
