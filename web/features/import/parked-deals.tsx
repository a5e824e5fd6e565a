import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type * as z from 'zod/mini'
import { discardParkedDeal, listParkedDeals, type ParkedDeal, placeParkedDeal } from '#shared/imports.ts'
import { listPartners } from '#shared/partners.ts'
import { ApiProblem, call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button, TextButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Link } from '../../ui/link.tsx'
import { formatMoney } from '../../ui/money.tsx'
import type { Option } from '../../ui/option.ts'
import { useToast } from '../../ui/toast.tsx'
import { dealCount } from './import-words.ts'

type Parked = z.output<typeof ParkedDeal>

const loadPartners = async (q: string, signal: AbortSignal) => {
  const { items } = await call(listPartners, { query: { ...(q ? { q } : {}), limit: '20' } }, { signal })
  return items
    .filter((partner) => !partner.archived_at)
    .map((partner) => ({
      value: partner.id,
      label: partner.legal_name,
      icon: <Avatar name={partner.legal_name} kind="company" />,
    }))
}

/** Imported deals that wait for their partner, by the name their sheet gives: said once, all of one name follow. */
export function ParkedDeals({ of }: { of?: string }) {
  const { data } = useQuery(ask(listParkedDeals, { query: { limit: '200', ...(of ? { import: of } : {}) } }))
  const items = data?.items ?? []
  if (items.length === 0) return null
  const named = Map.groupBy(items, (one) => `${one.import_id} ${one.partner_name}`)
  return (
    <Card
      level={2}
      title="Deals that wait for their partner"
      count={data?.next ? '200+' : items.length}
      note="Shared with nobody."
      flush
    >
      <ul className="import-parked">
        {[...named.values()].map((deals) => (
          <Waiting key={deals[0]?.id} deals={deals} />
        ))}
      </ul>
    </Card>
  )
}

function Waiting({ deals }: { deals: Parked[] }) {
  const queries = useQueryClient()
  const { show } = useToast()
  const [partner, choose] = useState<Option | null>(null)
  const first = deals[0]!
  const refused = (error: Error) =>
    show({
      tone: 'danger',
      text: error instanceof ApiProblem ? error.problem.detail : 'That did not work. Nothing was lost.',
    })
  const again = () => {
    void queries.invalidateQueries({ queryKey: [listParkedDeals.id] })
    void queries.invalidateQueries({ queryKey: ['list_deals'] })
  }
  const place = useMutation({
    mutationFn: (partner_id: string) =>
      call(placeParkedDeal, { params: { parked: first.id }, body: { partner_id, all_named: true } }),
    onSuccess: ({ placed }) => show({ text: `${dealCount(placed)} added at ${partner?.label}. Shared with nobody.` }),
    onError: refused,
    onSettled: again,
  })
  const discard = useMutation({
    mutationFn: (id: string) => call(discardParkedDeal, { params: { parked: id } }),
    onError: refused,
    onSettled: again,
  })
  return (
    <li className="import-waiting">
      <div className="import-side">
        <b>{first.partner_name}</b>
        <ul className="import-waiting-deals">
          {deals.map((deal) => (
            <li key={deal.id}>
              <span>{deal.customer_company}</span>
              {deal.value_minor !== null && deal.currency && (
                <span className="ui-muted ui-num">{formatMoney(deal.value_minor, deal.currency)}</span>
              )}
              <TextButton
                aria-label={`Discard the deal with ${deal.customer_company}`}
                onClick={() => discard.mutate(deal.id)}
              >
                Discard
              </TextButton>
            </li>
          ))}
        </ul>
      </div>
      <div className="import-waiting-place">
        <Combobox
          label={`Partner for the deals of ${first.partner_name}`}
          value={partner}
          onChange={choose}
          load={loadPartners}
          placeholder="Which partner is it?"
          searchLabel="Search partners"
        />
        <Button
          size="form"
          busy={place.isPending}
          onClick={() => partner && place.mutate(partner.value)}
          {...(partner ? {} : { reason: 'Choose the partner first.' })}
        >
          Add {dealCount(deals.length)}
        </Button>
        <Link href={paths.addPartner} target="_blank">
          Add a partner
        </Link>
      </div>
    </li>
  )
}
