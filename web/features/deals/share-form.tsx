import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Controller, useForm, useWatch } from 'react-hook-form'
import type { Member } from '#shared/company.ts'
import type { Contact } from '#shared/contacts.ts'
import { addDeal, type DealRow } from '#shared/deals.ts'
import type { Partner } from '#shared/partners.ts'
import type { Session } from '#shared/session.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { calledName, whose } from '../../shell/deal-words.ts'
import { useGo } from '../../shell/go.ts'
import { useLists } from '../../shell/lists.tsx'
import { keepDraft, readDraft } from '../../shell/use-draft.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Link } from '../../ui/link.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { AskField, CloseField, CustomerFields, PickField, ValueFields } from './deal-fields.tsx'
import { type DealDraft, emptyDraft, exceptionsOf, fieldsOf, showRefusal } from './deal-form.ts'
import { DealPreview, Guards, useDealPreview } from './deal-preview.tsx'
import { Exceptions } from './exceptions.tsx'
import { saveWords } from './share-words.ts'
import { keepDeal, useSharing } from './sharing.ts'

type Props = {
  kind: DealRow['kind']
  partner: Partner
  contacts: Contact[]
  members: Member[]
  me: Session['members'][number]
}

export function ShareForm({ kind, partner, contacts, members, me }: Props) {
  const called = calledName(partner.legal_name)
  const draftName = `share:${partner.id}`
  const form = useForm<DealDraft>({
    defaultValues: { ...emptyDraft(me.member_id, me.currency), ...readDraft<DealDraft>(draftName) },
  })
  const draft = useWatch({ control: form.control }) as DealDraft
  const [problem, setProblem] = useState<string | null>(null)
  const { count } = useSharing()
  const { show } = useToast()
  const queries = useQueryClient()
  const go = useGo()
  const preview = useDealPreview(kind, partner, draft)
  const leaves = partner.works_via !== 'internal' && partner.permissions.sees_deals

  useEffect(() => {
    if (form.formState.isDirty) keepDraft(draftName, draft)
  }, [draft, draftName, form.formState.isDirty])

  const save = form.handleSubmit(async (given) => {
    setProblem(null)
    try {
      const deal = await call(addDeal, {
        params: { partner: partner.id },
        body: {
          kind,
          direction: kind === 'referral' ? given.direction : 'given',
          ...fieldsOf(given),
          stage: given.stage,
          our_owner_id: given.our_owner_id,
          their_owner_id: given.their_owner_id || null,
          ...exceptionsOf(given, partner.permissions),
          share: leaves,
        },
      })
      keepDraft(draftName, null)
      keepDeal(queries, deal)
      go(paths.deal(deal.ref))
      if (leaves) count(deal)
      else show({ text: `Saved. Nothing was ${partner.works_via === 'internal' ? 'sent' : 'shared'}.` })
    } catch (error) {
      setProblem(showRefusal(form, error))
    }
  })
  const unseen =
    leaves && preview.isError ? `You haven't seen what ${called} will see. Try the preview again.` : undefined
  useHotkeys({ 'mod+enter': () => (unseen ? undefined : void save()) }, { inFields: true })

  const { roleName, stageOptions } = useLists()
  const people = [{ value: '', label: 'Anyone there' }].concat(
    contacts.map((contact) => ({ value: contact.id, label: contact.name, hint: roleName(contact.role) ?? '' })),
  )
  return (
    <form className="deals-share-cols" onSubmit={save} noValidate>
      <div className="ui-stack">
        {kind === 'referral' && (
          <Controller
            control={form.control}
            name="direction"
            render={({ field }) => (
              <Segmented
                label="Who refers it"
                value={field.value}
                onChange={field.onChange}
                options={[
                  { value: 'given', label: 'We refer it' },
                  { value: 'received', label: `${called} refers it` },
                ]}
              />
            )}
          />
        )}
        <CustomerFields form={form} />
        <AskField form={form} partner={called} />
        <div className="deals-pair">
          <ValueFields form={form} currency={me.currency} />
          <PickField form={form} name="stage" label="Stage" options={stageOptions()} />
        </div>
        <CloseField form={form} />
        <div className="deals-pair">
          <PickField
            form={form}
            name="our_owner_id"
            label="Your owner"
            required
            options={members.map((member) => ({
              value: member.id,
              label: member.id === me.member_id ? `${member.name} (you)` : member.name,
            }))}
          />
          <PickField form={form} name="their_owner_id" label={`${whose(called)} owner`} options={people} />
        </div>
      </div>
      <aside className="ui-stack deals-share-side" aria-label={`Before you share with ${called}`}>
        {!partner.permissions.sees_deals && partner.works_via !== 'internal' && (
          <Banner
            tone="neutral"
            action={<Link href={paths.partner(partner.slug, 'access')}>Change what they see</Link>}
          >
            &quot;Deals you share&quot; is off for {called}. You can save this deal; they won&apos;t see it.
          </Banner>
        )}
        {partner.works_via === 'internal' && (
          <Banner tone="neutral">You keep {called} internal. They see nothing of this deal.</Banner>
        )}
        {leaves && <DealPreview preview={preview} called={called} />}
        <Guards preview={preview} />
        {leaves && <Exceptions form={form} partner={partner} />}
        {problem && (
          <Banner tone="danger" role="alert">
            {problem} What you typed is kept.
          </Banner>
        )}
        <Button
          variant="primary"
          size="form"
          type="submit"
          keys="Ctrl Enter"
          busy={form.formState.isSubmitting}
          reason={unseen}
        >
          {saveWords(partner, kind)}
        </Button>
        {leaves && <p className="ui-cap ui-muted">It leaves after 10 seconds. Until then you can undo it.</p>}
      </aside>
    </form>
  )
}
