import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useMemo } from 'react'
import type { Answer } from '#shared/endpoint.ts'
import { getWorkspace } from '#shared/portal.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'

export type WorkspaceAnswer = Answer<typeof getWorkspace>
export type PortalHrefs = { deals: string; send: string; shared: string; people: string; deal: (ref: string) => string }
export type Portal = {
  workspace: string
  /** Set while a member looks as this contact. */
  viewAs: string | undefined
  /** Why nothing can be written here, or undefined. */
  reason: string | undefined
  hrefs: PortalHrefs
  /** How often a page that is open asks again; never while looking as someone, since each look is on record. */
  everyMs: number | false
}

const PortalContext = createContext<Portal | null>(null)

type Props = {
  workspace: string
  viewAs?: { contact_id: string; name: string }
  hrefs?: PortalHrefs
  children: ReactNode
}

/** One workspace for the views below it: as its own contact, or, with `viewAs`, as the team sees it through their eyes. */
export function PortalProvider({ workspace, viewAs, hrefs, children }: Props) {
  const contact = viewAs?.contact_id
  const name = viewAs?.name
  const portal = useMemo<Portal>(
    () => ({
      workspace,
      viewAs: contact,
      reason: name === undefined ? undefined : `You are looking as ${firstName(name)}.`,
      hrefs: hrefs ?? hrefsOf(workspace),
      everyMs: contact === undefined && 15_000,
    }),
    [workspace, contact, name, hrefs],
  )
  return <PortalContext value={portal}>{children}</PortalContext>
}

export function usePortal(): Portal {
  const portal = use(PortalContext)
  if (!portal) throw new Error('usePortal needs PortalProvider around it')
  return portal
}

/** The workspace and what it lets this contact do. */
export function useWorkspace() {
  const { workspace, viewAs } = usePortal()
  return useQuery({
    ...ask(getWorkspace, { params: { workspace } }, viewAs),
    staleTime: 30_000,
    refetchOnWindowFocus: viewAs === undefined,
  })
}

const hrefsOf = (workspace: string): PortalHrefs => ({
  deals: paths.workspace(workspace),
  send: paths.workspaceSend(workspace),
  shared: paths.workspaceShared(workspace),
  people: paths.workspacePeople(workspace),
  deal: (ref) => paths.workspaceDeal(workspace, ref),
})

export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name

/** Whom to ask: the owner by first name, or the company when nobody owns it. */
export const whoToAsk = (workspace: WorkspaceAnswer): string =>
  workspace.owner_name ? firstName(workspace.owner_name) : workspace.company_name
