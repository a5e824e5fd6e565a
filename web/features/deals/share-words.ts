import type { DealRow } from '#shared/deals.ts'
import type { Partner } from '#shared/partners.ts'
import { firstName, kindName } from '../../shell/deal-words.ts'

/** What the button does, in its own words. */
export function saveWords(partner: Partner, kind: DealRow['kind']): string {
  if (partner.works_via === 'internal') return 'Save. Nothing is sent.'
  if (!partner.permissions.sees_deals) return 'Save. Nothing is shared.'
  if (partner.works_via === 'email')
    return partner.main_contact ? `Share and email ${firstName(partner.main_contact.name)}` : 'Share by email'
  return `Share ${kindName(kind).toLowerCase()}`
}
