import { lazy, type ReactNode, type RefObject, Suspense, useState } from 'react'
import type { Deal } from '#shared/deals.ts'
import { calledName, whose } from '../../shell/deal-words.ts'
import { useLists } from '../../shell/lists.tsx'
import { useSession } from '../../shell/session.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { TextButton } from '../../ui/button.tsx'
import type { Side } from './hand-over.tsx'

const HandOver = lazy(() => import('./hand-over.tsx').then((m) => ({ default: m.HandOver })))

/** Who on the team owns the deal. */
export function OurOwner({ deal, trigger }: { deal: Deal; trigger: RefObject<HTMLSpanElement | null> }) {
  const { member } = useSession()
  return (
    <OwnerCard
      title="Your owner"
      name={deal.our_owner.name}
      line={member?.company ?? ''}
      menu={deal.can.work && <Change deal={deal} side="us" label="Change your owner" trigger={trigger} />}
    />
  )
}

/** Who at the partner owns it, or anyone there. */
export function TheirOwner({ deal }: { deal: Deal }) {
  const called = calledName(deal.partner.legal_name)
  const now = deal.their_owner
  const { roleName } = useLists()
  const role = roleName(now?.role ?? null)
  return (
    <OwnerCard
      title={`${whose(called)} owner`}
      name={now?.name ?? 'Anyone there'}
      line={role ? `${role}, ${called}` : called}
      outside
      nobody={now === null}
      menu={deal.can.work && <Change deal={deal} side="them" label={`Change ${whose(called)} owner`} />}
    />
  )
}

type ChangeProps = { deal: Deal; side: Side; label: string; trigger?: RefObject<HTMLSpanElement | null> }

function Change({ deal, side, label, trigger }: ChangeProps) {
  const [open, setOpen] = useState(false)
  return (
    <span ref={trigger}>
      <TextButton aria-label={label} aria-haspopup="dialog" className="ui-cap" onClick={() => setOpen(true)}>
        Change
      </TextButton>
      {open && (
        <Suspense>
          <HandOver deal={deal} side={side} onClose={() => setOpen(false)} />
        </Suspense>
      )}
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
