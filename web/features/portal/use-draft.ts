import { useState } from 'react'

/** Text that survives a reload of this tab. Out: the text, how to change it, how to forget it. */
export function useDraft(key: string): [string, (text: string) => void] {
  const name = `partnered.draft.${key}`
  const [text, setText] = useState(() => read(name))
  const write = (next: string) => {
    setText(next)
    try {
      if (next) sessionStorage.setItem(name, next)
      else sessionStorage.removeItem(name)
    } catch {
      // Storage may be closed (private windows): the text still stands on the page.
    }
  }
  return [text, write]
}

function read(name: string): string {
  try {
    return sessionStorage.getItem(name) ?? ''
  } catch {
    return ''
  }
}
