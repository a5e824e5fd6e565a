import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useMemo } from 'react'
import { type Contact, listContacts } from '#shared/contacts.ts'
import { getPartner, type Partner } from '#shared/partners.ts'
import { ApiProblem } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useGo } from '../../shell/go.ts'
import { PageProblem } from '../../shell/page-problem.tsx'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { OutsideFrame, ViewAsFrame } from '../../ui/outside-frame.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { firstName, PortalProvider, useWorkspace } from '../portal/portal.tsx'
import { WorkspaceFrame } from '../portal/workspace-frame.tsx'
import { type View, WorkspaceView } from '../portal/workspace-view.tsx'

type Search = { contact?: string; view?: string; deal?: string }

/** The portal as one of the partner's people sees it: same views, same rights, nothing can be pressed. */
export function PreviewPage() {
  const { slug = '' } = useParams({ strict: false }) as { slug?: string }
  const search = useSearch({ strict: false }) as Search
  const { session, pending } = useSession()
  const partner = useQuery({ ...ask(getPartner, { params: { slug } }), enabled: session?.members[0] !== undefined })
  const contacts = useQuery({
    ...ask(listContacts, { params: { partner: partner.data?.id ?? '' } }),
    enabled: partner.data !== undefined,
  })
  if (!pending && session && session.members.length === 0) return <SignInFirst />
  if (partner.error instanceof ApiProblem && partner.error.status === 404) return <PageProblem kind="not_found" />
  if (partner.isError || contacts.isError || (!pending && !session)) return <PageProblem kind="fault" />
  if (!partner.data || !contacts.data) return <Skeleton kind="card" count={3} />
  const people = contacts.data.items.filter((contact) => !contact.left_at)
  const chosen =
    people.find((contact) => contact.id === search.contact) ?? people.find((contact) => contact.is_main) ?? people[0]
  return chosen ? (
    <Preview partner={partner.data} people={people} contact={chosen} search={search} />
  ) : (
    <Nobody partner={partner.data} />
  )
}

type Props = { partner: Partner; people: Contact[]; contact: Contact; search: Search }

function Preview({ partner, people, contact, search }: Props) {
  const go = useGo()
  const { slug } = partner
  const hrefs = useMemo(() => {
    const at = (more: string) => `${paths.preview(slug, contact.id)}${more}`
    return {
      deals: at(''),
      send: at('&view=send'),
      shared: at('&view=shared'),
      people: at('&view=people'),
      deal: (ref: string) => at(`&deal=${encodeURIComponent(ref)}`),
    }
  }, [slug, contact.id])
  const view: View = search.deal
    ? { at: 'deal', ref: search.deal }
    : { at: search.view === 'shared' || search.view === 'people' || search.view === 'send' ? search.view : 'deals' }
  const leave = () => go(paths.partner(slug))
  const leaveOnEscape = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape' && !event.currentTarget.querySelector('[aria-expanded="true"]')) leave()
  }
  return (
    <ViewAsFrame
      title={`This is ${partner.legal_name} as ${firstName(contact.name)} sees it. Read-only.`}
      onExit={leave}
    >
      <section className="portal-looking" aria-label="Whose view" onKeyDown={leaveOnEscape}>
        <span>Looking as</span>
        <span className="portal-picker">
          <Select
            compact
            label="Look as"
            value={contact.id}
            onChange={(id) => go(paths.preview(slug, id))}
            options={people.map(({ id, name, invitation }) => ({
              value: id,
              label: name,
              hint: invitation.state === 'accepted' ? 'Has access' : 'No login',
            }))}
          />
        </span>
      </section>
      <PortalProvider
        key={contact.id}
        workspace={partner.workspace}
        viewAs={{ contact_id: contact.id, name: contact.name }}
        hrefs={hrefs}
      >
        <Workspace partner={partner} contact={contact} view={view} />
      </PortalProvider>
    </ViewAsFrame>
  )
}

function Workspace({ partner, contact, view }: { partner: Partner; contact: Contact; view: View }) {
  const { data, error, isError, refetch } = useWorkspace()
  if (data) {
    return (
      <WorkspaceFrame workspace={data} view={view}>
        <WorkspaceView view={view} workspace={data} />
      </WorkspaceFrame>
    )
  }
  const nothing = error instanceof ApiProblem && error.status === 404
  const who = firstName(contact.name)
  return (
    <Empty title={`As ${contact.name}`}>
      {nothing ? (
        <EmptyState>
          {partner.archived_at
            ? `${who} sees nothing: ${partner.legal_name} is archived.`
            : `${who} sees nothing: access was removed.`}
        </EmptyState>
      ) : isError ? (
        <ErrorState title="We couldn't load this view." onRetry={() => void refetch()} />
      ) : (
        <Skeleton kind="card" count={3} />
      )}
    </Empty>
  )
}

function Nobody({ partner }: { partner: Partner }) {
  return (
    <Empty title={partner.legal_name}>
      <EmptyState
        action={
          <Button variant="primary" href={paths.partner(partner.slug, 'contacts')}>
            Go to contacts
          </Button>
        }
      >
        Nobody to look as. Add a contact to {partner.legal_name} first; adding one sends nothing.
      </EmptyState>
    </Empty>
  )
}

function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <OutsideFrame company={{ name: title }}>
      <h1 className="ui-vh">{title}</h1>
      {children}
    </OutsideFrame>
  )
}

function SignInFirst() {
  window.location.replace(
    `${paths.signIn}?next=${encodeURIComponent(window.location.pathname + window.location.search)}`,
  )
  return null
}
