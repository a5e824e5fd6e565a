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
  const removed = access.people.filter((person) => person.state === 'access_removed')
  const called = calledName(partner.legal_name)
  return (
    <div className="partner-people">
      <Card title={`People at ${called} who can get in`} count={inside.length} flush>
        {inside.length === 0 && (
          <p className="ui-muted partner-nobody">
            Nobody at {called} can get in. Invite someone when you want them to see something.
          </p>
        )}
        {inside.length + removed.length > 0 && (
          <ul>
            {[...inside, ...removed].map((person) => (
              <Person key={person.contact_id} person={person} partner={partner} called={called} />
            ))}
          </ul>
        )}
      </Card>
    </div>
  )
}

type Props = { person: Access['people'][number]; partner: Partner; called: string }

function Person({ person, partner, called }: Props) {
  const acts = useContactActs({ id: person.contact_id, name: person.name, version: person.version })
  const out = person.state === 'access_removed'
  return (
    <li>
      <Avatar name={person.name} size={32} outside />
      <div className="partner-p-who">
        <strong>{person.name}</strong>
        <span className="ui-cap ui-muted">
          {out ? 'Access removed' : person.last_seen_at ? 'Last here ' : 'Not here yet'}
          {!out && person.last_seen_at && <Time value={person.last_seen_at} inside />}
        </span>
      </div>
      <span className="ui-cap ui-muted partner-p-sees">
        {out
          ? 'Sees nothing'
          : person.sees === 'all'
            ? `Sees all deals shared with ${called}`
            : 'Sees only deals they own'}
      </span>
      <span className="ui-row partner-p-acts">
        {!out && (
          <Button size="small" href={paths.preview(partner.slug, person.contact_id)}>
            View as
          </Button>
        )}
        {partner.can.work &&
          (out ? (
            <Button size="small" onClick={() => void acts.giveBack()}>
              Give access back
            </Button>
          ) : (
            <Button size="small" variant="danger" onClick={() => void acts.remove()}>
              Remove access
            </Button>
          ))}
      </span>
    </li>
  )
}
