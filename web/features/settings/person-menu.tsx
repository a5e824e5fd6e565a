import { useQueryClient } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { editMember, type Member } from '#shared/company.ts'
import type { TeamRole } from '#shared/session.ts'
import { ApiProblem, call } from '../../api.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useToast } from '../../ui/toast.tsx'

export const roleNames: Record<TeamRole, string> = { admin: 'Admin', member: 'Member', read_only: 'Read-only' }

type Change = { role?: TeamRole; deactivated?: boolean }

/** What an admin may change about a colleague. */
export function PersonMenu({ person, onTakeOff }: { person: Member; onTakeOff: () => void }) {
  const queries = useQueryClient()
  const toast = useToast()
  const change = async (body: Change, said: string, back?: Change) => {
    try {
      const after = await call(editMember, {
        params: { member: person.id },
        body: { version: person.version, ...body },
      })
      await queries.invalidateQueries({ queryKey: ['list_members'] })
      const undo =
        back &&
        (() =>
          void call(editMember, { params: { member: person.id }, body: { version: after.version, ...back } }).then(() =>
            queries.invalidateQueries({ queryKey: ['list_members'] }),
          ))
      toast.show({ text: said, ...(undo ? { undo } : {}) })
    } catch (error) {
      toast.show({
        tone: 'danger',
        text: error instanceof ApiProblem ? error.problem.detail : 'That was not saved. Try again.',
      })
    }
  }
  const roles = (Object.keys(roleNames) as TeamRole[]).map((role) => ({
    label: roleNames[role],
    checked: person.role === role,
    onSelect: () =>
      void change({ role }, `${person.name} is now ${roleNames[role].toLowerCase()}`, { role: person.role }),
  }))
  return (
    <Menu
      label={`Change ${person.name}`}
      align="end"
      trigger={<IconButton label={`Change ${person.name}`} icon={<Ellipsis />} size="small" />}
      items={
        person.deactivated_at
          ? [
              {
                label: 'Back onto the team',
                onSelect: () => void change({ deactivated: false }, `${person.name} is back`),
              },
            ]
          : [
              { heading: 'Role' },
              ...roles,
              'separator',
              {
                label: 'Take off the team',
                danger: true,
                onSelect: onTakeOff,
              },
            ]
      }
    />
  )
}
