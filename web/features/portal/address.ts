import { useSyncExternalStore } from 'react'

const changed = 'partnered:address'
const ours = /^\/(p|i|sign-in)(\/|$|\?)/

/** Goes to an address. Pages outside this bundle are loaded by the browser. */
export function goTo(href: string): void {
  if (!ours.test(href)) {
    window.location.assign(href)
    return
  }
  window.history.pushState(null, '', href)
  window.dispatchEvent(new Event(changed))
  window.scrollTo(0, 0)
  document.getElementById('main')?.focus({ preventScroll: true })
}

const watch = (tell: () => void) => {
  window.addEventListener('popstate', tell)
  window.addEventListener(changed, tell)
  return () => {
    window.removeEventListener('popstate', tell)
    window.removeEventListener(changed, tell)
  }
}

/** The parts of the path, decoded; empty when one cannot be read. */
export function useParts(): string[] {
  const path = useSyncExternalStore(watch, () => window.location.pathname)
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent)
  } catch {
    return []
  }
}
