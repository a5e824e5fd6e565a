type Deleted = { name: string; setup_open: boolean }
let deleted: Deleted | null = null

/** For the one page after it: nothing else knows of the company any more. */
export function rememberDeleted(it: Deleted): void {
  deleted = it
}
export const lastDeleted = (): Deleted | null => deleted
