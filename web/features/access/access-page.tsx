import { useQuery, useQueryClient } from '@tanstack/react-query'
import { giveAccessBack, listOutsiders, removeAccess } from '#shared/contacts.ts'
import type { Answer } from '#shared/endpoint.ts'
import { ApiProblem, call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useSession } from '../../shell/session.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Link } from '../../ui/link.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useTitle } from '../../ui/use-title.ts'
import './access.css'

type Group = Answer<typeof listOutsiders>['partners'][number]

/** /access: everyone outside the team who can get in, by partner. */
export function AccessPage() {
  useTitle('Access')
  const { data, isError, refetch } = useQuery(ask(listOutsiders, {}))
  const people = data?.partners.reduce((sum, partner) => sum + partner.people.length, 0) ?? 0
  return (
    <>
      <PageHeader title="Access" {...(data ? { count: `${people} outside your team` } : {})}>
        <Button href={paths.log('views')}>Who saw what</Button>
        <Button href={paths.log('changes')}>Log</Button>
      </PageHeader>
      <div className="ui-page">
        {isError && (
          <ErrorState
            title="We couldn't load who has access."
            safe="Nothing was lost."
            onRetry={() => void refetch()}
          />
        )}
        {!data && !isError && <Skeleton kind="card" />}
        {data?.partners.length === 0 && (
          <EmptyState link={{ href: paths.help('access'), label: 'How access works' }}>
            Nobody outside your team has access.
          </EmptyState>
        )}
        <div className="access-list">
          {data?.partners.map((partner) => (
            <PartnerAccess key={partner.id} partner={partner} />
          ))}
        </div>
      </div>
    </>
  )
}

function PartnerAccess({ partner }: { partner: Group }) {
  return (
    <Card
      title={partner.legal_name}
      note={partner.sees}
      action={<Link href={paths.partner(partner.slug, 'access')}>Permissions</Link>}
      flush
    >
      <ul className="access-people">
        {partner.people.map((person) => (
          <Person key={person.contact_id} person={person} slug={partner.slug} />
        ))}
      </ul>
    </Card>
  )
}

function Person({ person, slug }: { person: Group['people'][number]; slug: string }) {
  const queries = useQueryClient()
  const toast = useToast()
  const { canWrite } = useSession()
  const refresh = () => queries.invalidateQueries({ queryKey: ['list_outsiders'] })
  const remove = async () => {
    try {
      await call(removeAccess, { params: { contact: person.contact_id } })
      await refresh()
      toast.show({
        text: `${person.name} is out. They are not told, and their comments stay.`,
        undo: () => void call(giveAccessBack, { params: { contact: person.contact_id } }).then(refresh),
      })
    } catch (error) {
      toast.show({
        tone: 'danger',
        text: error instanceof ApiProblem ? error.problem.detail : 'That did not work. Try again.',
      })
    }
  }
  return (
    <li>
      <Avatar name={person.name} size={28} outside />
      <div className="access-who">
        <strong>{person.name}</strong>
        <span className="ui-muted">{person.email}</span>
      </div>
      <div className="access-seen ui-muted">
        {person.last_seen_at ? (
          <span>
            Last here <Time value={person.last_seen_at} inside />
          </span>
        ) : (
          <span>Not here yet</span>
        )}
        {person.invited_by && <span>Invited by {person.invited_by}</span>}
      </div>
      <span className="access-acts">
        <Button size="small" href={paths.preview(slug, person.contact_id)}>
          View as
        </Button>
        {canWrite && (
          <Button size="small" onClick={() => void remove()}>
            Remove access
          </Button>
        )}
      </span>
    </li>
  )
}
