import type { ReactNode } from 'react'

export type MenuItem = {
  label: string
  icon?: ReactNode
  keys?: string
  hint?: string
  onSelect?: () => void
  href?: string
  danger?: boolean
  reason?: string
  checked?: boolean
}
export type MenuEntry = MenuItem | 'separator' | { heading: string }
