import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'

export type Difference = { label: string; mine: string; theirs: string }
type Props = { differ: Difference[]; onKeep: () => void; onTake: () => void }

/** Somebody else saved first: both values of each field that differs, and the choice. */
export function Conflict({ differ, onKeep, onTake }: Props) {
  return (
    <Banner
      tone="warn"
      role="alert"
      action={
        <span className="ui-row ui-wrap">
          <Button size="small" onClick={onKeep}>
            Keep mine
          </Button>
          <Button size="small" onClick={onTake}>
            Use theirs
          </Button>
        </span>
      }
    >
      Someone changed this while you were editing.
      {differ.map(({ label, mine, theirs }) => (
        <span key={label} className="partner-conflict">
          {label}: yours “{mine || 'empty'}”, theirs “{theirs || 'empty'}”.
        </span>
      ))}
    </Banner>
  )
}
