import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { type BulkChange, changeManyPartners, previewBulk } from '#shared/bulk.ts'
import { listPartners, type PartnerRow } from '#shared/partners.ts'
import { confirmMainContacts, type GroundRule, type RuleName } from '#shared/rules.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useUndo } from '../../shell/use-undo.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Link } from '../../ui/link.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { NameRepair } from './name-repair.tsx'
import { useChange } from './use-change.ts'
import { useRepairChoices } from './use-repair-choices.ts'

const shown = 100
const titles: Record<RuleName, string> = {
  legal_name: 'Names that are no legal names',
  type: 'Partners without a type',
  owner: 'Partners without an owner',
  tags: 'Partners with too many tags',
  main_contact: 'Main contacts to confirm',
  quiet: 'Quiet partners',
}
const advice: Record<RuleName, string> = {
  legal_name: 'Write each as in the contract. Links to the old name keep working.',
  type: 'Give all of them one type, or each its own.',
  owner: 'Give all of them to one person, or each to somebody.',
  tags: 'Which tags go is for you to say, one partner after another.',
  main_contact: 'Confirm those you know are still right. Where there is none, choose one.',
  quiet: 'Make all of them Dormant, or only some. Dormant partners may be quiet.',
}

/** Who breaks a rule, and what puts it right: for all at once with Undo, or one by one. */
export function RepairDialog({ rule: { rule, breaks }, onClose }: { rule: GroundRule; onClose: () => void }) {
  const query = { breaks: rule, limit: String(shown) } as const
  const { data, isError, refetch } = useQuery(ask(listPartners, { query }))
  const list = useRef<HTMLUListElement>(null)
  const rows = data?.items ?? []
  // The row that was put right goes; the next one is where the hand already is.
  const next = (at: number) =>
    requestAnimationFrame(() => {
      const items = list.current?.querySelectorAll<HTMLElement>('li :is(button, input)')
      const row = list.current?.children[Math.min(at, (list.current?.children.length ?? 1) - 1)]
      ;(row?.querySelector<HTMLElement>('button, input') ?? items?.[0])?.focus()
    })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={titles[rule]}
      description={advice[rule]}
      size="large"
      actions={<Button onClick={onClose}>Done</Button>}
      {...(data?.next ? { footnote: `The first ${shown} of ${breaks}.` } : {})}
    >
      <ForAll rule={rule} breaks={breaks} />
      {isError && !data && <ErrorState title="We couldn't load them." onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton count={4} />}
      {data && rows.length === 0 && <p className="rules-kept">Nobody breaks this rule any more.</p>}
      <ul className="rules-repair" ref={list} aria-label={titles[rule]}>
        {rows.map((row, at) => (
          <li key={row.id}>
            <Avatar name={row.legal_name} kind="company" />
            <span className="rules-who">
              <Link href={paths.partner(row.slug)} className="ui-trunc">
                {row.legal_name}
              </Link>
              <span className="ui-cap ui-muted">{row.main_contact ?? 'No main contact'}</span>
            </span>
            <OneByOne rule={rule} row={row} onDone={() => next(at)} />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function useRepair() {
  const change = useChange()
  const undo = useUndo()
  const toast = useToast()
  const done = (text: string, act: string | null | undefined) =>
    toast.show({ text, ...(act ? { undo: () => void undo(act) } : {}) })
  return {
    async many(which: { ids: string[] } | { matching: { breaks: RuleName } }, what: BulkChange) {
      const it = await change(() => call(changeManyPartners, { body: { ...which, change: what } }))
      if (!it) return
      const left = it.refused_count > 0 ? ` ${it.refused_count} are not yours to change.` : ''
      done(`${it.act ? `${it.act.says}.` : 'Nothing was changed.'}${left}`, it.act?.id)
    },
    async confirm(partner_ids?: string[]) {
      const it = await change(() => call(confirmMainContacts, { body: partner_ids ? { partner_ids } : {} }))
      if (!it) return
      const left = it.without > 0 ? ` ${it.without} ${it.without === 1 ? 'has' : 'have'} no main contact.` : ''
      done(`${it.confirmed} ${it.confirmed === 1 ? 'contact' : 'contacts'} confirmed.${left}`, it.act)
    },
  }
}

function ForAll({ rule, breaks }: { rule: RuleName; breaks: number }) {
  const repair = useRepair()
  const choices = useRepairChoices(rule)
  const [value, setValue] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const what: BulkChange | null =
    rule === 'quiet'
      ? { status: 'dormant' }
      : value === null
        ? null
        : rule === 'type'
          ? { type: value }
          : { owner_id: value }
  const asks = rule === 'type' || rule === 'owner' || rule === 'quiet'
  const { data: preview } = useQuery({
    queryKey: [previewBulk.id, rule, what],
    queryFn: () => call(previewBulk, { body: { matching: { breaks: rule }, change: what as BulkChange } }),
    enabled: asks && what !== null && breaks > 0,
  })
  if (rule === 'tags' || rule === 'legal_name' || breaks === 0) return null
  const run = async () => {
    setBusy(true)
    if (rule === 'main_contact') await repair.confirm()
    else if (what) await repair.many({ matching: { breaks: rule } }, what)
    setBusy(false)
  }
  const button: ReactNode =
    rule === 'main_contact'
      ? `Confirm all ${breaks}`
      : rule === 'quiet'
        ? `Make all ${breaks} Dormant`
        : `Set for all ${breaks}`
  return (
    <div className="rules-forall">
      {choices && (
        <Select
          label={rule === 'type' ? 'Type for all' : 'Owner for all'}
          placeholder={rule === 'type' ? 'One type for all' : 'One owner for all'}
          value={value}
          onChange={setValue}
          options={choices}
        />
      )}
      <Button busy={busy} onClick={() => void run()} {...(asks && !what ? { reason: 'Choose first.' } : {})}>
        {button}
      </Button>
      {preview && (
        <span className="ui-cap ui-muted" role="status">
          {preview.says}
          {preview.refused_count > 0 && `; ${preview.refused_count} are not yours to change`}
        </span>
      )}
    </div>
  )
}

function OneByOne({ rule, row, onDone }: { rule: RuleName; row: PartnerRow; onDone: () => void }) {
  const repair = useRepair()
  const choices = useRepairChoices(rule)
  const after = async (done: Promise<void>) => {
    await done
    onDone()
  }
  const set = (what: BulkChange) => void after(repair.many({ ids: [row.id] }, what))
  if (rule === 'legal_name') return <NameRepair row={row} onDone={onDone} />
  if (choices)
    return (
      <Select
        compact
        label={`${rule === 'type' ? 'Type' : 'Owner'} of ${row.legal_name}`}
        placeholder={rule === 'type' ? 'Choose a type' : 'Choose an owner'}
        value={null}
        onChange={(value) => set(rule === 'type' ? { type: value } : { owner_id: value })}
        options={choices}
      />
    )
  if (rule === 'quiet')
    return (
      <Button size="small" aria-label={`Make ${row.legal_name} Dormant`} onClick={() => set({ status: 'dormant' })}>
        Dormant
      </Button>
    )
  if (rule === 'main_contact' && row.main_contact)
    return (
      <Button
        size="small"
        aria-label={`Confirm ${row.main_contact} at ${row.legal_name}`}
        onClick={() => void after(repair.confirm([row.id]))}
      >
        Confirm
      </Button>
    )
  return (
    <Button size="small" href={paths.partner(row.slug, rule === 'main_contact' ? 'contacts' : 'overview')}>
      {rule === 'main_contact' ? 'Choose one' : 'Open'}
    </Button>
  )
}
