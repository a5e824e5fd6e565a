import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { type Deal, editDeal } from '#shared/deals.ts'
import { ApiProblem, call } from '../../api.ts'
import { calledName } from '../../shell/deal-words.ts'
import { useSession } from '../../shell/session.tsx'
import { keepDraft, readDraft } from '../../shell/use-draft.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { KeyValues } from '../../ui/card.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { AskField, CloseField, CustomerFields, NextStepField, ValueFields } from './deal-fields.tsx'
import { type DealDraft, draftOf, fieldsOf, showRefusal } from './deal-form.ts'
import { keepDeal } from './sharing.ts'

type Kept = { version: number; draft: DealDraft }

/** The facts of a deal. If someone saved first, both versions are shown and the person chooses. */
export function EditDeal({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const { member } = useSession()
  const currency = member?.currency ?? 'EUR'
  const draftName = `deal:${deal.id}`
  const [started] = useState(() => readDraft<Kept>(draftName))
  const [version, setVersion] = useState(started?.version ?? deal.version)
  const [problem, setProblem] = useState<string | null>(null)
  const [theirs, setTheirs] = useState<{ deal: Deal; said: string } | null>(null)
  const form = useForm<DealDraft>({ defaultValues: started?.draft ?? draftOf(deal, currency) })
  const draft = useWatch({ control: form.control }) as DealDraft
  const queries = useQueryClient()
  const { show } = useToast()

  useEffect(() => {
    if (form.formState.isDirty) keepDraft(draftName, { version, draft })
  }, [draft, draftName, version, form.formState.isDirty])

  const leave = () => {
    keepDraft(draftName, null)
    onClose()
  }
  const save = (over = version) =>
    form.handleSubmit(async (given) => {
      setProblem(null)
      try {
        const now = await call(editDeal, {
          params: { deal: deal.id },
          body: { version: over, ...fieldsOf(given) },
        })
        keepDeal(queries, now)
        show({ text: 'Details saved.' })
        leave()
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 409 && error.problem.current)
          setTheirs({ deal: error.problem.current as Deal, said: error.problem.detail })
        else setProblem(showRefusal(form, error))
      }
    })()
  const keepMine = () => {
    if (!theirs) return
    setVersion(theirs.deal.version)
    setTheirs(null)
    void save(theirs.deal.version)
  }
  const takeTheirs = () => {
    if (!theirs) return
    form.reset(draftOf(theirs.deal, currency))
    keepDraft(draftName, null)
    setVersion(theirs.deal.version)
    setTheirs(null)
    keepDeal(queries, theirs.deal)
  }
  useHotkeys({ 'mod+enter': () => void save() }, { inFields: true })

  return (
    <SidePanel
      open
      onOpenChange={(open) => !open && onClose()}
      title="Edit details"
      footer={
        <>
          <Button onClick={leave}>Cancel</Button>
          <Button variant="primary" keys="Ctrl Enter" busy={form.formState.isSubmitting} onClick={() => void save()}>
            Save details
          </Button>
        </>
      }
    >
      <form
        className="ui-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {theirs && (
          <Conflict
            said={theirs.said}
            mine={draft}
            theirs={draftOf(theirs.deal, currency)}
            onMine={keepMine}
            onTheirs={takeTheirs}
          />
        )}
        {problem && (
          <Banner tone="danger" role="alert">
            {problem} What you typed is kept.
          </Banner>
        )}
        <CustomerFields form={form} />
        <ValueFields form={form} currency={currency} />
        <CloseField form={form} />
        <AskField form={form} partner={calledName(deal.partner.legal_name)} />
        <NextStepField form={form} />
        <button type="submit" hidden />
      </form>
    </SidePanel>
  )
}

const names: [keyof DealDraft, string][] = [
  ['customer_company', 'Customer company'],
  ['customer_contact_name', 'Contact name'],
  ['customer_contact_email', 'Contact email'],
  ['customer_contact_phone', 'Contact phone'],
  ['value', 'Value'],
  ['currency', 'Currency'],
  ['expected_close', 'Expected close'],
  ['ask', 'We want'],
  ['next_step', 'Next step'],
]

type ConflictProps = { said: string; mine: DealDraft; theirs: DealDraft; onMine: () => void; onTheirs: () => void }

function Conflict({ said, mine, theirs, onMine, onTheirs }: ConflictProps) {
  const differ = names.filter(([name]) => mine[name] !== theirs[name])
  return (
    <Banner
      tone="warn"
      role="alert"
      action={
        <>
          <Button onClick={onMine}>Keep mine</Button>
          <Button onClick={onTheirs}>Use theirs</Button>
        </>
      }
    >
      <p>{said}</p>
      {differ.length > 0 ? (
        <KeyValues
          items={differ.map(([name, label]) => [
            label,
            <span key={name}>
              Yours: {mine[name] || 'empty'}
              <br />
              Theirs: {theirs[name] || 'empty'}
            </span>,
          ])}
        />
      ) : (
        <p>Its details are the same as yours.</p>
      )}
    </Banner>
  )
}
