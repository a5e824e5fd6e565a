import type { Answer } from '#shared/endpoint.ts'
import { type Import, importFields, type listImportRows } from '#shared/imports.ts'

export type ImportField = (typeof importFields)[number]
export type Row = Answer<typeof listImportRows>['items'][number]
export type Show = 'new' | 'duplicates' | 'broken' | 'typos' | 'dropped'

export const fieldNames: Record<ImportField, string> = {
  legal_name: 'Legal company name',
  type: 'Type',
  status: 'Status',
  contact_name: 'Main contact',
  email: 'Main contact email',
  phone: 'Phone',
  other_contacts: 'Other contacts',
  website: 'Website',
  owner: 'Owner on your team',
  agreement_signed: 'Agreement signed',
  notes: 'Notes',
  tags: 'Tags',
}
export const fieldOptions = importFields.map((value) => ({ value, label: fieldNames[value] }))

export const confidenceWords: Record<Import['columns'][number]['confidence'], string> = {
  sure: 'Sure',
  guess: 'Guess',
  skip: 'Skip',
}

export const groups: { show: Show; label: string; count: keyof Import['counts']; says: string }[] = [
  { show: 'new', label: 'New', count: 'new', says: 'These are added when you import.' },
  {
    show: 'duplicates',
    label: 'Possible duplicates',
    count: 'duplicates',
    says: 'They look like a partner that is here, or like another row. Skipped, unless you say otherwise.',
  },
  {
    show: 'broken',
    label: 'Broken',
    count: 'broken',
    says: 'Skipped. Mend them in your sheet and import it again: rows that are here by then are recognised.',
  },
  {
    show: 'typos',
    label: 'Email typos',
    count: 'typos',
    says: 'Imported as written, unless you take the other spelling.',
  },
  {
    show: 'dropped',
    label: 'Left out',
    count: 'dropped',
    says: 'Section headings, totals and rows without a partner. Nothing of these is added.',
  },
]

export const rowCount = (count: number): string => (count === 1 ? '1 row' : `${count.toLocaleString('en-GB')} rows`)
export const partnerCount = (count: number): string =>
  count === 1 ? '1 partner' : `${count.toLocaleString('en-GB')} partners`
export const contactCount = (count: number): string =>
  count === 1 ? '1 contact' : `${count.toLocaleString('en-GB')} contacts`

const ready = 'Nothing to say'

const typo = 'Did you mean'

/** What decides about a row: for a broken one that which broke it, else the first remark. */
export function mainProblem(row: Row): Row['problems'][number] | undefined {
  const breaks = ['legal_name', 'email', null]
  const broke = row.problems.find(({ field, problem }) => breaks.includes(field) && !problem.startsWith(typo))
  return (row.state === 'broken' ? broke : undefined) ?? row.problems[0]
}

/** The kind of what was said about a row: the same words without what only this row holds. */
function kindOf(row: Row): string {
  const said = mainProblem(row)?.problem
  if (!said) return ready
  if (said.startsWith(typo)) return 'The email address may be misspelled.'
  return said.replace(/^Read as \S+\. /, '')
}

/** Rows by what was said about them: the largest group first, rows without a remark last. */
export function groupRows(rows: Row[]): { kind: string | null; rows: Row[] }[] {
  const kinds = Map.groupBy(rows, kindOf)
  return Array.from(kinds, ([kind, of]) => ({ kind: kind === ready ? null : kind, rows: of })).sort((a, b) =>
    a.kind === null ? 1 : b.kind === null ? -1 : b.rows.length - a.rows.length,
  )
}

/** The spellings offered for a row, main contact first. */
export const spellings = (row: Row) =>
  row.problems.flatMap(({ field, value, suggestion }) => (suggestion ? [{ field, value, suggestion }] : []))
