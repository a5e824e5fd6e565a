import type { ReactNode } from 'react'
import './page-header.css'

/** The head of a page: its one `h1`, a count beside it, actions at the end. */
export function PageHeader({ title, count, children }: { title: string; count?: ReactNode; children?: ReactNode }) {
  return (
    <header className="ui-page-header">
      <h1>{title}</h1>
      {count !== undefined && <span className="ui-page-count">{count}</span>}
      {children && <div className="ui-page-actions">{children}</div>}
    </header>
  )
}

type RecordProps = { avatar?: ReactNode; above?: ReactNode; title: string; meta?: ReactNode; children?: ReactNode }

/** The head of one record: picture, name, a line of facts, actions. */
export function RecordHeader({ avatar, above, title, meta, children }: RecordProps) {
  return (
    <header className="ui-record">
      {avatar}
      <div className="ui-record-name">
        {above && <div className="ui-record-meta">{above}</div>}
        <h1>{title}</h1>
        {meta && <div className="ui-record-meta">{meta}</div>}
      </div>
      {children && <div className="ui-record-actions">{children}</div>}
    </header>
  )
}
