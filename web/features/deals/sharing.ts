import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Deal, getDeal, shareDeal, stopSharingDeal } from '#shared/deals.ts'
import type { Input } from '#shared/endpoint.ts'
import { ApiProblem, call } from '../../api.ts'
import { ask } from '../../query.ts'
import { calledName } from '../../shell/deal-words.ts'
import { useToast } from '../../ui/toast.tsx'

export const holdSeconds = 10
/** The message that counts down for a deal, so that Undo elsewhere takes it away. */
const counting = new Map<string, number>()

/** Puts a deal as the server answered it into the page, and marks what else shows it as old. */
export function keepDeal(queries: QueryClient, deal: Deal): void {
  queries.setQueryData(ask(getDeal, { params: { ref: deal.ref } }).queryKey, deal)
  for (const id of ['list_deals', 'get_board', 'list_deal_entries', 'get_partner', 'get_partner_sight', 'get_home'])
    void queries.invalidateQueries({ queryKey: [id] })
}

/** Words for an error that has no place in a form. */
export const failureWords = (error: unknown): string =>
  error instanceof ApiProblem ? error.problem.detail : 'That did not work. Nothing was lost.'

/** Share, take back within ten seconds, stop later. Each says what it did. */
export function useSharing() {
  const queries = useQueryClient()
  const { show, dismiss } = useToast()
  return useMemo(() => {
    const fail = (error: unknown) => show({ text: failureWords(error), tone: 'danger' })
    const stop = async (deal: Deal, said: string) => {
      try {
        const now = await call(stopSharingDeal, { params: { deal: deal.id } })
        const toast = counting.get(deal.id)
        if (toast !== undefined) dismiss(toast)
        keepDeal(queries, now)
        show({ text: said })
        return true
      } catch (error) {
        fail(error)
        return false
      }
    }
    const undo = (deal: Deal) => stop(deal, 'Not shared. Nothing left.')
    const count = (deal: Deal) => {
      const id = show({
        text: `Leaves in ${holdSeconds} seconds. Then ${calledName(deal.partner.legal_name)} sees it.`,
        holdSeconds,
        undo: () => void undo(deal),
        onElapsed: () => {
          counting.delete(deal.id)
          for (const key of ['get_deal', 'list_deal_entries']) void queries.invalidateQueries({ queryKey: [key] })
        },
      })
      counting.set(deal.id, id)
    }
    const share = async (deal: Deal, exceptions: Input<typeof shareDeal>['body']) => {
      try {
        const now = await call(shareDeal, { params: { deal: deal.id }, body: exceptions })
        keepDeal(queries, now)
        count(now)
        return true
      } catch (error) {
        fail(error)
        return false
      }
    }
    return { share, stop, undo, count }
  }, [queries, show, dismiss])
}
