import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { listContacts } from '#shared/contacts.ts'
import { listDeals } from '#shared/deals.ts'
import { getPartner, type Partner } from '#shared/partners.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { stageWord, sumWords } from '../../shell/deal-words.ts'
import { useGo } from '../../shell/go.ts'
import { useLists } from '../../shell/lists.tsx'
import { statusDot, viaName } from '../../shell/partner-words.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Tags } from '../../ui/chip.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Link } from '../../ui/link.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { Time } from '../../ui/time.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'

type Props = {
  slug: string
  place: { at: number; of: number } | null
  onStep: (by: 1 | -1) => void
  onClose: () => void
}

/** A look at one partner beside the list: arrows go on to the next row, Enter opens it, Space or Esc closes. */
export function Peek({ slug, place, onStep, onClose }: Props) {
  const { data: partner, isError, refetch } = useQuery(ask(getPartner, { params: { slug } }))
  const go = useGo()
  const open = () => go(paths.partner(partner?.slug ?? slug))
  const onControl = (event: KeyboardEvent) => (event.target as Element).closest('a, button') !== null
  useHotkeys({
    j: () => onStep(1),
    k: () => onStep(-1),
    enter: (event) => (onControl(event) ? false : open()),
    space: (event) => (onControl(event) ? false : onClose()),
  })
  return (
    <SidePanel
      open
      keysFirst
      onArrow={onStep}
      onOpenChange={(next) => !next && onClose()}
      title={partner?.legal_name ?? 'Partner'}
      actions={
        place && (
          <span className="ui-row">
            <span className="ui-cap ui-muted ui-num">
              {place.at} of {place.of}
            </span>
            <IconButton label="Row before" keys="k" icon={<ChevronUp />} onClick={() => onStep(-1)} />
            <IconButton label="Next row" keys="j" icon={<ChevronDown />} onClick={() => onStep(1)} />
          </span>
        )
      }
      footer={
        <>
          <span className="ui-cap ui-muted ui-grow">Arrows show the next partner</span>
          <Button variant="primary" keys="Enter" onClick={open}>
            Open
          </Button>
        </>
      }
    >
      {isError && !partner && <ErrorState title="We couldn't load this partner." onRetry={() => void refetch()} />}
      {!partner && !isError && <Skeleton count={6} />}
      {partner && <Look key={partner.id} partner={partner} />}
    </SidePanel>
  )
}

function Look({ partner }: { partner: Partner }) {
  const { typeName } = useLists()
  const facts: [string, React.ReactNode][] = [
    ['Type', typeName(partner.type) ?? 'Not set'],
    ['Owner', partner.owner?.name ?? 'Nobody'],
    ['Works via', viaName(partner.works_via)],
    ['Last activity', <Time key="time" value={partner.last_activity_at} form="ago" />],
    ...(partner.website ? [['Website', partner.website] as [string, string]] : []),
    ...(partner.phone ? [['Phone', partner.phone] as [string, string]] : []),
  ]
  return (
    <div className="peek">
      <div className="ui-row ui-wrap">
        <StatusDot status={statusDot(partner)} />
        <Tags items={partner.tags} max={6} />
      </div>
      {partner.description && <p>{partner.description}</p>}
      <dl className="peek-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Contacts partner={partner} />
      <Deals partner={partner} />
    </div>
  )
}

function Contacts({ partner }: { partner: Partner }) {
  const { data } = useQuery(ask(listContacts, { params: { partner: partner.id } }))
  const { roleName } = useLists()
  const here = data?.items.filter((contact) => !contact.left_at) ?? []
  return (
    <section aria-label="Contacts">
      <h3>
        Contacts <span className="ui-muted">{data ? here.length : ''}</span>
      </h3>
      {!data && <Skeleton count={2} />}
      {data && here.length === 0 && <p className="ui-muted">Nobody yet.</p>}
      <ul className="peek-lines">
        {here.slice(0, 5).map((contact) => (
          <li key={contact.id}>
            <Avatar name={contact.name} />
            <span className="ui-trunc">
              {contact.name}
              {contact.is_main && <span className="ui-muted"> Main</span>}
              {contact.role && <span className="ui-muted"> {roleName(contact.role)}</span>}
            </span>
            {contact.email && (
              <a className="ui-trunc ui-cap" href={`mailto:${contact.email}`}>
                {contact.email}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Deals({ partner }: { partner: Partner }) {
  const { stageName } = useLists()
  const { data } = useQuery(ask(listDeals, { query: { partner: partner.id, open: 'true', limit: '5' } }))
  return (
    <section aria-label="Open deals">
      <h3>
        Open deals <span className="ui-muted">{partner.open_deals}</span>
        {data && data.items.length > 0 && partner.open_deals <= 5 && (
          <span className="ui-cap ui-muted peek-sum">{sumWords(data.items)}</span>
        )}
      </h3>
      {!data && partner.open_deals > 0 && <Skeleton count={2} />}
      {partner.open_deals === 0 && <p className="ui-muted">None.</p>}
      <ul className="peek-lines">
        {data?.items.map((deal) => (
          <li key={deal.id}>
            <Link href={paths.deal(deal.ref)} className="ui-trunc">
              {deal.customer_company}
            </Link>
            <span className="ui-cap ui-muted">{stageWord(deal, stageName)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
