import { useRouter, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

type Words = Record<string, string | undefined>

/** The words after `?` in the address, and a way to change some of them; empty ones leave. Changing replaces, so Back leaves the page. */
export function useAddress(): [Words, (change: Words, how?: { push?: boolean }) => void] {
  const words = useSearch({ strict: false }) as Words
  const router = useRouter()
  const change = useCallback(
    (next: Words, { push = false } = {}) => {
      const { pathname, search } = router.history.location
      const query = new URLSearchParams(search)
      for (const [name, value] of Object.entries(next)) value ? query.set(name, value) : query.delete(name)
      const href = `${pathname}${query.size ? `?${query}` : ''}`
      if (push) router.history.push(href)
      else router.history.replace(href)
    },
    [router],
  )
  return [words, change]
}

/** A list kept in the address as `a,b`. */
export const wordList = (value: string | undefined): string[] => (value ? value.split(',') : [])
