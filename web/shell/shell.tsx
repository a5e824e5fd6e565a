import { useQuery } from '@tanstack/react-query'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { CircleCheck, CircleHelp, ContactRound, Ellipsis, House, Inbox, Kanban, KeyRound, Settings } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useCallback, useRef, useState } from 'react'
import { countInbox, getHome } from '#shared/inbox.ts'
import { countPartners } from '#shared/partners.ts'
import { paths } from '../paths.ts'
import { ask } from '../query.ts'
import { AppFrame, type NavItem } from '../ui/app-frame.tsx'
import { ErrorState } from '../ui/states.tsx'
import { useHotkeys } from '../ui/use-hotkeys.ts'
import { catchKeys } from './early-keys.ts'
import { useGo } from './go.ts'
import { helpFor } from './help-for.ts'
import { savedViewsQuery } from './saved-views.ts'
import { useSession } from './session.tsx'
import { useLiveDeals } from './use-live-deals.ts'
import { UserMenu } from './user-menu.tsx'

const loadFind = () => import('./find-or-do.tsx').then((m) => ({ default: m.FindOrDo }))
const FindOrDo = lazy(loadFind)
const Shortcuts = lazy(() => import('./shortcuts.tsx').then((m) => ({ default: m.Shortcuts })))

/** The frame of every page of the team: navigation, search, keys. Sends strangers to sign in. */
export function Shell() {
  const { session, member, pending, failed } = useSession()
  if (pending) return null
  if (failed)
    return (
      <ErrorState
        title="We couldn't reach the server."
        safe="Nothing was lost."
        onRetry={() => window.location.reload()}
      />
    )
  if (!session?.person)
    return (
      <Leave to={`${paths.signIn}?next=${encodeURIComponent(window.location.pathname + window.location.search)}`} />
    )
  if (!member)
    return <Leave to={session.workspaces[0] ? paths.workspace(session.workspaces[0].workspace) : paths.signIn} />
  return <Frame company={member.company} name={member.name} />
}

/** Another page of the server, not of this app: the browser goes there itself. */
function Leave({ to }: { to: string }) {
  window.location.replace(to)
  return null
}

function Frame({ company, name }: { company: string; name: string }) {
  useLiveDeals()
  const [open, setOpen] = useState<'find' | 'keys' | null>(null)
  // What is typed while the palette is on its way belongs to it.
  const caught = useRef<(() => string) | null>(null)
  const find = () => {
    if (open === 'find') return
    caught.current?.()
    caught.current = catchKeys()
    setOpen('find')
  }
  const handOver = useCallback(() => {
    const text = caught.current?.() ?? ''
    caught.current = null
    return text
  }, [])
  const nav = useNavigation(find)
  const go = useGo()
  const { canWrite } = useSession()
  const close = () => setOpen(null)
  useHotkeys({
    'mod+k': find,
    '?': () => setOpen('keys'),
    'g h': () => go(paths.home),
    'g i': () => go(paths.inbox),
    'g p': () => go(paths.partners),
    'g d': () => go(paths.deals),
    'g r': () => go(paths.review),
    'g a': () => go(paths.access),
  })
  useHotkeys({ 'c p': () => go(paths.addPartner) }, { enabled: canWrite })
  return (
    <AppFrame
      brand={{ name: company }}
      nav={nav.main}
      foot={nav.foot}
      phoneNav={nav.phone}
      user={<UserMenu name={name} onKeys={() => setOpen('keys')} />}
      pinned={nav.pinned}
      onFind={find}
    >
      <Outlet />
      <Lazy when={open === 'find'}>
        <FindOrDo onClose={close} onReady={handOver} />
      </Lazy>
      <Lazy when={open === 'keys'}>
        <Shortcuts onClose={close} />
      </Lazy>
    </AppFrame>
  )
}

function Lazy({ when, children }: { when: boolean; children: ReactNode }) {
  return when ? <Suspense fallback={null}>{children}</Suspense> : null
}

type Pinned = { href: string; label: string; current: boolean }

function useNavigation(onMore: () => void): { main: NavItem[]; pinned: Pinned[]; foot: NavItem[]; phone: NavItem[] } {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const { data: inbox } = useQuery({ ...ask(countInbox, {}), refetchInterval: 30_000 })
  const { data: partners } = useQuery(ask(countPartners, {}))
  const saved = useRouterState({
    select: (state) => String((state.location.search as Record<string, unknown>).saved ?? ''),
  })
  const { data: views } = useQuery(savedViewsQuery)
  const { data: home } = useQuery({ ...ask(getHome, {}), staleTime: 60_000 })
  const at = (href: string) => (href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`))
  const item = (label: string, href: string, icon: ReactNode, more: Partial<NavItem> = {}): NavItem => ({
    label,
    href,
    icon,
    current: at(href),
    ...more,
  })
  const items = {
    home: item('Home', paths.home, <House />),
    inbox: item('Inbox', paths.inbox, <Inbox />, inbox?.unread ? { count: inbox.unread } : {}),
    partners: item('Partners', paths.partners, <ContactRound />, partners ? { count: partners.all } : {}),
    deals: item('Deals', paths.deals, <Kanban />),
    review: item('Review', paths.review, <CircleCheck />, home?.review_due ? { due: `${home.review_due} due` } : {}),
    access: item('Access', paths.access, <KeyRound />),
    settings: item('Settings', paths.settings(), <Settings />, { current: path.startsWith('/settings') }),
    help: item('Help', helpFor(path), <CircleHelp />, { current: path.startsWith('/help') }),
  }
  return {
    main: [items.home, items.inbox, items.partners, items.deals, items.review, items.access],
    pinned: (views?.items ?? [])
      .filter((view) => view.pinned)
      .map(({ id, screen, query, name }) => ({
        href: paths.savedView(screen, id, query),
        label: name,
        current: saved === id,
      })),
    foot: [items.settings, items.help],
    phone: [
      items.home,
      // On a phone a number means that something new is there.
      item('Partners', paths.partners, <ContactRound />),
      items.deals,
      items.inbox,
      item('More', paths.settings(), <Ellipsis />, { onSelect: onMore }),
    ],
  }
}
