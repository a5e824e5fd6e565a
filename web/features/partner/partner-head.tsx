import { useQuery } from '@tanstack/react-query'
import { Ellipsis, Eye, Plus, Send } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { listContacts } from '#shared/contacts.ts'
import type { Partner } from '#shared/partners.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useLists } from '../../shell/lists.tsx'
import { statusDot, viaName } from '../../shell/partner-words.ts'
import { useSession } from '../../shell/session.tsx'
import { useMute } from '../../shell/use-mute.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Tags } from '../../ui/chip.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { RecordHeader } from '../../ui/page-header.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { useKeepInternal, whyNot } from './use-partner.ts'

const ArchiveDialog = lazy(() => import('./archive-dialog.tsx').then((m) => ({ default: m.ArchiveDialog })))
const EditPartner = lazy(() => import('./edit-partner.tsx').then((m) => ({ default: m.EditPartner })))

/** Name, standing and the next sensible step: invite first, then share. */
export function PartnerHead({ partner, onInvite }: { partner: Partner; onInvite: () => void }) {
  const [editing, setEditing] = useState(false)
  const [archiving, setArchiving] = useState(false)
  const keep = useKeepInternal(partner)
  const { data: contacts } = useQuery(ask(listContacts, { params: { partner: partner.id } }))
  const asked =
    contacts?.items.some(
      ({ invitation }) => !['not_invited', 'withdrawn', 'expired', 'bounced', 'declined'].includes(invitation.state),
    ) ?? true
  const inviteFirst = !asked && partner.works_via === 'internal'
  const mute = useMute()
  const { canWrite } = useSession()
  const { typeName } = useLists()
  const reason = whyNot(partner)
  return (
    <RecordHeader
      avatar={<Avatar name={partner.legal_name} kind="company" size={40} />}
      title={partner.legal_name}
      meta={
        <>
          <StatusDot status={statusDot(partner)} />
          {partner.type && <span>{typeName(partner.type)}</span>}
          {partner.tags.length > 0 && <Tags items={partner.tags} max={3} />}
          <span>{partner.owner ? `Owner ${partner.owner.name}` : 'No owner'}</span>
          <span>
            {partner.works_via === 'internal'
              ? 'Internal only'
              : `Works via ${viaName(partner.works_via).toLowerCase()}`}
          </span>
        </>
      }
    >
      <Button icon={<Eye />} href={paths.preview(partner.slug)}>
        View as partner
      </Button>
      {inviteFirst && canWrite && (
        <Button variant="primary" icon={<Send />} onClick={onInvite} reason={reason}>
          Invite
        </Button>
      )}
      {canWrite && (
        <Button
          variant={inviteFirst ? 'plain' : 'primary'}
          icon={<Plus />}
          {...(reason ? { reason } : { href: paths.shareDeal(partner.slug, 'lead') })}
        >
          Share a deal
        </Button>
      )}
      {partner.can.work && (
        <Menu
          label="More"
          align="end"
          trigger={<IconButton label="More" icon={<Ellipsis />} />}
          items={[
            { label: 'Share a lead', keys: 'c l', href: paths.shareDeal(partner.slug, 'lead') },
            { label: 'Refer a deal', keys: 'c r', href: paths.shareDeal(partner.slug, 'referral') },
            { label: 'Co-sell', keys: 'c s', href: paths.shareDeal(partner.slug, 'co_sell') },
            'separator',
            { label: 'Edit details', onSelect: () => setEditing(true) },
            { label: 'Invite a contact', keys: 'i', onSelect: onInvite },
            ...(partner.can.decide ? [{ label: 'Merge with another partner', href: paths.merge(partner.slug) }] : []),
            { label: 'No email about it', onSelect: () => void mute({ partner: partner.id }, partner.legal_name) },
            ...(partner.works_via === 'internal' ? [] : [{ label: 'Keep it internal', onSelect: () => void keep() }]),
            ...(partner.can.decide
              ? ['separator' as const, { label: 'Archive', onSelect: () => setArchiving(true) }]
              : []),
          ]}
        />
      )}
      {editing && (
        <Suspense fallback={null}>
          <EditPartner partner={partner} onClose={() => setEditing(false)} />
        </Suspense>
      )}
      {archiving && (
        <Suspense fallback={null}>
          <ArchiveDialog partner={partner} onClose={() => setArchiving(false)} />
        </Suspense>
      )}
    </RecordHeader>
  )
}
