import { useQuery } from '@tanstack/react-query'
import { listLookalikes } from '#shared/merges.ts'
import { getPartner, listPartners, type Partner } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useGo } from '../../shell/go.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import { useDifferent } from './use-different.ts'

const others = (partner: Partner) => async (q: string, signal: AbortSignal) => {
  const { items } = await call(listPartners, { query: { ...(q ? { q } : {}), view: 'all', limit: '20' } }, { signal })
  return items
    .filter((one) => one.id !== partner.id)
    .map((one) => ({ value: one.id, label: one.legal_name, icon: <Avatar name={one.legal_name} kind="company" /> }))
}

/** Which partner is the same company: those that look like it first, or any other. */
export function MergeOther({ partner, other }: { partner: Partner; other: string | undefined }) {
  const go = useGo()
  const { data: chosen } = useQuery({ ...ask(getPartner, { params: { slug: other ?? '' } }), enabled: Boolean(other) })
  return (
    <Card title="The other partner" note={`It becomes part of ${partner.legal_name}.`}>
      <Lookalikes partner={partner} other={other} />
      <div className="ui-row ui-wrap merge-pick">
        <Field label="Merge with">
          <Combobox
            label="Merge with"
            value={chosen ? { value: chosen.id, label: chosen.legal_name } : null}
            onChange={(option) => go(paths.merge(partner.slug, option?.value))}
            load={others(partner)}
            placeholder="Choose a partner"
            searchLabel="Search partners"
          />
        </Field>
        {chosen && <Button href={paths.merge(chosen.slug, partner.id)}>Keep {chosen.legal_name} instead</Button>}
      </div>
    </Card>
  )
}

function Lookalikes({ partner, other }: { partner: Partner; other: string | undefined }) {
  const different = useDifferent(partner.id)
  const { data } = useQuery(ask(listLookalikes, { params: { partner: partner.id } }))
  if (!data || data.items.length === 0) return null
  return (
    <ul className="merge-lookalikes" aria-label="Looks like the same company">
      {data.items.map((it) => (
        <li key={it.id} className="ui-row ui-wrap">
          <span className="ui-grow">
            <b>{it.legal_name}</b> <span className="ui-cap ui-muted">{it.why}</span>
          </span>
          {it.id !== other && (
            <Button size="small" href={paths.merge(partner.slug, it.id)}>
              Compare
            </Button>
          )}
          <Button size="small" onClick={() => void different(it)}>
            A different company
          </Button>
        </li>
      ))}
    </ul>
  )
}
