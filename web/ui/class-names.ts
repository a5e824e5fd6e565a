/** Joins the class names that are set. */
export function classNames(...names: (string | number | bigint | boolean | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
