import { createContext, use } from 'react'

export const InDialog = createContext(false)

/**
 * Where menus, selects and tooltips are put: inside `<main>`, so they belong to a landmark. Inside a dialog they go to
 * the dialog's own portal (undefined), because the page behind it is hidden from assistive technology.
 */
export function usePortalHost(): HTMLElement | undefined {
  const inDialog = use(InDialog)
  if (inDialog || typeof document === 'undefined') return undefined
  return document.getElementById('main') ?? undefined
}
