import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { firstName, type WorkspaceAnswer, whoToAsk } from './portal.tsx'

/** Whether this browser has met the workspace before, and how to say that it has. */
export function useFirstVisit(workspace: string): [boolean, () => void] {
  const name = `partnered.met.${workspace}`
  const [met, setMet] = useState(() => {
    try {
      return localStorage.getItem(name) !== null
    } catch {
      return true
    }
  })
  const meet = () => {
    setMet(true)
    try {
      localStorage.setItem(name, '1')
    } catch {
      // Storage may be closed (private windows): the screen comes once more next time.
    }
  }
  return [!met, meet]
}

/** Once: who invited you, what you see, what they see of you. */
export function FirstVisit({ workspace, onOpen }: { workspace: WorkspaceAnswer; onOpen: () => void }) {
  const { company_name: company, invitation } = workspace
  useTitle(`Welcome, ${company}`)
  const host = invitation?.sent_by_name ?? workspace.owner_name ?? company
  return (
    <div className="ui-stack portal-first">
      <h1>
        {host === company ? company : `${host} at ${company}`} invited you, {firstName(workspace.contact_name)}
      </h1>
      {invitation?.message && (
        <figure className="portal-quote">
          <blockquote>{invitation.message}</blockquote>
          <figcaption className="portal-small">{host}</figcaption>
        </figure>
      )}
      <section>
        <h2>What you see</h2>
        <ul className="portal-sees">
          {seesOf(workspace).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      <section>
        <h2>What they see of you</h2>
        <p>Nothing but what you write here.</p>
      </section>
      <Button variant="primary" size="form" onClick={onOpen}>
        Open your deals
      </Button>
    </div>
  )
}

function seesOf(workspace: WorkspaceAnswer): string[] {
  const owner = whoToAsk(workspace)
  const lines: string[] = []
  if (workspace.sees_deals) {
    lines.push(`Deals that ${owner} shares with you, ${workspace.sees_value ? 'with' : 'without'} their value.`)
    if (workspace.sees_customer_contact) lines.push("The customer's contact on those deals.")
  }
  if (workspace.sees_notes) lines.push(`Notes that ${owner} shares with you.`)
  if (lines.length === 0) return [`Nothing yet. ${owner} decides what to share.`]
  if (workspace.sees_deals && workspace.updates_deals)
    lines.push('You can accept or decline, move the stage and comment.')
  if (workspace.sends_deals) lines.push(`You can send ${workspace.company_name} leads and referrals of yours.`)
  return lines
}
