import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'
import { listMembers } from '#shared/company.ts'
import { ask } from '../../query.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { TextButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import type { Draft } from './access-draft.ts'

type Props = { draft: Draft; change: (draft: Draft) => void; may: boolean; called: string; owner: string | null }

const pickedWords = (n: number) => (n === 0 ? 'The owner and admins' : `The owner, admins and ${n} picked`)

/** Who on the team works with it: everyone, or people one picks. */
export function TeamCard({ draft, change, may, called, owner }: Props) {
  const [open, setOpen] = useState(false)
  const picked = draft.team_access === 'picked'
  return (
    <Card
      title="Your team"
      className="partner-team"
      note={picked ? pickedWords(draft.members.length) : `Everyone can work with ${called}`}
      {...(may
        ? {
            action: (
              <TextButton aria-expanded={open} onClick={() => setOpen(!open)}>
                {open ? 'Close' : 'Change'}
              </TextButton>
            ),
          }
        : {})}
    >
      {open && (
        <div className="ui-stack">
          <Segmented
            label="Who on your team"
            value={draft.team_access}
            onChange={(team_access) => change({ ...draft, team_access })}
            options={[
              { value: 'everyone', label: 'Everyone' },
              { value: 'picked', label: 'People I pick' },
            ]}
          />
          {picked && <Picked draft={draft} change={change} owner={owner} />}
        </div>
      )}
    </Card>
  )
}

function Picked({ draft, change, owner }: Pick<Props, 'draft' | 'change' | 'owner'>) {
  const { data } = useQuery(ask(listMembers, {}))
  const members = (data?.items ?? []).filter((one) => !one.deactivated_at)
  const set = (next: Draft['members']) => change({ ...draft, members: next })
  const free = members.filter(
    ({ id, role }) => id !== owner && role !== 'admin' && !draft.members.some((one) => one.member_id === id),
  )
  return (
    <>
      {draft.members.length > 0 && (
        <ul className="partner-picked">
          {draft.members.map(({ member_id, level }) => {
            const member = members.find(({ id }) => id === member_id)
            if (!member) return null
            return (
              <li key={member_id}>
                <Avatar name={member.name} size={24} />
                <span className="ui-grow ui-trunc">{member.name}</span>
                {member.role === 'read_only' ? (
                  <span className="ui-muted">View</span>
                ) : (
                  <Segmented
                    size="small"
                    label={`What ${member.name} may do`}
                    value={level}
                    onChange={(next) =>
                      set(draft.members.map((one) => (one.member_id === member_id ? { member_id, level: next } : one)))
                    }
                    options={[
                      { value: 'view', label: 'View' },
                      { value: 'work', label: 'Work' },
                    ]}
                  />
                )}
                <IconButton
                  label={`Remove ${member.name}`}
                  icon={<X />}
                  size="small"
                  onClick={() => set(draft.members.filter((one) => one.member_id !== member_id))}
                />
              </li>
            )
          })}
        </ul>
      )}
      <Combobox
        label="Add a person"
        placeholder="Add a person"
        searchLabel="Search your team"
        empty="Nobody else. Admins and the owner always see it."
        value={null}
        options={free.map(({ id, name, email }) => ({ value: id, label: name, hint: email }))}
        onChange={(chosen) => {
          const member = members.find(({ id }) => id === chosen?.value)
          if (member)
            set([...draft.members, { member_id: member.id, level: member.role === 'read_only' ? 'view' : 'work' }])
        }}
      />
    </>
  )
}
