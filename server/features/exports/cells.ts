/** What stands in one cell. A day is a calendar day, 2026-11-23; a moment is written in UTC. */
export type Cell = string | number | boolean | null | undefined | { day: string } | { moment: string }

/** Takes bytes and waits for a slow reader. */
export type Put = (piece: Uint8Array) => Promise<void>

/** Words for what is no text by itself. */
export function plainText(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No'
  if (typeof cell === 'object') return 'day' in cell ? cell.day : momentWords(cell.moment)
  return String(cell)
}

/** 2026-11-23 14:05 UTC. */
export const momentWords = (moment: string): string =>
  `${new Date(moment).toISOString().slice(0, 16).replace('T', ' ')} UTC`
export const dayOf = (day: string | null): Cell => (day ? { day } : null)
export const momentOf = (moment: string | null): Cell => (moment ? { moment } : null)
