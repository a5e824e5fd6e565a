const day_ms = 86_400_000
const startOf = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
const ago = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`} ago`

/** "3 months ago": how long since a contact was confirmed; and whether that was today. */
export function confirmedWords(confirmed_at: string | null, now = new Date()): { words: string; today: boolean } {
  if (!confirmed_at) return { words: 'Never', today: false }
  const days = Math.max(0, Math.round((startOf(now) - startOf(new Date(confirmed_at))) / day_ms))
  if (days === 0) return { words: 'Today', today: true }
  if (days === 1) return { words: 'Yesterday', today: false }
  if (days < 14) return { words: ago(days, 'day'), today: false }
  if (days < 60) return { words: ago(Math.floor(days / 7), 'week'), today: false }
  const months = Math.floor(days / 30.44)
  return { words: months < 24 ? ago(months, 'month') : ago(Math.floor(months / 12), 'year'), today: false }
}
