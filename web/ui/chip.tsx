import { Eye, Lock } from 'lucide-react'
import { type ReactNode, useId } from 'react'
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

/** A tag; `colour` is one of eight hues, shown as a dot before the name. */
export function Tag({ colour, children }: { colour?: number; children: ReactNode }) {
  return (
    <span className="ui-tag">
      {colour && <i className={`ui-tag-dot ui-dot-${colour}`} />}
      <span className="ui-trunc">{children}</span>
    </span>
  )
}

export const hueNames = ['Blue', 'Green', 'Pink', 'Sky', 'Violet', 'Grey', 'Teal', 'Olive']
type HueProps = { label: string; value: number; onChange: (value: number) => void; names: string[] }

/** One of the eight hues; each has a name that is read out and shown on hover. */
export function TagHues({ label, value, onChange, names }: HueProps) {
  const group = useId()
  return (
    <fieldset className="ui-hues">
      <legend className="ui-label">
        {label} <span className="ui-optional">{names[value - 1]}</span>
      </legend>
      {names.map((name, at) => (
        <label key={name} title={name}>
          <input
            type="radio"
            name={group}
            checked={value === at + 1}
            onChange={() => onChange(at + 1)}
            aria-label={name}
          />
          <i className={`ui-tag-dot ui-dot-${at + 1}`} />
        </label>
      ))}
    </fieldset>
  )
}

/** The first tags of a list; the rest are counted, and read out. */
export function Tags({ items, max = 2 }: { items: (string | { name: string; colour: number })[]; max?: number }) {
  const tags = items.map((item) => (typeof item === 'string' ? { name: item } : item))
  const rest = tags.slice(max)
  return (
    <span className="ui-tags">
      {tags.slice(0, max).map(({ name, ...hue }) => (
        <Tag key={name} {...hue}>
          {name}
        </Tag>
      ))}
      {rest.length > 0 && (
        <span className="ui-cap ui-muted">
          <span aria-hidden="true">+{rest.length}</span>
          <span className="ui-vh">{rest.map(({ name }) => name).join(', ')}</span>
        </span>
      )}
    </span>
  )
}
