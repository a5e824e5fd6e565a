import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type * as z from 'zod/mini'
import { listMembers } from '#shared/company.ts'
import { listContacts } from '#shared/contacts.ts'
import { type DealKind, dealKinds, kindNames } from '#shared/deals.ts'
import { getPartner } from '#shared/partners.ts'
import { ApiProblem } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { calledName } from '../../shell/deal-words.ts'
import { PageProblem } from '../../shell/page-problem.tsx'
import { useSession } from '../../shell/session.tsx'
import { useAddress } from '../../shell/use-address.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choices.tsx'
import { Link } from '../../ui/link.tsx'
import { RecordHeader } from '../../ui/page-header.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ShareForm } from './share-form.tsx'
import './deal.css'
import './share.css'

type Kind = z.output<typeof DealKind>

/** Share a lead, refer a deal or co-sell: the kind first, then one form with what the partner will see beside it. */
export function ShareDealPage() {
  const { slug = '' } = useParams({ strict: false })
  const [{ kind: word }, change] = useAddress()
  const kind = dealKinds.find((one) => one === word) ?? 'lead'
  const { member, canWrite } = useSession()
  const partner = useQuery(ask(getPartner, { params: { slug } }))
  const id = partner.data?.id ?? ''
  const contacts = useQuery({ ...ask(listContacts, { params: { partner: id } }), enabled: id !== '' })
  const members = useQuery(ask(listMembers, {}))
  const called = partner.data ? calledName(partner.data.legal_name) : ''
  useTitle(called ? `${kindNames[kind].act} with ${called}` : kindNames[kind].act)

  if (partner.error instanceof ApiProblem && partner.error.status === 404) return <PageProblem kind="not_found" />
  const failed = [partner, contacts, members].find((query) => query.isError && !query.data)
  if (failed) return <Failed onRetry={() => void failed.refetch()} />
  if (!partner.data || !contacts.data || !members.data || !member)
    return (
      <div className="ui-page">
        <h1 className="ui-vh">{kindNames[kind].act}</h1>
        <Skeleton kind="card" count={2} />
      </div>
    )
  const back = paths.partner(partner.data.slug, 'deals')
  return (
    <>
      <RecordHeader
        above={
          <Link href={back} className="deals-partner">
            <Avatar name={partner.data.legal_name} kind="company" />
            {partner.data.legal_name}
          </Link>
        }
        title={kindNames[kind].act}
      />
      {!canWrite || !partner.data.can.work || partner.data.archived_at ? (
        <EmptyState action={<Button href={back}>Back to {called}</Button>}>
          {partner.data.archived_at
            ? `${called} is archived. Restore it to share deals.`
            : `You can look at ${called}, not share with it. ${partner.data.owner ? `${partner.data.owner.name} or an` : 'An'} admin can change that.`}
        </EmptyState>
      ) : (
        <div className="deals-share">
          <RadioCards
            label="Kind"
            hideLabel
            name="kind"
            value={kind}
            onChange={(next) => change({ kind: next })}
            options={dealKinds.map((one) => ({
              value: one,
              label: kindNames[one].act,
              hint: kindLine(one, called),
            }))}
          />
          <ShareForm
            key={partner.data.id}
            kind={kind}
            partner={partner.data}
            contacts={contacts.data.items.filter((contact) => !contact.left_at)}
            members={members.data.items.filter((one) => !one.deactivated_at && one.role !== 'read_only')}
            me={member}
          />
        </div>
      )}
    </>
  )
}

const kindLine = (kind: Kind, called: string) => kindNames[kind].line.replace('{partner}', called)

function Failed({ onRetry }: { onRetry: () => void }) {
  return (
    <div className="ui-page">
      <h1 className="ui-vh">Share a deal</h1>
      <ErrorState title="We couldn't load this form." safe="What you typed is kept." onRetry={onRetry} />
    </div>
  )
}
