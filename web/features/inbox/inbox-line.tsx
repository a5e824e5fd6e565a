import { Mail, MailOpen } from 'lucide-react'
import type { InboxRow } from '#shared/inbox.ts'
import { paths } from '../../paths.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Link } from '../../ui/link.tsx'
import { Time } from '../../ui/time.tsx'

/** Where a row of the inbox leads. */
export const inboxPath = (row: InboxRow): string =>
  row.deal ? paths.deal(row.deal.ref) : paths.partner(row.partner.slug, row.note ? 'notes' : 'overview')

type Props = { row: InboxRow; onOpen: () => void; onMark: (read: boolean) => void }

export function InboxLine({ row, onOpen, onMark }: Props) {
  const href = inboxPath(row)
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
      </span>
    </li>
  )
}
