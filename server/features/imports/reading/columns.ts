export const partnerFields = [
  'legal_name',
  'type',
  'status',
  'contact_name',
  'email',
  'phone',
  'other_contacts',
  'website',
  'owner',
  'agreement_signed',
  'notes',
  'tags',
] as const
export type PartnerField = (typeof partnerFields)[number]

export type Column = {
  index: number
  heading: string
  samples: string[]
  field: PartnerField | null
  confidence: 'sure' | 'guess' | 'skip'
}

/** Fields that several columns may feed; of the others there is one. */
export const manyColumns = new Set<PartnerField>(['notes', 'tags', 'other_contacts'])
