import type { Problem } from '../rows.ts'

export type DealKind = 'lead' | 'referral' | 'co_sell'
export type NamedPartner = { id: string; legal_name: string }

export type CheckedDeal = {
  customer_company: string
  customer_domain: string | null
  customer_contact_name: string | null
  customer_contact_email: string | null
  customer_contact_phone: string | null
  partner_id: string | null
  /** As it stands in the sheet. */
  partner_name: string
  /** Partners that may be meant: several of one name, or names close to an unknown one. */
  candidates: NamedPartner[]
  kind: DealKind | null
  direction: 'given' | 'received'
  /** The key of one of the company's stages. */
  stage: string
  stage_text: string | null
  outcome: 'won' | 'lost' | null
  value_minor: number | null
  /** Of the value; the company's own where the sheet names none. Null without a value. */
  currency: string | null
  currency_written: string | null
  expected_close: string | null
  our_owner_id: string | null
  our_owner_text: string | null
  their_owner_id: string | null
  their_owner_name: string | null
  ask: string
  /** False where the sheet has none and it was written from the kind. */
  ask_written: boolean
}
export type SameDeal = {
  line: number | null
  deal_id: string | null
  ref: string | null
  customer_company: string
  why: string
}
export type CheckedDealRow = {
  line: number
  /** Parked: everything is there but the partner is not known. */
  state: 'new' | 'parked' | 'duplicate' | 'broken' | 'dropped'
  decision: 'import' | 'skip'
  /** Null only where the row is dropped. */
  deal: CheckedDeal | null
  notes: string[]
  problems: Problem[]
  duplicate_of: SameDeal | null
}
