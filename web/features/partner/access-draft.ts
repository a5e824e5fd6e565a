import { useState } from 'react'
import type * as z from 'zod/mini'
import type { PartnerAccess } from '#shared/partners.ts'
import { type Permissions, permissionNames, permissionTexts } from '#shared/permissions.ts'

export type Access = z.output<typeof PartnerAccess>
type Team = { team_access: Access['team_access']; members: { member_id: string; level: 'view' | 'work' }[] }
export type Draft = Team & { permissions: Permissions }
/** Only what the person touched, so that what others save meanwhile is never taken for a change of theirs. */
type Edits = { permissions: Partial<Permissions>; team: Team | null }

const teamOf = (access: Access): Team => ({
  team_access: access.team_access,
  members: access.members.map(({ member_id, level }) => ({ member_id, level })),
})
const sameTeam = (a: Team, b: Team) => {
  const words = ({ members }: Team) =>
    members
      .map(({ member_id, level }) => `${member_id} ${level}`)
      .sort()
      .join()
  return a.team_access === b.team_access && (a.team_access === 'everyone' || words(a) === words(b))
}

/** What is ticked on the page and not applied yet. */
export function useAccessDraft(access: Access) {
  const [edits, edit] = useState<Edits>({ permissions: {}, team: null })
  const saved = teamOf(access)
  const draft: Draft = { ...(edits.team ?? saved), permissions: { ...access.permissions, ...edits.permissions } }
  const rows = permissionNames.filter((name) => draft.permissions[name] !== access.permissions[name])
  return {
    draft,
    changes: [...rows.map((name) => permissionTexts[name].title), ...(sameTeam(draft, saved) ? [] : ['Your team'])],
    change: ({ permissions, ...team }: Draft) => {
      const touched = permissionNames.filter((name) => permissions[name] !== access.permissions[name])
      edit({
        permissions: Object.fromEntries(touched.map((name) => [name, permissions[name]])),
        team: sameTeam(team, saved) && team.team_access === 'everyone' ? null : team,
      })
    },
    reset: () => edit({ permissions: {}, team: null }),
  }
}
