import { ChevronDown, Search } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { Avatar } from './avatar.tsx'
import { classNames } from './class-names.ts'
import { Kbd } from './kbd.tsx'
import { Link } from './link.tsx'
import './app-frame.css'

export type NavItem = {
  href: string
  label: string
  icon: ReactNode
  current?: boolean
  count?: number
  due?: string
  onSelect?: () => void
}
type Props = {
  brand: { name: string; logo?: string }
  nav: NavItem[]
  pinned?: { href: string; label: string; current?: boolean }[]
  foot?: NavItem[]
  user: ReactNode
  phoneNav: NavItem[]
  onFind?: () => void
  findKeys?: string
  strip?: ReactNode
  children: ReactNode
}

/** The frame of the team's side: sidebar on wide screens, bar at the bottom on phones, one `<main>`. */
export function AppFrame({
  brand,
  nav,
  pinned = [],
  foot = [],
  user,
  phoneNav,
  onFind,
  findKeys = 'Ctrl K',
  strip,
  children,
}: Props) {
  return (
    <div className="ui-app">
      <a className="ui-skip" href="#main">
        Skip to content
      </a>
      <nav className="ui-sidebar" aria-label="Main">
        <div className="ui-brand">
          <Avatar name={brand.name} src={brand.logo} kind="company" />
          <span className="ui-trunc ui-nav-word">{brand.name}</span>
        </div>
        {onFind && (
          <button type="button" className="ui-find" onClick={onFind}>
            <Search />
            <span className="ui-nav-word">Find or do</span>
            <Kbd keys={findKeys} />
          </button>
        )}
        <ul>{nav.map(navLink)}</ul>
        {pinned.length > 0 && (
          <div className="ui-pinned">
            <h2 id="ui-pinned">Pinned views</h2>
            <ul aria-labelledby="ui-pinned">
              {pinned.map((item) => (
                <li key={item.href}>
                  <Link href={item.href} className="ui-nav-link" aria-current={item.current ? 'page' : undefined}>
                    <span className="ui-trunc">{item.label}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        )}
        <ul className="ui-nav-foot">{foot.map(navLink)}</ul>
        <div className="ui-me">{user}</div>
      </nav>
      <div className="ui-app-main">
        {strip}
        <main id="main" tabIndex={-1} className="ui-main">
          {children}
        </main>
      </div>
      <nav className="ui-bottom-bar" aria-label="Main, small screen">
        {phoneNav.map(phoneLink)}
      </nav>
    </div>
  )
}

/** The button at the foot of the sidebar that opens the user's menu: give it to Menu as trigger. */
export function FrameUser({
  name,
  src,
  className,
  ...rest
}: ComponentProps<'button'> & { name: string; src?: string }) {
  return (
    <button type="button" {...rest} className={classNames('ui-nav-link', className)}>
      <Avatar name={name} src={src} />
      <span className="ui-trunc ui-nav-word">{name}</span>
      <span className="ui-vh">, your menu</span>
      <ChevronDown className="ui-nav-end" />
    </button>
  )
}

function navLink(item: NavItem) {
  return (
    <li key={item.href}>
      <Link href={item.href} className="ui-nav-link" aria-current={item.current ? 'page' : undefined}>
        {item.icon}
        <span className="ui-trunc ui-nav-word">{item.label}</span>
        {item.count !== undefined && item.count > 0 && <span className="ui-nav-end">{item.count}</span>}
        {item.due && <span className="ui-nav-end ui-due">{item.due}</span>}
      </Link>
    </li>
  )
}

function phoneLink(item: NavItem) {
  const body = (
    <>
      {item.icon}
      <span>{item.label}</span>
      {item.count !== undefined && item.count > 0 && <span className="ui-badge">{item.count}</span>}
    </>
  )
  if (item.onSelect) {
    return (
      <button key={item.label} type="button" onClick={item.onSelect}>
        {body}
      </button>
    )
  }
  return (
    <Link key={item.label} href={item.href} aria-current={item.current ? 'page' : undefined}>
      {body}
    </Link>
  )
}
