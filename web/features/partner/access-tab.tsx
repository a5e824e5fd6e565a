import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getPartnerAccess, type Partner } from '#shared/partners.ts'
import { ask } from '../../query.ts'
import { calledName } from '../../shell/deal-words.ts'
import { Banner } from '../../ui/banner.tsx'
import { PreviewFrame } from '../../ui/card.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { type Access, useAccessDraft } from './access-draft.ts'
import { AccessPeople } from './access-people.tsx'
import { AccessReview } from './access-review.tsx'
import { PermissionsCard } from './permissions-card.tsx'
import { SightOf } from './sight.tsx'
import { TeamCard } from './team-card.tsx'
import { useThisPartner } from './use-partner.ts'

/** Who on the team works with it, what the partner may see, who there can get in. Nothing applies before Review. */
export function AccessTab() {
  const partner = useThisPartner()
  const { data, isError, refetch } = useQuery(ask(getPartnerAccess, { params: { partner: partner.id } }))
  if (isError)
    return (
      <ErrorState title="We couldn't load who sees what." safe="Nothing was changed." onRetry={() => void refetch()} />
    )
  return data ? <Panel key={data.version} partner={partner} access={data} /> : <Skeleton kind="card" />
}

function Panel({ partner, access }: { partner: Partner; access: Access }) {
  const called = calledName(partner.legal_name)
  const { draft, change, changes, reset } = useAccessDraft(access)
  const [show, setShow] = useState<'rights' | 'preview'>('rights')
  return (
    <>
      <div className="ui-phone partner-switch">
        <Segmented
          label="Show"
          fill
          value={show}
          onChange={setShow}
          options={[
            { value: 'rights', label: 'Permissions' },
            { value: 'preview', label: `What ${called} sees` },
          ]}
        />
      </div>
      {!access.can.decide && <Banner tone="neutral">Only an admin or the owner changes this.</Banner>}
      <div className={`partner-access partner-show-${show}`}>
        <div className="ui-stack partner-rights">
          <TeamCard
            draft={draft}
            change={change}
            may={access.can.decide}
            called={called}
            owner={partner.owner?.id ?? null}
          />
          <PermissionsCard
            draft={draft}
            change={change}
            saved={access.permissions}
            may={access.can.decide}
            called={called}
          />
        </div>
        <Sight partner={partner} access={access} called={called} />
      </div>
      <AccessPeople partner={partner} access={access} />
      {changes.length > 0 && (
        <AccessReview partner={partner} access={access} draft={draft} changes={changes} onBack={reset} />
      )}
    </>
  )
}

function Sight({ partner, access, called }: { partner: Partner; access: Access; called: string }) {
  const [contact, choose] = useState<string | null>(null)
  const people = access.people.filter(({ state }) => state !== 'access_removed')
  return (
    <div className="partner-preview">
      <PreviewFrame
        title={`What ${called} sees today`}
        end={
          people.length > 1 && (
            <Select
              compact
              label="As whom"
              value={contact ?? people[0]?.contact_id ?? null}
              onChange={choose}
              options={people.map(({ contact_id, name }) => ({ value: contact_id, label: `As ${name}` }))}
            />
          )
        }
      >
        <SightOf partner={partner} contact={contact ?? people[0]?.contact_id} />
      </PreviewFrame>
    </div>
  )
}
