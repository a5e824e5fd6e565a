import { useCallback, useState } from 'react'

/** Reads what was typed before a reload; null when there is nothing, or nothing readable. */
export function readDraft<T>(name: string): T | null {
  try {
    const kept = sessionStorage.getItem(`draft:${name}`)
    return kept === null ? null : (JSON.parse(kept) as T)
  } catch {
    return null
  }
}

/** Keeps what is being typed for as long as the tab lives; null forgets it. A full or forbidden store is not an error. */
export function keepDraft(name: string, value: unknown): void {
  try {
    if (value === null || value === '') sessionStorage.removeItem(`draft:${name}`)
    else sessionStorage.setItem(`draft:${name}`, JSON.stringify(value))
  } catch {
    /* the page works without it */
  }
}

/** A text that survives a reload. */
export function useTextDraft(name: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => readDraft<string>(name) ?? '')
  const write = useCallback(
    (next: string) => {
      setText(next)
      keepDraft(name, next)
    },
    [name],
  )
  return [text, write]
}
