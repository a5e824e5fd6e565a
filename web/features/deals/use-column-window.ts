import { type RefObject, useEffect, useMemo, useState } from 'react'

const from = 20
const beyond = 600
const gap = 8

/**
 * Which cards of a long column are drawn while the page scrolls; all of them up to 20. In: how high each card is, and the
 * list that holds them. Out: the first and the one after the last, and the space before and after.
 */
export function useColumnWindow(heights: number[], list: RefObject<HTMLElement | null>) {
  const whole = heights.length <= from
  const [shown, setShown] = useState({ top: 0, bottom: innerHeight + beyond })
  const starts = useMemo(() => {
    let at = 0
    return heights.map((height) => {
      const start = at
      at += height + gap
      return start
    })
  }, [heights])
  useEffect(() => {
    if (whole) return
    const look = () => {
      const place = list.current?.getBoundingClientRect().top
      if (place === undefined) return
      // In steps, so that not every pixel draws anew.
      const top = Math.floor((-place - beyond) / 200) * 200
      setShown((now) => (now.top === top ? now : { top, bottom: top + innerHeight + 2 * beyond + 200 }))
    }
    look()
    addEventListener('scroll', look, { passive: true })
    addEventListener('resize', look)
    return () => {
      removeEventListener('scroll', look)
      removeEventListener('resize', look)
    }
  }, [whole, list])
  if (whole) return { first: 0, end: heights.length, before: 0, after: 0 }
  const total = (starts.at(-1) ?? 0) + (heights.at(-1) ?? 0)
  const passed = starts.findIndex((start) => start > shown.top)
  const first = passed < 0 ? Math.max(0, heights.length - 1) : Math.max(0, passed - 1)
  const below = starts.findIndex((start) => start > shown.bottom)
  const end = below < 0 ? heights.length : below
  const after = end < heights.length ? total - (starts[end] ?? 0) : 0
  return { first, end, before: starts[first] ?? 0, after }
}
