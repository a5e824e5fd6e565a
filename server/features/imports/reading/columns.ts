import type { dealImportFields, importFields } from '#shared/imports.ts'

/** `custom:` and the id of a field that the company made itself. */
export type PartnerField = (typeof importFields)[number] | `custom:${string}`
export type DealField = (typeof dealImportFields)[number]

export type Column<Field extends string = PartnerField> = {
  index: number
  heading: string
  samples: string[]
  field: Field | null
  confidence: 'sure' | 'guess' | 'skip'
}
