import type { GiveAndGet, WayPart } from '#shared/give-and-get.ts'
import { Link } from '../ui/link.tsx'
import { whose } from './deal-words.ts'
import './give-and-get.css'

type Way = GiveAndGet['given']
type Props = {
  it: GiveAndGet
  /** The other side, as one calls it. */
  them: string
  linkTo: (ref: string) => string
}

/** What went each way, in counts and names. The same for both sides, each from its own. */
export function GiveAndGetCards({ it, them, linkTo }: Props) {
  return (
    <div className="give-ways">
      <WayCard title={`You gave ${them}`} way={it.given} them={them} linkTo={linkTo} />
      <WayCard title={`${them} gave you`} way={it.received} them={them} linkTo={linkTo} />
    </div>
  )
}

function WayCard({ title, way, them, linkTo }: { title: string; way: Way } & Omit<Props, 'it'>) {
  const rows: [part: WayPart, name: string, more?: string][] = [
    ['unanswered', 'Waiting for an answer'],
    ['accepted', 'Accepted'],
    ['declined', 'Declined', way.not_relevant.many ? `${way.not_relevant.many} not relevant` : undefined],
    ['won', 'Won'],
    ['lost', 'Lost'],
    ['on_you', 'Your turn'],
    ['on_them', `${whose(them)} turn`],
  ]
  const { many } = way.sent
  return (
    <section className="give-way" aria-label={title}>
      <h3>
        {title}
        {many > 0 && ` ${many} ${many === 1 ? 'deal' : 'deals'}`}
      </h3>
      {many === 0 && <p className="ui-muted">Nothing yet.</p>}
      {many > 0 && (
        <dl>
          {rows
            .filter(([part]) => way[part].many > 0)
            .map(([part, name, more]) => (
              <div key={part}>
                <dt>{name}</dt>
                <dd className="ui-num">
                  <b>{way[part].many}</b>
                </dd>
                <dd>
                  <Names of={way[part]} linkTo={linkTo} />
                  {more && <span className="ui-muted">, {more}</span>}
                </dd>
              </div>
            ))}
        </dl>
      )}
    </section>
  )
}

function Names({ of: { many, deals }, linkTo }: { of: Way['sent']; linkTo: Props['linkTo'] }) {
  const shown = deals.slice(0, 3)
  return (
    <span className="give-names">
      {shown.map(({ ref, customer_company }, at) => (
        <span key={ref}>
          <Link href={linkTo(ref)}>{customer_company}</Link>
          {at < shown.length - 1 && ', '}
        </span>
      ))}
      {many > shown.length && <span className="ui-muted"> and {many - shown.length} more</span>}
    </span>
  )
}
