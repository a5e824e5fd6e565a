export const filters = ['partner', 'person', 'channel', 'record', 'from', 'until'] as const

/** What the address says about which lines of the log. */
export type LogFilters = Partial<Record<(typeof filters)[number], string>>
