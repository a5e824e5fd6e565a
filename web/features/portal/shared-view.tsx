import type { Answer } from '#shared/endpoint.ts'
import type { listPortalNotes } from '#shared/portal.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { FileLine } from './file-line.tsx'
import { type WorkspaceAnswer, whoToAsk } from './portal.tsx'
import { useFilePages, useNotePages } from './use-pages.ts'
import { woven } from './woven.ts'

type Note = Answer<typeof listPortalNotes>['items'][number]

/** Notes and files shared with the partner, newest first. */
export function SharedView({ workspace }: { workspace: WorkspaceAnswer }) {
  useTitle(`Shared with you, ${workspace.company_name}`)
  const notes = useNotePages()
  const files = useFilePages()
  const both = notes.items && files.items
  const { shown, one_more, other_more } = woven(
    { items: notes.items ?? [], more: notes.hasNextPage },
    { items: files.items ?? [], more: files.hasNextPage },
  )
  const showOlder = () => {
    if (one_more) void notes.fetchNextPage()
    if (other_more) void files.fetchNextPage()
  }
  return (
    <>
      <h1>Shared with you</h1>
      {both &&
        shown.map((it) =>
          'body' in it ? (
            <NoteCard key={it.id} note={it} company={workspace.company_name} />
          ) : (
            <article key={it.id} className="portal-card" aria-label={it.name}>
              <FileLine file={it} />
            </article>
          ),
        )}
      {both && shown.length === 0 && (
        <div className="portal-card">
          <EmptyState>{whoToAsk(workspace)} hasn't shared notes or files yet.</EmptyState>
        </div>
      )}
      {!both &&
        (notes.isError || files.isError ? (
          <ErrorState
            title="We couldn't load notes and files."
            onRetry={() => {
              void notes.refetch()
              void files.refetch()
            }}
          />
        ) : (
          <Skeleton kind="card" count={2} />
        ))}
      {both && (one_more || other_more) && (
        <Button size="form" busy={notes.isFetchingNextPage || files.isFetchingNextPage} onClick={showOlder}>
          Show older
        </Button>
      )}
    </>
  )
}

function NoteCard({ note, company }: { note: Note; company: string }) {
  return (
    <article className="portal-card">
      <header className="portal-by">
        <Avatar name={note.author_name ?? company} size={28} />
        <h2>{note.author_name ?? company}</h2>
        <span className="portal-small">
          <Time value={note.created_at} />
          {note.edited_at && !note.removed && ' (edited)'}
        </span>
      </header>
      {note.removed ? (
        <p className="portal-small">This note was removed.</p>
      ) : (
        <p className="portal-said">{note.body}</p>
      )}
    </article>
  )
}
