import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Answer } from '#shared/endpoint.ts'
import { checkPartner } from '#shared/partners.ts'
import { call } from '../../api.ts'
import type { AddDraft } from './add-form.ts'

type Check = Answer<typeof checkPartner> & { about: Typed }
type Typed = Pick<AddDraft, 'legal_name' | 'email' | 'website'>

const typed = ({ legal_name, email, website }: Typed): Typed => ({
  legal_name: legal_name.trim().slice(0, 200),
  email: email.trim().slice(0, 254),
  website: website.trim().slice(0, 300),
})

const query = (asked: Typed) => ({
  queryKey: [checkPartner.id, asked],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Check> => {
    const body = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''))
    return { ...(await call(checkPartner, { body }, { signal })), about: asked }
  },
  staleTime: 20_000,
})

/**
 * Asks, while somebody types, whether the partner is here already and whether the address is spelled right: 300 ms
 * after the last key of the name, and when an address is left. Out: what is known, and the ways to ask.
 */
export function useCheck(draft: Typed) {
  const queries = useQueryClient()
  const [asked, setAsked] = useState(() => typed(draft))
  const { legal_name } = typed(draft)
  useEffect(() => {
    const timer = setTimeout(() => setAsked((last) => ({ ...last, legal_name })), 300)
    return () => clearTimeout(timer)
  }, [legal_name])
  const { data } = useQuery({
    ...query(asked),
    enabled: asked.legal_name.length > 1 || asked.email !== '',
    placeholderData: keepPreviousData,
  })
  const current = typed(draft)
  return {
    lookalikes: current.legal_name.length > 1 || current.email !== '' ? (data?.lookalikes ?? []) : [],
    /** What is known of the address as it stands; null while it is being typed. */
    email: data && current.email !== '' && current.email === data.about.email ? data : null,
    look: (now: Typed) => setAsked(typed(now)),
    /** The answer for what stands there now; null when the server cannot say. */
    settle: async (now: Typed): Promise<Check | null> => {
      setAsked(typed(now))
      return queries.fetchQuery(query(typed(now))).catch(() => null)
    },
  }
}
