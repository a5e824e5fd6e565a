import { createContext, type RefObject, use } from 'react'

type Host = RefObject<HTMLElement | null>

const main: Host = {
  get current() {
    return document.getElementById('main')
  },
}

export const PortalHost = createContext<Host>(main)

/**
 * Where menus, selects and tooltips are put: inside `<main>`, or inside the dialog they were opened from, because the
 * page behind a dialog is hidden from assistive technology.
 */
export function usePortalHost(): Host {
  return use(PortalHost)
}
