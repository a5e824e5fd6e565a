import { type ReactNode, useEffect, useRef } from 'react'
import { Link } from './link.tsx'
import './tabs.css'

type Item = { href: string; label: string; count?: number; current?: boolean }

/** Pages of one thing as links under its header. The current one is always scrolled into view. */
export function Tabs({ label, items, end }: { label: string; items: Item[]; end?: ReactNode }) {
  const nav = useRef<HTMLElement>(null)
  const current = items.find((item) => item.current)?.href
  useEffect(() => {
    const tab = current && nav.current?.querySelector<HTMLElement>('[aria-current]')
    if (tab && nav.current) nav.current.scrollLeft = tab.offsetLeft - (nav.current.clientWidth - tab.offsetWidth) / 2
  }, [current])
  return (
    <nav className="ui-tabs" aria-label={label} ref={nav}>
      {items.map((item) => (
        <Link key={item.href} href={item.href} className="ui-tab" aria-current={item.current ? 'page' : undefined}>
          {item.label}
          {item.count !== undefined && <span className="ui-tab-count">{item.count}</span>}
        </Link>
      ))}
      {end && <div className="ui-tabs-end">{end}</div>}
    </nav>
  )
}
