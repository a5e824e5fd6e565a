import { Eye, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Avatar } from './avatar.tsx'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { Link } from './link.tsx'
import { useHotkeys } from './use-hotkeys.ts'
import './outside-frame.css'

type Props = {
  company: { name: string; logo?: string }
  withName?: string
  tabs?: { href: string; label: string; current?: boolean }[]
  menu?: ReactNode
  narrow?: boolean
  foot?: ReactNode
  children: ReactNode
}

/** The frame for people outside and for signing in: the company's name on top, 16 px text, one column. */
export function OutsideFrame({ company, withName, tabs, menu, narrow, foot, children }: Props) {
  return (
    <div className={classNames('ui-outside', narrow && 'ui-outside-narrow')}>
      <a className="ui-skip" href="#main">
        Skip to content
      </a>
      <header className="ui-outside-top">
        <div className="ui-row">
          <Avatar name={company.name} src={company.logo} kind="company" />
          <b className="ui-trunc">{company.name}</b>
          {withName && <span className="ui-muted ui-trunc ui-desk">with {withName}</span>}
        </div>
        {tabs && (
          <nav className="ui-outside-tabs" aria-label="Workspace">
            {tabs.map((tab) => (
              <Link key={tab.href} href={tab.href} aria-current={tab.current ? 'page' : undefined}>
                {tab.label}
              </Link>
            ))}
          </nav>
        )}
        {menu && <div className="ui-outside-menu">{menu}</div>}
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {foot && <footer className="ui-outside-foot">{foot}</footer>}
    </div>
  )
}

type ViewProps = { title: string; onExit: () => void; exitLabel?: string; children: ReactNode }

/** The amber frame around a page seen as someone outside. Esc or Exit leaves. */
export function ViewAsFrame({ title, onExit, exitLabel = 'Exit', children }: ViewProps) {
  useHotkeys({ escape: onExit })
  return (
    <div className="ui-view-as">
      <section className="ui-view-as-bar" aria-label="Preview">
        <Eye />
        <span role="status">{title}</span>
        <Button size="small" icon={<X />} keys="Esc" onClick={onExit}>
          {exitLabel}
        </Button>
      </section>
      <div className="ui-view-as-page">{children}</div>
    </div>
  )
}
