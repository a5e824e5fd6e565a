import type { RuleName } from '#shared/rules.ts'

/** How a list of partners that break a rule is called. */
const broken: Record<RuleName, string> = {
  legal_name: 'Name is no legal name',
  type: 'No type',
  owner: 'No owner',
  tags: 'Too many tags',
  main_contact: 'Main contact not confirmed',
  quiet: 'Quiet for too long',
}
export const ruleOptions = Object.entries(broken).map(([value, label]) => ({ value, label }))
