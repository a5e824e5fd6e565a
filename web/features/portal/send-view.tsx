import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ArrowLeft, CircleCheck } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { dealKinds, kindNames } from '#shared/deals.ts'
import { listPortalDeals, type Receipt, sendDeal } from '#shared/portal.ts'
import { ApiProblem, call, newKey } from '../../api.ts'
import { useTextDraft } from '../../shell/use-draft.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { KeyValues } from '../../ui/card.tsx'
import { RadioCards } from '../../ui/choices.tsx'
import { Field } from '../../ui/field.tsx'
import { Link } from '../../ui/link.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { TextArea, TextInput } from '../../ui/text-input.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { splitContact } from './contact-words.ts'
import { usePortal, type WorkspaceAnswer, whoToAsk } from './portal.tsx'

type Kind = (typeof dealKinds)[number]

/** Sends a deal to the company: four fields, then the receipt. */
export function SendView({ workspace }: { workspace: WorkspaceAnswer }) {
  useTitle(`Send a deal, ${workspace.company_name}`)
  const { hrefs } = usePortal()
  const [receipt, keep] = useState<Receipt | null>(null)
  return (
    <>
      <Link href={hrefs.deals} className="portal-back">
        <ArrowLeft /> Deals
      </Link>
      {receipt ? (
        <Received receipt={receipt} workspace={workspace} onAnother={() => keep(null)} />
      ) : workspace.sends_deals ? (
        <SendForm workspace={workspace} onSent={keep} />
      ) : (
        <>
          <h1>Send a deal</h1>
          <EmptyState>Your company can read here, not send deals. Ask {whoToAsk(workspace)} to turn it on.</EmptyState>
        </>
      )}
    </>
  )
}

function SendForm({ workspace, onSent }: { workspace: WorkspaceAnswer; onSent: (receipt: Receipt) => void }) {
  const { workspace: slug, reason } = usePortal()
  const { company_name: company } = workspace
  const queries = useQueryClient()
  const [kind, setKind] = useTextDraft(`${slug}.send.kind`)
  const [customer, setCustomer] = useTextDraft(`${slug}.send.customer`)
  const [ask, setAsk] = useTextDraft(`${slug}.send.ask`)
  const [contact, setContact] = useTextDraft(`${slug}.send.contact`)
  const [tried, setTried] = useState(false)
  const body = { kind: (kind || 'lead') as Kind, customer_company: customer, ask, ...splitContact(contact) }
  // Sent again unchanged, because no answer came, it is the same deal.
  const words = JSON.stringify(body)
  const [once, setOnce] = useState({ words, key: newKey() })
  if (once.words !== words) setOnce({ words, key: newKey() })
  const send = useMutation({
    mutationFn: () => call(sendDeal, { params: { workspace: slug }, body }, { once: once.key }),
    onSuccess: (receipt) => {
      for (const forget of [setKind, setCustomer, setAsk, setContact]) forget('')
      void queries.invalidateQueries({ queryKey: [listPortalDeals.id] })
      onSent(receipt)
    },
  })
  const problem = send.error instanceof ApiProblem ? send.error : null
  const missing = (text: string, say: string) => (tried && text.trim() === '' ? say : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (reason || send.isPending || customer.trim() === '' || ask.trim() === '') return
    send.mutate()
  }
  return (
    <>
      <h1>Send a deal to {company}</h1>
      <form className="portal-card portal-send" noValidate onSubmit={submit}>
        {send.error && !problem?.problem.errors?.length && (
          <Banner tone="danger" role="alert">
            {problem?.problem.detail ?? 'That was not sent.'} What you typed is kept.
          </Banner>
        )}
        <RadioCards
          label="What it is"
          name="kind"
          value={body.kind}
          onChange={setKind}
          options={dealKinds.map((value) => ({
            value,
            label: kindNames[value].name,
            hint:
              value === 'referral'
                ? 'You pass it on and step back.'
                : kindNames[value].line.replace('{partner}', company),
          }))}
        />
        <Field
          label="Customer company"
          required
          error={problem?.field('customer_company') ?? missing(customer, 'Name the customer.')}
        >
          <TextInput
            value={customer}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setCustomer(event.target.value)}
          />
        </Field>
        <Field
          label={`What do you want from ${company}?`}
          required
          error={problem?.field('ask') ?? missing(ask, `Say what ${company} can do.`)}
        >
          <TextArea rows={3} grow maxLength={2000} value={ask} onChange={(event) => setAsk(event.target.value)} />
        </Field>
        <Field
          label="Customer contact"
          optional
          hint="Whom to call there: a name, an email address, or both."
          error={problem?.field('customer_contact_email') ?? problem?.field('customer_contact_name')}
        >
          <TextInput
            value={contact}
            maxLength={300}
            autoComplete="off"
            onChange={(event) => setContact(event.target.value)}
          />
        </Field>
        <div className="portal-acts">
          <Button variant="primary" size="form" type="submit" busy={send.isPending} reason={reason}>
            {send.isPaused ? 'Pending' : 'Send deal'}
          </Button>
        </div>
      </form>
      <p className="portal-small">
        {company} answers here: accepts, declines with a reason, or asks back. Nobody but {company} and your own people
        sees it.
      </p>
    </>
  )
}

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' })

type ReceivedProps = { receipt: Receipt; workspace: WorkspaceAnswer; onAnother: () => void }

/** What stays with the sender: the same words whoever sent this customer before. */
function Received({ receipt, workspace, onAnother }: ReceivedProps) {
  const { hrefs } = usePortal()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {receipt.company_name} has your deal
      </h1>
      <section className="portal-card portal-receipt" aria-labelledby="receipt">
        <h2 id="receipt">
          <CircleCheck /> Received, waiting for {receipt.company_name}'s answer
        </h2>
        <KeyValues
          items={[
            ['Customer', receipt.customer_company],
            ['Reference', receipt.ref],
            [
              'Received',
              <time key="at" dateTime={receipt.received_at}>
                {moment.format(new Date(receipt.received_at))}
              </time>,
            ],
          ]}
        />
        <p>
          {whoToAsk(workspace)} reads it and answers here.
          {receipt.mailed_to && ` This receipt goes to ${receipt.mailed_to} too.`}
        </p>
        <div className="portal-acts">
          {workspace.sees_deals && (
            <Button size="form" variant="primary" href={hrefs.deal(receipt.ref)}>
              Open the deal
            </Button>
          )}
          <Button size="form" onClick={onAnother}>
            Send another
          </Button>
        </div>
      </section>
    </>
  )
}
