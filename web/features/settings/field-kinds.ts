import type { FieldKind } from '#shared/custom-fields.ts'

export const kindNames: Record<FieldKind, string> = {
  text: 'Text',
  number: 'Number',
  date: 'Date',
  choice: 'Choice',
  yes_no: 'Yes or no',
  link: 'Link',
}
