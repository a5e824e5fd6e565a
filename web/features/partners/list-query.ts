import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Input } from '#shared/endpoint.ts'
import { countMatchingPartners, countPartners, listPartners, type PartnerRow } from '#shared/partners.ts'
import { RuleName } from '#shared/rules.ts'
import { call } from '../../api.ts'
import { ask } from '../../query.ts'
import { wordsKept } from '../../shell/saved-views.ts'
import { useAddress, wordList } from '../../shell/use-address.ts'

export const filterNames = ['status', 'type', 'tag', 'owner', 'via'] as const
export type FilterName = (typeof filterNames)[number]
type Query = Input<typeof listPartners>['query']
export type View = NonNullable<Query['view']>
export type Sort = NonNullable<Query['sort']>
type Rule = NonNullable<Query['breaks']>
/** What a saved view keeps. */
const keptNames = ['view', 'q', 'sort', 'breaks', ...filterNames] as const

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
  const [words, write] = useAddress()
  const view: View = oneOf(viewNames, words.view) ?? 'all'
  const sort: Sort | undefined = oneOf(sorts, words.sort)
  const q = words.q?.trim() ?? ''
  const breaks: Rule | undefined = RuleName.safeParse(words.breaks).data
  const filters = Object.fromEntries(filterNames.map((name) => [name, wordList(words[name])])) as Record<
    FilterName,
    string[]
  >
  const filtered = q !== '' || breaks !== undefined || filterNames.some((name) => filters[name].length > 0)
  // A step that Back should take again; while typing or looking from row to row the address only keeps up.
  const change: typeof write = (next, how) => write(next, { push: !('q' in next || 'peek' in next), ...how })
  const clear = () =>
    change(Object.fromEntries(['q', 'breaks', ...filterNames].map((name) => [name, undefined])), { push: true })
  return {
    view,
    sort,
    q,
    breaks,
    filters,
    filtered,
    saved: words.saved,
    peek: words.peek,
    /** What a saved view would keep of this. */
    kept: wordsKept(words, keptNames),
    change,
    clear,
  }
}
export type Asked = ReturnType<typeof useAsked>

/** What the server is asked to choose: for the list, for counting, and for changing all that match. */
export const chosenOf = ({ view, q, breaks, filters }: Asked) => ({
  view,
  ...(q ? { q } : {}),
  ...(breaks ? { breaks } : {}),
  ...Object.fromEntries(filterNames.flatMap((name) => (filters[name].length ? [[name, filters[name]]] : []))),
})

const first_page = 50
const next_page = 200

/** The rows that were asked for, page by page, with the old ones in view until the new ones are in. */
export function usePartners(asked: Asked) {
  const query = { ...chosenOf(asked), ...(asked.sort ? { sort: asked.sort } : {}) }
  return useInfiniteQuery({
    queryKey: [listPartners.id, query, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(
        listPartners,
        {
          query: {
            ...query,
            ...(pageParam ? { cursor: pageParam, limit: String(next_page) } : { limit: String(first_page) }),
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}
export type PartnerPages = { pages: { items: PartnerRow[]; next: string | null }[]; pageParams: string[] }

export const usePartnerCounts = () => useQuery(ask(countPartners, {})).data

/** How many match; a view without words and chips knows already. */
export function useMatching(asked: Asked): number | undefined {
  const counts = usePartnerCounts()
  const { data } = useQuery({
    ...ask(countMatchingPartners, { query: chosenOf(asked) }),
    enabled: asked.filtered,
    placeholderData: keepPreviousData,
  })
  return asked.filtered ? data?.matching : counts?.[asked.view]
}
