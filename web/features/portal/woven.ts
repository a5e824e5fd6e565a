type Dated = { id: string; created_at: string }
type List<T> = { items: T[]; more: boolean }

const newer = (a: Dated, b: Dated): number =>
  a.created_at === b.created_at ? (a.id < b.id ? 1 : -1) : a.created_at < b.created_at ? 1 : -1

/**
 * Two lists of pages as one, newest first. What lies beyond the last loaded line of a list that goes on is held back:
 * something newer may still come. In: both lists as far as they are loaded. Out: what can be shown, and whether each has to be asked for more.
 */
export function woven<A extends Dated, B extends Dated>(
  one: List<A>,
  other: List<B>,
): { shown: (A | B)[]; one_more: boolean; other_more: boolean } {
  const ends = [one, other].flatMap(({ items, more }) => {
    const last = items.at(-1)
    return more && last ? [last] : []
  })
  const horizon = ends.sort(newer)[0]
  const shown = [...one.items, ...other.items].sort(newer).filter((item) => !horizon || newer(item, horizon) <= 0)
  const reaches = ({ items, more }: List<Dated>) => more && items.at(-1)?.id === horizon?.id
  return { shown, one_more: reaches(one), other_more: reaches(other) }
}
