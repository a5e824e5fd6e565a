import type { UseFormReturn } from 'react-hook-form'
import type { Input } from '#shared/endpoint.ts'
import type { addPartner } from '#shared/partners.ts'
import { type Permissions, permissionTexts, presetOf, presets } from '#shared/permissions.ts'
import { ApiProblem } from '../../api.ts'

/** What is typed while a partner is added, as typed. */
export type AddDraft = {
  legal_name: string
  email: string
  type: string
  website: string
  phone: string
  description: string
  tag_ids: string[]
  team_access: 'everyone' | 'picked'
  members: { member_id: string; level: 'view' | 'work' }[]
  permissions: Permissions
  /** Partners that look the same and are said to be different companies. */
  different: string[]
}
export type AddForm = UseFormReturn<AddDraft>

export const panes = ['company', 'access', 'review'] as const
export type Pane = (typeof panes)[number]

export const draftName = 'add_partner'
export const emptyDraft: AddDraft = {
  legal_name: '',
  email: '',
  type: '',
  website: '',
  phone: '',
  description: '',
  tag_ids: [],
  team_access: 'everyone',
  members: [],
  permissions: { ...presets.shared.rows },
  different: [],
}

/** The draft as the server takes it, with those that were told apart. Whoever adds a partner owns it, and is always one of those who were picked. */
export function bodyOf(draft: AddDraft, me: string): Input<typeof addPartner>['body'] {
  const { legal_name, email, tag_ids, team_access, permissions } = draft
  const picked = [{ member_id: me, level: 'work' as const }, ...draft.members.filter((one) => one.member_id !== me)]
  return {
    legal_name: legal_name.trim(),
    email: email.trim(),
    type: draft.type || null,
    website: draft.website.trim() || null,
    phone: draft.phone.trim() || null,
    description: draft.description.trim() || null,
    tag_ids,
    access: { team_access, members: team_access === 'picked' ? picked : [], permissions },
    ...(draft.different.length > 0 ? { different_ids: draft.different.slice(0, 20) } : {}),
  }
}

export function presetWords(permissions: Permissions): string {
  const name = presetOf(permissions)
  return name === 'custom' ? 'Custom' : presets[name].title
}

/** The titles of the rows that are on, for one line of the review. */
export function openRows(permissions: Permissions): string {
  const on = (Object.keys(permissionTexts) as (keyof Permissions)[]).filter((row) => permissions[row])
  return on.map((row) => permissionTexts[row].title).join(', ')
}

const typedFields = ['legal_name', 'email', 'type', 'website', 'phone', 'description'] as const

/** Writes what the server refused under its fields. Out: the words for above the button, and whether a field was named. */
export function showRefusal(form: AddForm, error: unknown): { said: string; field: boolean } {
  if (!(error instanceof ApiProblem)) return { said: 'That did not work. Nothing was lost.', field: false }
  const named = typedFields.filter((name) => error.field(name))
  for (const name of named) form.setError(name, { message: error.field(name) })
  return { said: error.problem.detail, field: named.length > 0 }
}
