import { sayDay } from '../../ui/time.tsx'
import type { Invitation } from './invitation.ts'

/** Who invites, in their own words, and what will be seen on either side. */
export function InvitationLetter({ it }: { it: Invitation }) {
  return (
    <>
      <h1>
        {it.sent_by} at {it.company} invites you, {it.contact_name}
      </h1>
      {it.message && (
        <figure className="invitation-quote">
          <blockquote>{it.message}</blockquote>
          <figcaption>{it.sent_by}</figcaption>
        </figure>
      )}
      <dl className="invitation-terms">
        <div>
          <dt>What you will see</dt>
          <dd>
            The deals and notes that {it.company} shares with {it.partner}, and your colleagues here.
          </dd>
        </div>
        <div>
          <dt>What they see of you</dt>
          <dd>Nothing but what you write here.</dd>
        </div>
        <div>
          <dt>Open until</dt>
          <dd>{sayDay(it.expires_at)}. No password needed.</dd>
        </div>
      </dl>
    </>
  )
}
