import type { Answer } from '#shared/endpoint.ts'
import type { dealImportFields, Import, importFields, listImportRows } from '#shared/imports.ts'

export type Row = Answer<typeof listImportRows>['items'][number]
export type Show = 'new' | 'duplicates' | 'broken' | 'parked' | 'typos' | 'dropped'

const partnerFields: Record<(typeof importFields)[number], string> = {
  legal_name: 'Legal company name',
  type: 'Type',
  status: 'Status',
  contact_name: 'Main contact',
  email: 'Main contact email',
  phone: 'Phone',
  contact_title: 'Main contact’s title',
  contact_role: 'Main contact’s role',
  other_contacts: 'Other contacts',
  website: 'Website',
  owner: 'Owner on your team',
  agreement_signed: 'Agreement signed',
  works_via: 'Works via',
  description: 'Description',
  notes: 'Notes',
  tags: 'Tags',
}
const dealFields: Record<(typeof dealImportFields)[number], string> = {
  customer_company: 'Customer',
  customer_domain: 'Customer website',
  partner: 'Partner',
  kind: 'Kind',
  direction: 'Who brought it',
  stage: 'Stage',
  value: 'Value',
  currency: 'Currency',
  expected_close: 'Expected close',
  our_owner: 'Our owner',
  their_owner: 'Their owner',
  customer_contact_name: 'Customer contact',
  customer_contact_email: 'Customer contact email',
  customer_contact_phone: 'Customer contact phone',
  ask: 'What you ask for',
  notes: 'Notes',
}
type Kind = Import['kind']
export const headingsOf: Record<Kind, string[]> = {
  partners: Object.values(partnerFields),
  deals: Object.values(dealFields),
}
/** The field that no sheet of this kind can do without, and the one asked for next. */
export const needed: Record<Kind, [string, string]> = {
  partners: ['legal_name', 'email'],
  deals: ['customer_company', 'partner'],
}

/** What a column may feed: the fields of its kind, and those the company made itself. */
export function fieldOptions({ kind, fields }: Pick<Import, 'kind' | 'fields'>): { value: string; label: string }[] {
  const own = kind === 'partners' ? fields.map(({ field, name }) => ({ value: field, label: name })) : []
  const known = Object.entries(kind === 'partners' ? partnerFields : dealFields)
  return [...known.map(([value, label]) => ({ value, label })), ...own]
}
export const fieldName = (it: Pick<Import, 'kind' | 'fields'>, field: string): string =>
  fieldOptions(it).find(({ value }) => value === field)?.label ?? 'A field'

export const confidenceWords: Record<Import['columns'][number]['confidence'], string> = {
  sure: 'Sure',
  guess: 'Guess',
  skip: 'Skip',
}

type Group = { show: Show; label: string; count: keyof Import['counts']; says: string; always?: boolean }
export const groups: Group[] = [
  { show: 'new', label: 'New', count: 'new', says: 'These are added when you import.', always: true },
  {
    show: 'duplicates',
    label: 'Possible duplicates',
    count: 'duplicates',
    says: 'They look like something that is here, or like another row. Skipped, unless you say otherwise.',
    always: true,
  },
  {
    show: 'parked',
    label: 'Partner not known',
    count: 'parked',
    says: 'No partner has this name. These deals wait on this page until you say which partner it is.',
  },
  {
    show: 'broken',
    label: 'Broken',
    count: 'broken',
    says: 'Skipped as they are. Mend the cell here and the row joins the others.',
    always: true,
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
    says: 'Section headings, totals and rows without content. Nothing of these is added.',
    always: true,
  },
]
export const groupsOf = ({ kind, counts }: Import): Group[] =>
  groups.filter(
    ({ show, always, count }) =>
      (kind === 'deals' ? show !== 'typos' : show !== 'parked') && (always || counts[count] > 0 || show === 'typos'),
  )

const count = (n: number, one: string, many = `${one}s`): string =>
  n === 1 ? `1 ${one}` : `${n.toLocaleString('en-GB')} ${many}`
export const rowCount = (n: number): string => count(n, 'row')
export const partnerCount = (n: number): string => count(n, 'partner')
export const contactCount = (n: number): string => count(n, 'contact')
export const dealCount = (n: number): string => count(n, 'deal')
export const thingCount = (kind: Kind, n: number): string => (kind === 'deals' ? dealCount(n) : partnerCount(n))

export const stateWords: Record<Import['state'], string> = {
  reading: 'Being read',
  checked: 'Not imported yet',
  running: 'Importing',
  done: 'Imported',
  failed: 'Stopped',
  cancelled: 'Cancelled',
  undone: 'Undone',
}

const ready = 'Nothing to say'

const typo = 'Did you mean'

/** What decides about a row: for a broken one that which broke it, else the first remark. */
export function mainProblem(row: Row): Row['problems'][number] | undefined {
  const breaks = ['legal_name', 'email', 'customer_company', null]
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
