import { useQuery } from '@tanstack/react-query'
import type { Answer } from '#shared/endpoint.ts'
import { getHome } from '#shared/inbox.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useSession } from '../../shell/session.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { BarChart } from '../../ui/chart.tsx'
import { Link } from '../../ui/link.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { Time } from '../../ui/time.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { Checklist } from './checklist.tsx'
import './home.css'

type Home = Answer<typeof getHome>

/** What needs you now, and nothing that does not. */
export function HomePage() {
  useTitle('Home')
  const { data, isError, refetch } = useQuery({ ...ask(getHome, {}), refetchInterval: 60_000 })
  return (
    <>
      <PageHeader title="Home" />
      {data ? (
        <Sections home={data} />
      ) : (
        <div className="ui-page">
          {isError ? (
            <ErrorState title="We couldn't load Home." onRetry={() => void refetch()} />
          ) : (
            <Skeleton kind="card" count={3} />
          )}
        </div>
      )}
    </>
  )
}

function Sections({ home }: { home: Home }) {
  const { canWrite } = useSession()
  const open = home.stages.reduce((sum, stage) => sum + stage.deals, 0)
  return (
    <div className="ui-cols home-cols">
      <div className="ui-stack">
        {canWrite && <Checklist home={home} />}
        <Card title="Needs you" count={home.needs_you.length || undefined} flush>
          {home.needs_you.length === 0 ? (
            <p className="home-quiet">Nothing needs you. {nextReview(home)}</p>
          ) : (
            <ul className="home-rows">
              {home.needs_you.slice(0, 7).map((row) => (
                <li key={`${row.link} ${row.kind}`}>
                  <div>
                    <Link href={row.link}>{row.sentence}</Link>
                    <p className="ui-cap ui-muted">{row.why}</p>
                  </div>
                  <span className="ui-cap ui-muted">
                    <Time value={row.at} form="ago" quiet />
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Card>
        <RecentPartners home={home} />
      </div>
      <aside className="ui-stack" aria-label="At a glance">
        <Card title="Review">
          <p>{reviewWords(home)}</p>
          {home.review_due > 0 && (
            <p className="home-review">
              <Button href={paths.review}>Start review</Button>
            </p>
          )}
        </Card>
        <Card title="Open deals by stage" count={open}>
          {open === 0 ? (
            <p className="ui-muted">No open deals.</p>
          ) : (
            <BarChart
              label="Open deals by stage"
              bars={home.stages.map(({ name, deals }) => ({ label: name, value: deals }))}
            />
          )}
        </Card>
      </aside>
    </div>
  )
}

function RecentPartners({ home }: { home: Home }) {
  if (home.recent_partners.length === 0) return null
  return (
    <Card title="Recent partners" action={<Link href={paths.partners}>All {home.partners}</Link>} flush>
      <ul className="home-rows home-partners">
        {home.recent_partners.map((partner) => (
          <li key={partner.id}>
            <Avatar name={partner.legal_name} kind="company" size={24} />
            <div className="ui-trunc">
              <Link href={paths.partner(partner.slug)}>{partner.legal_name}</Link>
            </div>
            <span className="ui-cell ui-desk">
              <StatusDot status={partner.archived_at ? 'archived' : partner.status} />
            </span>
            <span className="ui-cap ui-muted">
              <Time value={partner.last_activity_at} form="ago" quiet />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function nextReview({ review_due }: Home): string {
  if (review_due > 0) return ''
  const now = new Date()
  const next = new Date(now.getFullYear(), now.getMonth() + 1, 1)
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' }).format(next)
  return `The next review is on ${day}.`
}

function reviewWords({ review_due, partners }: Home): string {
  if (review_due === 0) return 'All quiet. Nothing to review this month.'
  const all = partners === 1 ? '1 partner' : `${partners} partners`
  return `${review_due} of ${all} ${review_due === 1 ? 'needs' : 'need'} a look this month.`
}
