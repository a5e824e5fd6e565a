import { BellOff, Check, Ellipsis, Inbox, Mail, MailOpen } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { InboxRow } from '#shared/inbox.ts'
import { paths } from '../../paths.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Link } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { sayDay, Time } from '../../ui/time.tsx'
import { InboxAnswer } from './inbox-answer.tsx'
import { SnoozeMenu } from './snooze-menu.tsx'

const FewerDialog = lazy(() => import('./fewer-dialog.tsx').then((m) => ({ default: m.FewerDialog })))

/** Where a row of the inbox leads. */
export const inboxPath = (row: InboxRow): string =>
  row.deal ? paths.deal(row.deal.ref) : paths.partner(row.partner.slug, row.note ? 'notes' : 'overview')
/** What it is about, in a word or two. */
export const inboxAbout = (row: InboxRow): string => row.deal?.customer_company ?? row.partner.legal_name

type Props = {
  row: InboxRow
  chosen: boolean
  onChoose: () => void
  onOpen: () => void
  onMark: (read: boolean) => void
  onDone: (done: boolean) => void
  onSnooze: (until: string) => void
}

export function InboxLine({ row, chosen, onChoose, onOpen, onMark, onDone, onSnooze }: Props) {
  const [fewer, setFewer] = useState(false)
  return (
    <li
      className={classNames('inbox-row', row.unread && 'inbox-unread', chosen && 'inbox-chosen')}
      data-row
      onFocus={(event) => {
        if (event.target === event.currentTarget || event.target instanceof HTMLAnchorElement) onChoose()
      }}
    >
      <Avatar name={row.partner.legal_name} kind="company" size={32} />
      <div className="inbox-what">
        <Link
          href={inboxPath(row)}
          className="inbox-sentence"
          {...(chosen ? { 'aria-current': 'true' as const } : {})}
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
          {row.snoozed_until && `. Snoozed until ${sayDay(row.snoozed_until)}`}
          {row.done && '. Done'}
        </p>
        {row.answerable && row.deal && <InboxAnswer dealRef={row.deal.ref} customer={row.deal.customer_company} />}
      </div>
      <span className="inbox-end">
        <span className="inbox-time">
          <Time value={row.at} quiet />
        </span>
        {row.done ? (
          <IconButton size="small" label="Back to For you" keys="e" icon={<Inbox />} onClick={() => onDone(false)} />
        ) : (
          <IconButton size="small" label="Done" keys="e" icon={<Check />} onClick={() => onDone(true)} />
        )}
        <SnoozeMenu about={inboxAbout(row)} onSnooze={onSnooze} />
        <Menu
          label="More"
          align="end"
          trigger={<IconButton size="small" label="More" icon={<Ellipsis />} />}
          items={[
            row.unread
              ? { label: 'Mark as read', icon: <MailOpen />, onSelect: () => onMark(true) }
              : { label: 'Mark as unread', keys: 'u', icon: <Mail />, onSelect: () => onMark(false) },
            { label: 'Fewer like this', icon: <BellOff />, onSelect: () => setFewer(true) },
          ]}
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
