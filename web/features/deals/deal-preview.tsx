import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import type * as z from 'zod/mini'
import { type DealRow, type DealSight, previewDeal } from '#shared/deals.ts'
import type { Partner } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { closeWords, listNames } from '../../shell/deal-words.ts'
import { useLists } from '../../shell/lists.tsx'
import { Banner } from '../../ui/banner.tsx'
import { TextButton } from '../../ui/button.tsx'
import { KeyValues, PreviewFrame } from '../../ui/card.tsx'
import { formatMoney } from '../../ui/money.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { type DealDraft, exceptionsOf, fieldsOf, isAddress } from './deal-form.ts'
import './deal-sight.css'

type Sight = z.output<typeof DealSight>

/** Asks the server what the partner's people will see of the deal being written, 300 ms after the last key. */
export function useDealPreview(kind: DealRow['kind'], partner: Partner, draft: DealDraft) {
  const body = useSettled(JSON.stringify(previewBody(kind, partner, draft)))
  return useQuery({
    queryKey: [previewDeal.id, partner.id, partner.version, body],
    queryFn: ({ signal }) => call(previewDeal, { params: { partner: partner.id }, body: JSON.parse(body) }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    gcTime: 30_000,
  })
}

type Preview = ReturnType<typeof useDealPreview>

/** Exactly what they will see, in amber. */
export function DealPreview({ preview: { data, isError, refetch }, called }: { preview: Preview; called: string }) {
  if (isError)
    return (
      <Banner tone="danger" role="alert" action={<TextButton onClick={() => void refetch()}>Try again</TextButton>}>
        We couldn&apos;t build the preview. Nothing was shared.
      </Banner>
    )
  return (
    <PreviewFrame title={`What ${called} will see`}>
      {data ? <Shown sight={data} called={called} /> : <Skeleton kind="text" count={4} />}
    </PreviewFrame>
  )
}

/** What the team should think about before it shares; the partner never reads this. */
export function Guards({ preview }: { preview: Preview }) {
  return preview.data?.guards.map((guard) => (
    <Banner key={guard} tone="warn" role="status">
      {guard}
    </Banner>
  ))
}

function Shown({ sight, called }: { sight: Sight; called: string }) {
  const { stageName } = useLists()
  if (!sight.shown) return <p className="ui-muted">{sight.why_not ?? `${called} will not see this deal.`}</p>
  return (
    <div className="ui-stack deals-sight" aria-live="polite">
      <div>
        <p className="deals-sight-name">{sight.customer_company || <Blank>Customer company</Blank>}</p>
        <p>{sight.ask || <Blank>What you want from {called}</Blank>}</p>
      </div>
      <KeyValues
        items={[
          ['Stage', stageName(sight.stage)],
          ['Value', amountOf(sight)],
          ['Expected close', closeWords(sight.expected_close) ?? <Blank>Not given</Blank>],
          ['Contact', contactOf(sight)],
        ]}
      />
      <p className="ui-cap deals-sight-people">
        {sight.people.length > 0
          ? `${listNames(sight.people)} will see this.`
          : `Nobody at ${called} can get in yet. They will see it once you invite them.`}
      </p>
    </div>
  )
}

const Blank = ({ children }: { children: ReactNode }) => <span className="ui-muted">{children}</span>

function amountOf(sight: Sight) {
  if (!sight.value_shown) return <Blank>Value hidden</Blank>
  if (sight.value_minor === null || sight.currency === null) return <Blank>Not given</Blank>
  return formatMoney(sight.value_minor, sight.currency)
}

function contactOf(sight: Sight) {
  if (!sight.customer_contact_shown) return <Blank>Contact hidden</Blank>
  const lines = [sight.customer_contact_name, sight.customer_contact_email, sight.customer_contact_phone].filter(
    (line) => line !== null,
  )
  return lines.length > 0 ? lines.map((line) => <div key={line}>{line}</div>) : <Blank>Not given</Blank>
}

/** A half-typed address is not asked about: it would be refused. */
function previewBody(kind: DealRow['kind'], partner: Partner, draft: DealDraft) {
  const fields = fieldsOf(draft)
  const email = fields.customer_contact_email
  return {
    kind,
    ...fields,
    customer_contact_email: email && isAddress(email) ? email : null,
    expected_close: /^\d{4}-\d\d-\d\d$/.test(draft.expected_close) ? draft.expected_close : null,
    stage: draft.stage,
    our_owner_id: draft.our_owner_id,
    their_owner_id: draft.their_owner_id || null,
    ...exceptionsOf(draft, partner.permissions),
  }
}

/** A value once it has rested for 300 ms. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 300)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
