import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import type { Member } from '#shared/company.ts'
import { addPartner, checkPartner, countPartners, listPartners, type PartnerRow } from '#shared/partners.ts'
import { ApiProblem, call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { calledName } from '../../shell/deal-words.ts'
import { useGo } from '../../shell/go.ts'
import { useAddress } from '../../shell/use-address.ts'
import { keepDraft, readDraft } from '../../shell/use-draft.ts'
import { Button } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useToast } from '../../ui/toast.tsx'
import { AccessPane } from './access-pane.tsx'
import {
  type AddDraft,
  bodyOf,
  draftName,
  emptyDraft,
  type Pane as PaneName,
  panes,
  presetWords,
  showRefusal,
} from './add-form.ts'
import { CompanyPane } from './company-pane.tsx'
import { Pane } from './pane.tsx'
import { ReviewPane } from './review-pane.tsx'
import { useCheck } from './use-check.ts'

type Problem = { said: string; href?: string }

export function AddPartnerForm({ members, me }: { members: Member[]; me: string }) {
  const form = useForm<AddDraft>({ defaultValues: { ...emptyDraft, ...readDraft<AddDraft>(draftName) } })
  const draft = { ...emptyDraft, ...useWatch({ control: form.control }) } as AddDraft
  const [words, change] = useAddress()
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const queries = useQueryClient()
  const { show } = useToast()
  const go = useGo()
  const check = useCheck(draft)
  const typed = JSON.stringify(draft) !== JSON.stringify(emptyDraft)
  const ready = draft.legal_name.trim() !== '' && draft.email.trim() !== ''
  const open: PaneName = ready ? (panes.find((pane) => pane === words.step) ?? 'company') : 'company'
  const at = panes.indexOf(open)

  const over = useRef(false)
  useEffect(() => {
    if (!over.current) keepDraft(draftName, typed ? draft : null)
  })
  const forget = () => {
    over.current = true
    keepDraft(draftName, null)
  }

  const [focus, setFocus] = useState<keyof AddDraft>()
  const to = (pane: PaneName, field?: keyof AddDraft) => {
    setFocus(field)
    change({ step: pane === 'company' ? undefined : pane }, { push: true })
  }

  /** Goes on once name and address stand, and once whatever speaks against them has been in view. */
  const leaveCompany = async () => {
    const whole = await form.trigger(['legal_name', 'email'], { shouldFocus: true })
    if (!whole || busy) return
    const seen = { suggestion: check.email?.email_suggestion ?? null, ids: check.lookalikes.map((it) => it.id) }
    setBusy(true)
    const now = await check.settle(form.getValues())
    setBusy(false)
    if (now?.email_ok === false) {
      form.setError('email', { message: 'Write an address like ana@company.com.' }, { shouldFocus: true })
      return
    }
    const known = [...seen.ids, ...form.getValues('different')]
    const stops =
      now?.lookalikes.some((it) => it.match === 'same' || !known.includes(it.id)) ||
      (now?.email_suggestion ?? null) !== seen.suggestion
    if (!stops) to('access')
  }

  const save = async () => {
    if (busy) return
    setBusy(true)
    setProblem(null)
    try {
      const partner = await call(addPartner, { body: bodyOf(form.getValues(), me) })
      forget()
      for (const id of [listPartners.id, countPartners.id, checkPartner.id, 'get_home'])
        void queries.invalidateQueries({ queryKey: [id] })
      show({ text: `${calledName(partner.legal_name)} added. Nothing was emailed.` })
      go(`${paths.partner(partner.slug)}?added=1`)
    } catch (error) {
      // Somebody merged or removed one of them meanwhile.
      const gone = error instanceof ApiProblem && error.status === 404 && form.getValues('different').length > 0
      if (gone) form.setValue('different', [])
      const { said, field } = gone
        ? { said: 'A partner that looked like this one is gone by now. Add it again.', field: false }
        : showRefusal(form, error)
      const there = error instanceof ApiProblem ? (error.problem.current as PartnerRow | undefined) : undefined
      if (there?.slug) setProblem({ said, href: paths.partner(there.slug) })
      else if (field) to('company')
      else setProblem({ said })
      setBusy(false)
    }
  }

  const discard = () => {
    const kept = form.getValues()
    forget()
    go(paths.partners)
    if (!typed) return
    const undo = () => {
      keepDraft(draftName, kept)
      go(paths.addPartner)
    }
    show({ text: 'Draft discarded.', undo })
  }

  const pane = (name: PaneName) => {
    const place = panes.indexOf(name)
    const state = name === open ? ('open' as const) : place < at ? ('done' as const) : ('later' as const)
    return { number: place + 1, state, ...(place < at ? { onOpen: () => to(name) } : {}) }
  }
  const team = draft.team_access === 'everyone' ? 'Everyone on your team' : 'People you picked'
  return (
    <>
      <PageHeader title="Add partner">
        {typed && <span className="ui-cap ui-muted ui-desk">Draft kept in this tab</span>}
        <Button variant="quiet" onClick={discard}>
          Cancel
        </Button>
      </PageHeader>
      <div className="partners-add">
        <Pane
          title="Company"
          summary={draft.legal_name}
          {...pane('company')}
          onNext={() => void leaveCompany()}
          {...(focus ? { focus } : {})}
        >
          <CompanyPane form={form} check={check} busy={busy} />
        </Pane>
        <Pane
          title="Access"
          summary={`${team}. If invited: ${presetWords(draft.permissions).toLowerCase()}.`}
          {...pane('access')}
          onNext={() => to('review')}
          onBack={() => to('company')}
        >
          <AccessPane form={form} members={members} me={me} />
        </Pane>
        <Pane
          title="Review"
          summary="Check the name and the address, then add. Nothing is emailed."
          {...pane('review')}
          onNext={() => void save()}
          onBack={() => to('access')}
        >
          <ReviewPane draft={draft} members={members} problem={problem} busy={busy} onEdit={to} />
        </Pane>
      </div>
    </>
  )
}
