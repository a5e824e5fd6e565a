import { createHash } from 'node:crypto'

// Every id is made from a word, the same each time.
export const idOf = (word: string): string => {
  const hex = createHash('md5').update(word).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
export const ours = idOf('org_ours')
export const twin = idOf('org_twin')
export const now = '2026-11-23T10:00:00Z'
export const past = '2026-11-01T10:00:00Z'
export const soon = '2026-11-23T10:00:05Z'

export type Row = Record<string, unknown>
export type Tables = Record<string, Row[]>
