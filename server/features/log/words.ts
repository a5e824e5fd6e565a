import { permissionNames, permissionTexts } from '#shared/permissions.ts'

/** Names of what a page of the log speaks of, by id. What is gone or hidden has none. */
export type Names = Record<string, string>
type Value = unknown

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const stamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

const fields: Record<string, string> = {
  legal_name: 'Legal name',
  slug: 'Address in Partnered',
  type: 'Type',
  status: 'Status',
  website: 'Website',
  domain: 'Domain',
  phone: 'Phone',
  description: 'Description',
  agreement_signed: 'Agreement signed',
  owner_id: 'Owner',
  one_id: 'Partner',
  other_id: 'Another company',
  works_via: 'Works via',
  team_access: 'Who on the team',
  archived_at: 'Archived',
  text_value: 'Value',
  number_value: 'Value',
  date_value: 'Value',
  yes_value: 'Value',
  purpose: 'Purpose',
  choices: 'Choices',
  is_on: 'On',
  amount: 'Number',
  members_add_tags: 'Everyone may add tags',
  protection_days: 'Days a deal is protected',
  reviewed_at: 'Reviewed',
  name: 'Name',
  email: 'Email',
  title: 'Title',
  role: 'Role',
  is_main: 'Main contact',
  sees: 'Sees',
  confirmed_at: 'Confirmed',
  left_at: 'Left the company',
  access_removed_at: 'Access removed',
  message: 'Message',
  accepted_at: 'Accepted',
  declined_at: 'Declined',
  prefers_email_at: 'Prefers email',
  withdrawn_at: 'Withdrawn',
  expires_at: 'Expires',
  meaning: 'Meaning',
  colour: 'Colour',
  kind: 'Kind',
  customer_company: 'Customer',
  customer_domain: 'Customer domain',
  customer_contact_name: 'Customer contact',
  customer_contact_email: 'Customer email',
  customer_contact_phone: 'Customer phone',
  value: 'Value',
  expected_close: 'Expected close',
  ask: 'What we want from them',
  our_owner_id: 'Our owner',
  their_owner_id: 'Their owner',
  stage: 'Stage',
  next_step: 'Next step',
  paused_until: 'Paused until',
  paused_why: 'Why it is paused',
  protected_until: 'Protected until',
  sent_by_id: 'Sent by',
  direction: 'Direction',
  quiet_days: 'Quiet after days',
  answer: 'Answer',
  answer_reason: 'Reason',
  outcome: 'Outcome',
  outcome_reason: 'Reason',
  show_value: 'Value on this deal',
  show_customer_contact: 'Customer contact on this deal',
  stopped_at: 'Stopped',
  audience: 'Who can read it',
  body: 'Text',
  level: 'May',
  member_id: 'Team member',
  time_zone: 'Time zone',
  currency: 'Currency',
  links_show_value: 'Links show the value',
  deactivated_at: 'Deactivated',
  file_name: 'File',
  state: 'State',
  total: 'Rows',
  ...Object.fromEntries(permissionNames.map((name) => [name, permissionTexts[name].title])),
}
const words: Record<string, string> = {
  onboarding: 'Onboarding',
  active: 'Active',
  dormant: 'Dormant',
  portal: 'Portal',
  email: 'Email',
  internal: 'Internal only',
  everyone: 'Everyone',
  picked: 'People picked',
  pending: 'Pending',
  accepted: 'Accepted',
  declined: 'Declined',
  won: 'Won',
  lost: 'Lost',
  lead: 'Lead',
  referral: 'Referral',
  co_sell: 'Co-sell',
  admin: 'Admin',
  member: 'Member',
  read_only: 'Read-only',
  view: 'View',
  work: 'Work',
  own: 'Only deals they own',
  all: 'All shared deals',
}
const spoken = new Set(['status', 'works_via', 'team_access', 'answer', 'outcome', 'kind', 'role', 'level', 'sees'])

/** An amount as people read it: EUR 12,000. In: cents and currency. */
export function money(minor: number, currency: string | null): string {
  const digits = currency
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)
    : 2
  const amount = (minor / 10 ** digits).toLocaleString('en', {
    minimumFractionDigits: minor % 10 ** digits === 0 ? 0 : digits,
    maximumFractionDigits: digits,
  })
  return currency ? `${currency} ${amount}` : amount
}

const days = new Set(['paused_until', 'protected_until', 'expected_close', 'agreement_signed', 'date_value'])
const dayMonthYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** One value of one field in words. Out: null for nothing. */
export function valueWords(field: string, value: Value, names: Names): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean')
    return permissionNames.includes(field as never) ? (value ? 'On' : 'Off') : value ? 'Yes' : 'No'
  if (field === 'audience') return value === 'team' ? 'Team only' : 'The partner too'
  if (typeof value === 'string' && field.endsWith('_id') && uuid.test(value))
    return names[value] ?? 'Someone no longer here'
  if (typeof value === 'string' && field.endsWith('_at') && stamp.test(value))
    return value.slice(0, 16).replace('T', ' ')
  if (typeof value === 'string' && days.has(field))
    return dayMonthYear.format(new Date(`${value.slice(0, 10)}T12:00:00Z`))
  if (
    typeof value === 'string' &&
    (field === 'type' || field === 'role' || field === 'stage') &&
    names[`${field}:${value}`]
  )
    return names[`${field}:${value}`] ?? null
  if (typeof value === 'string' && spoken.has(field)) return words[value] ?? value
  if (Array.isArray(value)) return value.join(', ') || null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export type Changed = Record<string, [Value, Value]>

/** What changed, field by field, with before and after. Fields without a word of their own are bookkeeping and stay out. */
export function changesInWords(
  changed: Changed,
  names: Names,
  currency: string | null,
): { field: string; before: string | null; after: string | null }[] {
  const shown = Object.entries(changed)
    .filter(([field]) => fields[field])
    .map(([field, [before, after]]) => ({
      field: fields[field] ?? field,
      before: valueWords(field, before, names),
      after: valueWords(field, after, names),
    }))
  const value = changed.value_minor
  if (value) {
    const [was, is] = changed.currency ?? [currency, currency]
    const amount = (minor: Value, of: Value) =>
      typeof minor === 'number' ? money(minor, typeof of === 'string' ? of : null) : null
    shown.unshift({ field: 'Value', before: amount(value[0], was), after: amount(value[1], is) })
  }
  return shown.filter(({ before, after }) => before !== after)
}

/** "Type and status", "Type, status and owner": the names of what changed, for a sentence. */
export function fieldList(changes: readonly { field: string }[]): string {
  const all = [
    ...new Set(
      changes.map(({ field }) => (/^[A-Z][a-z]/.test(field) ? field[0]!.toLowerCase() + field.slice(1) : field)),
    ),
  ]
  if (all.length === 0) return 'something'
  if (all.length > 3) return `${all.slice(0, 2).join(', ')} and ${all.length - 2} more`
  return all.length === 1 ? all[0]! : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}
