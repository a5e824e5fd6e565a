import { BellOff } from 'lucide-react'
import { type Mute, removeMute } from '#shared/notices.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Link } from '../../ui/link.tsx'
import { useChange } from './use-change.ts'

/** What one wants no mail about. */
export function MutedList({ muted }: { muted: Mute[] }) {
  const change = useChange()
  return (
    <Card title="Muted" count={muted.length || undefined} flush={muted.length > 0}>
      {muted.length === 0 ? (
        <p className="ui-muted">
          Nothing is muted. To stop mail about one partner or one deal, open its menu, or choose &quot;Fewer like
          this&quot; in your inbox.
        </p>
      ) : (
        <ul className="notices-muted">
          {muted.map(({ id, partner, deal }) => (
            <li key={id}>
              <BellOff />
              <span className="notices-what">
                <Link href={deal ? paths.deal(deal.ref) : paths.partner(partner.slug)}>
                  {deal?.customer_company ?? partner.legal_name}
                </Link>
                <span className="ui-cap ui-muted">{deal ? partner.legal_name : 'All of this partner'}</span>
              </span>
              <Button
                size="small"
                aria-label={`Unmute ${deal?.customer_company ?? partner.legal_name}`}
                onClick={() => void change(() => call(removeMute, { params: { mute: id } }))}
              >
                Unmute
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
