import { Button } from '../ui/button.tsx'
import { EmptyState, ErrorState } from '../ui/states.tsx'
import { useTitle } from '../ui/use-title.ts'

/** A whole page that cannot be shown: it is not there, or it failed. */
export function PageProblem({ kind, onRetry }: { kind: 'not_found' | 'fault'; onRetry?: () => void }) {
  useTitle(kind === 'not_found' ? 'Not found' : 'Something failed')
  return (
    <div className="ui-page">
      <h1 className="ui-vh">{kind === 'not_found' ? 'Not found' : 'Something failed'}</h1>
      {kind === 'not_found' ? (
        <EmptyState action={<Button href="/">Go to Home</Button>}>
          Not found. It was removed, or you have no access to it.
        </EmptyState>
      ) : (
        <ErrorState
          title="We couldn't load this page."
          safe="Nothing was lost."
          onRetry={onRetry ?? (() => window.location.reload())}
        />
      )}
    </div>
  )
}
