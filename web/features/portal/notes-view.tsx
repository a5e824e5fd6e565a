import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { type WorkspaceAnswer, whoToAsk } from './portal.tsx'
import { useNotePages } from './use-pages.ts'

/** Notes shared with the partner, newest first. */
export function NotesView({ workspace }: { workspace: WorkspaceAnswer }) {
  useTitle(`Shared with you, ${workspace.company_name}`)
  const { items, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useNotePages()
  return (
    <>
      <h1>Shared with you</h1>
      {items?.map((note) => (
        <article key={note.id} className="portal-card">
          <header className="portal-by">
            <Avatar name={note.author_name ?? workspace.company_name} size={28} />
            <h2>{note.author_name ?? workspace.company_name}</h2>
            <span className="portal-small">
              <Time value={note.created_at} />
            </span>
          </header>
          <p className="portal-said">{note.body}</p>
        </article>
      ))}
      {items?.length === 0 && (
        <div className="portal-card">
          <EmptyState>{whoToAsk(workspace)} hasn't shared notes or files yet.</EmptyState>
        </div>
      )}
      {!items &&
        (isError ? (
          <ErrorState title="We couldn't load notes." onRetry={() => void refetch()} />
        ) : (
          <Skeleton kind="card" count={2} />
        ))}
      {hasNextPage && (
        <Button size="form" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older notes
        </Button>
      )}
    </>
  )
}
