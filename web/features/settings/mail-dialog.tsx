import { useQuery } from '@tanstack/react-query'
import { getOutboxMail } from '#shared/outbox.ts'
import { ask } from '../../query.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'

/** One message as it was written, with its links to copy. */
export function MailDialog({ mail, onClose }: { mail: string; onClose: () => void }) {
  const toast = useToast()
  const { data, isError, refetch } = useQuery(ask(getOutboxMail, { params: { mail } }))
  const copy = async (link: string) => {
    await navigator.clipboard.writeText(link)
    toast.show({ text: 'Link copied' })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={data?.subject ?? 'Message'}
      description={data?.to_email ? `To ${data.to_email}` : ''}
      size="large"
      actions={<Button onClick={onClose}>Close</Button>}
    >
      {isError && (
        <ErrorState title="We couldn't load this message." safe="Nothing was lost." onRetry={() => void refetch()} />
      )}
      {!data && !isError && <Skeleton kind="text" />}
      {data?.error && <p role="alert">{data.error}</p>}
      {data && data.links.length > 0 && (
        <ul className="settings-links" aria-label="Links in this message">
          {data.links.map((link) => (
            <li key={link}>
              <code>{link}</code>
              <Button size="small" onClick={() => void copy(link)}>
                Copy link
              </Button>
            </li>
          ))}
        </ul>
      )}
      {data && (
        <pre className="settings-mail">
          {data.body ?? 'This message is written when it leaves, with what its reader may see then.'}
        </pre>
      )}
    </Dialog>
  )
}
