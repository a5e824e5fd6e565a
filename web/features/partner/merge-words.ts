import type { Answer } from '#shared/endpoint.ts'
import type { previewMerge } from '#shared/merges.ts'
import { listNames } from '../../shell/deal-words.ts'

export type MergePreview = Answer<typeof previewMerge>

const counted = (n: number, one: string) => (n === 0 ? [] : [`${n} ${n === 1 ? one : `${one}s`}`])

/** What goes over to the partner that stays, in one sentence. */
export function movesInWords({ keep, other, moves }: MergePreview): string {
  const things = [
    ...counted(moves.contacts, 'contact'),
    ...counted(moves.deals, 'deal'),
    ...counted(moves.notes, 'note'),
    ...counted(moves.files, 'file'),
    ...counted(moves.tags, 'tag'),
  ]
  const what = things.length === 0 ? 'Its history moves' : `${listNames(things)} move with all history`
  return `${what} to ${keep.legal_name}. ${other.legal_name} is gone from your list; its old links lead to ${keep.legal_name}.`
}
