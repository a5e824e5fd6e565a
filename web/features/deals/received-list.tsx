import { useInfiniteQuery } from '@tanstack/react-query'
import { lazy, Suspense, useRef, useState } from 'react'
import { listReceived, type ReceivedRow } from '#shared/answering.ts'
import { dayWords } from '#shared/turns.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { calledName, kindName } from '../../shell/deal-words.ts'
import { useGo } from '../../shell/go.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Link } from '../../ui/link.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { useRowKeys } from '../../ui/use-row-keys.ts'
import type { AnswerPanel } from './answer-panel.ts'
import { SameCustomerNote } from './same-customer.tsx'
import type { DealFilter } from './use-deal-pages.ts'
import './received.css'

const AnswerFromRow = lazy(() => import('./answer-panels.tsx').then((m) => ({ default: m.AnswerFromRow })))

type Props = {
  state: 'waiting' | 'declined'
  filter?: Pick<DealFilter, 'partner' | 'owner' | 'kind'>
  /** Inside a page that names the partner already. */
  within?: boolean
}

export function useReceived({ state, filter = {} }: Omit<Props, 'within'>) {
  const query = useInfiniteQuery({
    queryKey: [listReceived.id, 'pages', state, filter],
    queryFn: ({ pageParam, signal }) =>
      call(
        listReceived,
        { query: { state, ...filter, limit: '20', ...(pageParam ? { cursor: pageParam } : {}) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: (old) => old,
  })
  return { query, rows: query.data?.pages.flatMap((page) => page.items) }
}

/** What partners sent: a queue, the longest waiting first. j and k move, 1 accepts, 2 asks back, 3 declines. */
export function ReceivedList({ state, filter, within }: Props) {
  const { query, rows } = useReceived({ state, filter })
  const [answering, answer] = useState<{ ref: string; panel: AnswerPanel } | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const go = useGo()
  useRowKeys(list, {
    enabled: !within,
    onOpen: (index) => {
      const row = rows?.[index]
      if (row) go(paths.deal(row.ref))
    },
  })
  const onRow = (panel: AnswerPanel) => () => {
    const all = Array.from(list.current?.querySelectorAll('[data-row]') ?? [])
    const here = all.findIndex((one) => one.contains(document.activeElement))
    const row = rows?.[all.length === 1 ? 0 : here]
    if (!row?.can.work || state !== 'waiting') return false
    answer({ ref: row.ref, panel })
  }
  useHotkeys({ 1: onRow('accept'), 2: onRow('ask'), 3: onRow('decline') }, { enabled: !within })
  if (!rows)
    return query.isError ? (
      <ErrorState title="We couldn't load what partners sent." onRetry={() => void query.refetch()} />
    ) : (
      <Skeleton kind="card" count={2} />
    )
  if (rows.length === 0)
    return within ? null : (
      <EmptyState link={{ href: paths.help('deals'), label: 'How partners send you deals' }}>
        {state === 'waiting' ? 'Nothing waits for your answer.' : 'You have not declined anything.'}
      </EmptyState>
    )
  return (
    <div className={within ? 'deals-triage deals-triage-within' : 'deals-triage'}>
      <ul ref={list}>
        {rows.map((row, index) => (
          <Row
            key={row.id}
            row={row}
            within={within}
            first={index === 0}
            onAnswer={(panel) => answer({ ref: row.ref, panel })}
          />
        ))}
      </ul>
      {query.hasNextPage && (
        <div>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      {answering && (
        <Suspense>
          <AnswerFromRow dealRef={answering.ref} panel={answering.panel} onClose={() => answer(null)} />
        </Suspense>
      )}
    </div>
  )
}

type RowProps = { row: ReceivedRow; within?: boolean; first: boolean; onAnswer: (panel: AnswerPanel) => void }

function Row({ row, within, first, onAnswer }: RowProps) {
  const Heading = within ? 'h3' : 'h2'
  const called = calledName(row.partner.legal_name)
  return (
    <li className="deals-triage-row" data-row>
      <div className="deals-triage-head">
        <Heading>
          <Link href={paths.deal(row.ref)}>{row.customer_company}</Link>
        </Heading>
        <Chip>{kindName(row.kind)}</Chip>
        <span className="ui-cap ui-muted ui-num">
          {row.ref}, {dayWords(row.created_at)}
        </span>
      </div>
      <p className="deals-received-ask">{row.ask}</p>
      <p className="deals-triage-by ui-cap ui-muted">
        {!within && <Avatar name={row.partner.legal_name} kind="company" />}
        <span>
          {row.sent_by_name ? `${row.sent_by_name}${within ? '' : `, ${called}`}` : called}. For {row.our_owner.name}.
          {row.answer === 'pending' && row.turn === 'them'
            ? ` You asked ${dayWords(row.turn_since)}; ${called} has not answered yet.`
            : ''}
          {row.answer_reason ? ` Declined: ${row.answer_reason}` : ''}
        </span>
      </p>
      {row.same_customer.length > 0 && <SameCustomerNote items={row.same_customer} />}
      {row.can.work && row.answer === 'pending' && (
        <div className="ui-row ui-wrap">
          <Button
            size="small"
            variant={first && !within ? 'primary' : 'plain'}
            {...(within ? {} : { keys: '1' })}
            onClick={() => onAnswer('accept')}
          >
            Accept
          </Button>
          <Button size="small" {...(within ? {} : { keys: '2' })} onClick={() => onAnswer('ask')}>
            Ask back
          </Button>
          <Button size="small" {...(within ? {} : { keys: '3' })} onClick={() => onAnswer('decline')}>
            Decline
          </Button>
        </div>
      )}
    </li>
  )
}
