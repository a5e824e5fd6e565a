import { useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { listContacts } from '#shared/contacts.ts'
import type { Partner } from '#shared/partners.ts'
import { ApiProblem } from '../../api.ts'
import { type PartnerTab, partnerTabs, paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useGo } from '../../shell/go.ts'
import { PageProblem } from '../../shell/page-problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { useTitle } from '../../ui/use-title.ts'
import { AddedBanner } from './added-banner.tsx'
import { PartnerHead } from './partner-head.tsx'
import { PartnerStrip } from './partner-strip.tsx'
import { usePartner } from './use-partner.ts'
import './partner.css'

const InviteDialog = lazy(() => import('./invite-dialog.tsx').then((m) => ({ default: m.InviteDialog })))
const labels: Record<PartnerTab, string> = {
  overview: 'Overview',
  contacts: 'Contacts',
  deals: 'Deals',
  notes: 'Notes',
  files: 'Files',
  access: 'Access',
  activity: 'Activity',
}

/** /partners/:slug: one partner; its tabs are pages of their own. */
export function PartnerPage() {
  const { data: partner, error, refetch } = usePartner()
  if (error instanceof ApiProblem && error.status === 404) return <PageProblem kind="not_found" />
  if (partner) return <Page partner={partner} />
  if (error) return <PageProblem kind="fault" onRetry={() => void refetch()} />
  return (
    <div className="ui-page">
      <h1 className="ui-vh">Partner</h1>
      <Skeleton kind="card" count={2} />
    </div>
  )
}

function Page({ partner }: { partner: Partner }) {
  const { slug } = useParams({ strict: false })
  const path = useRouterState({ select: (state) => state.location.pathname })
  const go = useGo()
  const navigate = useNavigate()
  const [inviting, setInviting] = useState(false)
  const tab = partnerTabs.find((one) => path.endsWith(`/${one}`)) ?? 'overview'
  const counts = useCounts(partner)
  useTitle(tab === 'overview' ? partner.legal_name : `${labels[tab]} · ${partner.legal_name}`)

  // A partner that was renamed answers to its earlier address too; the page moves on to today's.
  useEffect(() => {
    if (slug !== partner.slug) void navigate({ to: paths.partner(partner.slug, tab), replace: true })
  }, [slug, partner.slug, tab, navigate])

  useHotkeys({
    ...Object.fromEntries(partnerTabs.map((one, at) => [String(at + 1), () => go(paths.partner(partner.slug, one))])),
    v: () => go(paths.preview(partner.slug)),
    n: () => (tab === 'notes' ? false : go(`${paths.partner(partner.slug, 'notes')}?write=1`)),
  })
  useHotkeys(
    {
      i: () => setInviting(true),
      'c l': () => go(paths.shareDeal(partner.slug, 'lead')),
      'c r': () => go(paths.shareDeal(partner.slug, 'referral')),
      'c s': () => go(paths.shareDeal(partner.slug, 'co_sell')),
    },
    { enabled: partner.can.work },
  )
  return (
    <>
      <PartnerHead partner={partner} onInvite={() => setInviting(true)} />
      <Tabs
        label={partner.legal_name}
        items={partnerTabs.map((one) => ({
          href: paths.partner(partner.slug, one),
          label: labels[one],
          current: one === tab,
          ...(counts[one] ? { count: counts[one] } : {}),
        }))}
      />
      <PartnerStrip partner={partner} />
      <AddedBanner partner={partner} onInvite={() => setInviting(true)} />
      <div className="partner-tab">
        <Outlet />
      </div>
      {inviting && (
        <Suspense fallback={null}>
          <InviteDialog partner={partner} onClose={() => setInviting(false)} />
        </Suspense>
      )}
    </>
  )
}

/** What the tabs hold, where it is known: the people there, the open deals, who can get in. */
function useCounts(partner: Partner): Partial<Record<PartnerTab, number>> {
  const { data } = useQuery(ask(listContacts, { params: { partner: partner.id } }))
  return {
    deals: partner.open_deals,
    ...(data
      ? {
          contacts: data.items.filter((one) => !one.left_at).length,
          access: data.items.filter((one) => one.can_sign_in && !one.left_at).length,
        }
      : {}),
  }
}
