import type { CustomValue } from './custom.ts'
import type { Person } from './people.ts'

export type Problem = { field: string | null; problem: string; value: string | null; suggestion: string | null }
export type CheckedContact = Person & {
  name: string
  email_suggested: string | null
  /** The key of a role of contacts. */
  role: string | null
  is_main: boolean
}
export type CheckedPartner = {
  legal_name: string
  /** The key of a type of partners. */
  type: string | null
  status: 'onboarding' | 'active' | 'dormant'
  archived: boolean
  owner_id: string | null
  owner_text: string | null
  website: string | null
  domain: string | null
  phone: string | null
  agreement_signed: string | null
  tags: string[]
  description: string | null
  works_via: 'portal' | 'email' | 'internal' | null
  custom: CustomValue[]
}
export type DuplicateOf = { line: number | null; partner_id: string | null; legal_name: string; why: string }
export type CheckedRow = {
  line: number
  state: 'new' | 'duplicate' | 'broken' | 'dropped'
  decision: 'import' | 'skip'
  /** Null only where the row is dropped. */
  partner: CheckedPartner | null
  contacts: CheckedContact[]
  notes: string[]
  problems: Problem[]
  duplicate_of: DuplicateOf | null
}

export function droppedRow(line: number, cells: readonly string[], problem: string): CheckedRow {
  const value = cells.filter(Boolean).join(' | ').slice(0, 500)
  const problems = [{ field: null, problem, value, suggestion: null }]
  return {
    line,
    state: 'dropped',
    decision: 'skip',
    partner: null,
    contacts: [],
    notes: [],
    problems,
    duplicate_of: null,
  }
}
