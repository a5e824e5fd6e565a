import { CSPProvider } from '@base-ui/react/csp-provider'
import type { ReactNode } from 'react'
import { NavigationContext } from './link.tsx'
import { ToastProvider } from './toast.tsx'
import { SingleKeysContext } from './use-hotkeys.ts'

type Props = {
  navigate?: (href: string) => void
  preload?: (href: string) => void
  singleKeys?: boolean
  children: ReactNode
}

/** Wraps the whole app once: how links navigate, whether single-key shortcuts work, toasts, no inline styles. */
export function UiProvider({ navigate, preload, singleKeys = true, children }: Props) {
  return (
    <CSPProvider disableStyleElements>
      <NavigationContext value={{ navigate, preload }}>
        <SingleKeysContext value={singleKeys}>
          <ToastProvider>{children}</ToastProvider>
        </SingleKeysContext>
      </NavigationContext>
    </CSPProvider>
  )
}
