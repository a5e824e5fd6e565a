import type { Partner } from '#shared/partners.ts'
import { paths } from '../../paths.ts'
import { calledName } from '../../shell/deal-words.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Time } from '../../ui/time.tsx'
import type { Access } from './access-draft.ts'
import { useContactActs } from './use-contact-acts.ts'

/** Who there can get in. Removing access takes effect at once; the person is not told. */
export function AccessPeople({ partner, access }: { partner: Partner; access: Access }) {
  const inside = access.people.filter((person) => person.can_sign_in)
  const called = calledName(partner.legal_name)
  return (
    <div className="partner-people">
      <Card title={`People at ${called} who can get in`} count={inside.length} flush>
        {inside.length === 0 ? (
          <p className="ui-muted partner-nobody">
            Nobody at {called} can get in. Invite someone when you want them to see something.
          </p>
        ) : (
          <ul>
            {inside.map((person) => (
              <Person key={person.contact_id} person={person} partner={partner} />
            ))}
          </ul>
        )}
      </Card>
    </div>
  )
}

function Person({ person, partner }: { person: Access['people'][number]; partner: Partner }) {
  const acts = useContactActs({ id: person.contact_id, name: person.name, version: person.version })
  return (
    <li>
      <Avatar name={person.name} size={28} outside />
      <span className="ui-grow">
        <strong>{person.name}</strong> <span className="ui-muted">{person.email}</span>
      </span>
      <span className="ui-cap ui-muted">
        {person.last_seen_at ? (
          <>
            Last here <Time value={person.last_seen_at} />
          </>
        ) : (
          'Not here yet'
        )}
        {person.sees === 'own' && ', sees only deals they own'}
      </span>
      <Button size="small" href={paths.preview(partner.slug, person.contact_id)}>
        View as
      </Button>
      {partner.can.work && (
        <Button size="small" onClick={() => void acts.remove()}>
          Remove access
        </Button>
      )}
    </li>
  )
}
