import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { getBoard } from '#shared/board.ts'
import { getDeal, listDeals } from '#shared/deals.ts'
import { listDealEntries } from '#shared/entries.ts'
import { countInbox, getHome, listInbox } from '#shared/inbox.ts'
import { type Told, useLive } from './use-live.ts'

const around = [listDeals, getBoard, getHome, listInbox, countInbox]

/** What the team has open is asked for anew when a deal in it changes, whoever changed it. */
export function useLiveDeals(): void {
  const queries = useQueryClient()
  const renew = useCallback(
    (deals: Told[]) => {
      const old = (queryKey: unknown[]) => void queries.invalidateQueries({ queryKey })
      for (const { id } of around) old([id])
      if (deals.length === 0) for (const { id } of [getDeal, listDealEntries]) old([id])
      for (const { id, ref } of deals) {
        old([getDeal.id, { params: { ref } }])
        old([listDealEntries.id, id])
      }
    },
    [queries],
  )
  useLive('/api/v1/live', renew)
}
