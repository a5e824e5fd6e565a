import type { Session } from '#shared/session.ts'
import { paths } from '../../paths.ts'

const outside = /^\/(p|i)(\/|$)/

/** An address of this site, as `?next=` names it, or null: never another site's. */
export function safeNext(next: string | null | undefined): string | null {
  if (!next || !/^\/(?![/\\])/.test(next) || !URL.canParse(next, window.location.origin)) return null
  const url = new URL(next, window.location.origin)
  return url.origin === window.location.origin ? url.pathname + url.search + url.hash : null
}

/** Where someone goes once signed in; null when nothing here is open to them. Someone outside never lands on a team page. */
export function placeFor(session: Session, next: string | null = null): string | null {
  const onTeam = session.members.length > 0
  if (next && (onTeam || (session.workspaces.length > 0 && outside.test(next)) || next.startsWith('/i/'))) return next
  if (onTeam) return paths.home
  const [only, ...more] = session.workspaces
  if (!only) return null
  return more.length > 0 ? paths.workspaces : paths.workspace(only.workspace)
}

export function leave(to: string) {
  window.location.assign(to)
}
