import type { Change } from '#shared/log.ts'
import { didWhat } from '../../shell/change-words.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Link } from '../../ui/link.tsx'
import { Time } from '../../ui/time.tsx'
import { Timeline, TimelineItem } from '../../ui/timeline.tsx'

/** What was changed, in sentences; with `details`, before and after below each. */
export function ChangeLines({ changes, details = false }: { changes: Change[]; details?: boolean }) {
  return (
    <div className="partner-line">
      <Timeline>
        {changes.map((change) => (
          <TimelineItem
            key={change.id}
            avatar={<Avatar name={change.who} size={24} outside={change.outside} />}
            time={<Time value={change.at} />}
            {...(details && change.changes.length > 0 ? { say: <Details change={change} /> } : {})}
          >
            <strong>{change.who}</strong>{' '}
            {change.link ? <Link href={change.link}>{didWhat(change)}</Link> : didWhat(change)}
          </TimelineItem>
        ))}
      </Timeline>
    </div>
  )
}

function Details({ change }: { change: Change }) {
  return (
    <details className="partner-change">
      <summary>What changed</summary>
      <dl>
        {change.changes.map(({ field, before, after }) => (
          <div key={field}>
            <dt>{field}</dt>
            <dd>
              {before !== null && <del>{before}</del>} {before !== null && '→'} {after ?? 'empty'}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
