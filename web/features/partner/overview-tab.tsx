import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { listDeals } from '#shared/deals.ts'
import { listChanges } from '#shared/log.ts'
import type { Partner } from '#shared/partners.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { sumWords } from '../../shell/deal-words.ts'
import { TextButton } from '../../ui/button.tsx'
import { Card, KeyValues } from '../../ui/card.tsx'
import { Sparkline } from '../../ui/chart.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Day } from '../../ui/time.tsx'
import { ChangeLines } from './change-lines.tsx'
import { CustomCard } from './custom-card.tsx'
import { MainContact } from './main-contact.tsx'
import { PartnerDeals } from './partner-deals.tsx'
import { useThisPartner } from './use-partner.ts'

const EditPartner = lazy(() => import('./edit-partner.tsx').then((m) => ({ default: m.EditPartner })))

/** What goes on with this partner, at a glance. */
export function OverviewTab() {
  const partner = useThisPartner()
  return (
    <div className="ui-cols">
      <div className="ui-stack">
        <OpenDeals partner={partner} />
        <LastEvents partner={partner} />
      </div>
      <aside className="ui-stack" aria-label="About this partner">
        <MainContact partner={partner} />
        <Activity partner={partner} />
        <Details partner={partner} />
        <CustomCard partner={partner} />
      </aside>
    </div>
  )
}

function OpenDeals({ partner }: { partner: Partner }) {
  const { data, isError, refetch } = useQuery(
    ask(listDeals, { query: { partner: partner.id, open: 'true', limit: '5' } }),
  )
  const rows = data?.items
  return (
    <Card
      title="Open deals"
      count={partner.open_deals}
      {...(rows && rows.length > 0 && partner.open_deals <= 5 ? { note: `${sumWords(rows)} in total` } : {})}
      action={<TextButton href={paths.partner(partner.slug, 'deals')}>All deals</TextButton>}
      flush
    >
      {isError && !rows && (
        <ErrorState title="We couldn't load deals." safe="Nothing was lost." onRetry={() => void refetch()} />
      )}
      {!rows && !isError && <Skeleton count={3} />}
      {rows?.length === 0 && (
        <EmptyState
          {...(partner.can.work
            ? { link: { href: paths.shareDeal(partner.slug, 'lead'), label: 'Share a deal' } }
            : {})}
        >
          No open deals. Share one you want help with.
        </EmptyState>
      )}
      {rows && rows.length > 0 && <PartnerDeals rows={rows} caption="Open deals" />}
    </Card>
  )
}

function LastEvents({ partner }: { partner: Partner }) {
  const { data, isError, refetch } = useQuery(ask(listChanges, { query: { partner: partner.id, limit: '5' } }))
  if (data?.items.length === 0) return null
  return (
    <Card
      title="Last events"
      action={<TextButton href={paths.partner(partner.slug, 'activity')}>All activity</TextButton>}
    >
      {isError && !data && <ErrorState title="We couldn't load events." onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton count={3} />}
      {data && <ChangeLines changes={data.items} />}
    </Card>
  )
}

const week_ms = 7 * 86_400_000
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

function Activity({ partner }: { partner: Partner }) {
  const total = partner.activity_weeks.reduce((sum, n) => sum + n, 0)
  const this_week = partner.activity_weeks.at(-1) ?? 0
  const points = partner.activity_weeks.map((value, at) => ({
    label: dayMonth.format(Date.now() - (partner.activity_weeks.length - 1 - at) * week_ms),
    value,
  }))
  return (
    <Card title="Activity" note="12 weeks">
      <Sparkline
        label="Events per week"
        points={points}
        summary={
          <>
            {total} {total === 1 ? 'event' : 'events'}, <strong>{this_week} this week</strong>
          </>
        }
      />
    </Card>
  )
}

function Details({ partner }: { partner: Partner }) {
  const [editing, setEditing] = useState(false)
  const items: [string, ReactNode][] = [
    ...(partner.website || partner.domain
      ? [['Website', <Website key="w" partner={partner} />] as [string, ReactNode]]
      : []),
    ...(partner.phone ? [['Phone', partner.phone] as [string, ReactNode]] : []),
    ...(partner.agreement_signed
      ? [['Agreement', <Day key="d" value={partner.agreement_signed} />] as [string, ReactNode]]
      : []),
    ...(partner.description ? [['About', partner.description] as [string, ReactNode]] : []),
  ]
  return (
    <Card
      title="Details"
      {...(partner.can.work ? { action: <TextButton onClick={() => setEditing(true)}>Edit</TextButton> } : {})}
    >
      {items.length > 0 ? (
        <KeyValues items={items} narrow />
      ) : (
        <p className="ui-muted">No website, phone or description yet.</p>
      )}
      {editing && (
        <Suspense fallback={null}>
          <EditPartner partner={partner} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </Card>
  )
}

function Website({ partner }: { partner: Partner }) {
  const { website, domain } = partner
  const href = website && /^https?:\/\//i.test(website) ? website : domain ? `https://${domain}` : null
  return href ? (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {domain ?? website}
    </a>
  ) : (
    website
  )
}
