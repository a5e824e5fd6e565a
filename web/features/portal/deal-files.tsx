import { FileLine } from './file-line.tsx'
import { useFilePages } from './use-pages.ts'

/** Files shared on one deal; nothing where there are none. */
export function DealFiles({ dealRef }: { dealRef: string }) {
  const { items } = useFilePages(dealRef)
  if (!items || items.length === 0) return null
  return (
    <section aria-labelledby="files">
      <h2 id="files">Files</h2>
      <ul className="portal-list">
        {items.map((file) => (
          <li key={file.id} className="portal-file-row">
            <FileLine file={file} of_deal />
          </li>
        ))}
      </ul>
    </section>
  )
}
