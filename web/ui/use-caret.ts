import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react'

/** Puts the caret of a text where it belongs once new words are drawn, before the next key arrives. In: the text. Out: what is told the place. */
export function useCaret(area: RefObject<HTMLTextAreaElement | null>): (place: number) => void {
  const wanted = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (wanted.current === null) return
    area.current?.focus()
    area.current?.setSelectionRange(wanted.current, wanted.current)
    wanted.current = null
  })
  return useCallback((place) => {
    wanted.current = place
  }, [])
}
