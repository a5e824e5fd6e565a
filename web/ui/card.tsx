import { Eye } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'
import './card.css'

type Props = {
  title?: ReactNode
  count?: ReactNode
  note?: ReactNode
  action?: ReactNode
  flush?: boolean
  tone?: 'shared'
  level?: 2 | 3
  className?: string
  children?: ReactNode
}

/** A bordered section. `flush` lets a table or list reach its edges. */
export function Card({ title, count, note, action, flush, tone, level = 2, className, children }: Props) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section className={classNames('ui-card', tone === 'shared' && 'ui-card-shared', className)}>
      {title && (
        <header className="ui-card-head">
          <Heading>{title}</Heading>
          {count !== undefined && <span className="ui-muted ui-num">{count}</span>}
          {note && <span className="ui-cap ui-muted">{note}</span>}
          {action && <span className="ui-card-action">{action}</span>}
        </header>
      )}
      {children && <div className={classNames('ui-card-body', flush && 'ui-card-flush')}>{children}</div>}
    </section>
  )
}

/** Facts as label and value, in two columns. */
export function KeyValues({ items, narrow }: { items: [string, ReactNode][]; narrow?: boolean }) {
  return (
    <dl className={classNames('ui-facts', narrow && 'ui-facts-narrow')}>
      {items.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The amber frame around what someone outside sees or will see. */
export function PreviewFrame({ title, end, children }: { title: string; end?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className="ui-preview" aria-labelledby={id}>
      <header>
        <Eye />
        <span id={id}>{title}</span>
        {end && <span className="ui-card-action">{end}</span>}
      </header>
      <div className="ui-preview-body">{children}</div>
    </section>
  )
}
