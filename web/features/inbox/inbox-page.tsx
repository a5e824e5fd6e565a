import { useQuery } from '@tanstack/react-query'
import { CheckCheck } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { countInbox, type InboxRow } from '#shared/inbox.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useGo } from '../../shell/go.ts'
import { useAddress } from '../../shell/use-address.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { useRowKeys } from '../../ui/use-row-keys.ts'
import { useTitle } from '../../ui/use-title.ts'
import { useWide } from '../../ui/use-wide.ts'
import { InboxLine, inboxPath } from './inbox-line.tsx'
import { type InboxTab, useInbox } from './use-inbox.ts'
import './inbox.css'

const InboxRecord = lazy(() => import('./inbox-record.tsx').then((m) => ({ default: m.InboxRecord })))

const tabs: { tab: InboxTab; label: string; empty: string }[] = [
  { tab: 'for_you', label: 'For you', empty: "You're up to date." },
  { tab: 'all', label: 'All', empty: 'Nothing has reached you yet.' },
  { tab: 'done', label: 'Done', empty: 'What you are done with is kept here.' },
]
const hrefOf = (tab: InboxTab) => (tab === 'for_you' ? paths.inbox : `${paths.inbox}?tab=${tab}`)

/** What reached you, one row per deal or partner. Where there is room the record stands beside the list; elsewhere a row opens it. */
export function InboxPage() {
  useTitle('Inbox')
  const [{ tab: word }] = useAddress()
  const { tab, empty } = tabs.find((it) => it.tab === word) ?? tabs[0]!
  const { query, rows, mark, finish, snooze } = useInbox(tab)
  const list = useRef<HTMLUListElement>(null)
  const go = useGo()
  const wide = useWide()
  const [chosenId, choose] = useState<string | null>(null)
  const chosen = wide ? rows?.find((row) => row.id === chosenId) : undefined
  const { data: count } = useQuery(ask(countInbox, {}))

  const read = (row: InboxRow) => {
    if (row.unread) void mark([row], true)
  }
  const look = (row: InboxRow) => {
    if (!wide || row.id === chosenId) return
    choose(row.id)
    read(row)
  }
  const open = (row: InboxRow) => {
    read(row)
    go(inboxPath(row))
  }
  const elements = () => Array.from(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])
  /** The row that has the focus, or stands beside the list. */
  const here = () => {
    const all = elements()
    const index = all.findIndex((element) => element.contains(document.activeElement))
    return index >= 0 ? index : (rows?.findIndex((row) => row.id === chosen?.id) ?? -1)
  }
  /** The next row takes the focus before this one leaves. */
  const leave = (row: InboxRow, act: () => void) => {
    const all = elements()
    const index = rows?.findIndex((one) => one.id === row.id) ?? -1
    const next = all[index + 1] ?? all[index - 1]
    if (next && tab !== 'all') {
      next.tabIndex = -1
      next.focus({ preventScroll: true })
    }
    act()
  }
  const done = (row: InboxRow) => leave(row, () => void finish([row], !row.done))
  const onHere = (act: (row: InboxRow, element: HTMLElement | undefined) => void) => () => {
    const index = here()
    const row = rows?.[index]
    return row ? act(row, elements()[index]) : false
  }
  useRowKeys(list, {
    onOpen: (index) => {
      const row = rows?.[index]
      if (row) open(row)
    },
  })
  useHotkeys({
    e: onHere(done),
    u: onHere((row) => void mark([row], false)),
    h: onHere((_, element) => element?.querySelector<HTMLElement>('[data-snooze]')?.click()),
  })

  return (
    <>
      <PageHeader title="Inbox">
        {tab === 'for_you' && (
          <Button icon={<CheckCheck />} disabled={!rows?.length} onClick={() => void finish(null, true)}>
            All done
          </Button>
        )}
      </PageHeader>
      <Tabs
        label="Inbox"
        items={tabs.map((it) => ({
          href: hrefOf(it.tab),
          label: it.label,
          current: it.tab === tab,
          ...(it.tab === 'for_you' && count?.unread ? { count: count.unread } : {}),
        }))}
      />
      <div className={classNames('inbox-page', wide && rows && rows.length > 0 && 'inbox-split')}>
        <div>
          {!rows &&
            (query.isError ? (
              <ErrorState title="We couldn't load your inbox." onRetry={() => void query.refetch()} />
            ) : (
              <Skeleton count={6} />
            ))}
          {rows?.length === 0 && (
            <EmptyState {...(tab === 'for_you' ? { link: { href: hrefOf('all'), label: 'See all' } } : {})}>
              {empty}
            </EmptyState>
          )}
          {rows && rows.length > 0 && (
            <ul ref={list} className="inbox-list">
              {rows.map((row) => (
                <InboxLine
                  key={row.id}
                  row={row}
                  chosen={row.id === chosen?.id}
                  onChoose={() => look(row)}
                  onOpen={() => (wide ? look(row) : open(row))}
                  onMark={(as) => void mark([row], as)}
                  onDone={() => done(row)}
                  onSnooze={(until) => leave(row, () => void snooze([row], until))}
                />
              ))}
            </ul>
          )}
          {query.hasNextPage && (
            <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show more
            </Button>
          )}
        </div>
        {wide && rows && rows.length > 0 && (
          <section className="inbox-record" aria-label="What it is about">
            {chosen ? (
              <Suspense fallback={<Skeleton kind="card" count={2} />}>
                <InboxRecord row={chosen} />
              </Suspense>
            ) : (
              <EmptyState>Choose a row to read on here.</EmptyState>
            )}
          </section>
        )}
      </div>
    </>
  )
}
