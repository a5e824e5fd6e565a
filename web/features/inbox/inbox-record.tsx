import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { useRef, useState } from 'react'
import { type Deal, getDeal } from '#shared/deals.ts'
import type { InboxRow } from '#shared/inbox.ts'
import { ApiProblem } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { kindName, stageWord } from '../../shell/deal-words.ts'
import { useGo } from '../../shell/go.ts'
import { useLists } from '../../shell/lists.tsx'
import { Link } from '../../ui/link.tsx'
import { formatMoney } from '../../ui/money.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { DealComposer } from '../deals/deal-composer.tsx'
import { DealTimeline } from '../deals/deal-timeline.tsx'
import { DealTurn } from '../deals/deal-turn.tsx'
import '../deals/deal.css'
import { inboxPath } from './inbox-line.tsx'

/** The record that a row is about, beside the list. */
export function InboxRecord({ row }: { row: InboxRow }) {
  return row.deal ? <DealRecord key={row.deal.ref} dealRef={row.deal.ref} /> : <PartnerRecord row={row} />
}

function Head({ title, href, children }: { title: string; href: string; children: React.ReactNode }) {
  return (
    <header className="inbox-record-head">
      <div>
        <h2>{title}</h2>
        <p className="ui-muted">{children}</p>
      </div>
      <Link href={href} className="inbox-record-open">
        Open <span className="ui-vh">{title}</span>
        <ArrowRight aria-hidden="true" />
      </Link>
    </header>
  )
}

function DealRecord({ dealRef }: { dealRef: string }) {
  const { data: deal, error, refetch } = useQuery(ask(getDeal, { params: { ref: dealRef } }))
  if (deal) return <ThisDeal deal={deal} />
  if (error instanceof ApiProblem && error.status === 404) return <EmptyState>No longer shared with you.</EmptyState>
  return error ? (
    <ErrorState title="We couldn't load this deal." onRetry={() => void refetch()} />
  ) : (
    <Skeleton kind="card" count={2} />
  )
}

function ThisDeal({ deal }: { deal: Deal }) {
  const go = useGo()
  const comment = useRef<HTMLTextAreaElement>(null)
  const [nudges, nudge] = useState(0)
  const { stageName } = useLists()
  const value = deal.value_minor !== null && deal.currency ? `, ${formatMoney(deal.value_minor, deal.currency)}` : ''
  return (
    <>
      <Head title={deal.customer_company} href={paths.deal(deal.ref)}>
        {kindName(deal.kind)} with <Link href={paths.partner(deal.partner.slug)}>{deal.partner.legal_name}</Link>,{' '}
        {stageWord(deal, stageName)}
        {value}
      </Head>
      <DealTurn
        deal={deal}
        onOpen={(panel) => go(`${paths.deal(deal.ref)}?panel=${panel}`)}
        onNudge={() => nudge(nudges + 1)}
      />
      <div className="ui-stack inbox-record-body">
        {deal.can.work && <DealComposer deal={deal} text={comment} nudges={nudges} />}
        <DealTimeline deal={deal} />
      </div>
    </>
  )
}

function PartnerRecord({ row }: { row: InboxRow }) {
  return (
    <>
      <Head title={row.partner.legal_name} href={inboxPath(row)}>
        {row.sentence}
      </Head>
      {row.excerpt && <p className="inbox-record-words">{row.excerpt}</p>}
    </>
  )
}
