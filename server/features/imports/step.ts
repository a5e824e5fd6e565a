import type { Import } from '#shared/imports.ts'

export type Result = NonNullable<Import['result']>

/** What is done with the rows of an import from one line to another. Out: what it adds to the result. */
export type Step = (import_id: string, from: number, to: number) => Promise<Partial<Result>>
