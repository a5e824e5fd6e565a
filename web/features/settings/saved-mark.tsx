import { Check } from 'lucide-react'
import type { Outcome } from './use-notices.ts'

/** The word Saved beside what was changed last; where it was refused, why. */
export function SavedMark({ outcome, row }: { outcome: Outcome | null; row: string }) {
  const it = outcome?.row === row ? outcome : null
  return (
    <span className="notices-mark" role="status">
      {it?.saved && (
        <span className="notices-saved">
          <Check /> Saved
        </span>
      )}
      {it?.problem && <span className="notices-refused">{it.problem}</span>}
    </span>
  )
}
