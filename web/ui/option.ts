import type { ReactNode } from 'react'

export type Option = { value: string; label: string; hint?: string; icon?: ReactNode }
/** The value of the option that offers to create what was typed. */
export const CREATE = 'ui:create'
