import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import { useState } from 'react'
import { getPartnerAccess, type Partner, previewPartnerAccess } from '#shared/partners.ts'
import { ask } from '../../query.ts'
import { calledName } from '../../shell/deal-words.ts'
import { Banner } from '../../ui/banner.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { type Access, useAccessDraft } from './access-draft.ts'
import { AccessPeople } from './access-people.tsx'
import { AccessReview } from './access-review.tsx'
import { AccessSight } from './access-sight.tsx'
import { PermissionsCard } from './permissions-card.tsx'
import { TeamCard } from './team-card.tsx'
import { useThisPartner } from './use-partner.ts'
import './access.css'

/** Who on the team works with it, what the partner may see, who there can get in. Nothing applies before Review. */
export function AccessTab() {
  const partner = useThisPartner()
  const { data, isError, refetch } = useQuery(ask(getPartnerAccess, { params: { partner: partner.id } }))
  if (data) return <Panel key={partner.id} partner={partner} access={data} />
  return isError ? (
    <ErrorState title="We couldn't load who sees what." safe="Nothing was changed." onRetry={() => void refetch()} />
  ) : (
    <Skeleton kind="card" count={2} />
  )
}

function Panel({ partner, access }: { partner: Partner; access: Access }) {
  const called = calledName(partner.legal_name)
  const may = access.can.decide && partner.can.decide
  const { draft, change, changes, reset } = useAccessDraft(access)
  const [show, setShow] = useState<'rights' | 'preview'>('rights')
  const exposure = useQuery({
    ...ask(previewPartnerAccess, { params: { partner: partner.id }, body: draft }),
    enabled: may && changes.length > 0,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    gcTime: 0,
  })
  const rights = { draft, change, may, called }
  return (
    <>
      <h2 className="ui-vh">Access</h2>
      <div className="ui-phone partner-switch">
        <Segmented
          label="Show"
          fill
          value={show}
          onChange={setShow}
          options={[
            { value: 'rights', label: 'Permissions' },
            { value: 'preview', label: `What ${called} will see` },
          ]}
        />
      </div>
      <div className={`partner-access partner-show-${show}`}>
        <div className="ui-stack partner-rights">
          {!may && (
            <Banner tone="neutral" icon={<Lock />}>
              {partner.archived_at
                ? `${called} is archived. Nobody there can get in.`
                : 'Only an admin or the owner changes this.'}
            </Banner>
          )}
          <TeamCard {...rights} owner={partner.owner?.id ?? null} />
          <PermissionsCard {...rights} saved={access.permissions} />
        </div>
        <AccessSight
          partner={partner}
          access={access}
          draft={draft}
          change={changes.length > 0 ? (exposure.data ?? null) : null}
          failed={changes.length > 0 && exposure.isError}
        />
      </div>
      <AccessPeople partner={partner} access={access} />
      {may && changes.length > 0 && (
        <AccessReview
          partner={partner}
          version={access.version}
          draft={draft}
          changes={changes}
          exposure={exposure}
          onDiscard={reset}
        />
      )}
    </>
  )
}
