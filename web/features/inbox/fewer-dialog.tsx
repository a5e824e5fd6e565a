import { BellOff } from 'lucide-react'
import type { InboxRow } from '#shared/inbox.ts'
import { classWords } from '#shared/notices.ts'
import { paths } from '../../paths.ts'
import { useMute } from '../../shell/use-mute.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Link } from '../../ui/link.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { SavedMark } from '../settings/saved-mark.tsx'
import { useNotices } from '../settings/use-notices.ts'
import { WayChoice } from '../settings/way-choice.tsx'
import '../settings/notifications.css'

/** What one may change about mails like this row, in place: its kinds, this deal, this partner. */
export function FewerDialog({ row, onClose }: { row: InboxRow; onClose: () => void }) {
  const { data, isError, refetch, change, outcome } = useNotices()
  const mute = useMute()
  const quiet = (which: { partner: string } | { deal: string }, called: string) => () => {
    onClose()
    void mute(which, called)
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Fewer like this"
      description="This is about email. Your inbox has everything, whatever you choose."
      footnote={<Link href={paths.settings('notifications')}>All notifications</Link>}
      actions={<Button onClick={onClose}>Done</Button>}
    >
      {isError && !data && <ErrorState title="We couldn't load your notifications." onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton kind="rows" count={row.classes.length} />}
      {data && (
        <ul className="notices-rows inbox-fewer">
          {row.classes.map((one) => (
            <li key={one}>
              <div className="notices-what">
                <span className="notices-name">{classWords[one].name}</span>
                <span className="ui-cap ui-muted">{classWords[one].hint}</span>
              </div>
              <SavedMark outcome={outcome} row={one} />
              <WayChoice
                of={classWords[one].name}
                way={data.settings[one]}
                onChange={(way) => void change(one, { [one]: way })}
              />
            </li>
          ))}
        </ul>
      )}
      <div className="inbox-mutes">
        {row.deal && (
          <Button icon={<BellOff />} onClick={quiet({ deal: row.deal.id }, row.deal.customer_company)}>
            No email about {row.deal.customer_company}
          </Button>
        )}
        <Button icon={<BellOff />} onClick={quiet({ partner: row.partner.id }, row.partner.legal_name)}>
          No email about {row.partner.legal_name}
        </Button>
      </div>
    </Dialog>
  )
}
