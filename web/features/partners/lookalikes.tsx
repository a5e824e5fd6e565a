import type { PartnerRow } from '#shared/partners.ts'
import { paths } from '../../paths.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'

export type Lookalike = Pick<PartnerRow, 'id' | 'slug' | 'legal_name'> & {
  owner_name: string | null
  match: 'same' | 'likely'
  why: string
}

/** Partners that may be the one being typed. One that is surely the same can only be opened. */
export function Lookalikes({ items, onDifferent }: { items: Lookalike[]; onDifferent: (id: string) => void }) {
  return items.map((it) => (
    <Banner
      key={it.id}
      tone={it.match === 'same' ? 'danger' : 'warn'}
      role="status"
      action={
        <>
          <Button size="small" href={paths.partner(it.slug)}>
            Open it
          </Button>
          {it.match === 'likely' && (
            <Button size="small" onClick={() => onDifferent(it.id)}>
              This is a different company
            </Button>
          )}
        </>
      }
    >
      <b>{it.legal_name}</b> is already here, {it.owner_name ? `owner ${it.owner_name}` : 'without an owner'}. {it.why}.
    </Banner>
  ))
}
