import { Eye, Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import './chip.css'

type Tone = 'neutral' | 'team' | 'shared' | 'ok' | 'warn' | 'danger' | 'info' | 'dormant'

/** A short fact with a tone. The words carry the meaning, the colour only repeats it. */
export function Chip({ tone = 'neutral', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={`ui-chip ui-chip-${tone}`}>
      {icon}
      <span className="ui-trunc">{children}</span>
    </span>
  )
}

/** Who can see a thing: the team alone (null), or also someone outside, by name. `short` says only "Shared". */
export function VisibilityChip({ sharedWith, short }: { sharedWith: string | null; short?: boolean }) {
  if (sharedWith === null) {
    return (
      <Chip tone="team" icon={<Lock />}>
        Team only
      </Chip>
    )
  }
  return (
    <Chip tone="shared" icon={<Eye />}>
      {short ? (
        <>
          Shared<span className="ui-vh"> with {sharedWith}</span>
        </>
      ) : (
        `${sharedWith} can see this`
      )}
    </Chip>
  )
}

export function Tag({ children }: { children: ReactNode }) {
  return <span className="ui-tag">{children}</span>
}

/** The first tags of a list; the rest are counted, and read out. */
export function Tags({ items, max = 2 }: { items: string[]; max?: number }) {
  const rest = items.slice(max)
  return (
    <span className="ui-tags">
      {items.slice(0, max).map((item) => (
        <Tag key={item}>{item}</Tag>
      ))}
      {rest.length > 0 && (
        <span className="ui-cap ui-muted">
          <span aria-hidden="true">+{rest.length}</span>
          <span className="ui-vh">{rest.join(', ')}</span>
        </span>
      )}
    </span>
  )
}
