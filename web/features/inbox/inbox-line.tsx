import { BellOff, Ellipsis, Mail, MailOpen } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { InboxRow } from '#shared/inbox.ts'
import { paths } from '../../paths.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Link } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Time } from '../../ui/time.tsx'
import { InboxAnswer } from './inbox-answer.tsx'

const FewerDialog = lazy(() => import('./fewer-dialog.tsx').then((m) => ({ default: m.FewerDialog })))

/** Where a row of the inbox leads. */
export const inboxPath = (row: InboxRow): string =>
  row.deal ? paths.deal(row.deal.ref) : paths.partner(row.partner.slug, row.note ? 'notes' : 'overview')

type Props = { row: InboxRow; onOpen: () => void; onMark: (read: boolean) => void }

export function InboxLine({ row, onOpen, onMark }: Props) {
  const href = inboxPath(row)
  const [fewer, setFewer] = useState(false)
  return (
    <li className={row.unread ? 'inbox-row inbox-unread' : 'inbox-row'} data-row>
      <Avatar name={row.partner.legal_name} kind="company" size={32} />
      <div className="inbox-what">
        <Link
          href={href}
          className="inbox-sentence"
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
            event.preventDefault()
            onOpen()
          }}
        >
          {row.unread && <span className="ui-vh">Unread: </span>}
          {row.sentence}
        </Link>
        {row.excerpt && <p className="inbox-excerpt">{row.excerpt}</p>}
        <p className="ui-cap ui-muted">
          {row.deal ? `${row.deal.customer_company}, ${row.partner.legal_name}` : row.partner.legal_name}
          {row.count > 1 && `, ${row.count} events`}
        </p>
        {row.answerable && row.deal && <InboxAnswer dealRef={row.deal.ref} customer={row.deal.customer_company} />}
      </div>
      <span className="inbox-end">
        <span className="inbox-time">
          <Time value={row.at} quiet />
        </span>
        <IconButton
          size="small"
          label={row.unread ? 'Mark as read' : 'Mark as unread'}
          keys={row.unread ? 'e' : 'u'}
          icon={row.unread ? <MailOpen /> : <Mail />}
          onClick={() => onMark(row.unread)}
        />
        <Menu
          label="More"
          align="end"
          trigger={<IconButton size="small" label="More" icon={<Ellipsis />} />}
          items={[{ label: 'Fewer like this', icon: <BellOff />, onSelect: () => setFewer(true) }]}
        />
        {fewer && (
          <Suspense>
            <FewerDialog row={row} onClose={() => setFewer(false)} />
          </Suspense>
        )}
      </span>
    </li>
  )
}
