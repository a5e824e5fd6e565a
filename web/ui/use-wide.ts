import { useSyncExternalStore } from 'react'

const query = matchMedia('(min-width: 1180px)')
const listen = (told: () => void) => {
  query.addEventListener('change', told)
  return () => query.removeEventListener('change', told)
}

/** Whether a list and the record it leads to fit side by side. */
export const useWide = (): boolean => useSyncExternalStore(listen, () => query.matches)
