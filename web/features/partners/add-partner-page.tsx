import { useQuery } from '@tanstack/react-query'
import { listMembers } from '#shared/company.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useSession } from '../../shell/session.tsx'
import { WhoCan } from '../../shell/who-can.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { AddPartnerForm } from './add-partner-form.tsx'
import './partners.css'

/** /partners/new: company, access, review. Adding sends nothing to anyone. */
export function AddPartnerPage() {
  useTitle('Add partner')
  const { member, canWrite } = useSession()
  const { data, isError, refetch } = useQuery(ask(listMembers, {}))
  if (!canWrite)
    return (
      <>
        <PageHeader title="Add partner" />
        <WhoCan link={{ href: paths.partners, label: 'Back to partners' }}>
          You can look at partners, not add them.
        </WhoCan>
      </>
    )
  if (!data || !member)
    return (
      <>
        <PageHeader title="Add partner" />
        <div className="partners-add">
          {isError ? (
            <ErrorState title="We couldn't load your team." onRetry={() => void refetch()} />
          ) : (
            <Skeleton kind="card" count={3} />
          )}
        </div>
      </>
    )
  return <AddPartnerForm members={data.items.filter((one) => !one.deactivated_at)} me={member.member_id} />
}
