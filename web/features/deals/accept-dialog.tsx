import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getCompany, listMembers } from '#shared/company.ts'
import type { Deal } from '#shared/deals.ts'
import { ask } from '../../query.ts'
import { calledName } from '../../shell/deal-words.ts'
import { useLists } from '../../shell/lists.tsx'
import { useSession } from '../../shell/session.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { AskDialog } from './ask-dialog.tsx'
import { ProtectField } from './protect-field.tsx'
import { SameCustomer } from './same-customer.tsx'
import { useAnswers } from './use-answers.ts'

/** Takes what a partner sent into the pipeline: who works it, where it begins, whether it is protected for them. */
export function AcceptDialog({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const called = calledName(deal.partner.legal_name)
  const { member } = useSession()
  const { stageOptions } = useLists()
  const { data: team } = useQuery(ask(listMembers, {}))
  const { data: company } = useQuery(ask(getCompany, {}))
  const { accept } = useAnswers()
  const [owner, setOwner] = useState(deal.our_owner.id)
  const [stage, setStage] = useState(deal.stage)
  const [until, setUntil] = useState<string | null>(null)
  const people = (team?.items ?? [])
    .filter((one) => !one.deactivated_at && one.role !== 'read_only')
    .map(({ id, name }) => ({ value: id, label: id === member?.member_id ? `${name} (you)` : name }))
  return (
    <AskDialog
      title={`Accept ${deal.customer_company}`}
      verb="Accept deal"
      footnote={`${called} is told.`}
      ready
      onClose={onClose}
      run={() => accept(deal, { our_owner_id: owner, stage, protected_until: until })}
    >
      {(refused) => (
        <>
          <SameCustomer deal={deal} />
          <Field label="Your owner" error={refused('our_owner_id')}>
            <Select
              value={owner}
              onChange={setOwner}
              options={people.length ? people : [{ value: deal.our_owner.id, label: deal.our_owner.name }]}
            />
          </Field>
          <Field label="Stage" error={refused('stage')}>
            <Select value={stage} onChange={setStage} options={stageOptions(deal.stage)} />
          </Field>
          <ProtectField
            called={called}
            days={company?.protection_days ?? 90}
            value={until}
            onChange={setUntil}
            error={refused('protected_until')}
          />
        </>
      )}
    </AskDialog>
  )
}
