import { useInfiniteQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { Answer } from '#shared/endpoint.ts'
import { listOutbox, sendTestMail } from '#shared/outbox.ts'
import { ApiProblem, call } from '../../api.ts'
import { useSession } from '../../shell/session.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button, TextButton } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { useToast } from '../../ui/toast.tsx'
import { SettingsFrame } from './settings-frame.tsx'

const MailDialog = lazy(() => import('./mail-dialog.tsx').then((m) => ({ default: m.MailDialog })))

type Row = Answer<typeof listOutbox>['items'][number]
const states: Record<Row['state'], { word: string; tone: 'neutral' | 'ok' | 'warn' | 'danger' | 'dormant' }> = {
  due: { word: 'Leaving', tone: 'neutral' },
  sent: { word: 'Sent', tone: 'ok' },
  held: { word: 'Waiting here', tone: 'warn' },
  failed: { word: 'Not sent', tone: 'danger' },
  dropped: { word: 'Not needed any more', tone: 'dormant' },
}
const kinds: Record<string, string> = {
  notice: 'Notification',
  urgent: 'Notification',
  digest: 'Digest',
  role_changed: 'Another role',
  invitation: 'Invitation',
  deal_shared: 'Deal shared',
}

/** /settings/email: whether mail works, and every message that left or waits, with its links. */
export function EmailPage() {
  const { isAdmin } = useSession()
  return (
    <SettingsFrame page="email">
      {isAdmin ? (
        <Outbox />
      ) : (
        <EmptyState>The Outbox is for admins. Ask one of them for a link, or use Copy link on the contact.</EmptyState>
      )}
    </SettingsFrame>
  )
}

function Outbox() {
  const [open, setOpen] = useState<string | null>(null)
  const { data, isError, refetch, fetchNextPage, hasNextPage } = useInfiniteQuery({
    queryKey: ['list_outbox'],
    queryFn: ({ pageParam, signal }) => call(listOutbox, { query: { cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 10_000,
  })
  if (isError)
    return <ErrorState title="We couldn't load the Outbox." safe="Nothing was lost." onRetry={() => void refetch()} />
  if (!data) return <Skeleton kind="rows" />
  const rows = data.pages.flatMap((page) => page.items)
  return (
    <div className="ui-stack">
      <MailState works={data.pages[0]?.mail_works ?? false} />
      {rows.length === 0 ? (
        <EmptyState>No messages yet. Invitations and shared deals show up here.</EmptyState>
      ) : (
        <Table caption="Outbox" phone="rows" className="settings-outbox">
          <thead>
            <tr>
              <th scope="col">Message</th>
              <th scope="col">To</th>
              <th scope="col">Partner</th>
              <th scope="col">State</th>
              <th scope="col">When</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <TextButton onClick={() => setOpen(row.id)}>{row.subject ?? kinds[row.kind] ?? row.kind}</TextButton>
                </th>
                <td>{row.to_email ?? <span className="ui-muted">Written when it leaves</span>}</td>
                <td>{row.partner_name}</td>
                <td>
                  <Chip tone={states[row.state].tone}>{states[row.state].word}</Chip>
                </td>
                <td>
                  <Time value={row.sent_at ?? row.due_at} />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>Show more</Button>}
      {open && (
        <Suspense>
          <MailDialog mail={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  )
}

function MailState({ works }: { works: boolean }) {
  const toast = useToast()
  if (!works)
    return (
      <Banner tone="neutral">
        Email isn't set up. Invitations wait here as links you copy; sign-in codes are printed on the server's console.
        To send mail, set SMTP_URL and start again.
      </Banner>
    )
  const test = async () => {
    try {
      const { sent, problem } = await call(sendTestMail, {})
      toast.show(
        sent
          ? { text: 'Test sent to your address' }
          : { tone: 'danger', text: problem ?? 'The mail server did not take it.' },
      )
    } catch (error) {
      toast.show({
        tone: 'danger',
        text: error instanceof ApiProblem ? error.problem.detail : 'That did not work. Try again.',
      })
    }
  }
  return (
    <Banner
      tone="ok"
      action={
        <Button size="small" onClick={() => void test()}>
          Send test
        </Button>
      }
    >
      Email is set up.
    </Banner>
  )
}
