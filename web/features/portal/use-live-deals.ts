import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { getPortalDeal, listPortalDeals, listPortalEntries } from '#shared/portal.ts'
import { type Told, useLive } from '../../shell/use-live.ts'
import { usePortal } from './portal.tsx'

/** What a contact has open is asked for anew when a deal they see changes. Whoever looks as someone else is not told. */
export function useLiveDeals(): void {
  const { workspace, viewAs } = usePortal()
  const queries = useQueryClient()
  const renew = useCallback(
    (deals: Told[]) => {
      const old = (queryKey: unknown[]) => void queries.invalidateQueries({ queryKey })
      old([listPortalDeals.id, { params: { workspace } }])
      if (deals.length === 0) for (const { id } of [getPortalDeal, listPortalEntries]) old([id])
      for (const { ref } of deals)
        for (const { id } of [getPortalDeal, listPortalEntries]) old([id, { params: { workspace, ref } }])
    },
    [queries, workspace],
  )
  useLive(viewAs === undefined ? `/api/v1/p/${encodeURIComponent(workspace)}/live` : null, renew)
}
