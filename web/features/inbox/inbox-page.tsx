import { useQuery } from '@tanstack/react-query'
import { CheckCheck } from 'lucide-react'
import { useRef } from 'react'
import { countInbox, type InboxRow } from '#shared/inbox.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useGo } from '../../shell/go.ts'
import { useAddress } from '../../shell/use-address.ts'
import { Button } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { useRowKeys } from '../../ui/use-row-keys.ts'
import { useTitle } from '../../ui/use-title.ts'
import { InboxLine, inboxPath } from './inbox-line.tsx'
import { type InboxTab, useInbox } from './use-inbox.ts'
import './inbox.css'

/** What reached you, one row per deal or partner. Opening a row reads it. */
export function InboxPage() {
  useTitle('Inbox')
  const [{ tab: word }] = useAddress()
  const tab: InboxTab = word === 'all' ? 'all' : 'unread'
  const { query, rows, mark } = useInbox(tab)
  const list = useRef<HTMLUListElement>(null)
  const go = useGo()
  const { data: count } = useQuery(ask(countInbox, {}))

  const open = (row: InboxRow) => {
    if (row.unread) void mark([row], true)
    go(inboxPath(row))
  }
  /** The next row takes the focus before the one that was read leaves. */
  const markHere = (read: boolean) => () => {
    const all = Array.from(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])
    const index = all.findIndex((element) => element.contains(document.activeElement))
    const row = rows?.[index]
    if (!row) return false
    const next = read ? (all[index + 1] ?? all[index - 1]) : null
    if (next) {
      next.tabIndex = -1
      next.focus()
    }
    void mark([row], read)
  }
  useRowKeys(list, {
    onOpen: (index) => {
      const row = rows?.[index]
      if (row) open(row)
    },
  })
  useHotkeys({ e: markHere(true), u: markHere(false) })

  return (
    <>
      <PageHeader title="Inbox">
        <Button icon={<CheckCheck />} disabled={!count?.unread} onClick={() => void mark(null, true)}>
          Mark all read
        </Button>
      </PageHeader>
      <Tabs
        label="Inbox"
        items={[
          { href: paths.inbox, label: 'For you', current: tab === 'unread' },
          { href: `${paths.inbox}?tab=all`, label: 'All', current: tab === 'all' },
        ]}
      />
      <div className="inbox-page">
        {!rows &&
          (query.isError ? (
            <ErrorState title="We couldn't load your inbox." onRetry={() => void query.refetch()} />
          ) : (
            <Skeleton count={6} />
          ))}
        {rows?.length === 0 && (
          <EmptyState {...(tab === 'unread' ? { link: { href: `${paths.inbox}?tab=all`, label: 'See all' } } : {})}>
            {tab === 'unread' ? "You're up to date." : 'Nothing has reached you yet.'}
          </EmptyState>
        )}
        {rows && rows.length > 0 && (
          <ul ref={list} className="inbox-list">
            {rows.map((row) => (
              <InboxLine key={row.id} row={row} onOpen={() => open(row)} onMark={(read) => void mark([row], read)} />
            ))}
          </ul>
        )}
        {query.hasNextPage && (
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        )}
      </div>
    </>
  )
}
