import type { UseFormReturn } from 'react-hook-form'
import type { Deal } from '#shared/deals.ts'
import { firstStage } from '#shared/lists.ts'
import type { Permissions } from '#shared/permissions.ts'
import { ApiProblem } from '../../api.ts'
import { readAmount, writeAmount } from './amount.ts'

/** What is typed into a deal's form, as typed. Empty means not given. */
export type DealDraft = {
  /** Who gave it: asked of referrals alone. */
  direction: 'given' | 'received'
  customer_company: string
  customer_contact_name: string
  customer_contact_email: string
  customer_contact_phone: string
  value: string
  currency: string
  expected_close: string
  ask: string
  next_step: string
  stage: string
  our_owner_id: string
  their_owner_id: string
  /** This deal differs from what the partner's permissions say. */
  value_differs: boolean
  contact_differs: boolean
}
export type DealForm = UseFormReturn<DealDraft>

export const emptyDraft = (our_owner_id: string, currency: string): DealDraft => ({
  direction: 'given',
  customer_company: '',
  customer_contact_name: '',
  customer_contact_email: '',
  customer_contact_phone: '',
  value: '',
  currency,
  expected_close: '',
  ask: '',
  next_step: '',
  stage: firstStage,
  our_owner_id,
  their_owner_id: '',
  value_differs: false,
  contact_differs: false,
})

const address = /^[^\s"@,;:<>()[\]\\]+@[^\s"@,;:<>()[\]\\]+\.[^\s"@,;:<>()[\]\\.]+$/
/** Whether the server will take it as an email address. */
export const isAddress = (text: string): boolean => address.test(text.trim())

/** A saved deal as its form shows it. */
export const draftOf = (deal: Deal, currency: string): DealDraft => ({
  ...emptyDraft(deal.our_owner.id, deal.currency ?? currency),
  customer_company: deal.customer_company,
  customer_contact_name: deal.customer_contact_name ?? '',
  customer_contact_email: deal.customer_contact_email ?? '',
  customer_contact_phone: deal.customer_contact_phone ?? '',
  value: writeAmount(deal.value_minor, deal.currency ?? currency),
  expected_close: deal.expected_close ?? '',
  ask: deal.ask,
  next_step: deal.next_step ?? '',
})

/** The fields of a draft as the server takes them. */
export function fieldsOf(draft: DealDraft) {
  const value_minor = readAmount(draft.value, draft.currency) ?? null
  return {
    customer_company: draft.customer_company,
    customer_contact_name: draft.customer_contact_name || null,
    customer_contact_email: draft.customer_contact_email.trim() || null,
    customer_contact_phone: draft.customer_contact_phone || null,
    value_minor,
    currency: value_minor === null ? null : draft.currency,
    expected_close: draft.expected_close || null,
    ask: draft.ask,
    next_step: draft.next_step.trim() || null,
  }
}

/** The exceptions of one deal: null where it follows the partner's permissions. */
export const exceptionsOf = (draft: DealDraft, permissions: Permissions) => ({
  show_value: draft.value_differs ? !permissions.sees_value : null,
  show_customer_contact: draft.contact_differs ? !permissions.sees_customer_contact : null,
})

const formNames: Record<string, keyof DealDraft> = {
  customer_company: 'customer_company',
  customer_contact_name: 'customer_contact_name',
  customer_contact_email: 'customer_contact_email',
  customer_contact_phone: 'customer_contact_phone',
  value_minor: 'value',
  currency: 'currency',
  expected_close: 'expected_close',
  ask: 'ask',
  next_step: 'next_step',
  stage: 'stage',
  our_owner_id: 'our_owner_id',
  their_owner_id: 'their_owner_id',
}

/** Writes what the server refused under its fields. Out: what is left to say above the form, or null. */
export function showRefusal(form: DealForm, error: unknown): string | null {
  if (!(error instanceof ApiProblem)) throw error
  let said = false
  for (const { field, detail } of error.problem.errors ?? []) {
    const name = formNames[field]
    if (!name) continue
    form.setError(name, { message: detail }, { shouldFocus: !said })
    said = true
  }
  return said ? null : error.problem.detail
}
