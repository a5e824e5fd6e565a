import { useState } from 'react'
import type * as z from 'zod/mini'
import type { PartnerAccess } from '#shared/partners.ts'
import { type Permissions, permissionNames, permissionTexts } from '#shared/permissions.ts'

export type Access = z.output<typeof PartnerAccess>
export type Draft = {
  team_access: Access['team_access']
  members: { member_id: string; level: 'view' | 'work' }[]
  permissions: Permissions
}

const draftOf = (access: Access): Draft => ({
  team_access: access.team_access,
  members: access.members.map(({ member_id, level }) => ({ member_id, level })),
  permissions: access.permissions,
})
const sameTeam = (a: Draft, b: Draft) => {
  const words = (draft: Draft) =>
    draft.members
      .map(({ member_id, level }) => `${member_id} ${level}`)
      .sort()
      .join()
  return a.team_access === b.team_access && (a.team_access === 'everyone' || words(a) === words(b))
}

/** What is ticked on the page and not applied yet. */
export function useAccessDraft(access: Access) {
  const [draft, change] = useState(() => draftOf(access))
  const saved = draftOf(access)
  const rows = permissionNames.filter((name) => draft.permissions[name] !== saved.permissions[name])
  const changes = [...rows.map((name) => permissionTexts[name].title), ...(sameTeam(draft, saved) ? [] : ['Your team'])]
  return { draft, change, changes, reset: () => change(saved) }
}
