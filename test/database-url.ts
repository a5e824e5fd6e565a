/** The same URL for another database of the server. */
export function withDatabase(base_url: string, name: string): string {
  const url = new URL(base_url)
  url.pathname = `/${name}`
  return url.href
}
