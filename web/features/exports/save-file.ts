import type { Download } from '#shared/endpoint.ts'

/** Hands a file to the browser to save. */
export function saveFile({ name, blob }: Download): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser reads it after this returns.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
