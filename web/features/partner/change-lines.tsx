import type { Change } from '#shared/log.ts'
import { didWhat } from '../../shell/change-words.ts'
import { UndoButton } from '../../shell/undo-button.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Link } from '../../ui/link.tsx'
import { Time } from '../../ui/time.tsx'
import { Timeline, TimelineItem } from '../../ui/timeline.tsx'
import { sayUntil } from '../log/act-words.ts'

/** What was changed, in sentences; with `details`, before and after below each, and Undo at the newest line of what was done to many at once. */
export function ChangeLines({ changes, details = false }: { changes: Change[]; details?: boolean }) {
  const newest = new Map(changes.toReversed().flatMap(({ act, id }) => (act ? [[act.id, id] as const] : [])))
  return (
    <div className="partner-line">
      <Timeline>
        {changes.map((change) => (
          <TimelineItem
            key={change.id}
            avatar={<Avatar name={change.who} size={24} outside={change.outside} />}
            time={<Time value={change.at} />}
            {...(details ? { say: below(change, newest) } : {})}
          >
            <strong>{change.who}</strong>{' '}
            {change.link ? <Link href={change.link}>{didWhat(change)}</Link> : didWhat(change)}
          </TimelineItem>
        ))}
      </Timeline>
    </div>
  )
}

function below(change: Change, newest: Map<string, string>) {
  const { act } = change
  const undo = act && newest.get(act.id) === change.id ? act : null
  if (change.changes.length === 0 && !undo) return null
  return (
    <>
      {change.changes.length > 0 && <Details change={change} />}
      {undo && (
        <div className="ui-row ui-wrap partner-undo">
          <UndoButton act={undo.id} says={undo.says} />
          <span className="ui-cap ui-muted">
            {undo.says}. Can be undone until {sayUntil(undo.undo_until)}.
          </span>
        </div>
      )}
    </>
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
