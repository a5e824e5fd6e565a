import { type PartnerRow, partnerStatuses } from '#shared/partners.ts'

type Status = PartnerRow['status']
type Via = PartnerRow['works_via']
type Choice<Value extends string> = { value: Value; label: string }

const statuses: Record<Status, string> = { onboarding: 'Onboarding', active: 'Active', dormant: 'Dormant' }
export const statusName = (status: Status): string => statuses[status]
export const statusOptions: Choice<Status>[] = partnerStatuses.map((value) => ({ value, label: statuses[value] }))

type Standing = Pick<PartnerRow, 'status' | 'archived_at'>
/** For StatusDot: an archived partner is Archived, whatever it was before. */
export const statusDot = (partner: Standing): Status | 'archived' => (partner.archived_at ? 'archived' : partner.status)
export const statusWord = (partner: Standing): string => (partner.archived_at ? 'Archived' : statuses[partner.status])

const vias: Record<Via, { label: string; line: string }> = {
  portal: { label: 'Portal', line: 'They sign in and work with you here.' },
  email: { label: 'Email', line: 'They take part by email, without signing in.' },
  internal: { label: 'Internal only', line: 'Only your team works here. Nobody there is invited.' },
}
export const viaName = (via: Via): string => vias[via].label
/** One sentence on what this way of taking part means. */
export const viaLine = (via: Via): string => vias[via].line
export const viaOptions: (Choice<Via> & { hint: string })[] = (['portal', 'email', 'internal'] as const).map(
  (value) => ({ value, label: vias[value].label, hint: vias[value].line }),
)
