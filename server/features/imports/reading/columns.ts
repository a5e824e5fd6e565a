import type { importFields } from '#shared/imports.ts'

export type PartnerField = (typeof importFields)[number]

export type Column = {
  index: number
  heading: string
  samples: string[]
  field: PartnerField | null
  confidence: 'sure' | 'guess' | 'skip'
}

/** Fields that several columns may feed; of the others there is one. */
export const manyColumns = new Set<PartnerField>(['notes', 'tags', 'other_contacts'])
