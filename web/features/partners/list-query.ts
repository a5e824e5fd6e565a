import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Input } from '#shared/endpoint.ts'
import { countPartners, listPartners } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { ask } from '../../query.ts'
import { useAddress, wordList } from '../../shell/use-address.ts'

export const filterNames = ['status', 'type', 'tag', 'owner', 'via'] as const
export type FilterName = (typeof filterNames)[number]
export type View = NonNullable<Input<typeof listPartners>['query']['view']>
export type Sort = NonNullable<Input<typeof listPartners>['query']['sort']>

export const viewNames: Record<View, string> = {
  all: 'All',
  mine: 'Mine',
  active: 'Active',
  onboarding: 'Onboarding',
  dormant: 'Dormant',
  attention: 'Needs attention',
  archived: 'Archived',
}
const sorts: Record<Sort, true> = { name: true, '-name': true, activity: true, '-activity': true }
const oneOf = <Word extends string>(known: Record<Word, unknown>, word = '') =>
  Object.hasOwn(known, word) ? (word as Word) : undefined

/** The view, search, filters and sort that the address asks for; words it does not know are left out. */
export function useAsked() {
  const [words, change] = useAddress()
  const view: View = oneOf(viewNames, words.view) ?? 'all'
  const sort: Sort = oneOf(sorts, words.sort) ?? 'name'
  const q = words.q?.trim() ?? ''
  const filters = Object.fromEntries(filterNames.map((name) => [name, wordList(words[name])])) as Record<
    FilterName,
    string[]
  >
  const filtered = q !== '' || filterNames.some((name) => filters[name].length > 0)
  const clear = () => change({ q: undefined, ...Object.fromEntries(filterNames.map((name) => [name, undefined])) })
  return { view, sort, q, filters, filtered, change, clear }
}
export type Asked = ReturnType<typeof useAsked>

/** The rows that were asked for, page by page, with the old ones in view until the new ones are in. */
export function usePartners({ view, sort, q, filters }: Asked) {
  const query = { view, sort, ...(q ? { q } : {}), ...filters }
  return useInfiniteQuery({
    queryKey: [listPartners.id, query, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(listPartners, { query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}

export const usePartnerCounts = () => useQuery(ask(countPartners, {})).data
