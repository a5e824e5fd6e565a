import { useQuery } from '@tanstack/react-query'
import type { ReactNode, RefObject } from 'react'
import { listMembers } from '#shared/company.ts'
import { listContacts } from '#shared/contacts.ts'
import type { Deal } from '#shared/deals.ts'
import { ask } from '../../query.ts'
import { calledName, whose } from '../../shell/deal-words.ts'
import { useLists } from '../../shell/lists.tsx'
import { useSession } from '../../shell/session.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { TextButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu-entry.ts'
import { useChangeDeal } from './changing.ts'

/** Who on the team owns the deal. */
export function OurOwner({ deal, trigger }: { deal: Deal; trigger: RefObject<HTMLSpanElement | null> }) {
  const { member } = useSession()
  const { change } = useChangeDeal()
  const { data } = useQuery({ ...ask(listMembers, {}), enabled: deal.can.work })
  const items = (data?.items ?? [])
    .filter((one) => !one.deactivated_at && one.role !== 'read_only')
    .map((one) => ({
      label: one.id === member?.member_id ? `${one.name} (you)` : one.name,
      checked: one.id === deal.our_owner.id,
      onSelect: () =>
        void (one.id === deal.our_owner.id
          ? null
          : change(deal, { our_owner_id: one.id }, `${one.name} owns this deal now.`, {
              our_owner_id: deal.our_owner.id,
            })),
    }))
  return (
    <OwnerCard
      title="Your owner"
      name={deal.our_owner.name}
      line={member?.company ?? ''}
      menu={deal.can.work && <Change label="Change your owner" items={items} trigger={trigger} />}
    />
  )
}

/** Who at the partner owns it, or anyone there. */
export function TheirOwner({ deal }: { deal: Deal }) {
  const called = calledName(deal.partner.legal_name)
  const { change } = useChangeDeal()
  const { data } = useQuery({
    ...ask(listContacts, { params: { partner: deal.partner.id } }),
    enabled: deal.can.work,
  })
  const now = deal.their_owner
  const { roleName } = useLists()
  const role = roleName(now?.role ?? null)
  const hand = (id: string | null, said: string) =>
    void ((now?.id ?? null) === id
      ? null
      : change(deal, { their_owner_id: id }, said, { their_owner_id: now?.id ?? null }))
  const items = [
    { label: 'Anyone there', checked: now === null, onSelect: () => hand(null, `Anyone at ${called} can take it.`) },
    ...(data?.items ?? [])
      .filter((contact) => !contact.left_at)
      .map((contact) => ({
        label: contact.name,
        checked: contact.id === now?.id,
        onSelect: () => hand(contact.id, `${contact.name} owns this deal at ${called} now.`),
      })),
  ]
  return (
    <OwnerCard
      title={`${whose(called)} owner`}
      name={now?.name ?? 'Anyone there'}
      line={role ? `${role}, ${called}` : called}
      outside
      nobody={now === null}
      menu={deal.can.work && <Change label={`Change ${whose(called)} owner`} items={items} />}
    />
  )
}

type ChangeProps = { label: string; items: MenuItem[]; trigger?: RefObject<HTMLSpanElement | null> }

function Change({ label, items, trigger }: ChangeProps) {
  return (
    <span ref={trigger}>
      <Menu
        label={label}
        align="end"
        trigger={
          <TextButton aria-label={label} className="ui-cap">
            Change
          </TextButton>
        }
        items={items}
      />
    </span>
  )
}

type CardProps = { title: string; name: string; line: string; menu: ReactNode; outside?: boolean; nobody?: boolean }

function OwnerCard({ title, name, line, menu, outside, nobody }: CardProps) {
  return (
    <section className="deals-owner" aria-label={title}>
      <h2>{title}</h2>
      <div className="ui-row">
        {!nobody && <Avatar name={name} size={32} outside={outside} />}
        <div className="ui-grow ui-trunc">
          <div className="ui-trunc deals-owner-name">{name}</div>
          <div className="ui-cap ui-muted ui-trunc">{line}</div>
        </div>
        {menu}
      </div>
    </section>
  )
}
