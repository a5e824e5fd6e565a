import { useQuery, useQueryClient } from '@tanstack/react-query'
import { listColleagues } from '#shared/entries.ts'
import { ask } from '../query.ts'
import { type Named, namedIn } from '../ui/names-in.ts'

type Colleagues = { people: Named[] | undefined; named: () => Promise<string[]> }

/** Who can be named in a text about a partner: asked for with its first @. Out: them, and who is named in it, by id. */
export function useColleagues(partner: string, text: string): Colleagues {
  const queries = useQueryClient()
  const colleagues = { ...ask(listColleagues, { params: { partner } }), staleTime: 30_000 }
  const wanted = text.includes('@')
  const { data } = useQuery({ ...colleagues, enabled: wanted })
  return {
    people: data?.items,
    named: async () => (wanted ? namedIn(text, (await queries.fetchQuery(colleagues)).items) : []),
  }
}
