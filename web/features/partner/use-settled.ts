import { useEffect, useState } from 'react'

/** A value once it stopped changing for a moment. */
export function useSettled<T>(value: T, wait = 300): T {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => settle(value), wait)
    return () => clearTimeout(timer)
  }, [value, wait])
  return settled
}
