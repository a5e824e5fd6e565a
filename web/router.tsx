import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { PageProblem } from './shell/page-problem.tsx'
import { Shell } from './shell/shell.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: () => <PageProblem kind="not_found" /> })
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })

type Search = Record<string, string | undefined>
/** Filters live in the address as plain words; the page decides what they mean. */
const search = (input: Record<string, unknown>): Search =>
  Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, value === undefined ? undefined : String(value)]),
  )

const page = <Path extends string>(path: Path, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({
    getParentRoute: () => shell,
    path,
    validateSearch: search,
    component: lazyRouteComponent(load as never, name as never),
  })

const partner = createRoute({
  getParentRoute: () => shell,
  path: '/partners/$slug',
  component: lazyRouteComponent(() => import('./features/partner/partner-page.tsx'), 'PartnerPage'),
})
const tab = <Path extends string>(path: Path, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({
    getParentRoute: () => partner,
    path,
    validateSearch: search,
    component: lazyRouteComponent(load as never, name as never),
  })

const tree = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/setup',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./features/session/setup-page.tsx'), 'SetupPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/deleted',
    component: lazyRouteComponent(() => import('./features/exports/deleted-page.tsx'), 'DeletedPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/dev/kit',
    component: import.meta.env.DEV
      ? lazyRouteComponent(() => import('./dev/kit.tsx'), 'KitPage')
      : () => <PageProblem kind="not_found" />,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/partners/$slug/preview',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./features/partner/preview-page.tsx'), 'PreviewPage'),
  }),
  shell.addChildren([
    page('/', () => import('./features/home/home-page.tsx'), 'HomePage'),
    page('/inbox', () => import('./features/inbox/inbox-page.tsx'), 'InboxPage'),
    page('/partners', () => import('./features/partners/partners-page.tsx'), 'PartnersPage'),
    page('/partners/new', () => import('./features/partners/add-partner-page.tsx'), 'AddPartnerPage'),
    page('/partners/import', () => import('./features/import/import-page.tsx'), 'ImportPage'),
    page('/partners/$slug/merge', () => import('./features/partner/merge-page.tsx'), 'MergePage'),
    page('/partners/$slug/share', () => import('./features/deals/share-deal-page.tsx'), 'ShareDealPage'),
    partner.addChildren([
      createRoute({
        getParentRoute: () => partner,
        path: '/',
        beforeLoad: ({ params }) => {
          throw redirect({ to: '/partners/$slug/overview', params, replace: true })
        },
      }),
      tab('overview', () => import('./features/partner/overview-tab.tsx'), 'OverviewTab'),
      tab('contacts', () => import('./features/partner/contacts-tab.tsx'), 'ContactsTab'),
      tab('deals', () => import('./features/partner/deals-tab.tsx'), 'DealsTab'),
      tab('notes', () => import('./features/partner/notes-tab.tsx'), 'NotesTab'),
      tab('files', () => import('./features/partner/files-tab.tsx'), 'FilesTab'),
      tab('access', () => import('./features/partner/access-tab.tsx'), 'AccessTab'),
      tab('activity', () => import('./features/partner/activity-tab.tsx'), 'ActivityTab'),
    ]),
    page('/deals', () => import('./features/deals/deals-page.tsx'), 'DealsPage'),
    page('/deals/$ref', () => import('./features/deals/deal-page.tsx'), 'DealPage'),
    page('/review', () => import('./features/review/review-page.tsx'), 'ReviewPage'),
    page('/access', () => import('./features/access/access-page.tsx'), 'AccessPage'),
    page('/access/log', () => import('./features/log/log-page.tsx'), 'LogPage'),
    page('/settings', () => import('./features/settings/company-page.tsx'), 'CompanyPage'),
    page('/settings/company', () => import('./features/settings/company-page.tsx'), 'CompanyPage'),
    page('/settings/people', () => import('./features/settings/people-page.tsx'), 'PeoplePage'),
    page('/settings/tags-and-rules', () => import('./features/settings/tags-and-rules-page.tsx'), 'TagsAndRulesPage'),
    page('/settings/notifications', () => import('./features/settings/notifications-page.tsx'), 'NotificationsPage'),
    page('/settings/email', () => import('./features/settings/email-page.tsx'), 'EmailPage'),
    page('/settings/data', () => import('./features/settings/data-page.tsx'), 'DataPage'),
    page('/help', () => import('./features/help/help-page.tsx'), 'HelpPage'),
    page('/help/$page', () => import('./features/help/help-page.tsx'), 'HelpPage'),
  ]),
])

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: () => <PageProblem kind="fault" />,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
