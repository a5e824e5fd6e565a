import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

const beyond = 12
const top_bar = 40
const bottom_bar = 120

/**
 * Which rows of a long list are drawn while the page scrolls; all of them up to `from`. Rows are as high as the first one.
 * In: how many, the body that holds them. Out: the first and the one after the last, the space before and after, how many
 * have been scrolled to, and what brings a row into view.
 */
export function useWindow(count: number, body: RefObject<HTMLElement | null>, from = 200) {
  const whole = count <= from
  const height = useRef(36)
  const [drawn, setDrawn] = useState({ first: 0, end: 60, seen: 0 })
  const look = useCallback(() => {
    const place = body.current?.getBoundingClientRect().top
    if (place === undefined) return
    const first = Math.max(0, Math.floor(-place / height.current) - beyond)
    const end = Math.ceil((innerHeight - place) / height.current) + beyond
    setDrawn((now) => (now.first === first && now.end === end ? now : { first, end, seen: end - beyond }))
  }, [body])
  useLayoutEffect(() => {
    const row = body.current?.querySelector<HTMLElement>('[data-row]')
    if (row) height.current = row.getBoundingClientRect().height || height.current
  })
  useEffect(() => {
    look()
    addEventListener('scroll', look, { passive: true })
    addEventListener('resize', look)
    return () => {
      removeEventListener('scroll', look)
      removeEventListener('resize', look)
    }
  }, [look])
  const reveal = useCallback(
    (index: number) => {
      const start = body.current?.getBoundingClientRect().top ?? 0
      const at = start + index * height.current
      const over = at + height.current - (innerHeight - bottom_bar)
      if (at < top_bar) scrollBy(0, at - top_bar)
      else if (over > 0) scrollBy(0, over)
      flushSync(look)
    },
    [body, look],
  )
  const first = whole ? 0 : Math.min(drawn.first, Math.max(0, count - 1))
  const end = whole ? count : Math.min(count, drawn.end)
  return { first, end, before: first * height.current, after: (count - end) * height.current, seen: drawn.seen, reveal }
}
