import { useEffect, useMemo, useState } from 'react'
import type { Option } from './option.ts'

export type Load = (query: string, signal: AbortSignal) => Promise<Option[]>

/** Fetches the popup of searchable pickers. */
export const loadPick = () => import('./pick-popup.tsx').then((file) => file.Pick)

type State = { found: Option[]; status: 'idle' | 'busy' | 'failed' }

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()

/**
 * The options that match what was typed: filtered here, or asked for with `load` (150 ms after the last key, and not
 * before the popup opens). Old results stay until new ones are in.
 */
export function useOptions(options: Option[] | undefined, load: Load | undefined, open: boolean) {
  const [query, setQuery] = useState('')
  const [{ found, status }, setState] = useState<State>({ found: [], status: 'idle' })

  useEffect(() => {
    if (!load || !open) return
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      setState((state) => ({ ...state, status: 'busy' }))
      try {
        const next = await load(query.trim(), stop.signal)
        if (!stop.signal.aborted) setState({ found: next, status: 'idle' })
      } catch {
        if (!stop.signal.aborted) setState({ found: [], status: 'failed' })
      }
    }, 150)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [load, open, query])

  const items = useMemo(() => {
    if (load) return found
    const wanted = plain(query.trim())
    return (options ?? []).filter((option) => plain(`${option.label} ${option.hint ?? ''}`).includes(wanted))
  }, [load, found, options, query])

  return { items, status, query, setQuery }
}
