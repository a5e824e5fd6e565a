import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Deal, type DealRow, editDeal } from '#shared/deals.ts'
import { ApiProblem, call } from '../../api.ts'
import { outcomeName } from '../../shell/deal-words.ts'
import { useLists } from '../../shell/lists.tsx'
import { useToast } from '../../ui/toast.tsx'
import { failureWords, keepDeal } from './sharing.ts'

type Change = Omit<Parameters<typeof call<typeof editDeal>>[1]['body'], 'version'>
type Target = Pick<DealRow, 'id' | 'ref' | 'version' | 'customer_company' | 'stage' | 'outcome'>

/** Changes to a deal that take one press: saved at once, said in a message, with Undo. */
export function useChangeDeal() {
  const queries = useQueryClient()
  const { show } = useToast()
  const { stageName } = useLists()
  return useMemo(() => {
    const save = async (deal: Target, change: Change): Promise<Deal> => {
      const now = await call(editDeal, { params: { deal: deal.id }, body: { version: deal.version, ...change } })
      keepDeal(queries, now)
      return now
    }
    /** Out: whether it was saved. What failed is said; a deal that someone changed first is loaded again. */
    const change = async (deal: Target, to: Change, said: string, back?: Change): Promise<boolean> => {
      try {
        const now = await save(deal, to)
        show({ text: said, ...(back ? { undo: () => void change(now, back, 'Put back.') } : {}) })
        return true
      } catch (error) {
        show({ text: failureWords(error), tone: 'danger' })
        if (error instanceof ApiProblem && error.status === 409) {
          for (const id of ['get_deal', 'list_deals', 'get_board']) void queries.invalidateQueries({ queryKey: [id] })
        }
        return false
      }
    }
    const moveTo = (deal: Target, stage: string, place = '') =>
      change(
        deal,
        { stage, ...(deal.outcome ? { outcome: null } : {}) },
        `${deal.customer_company} moved to ${stageName(stage)}${place}.`,
        { stage: deal.stage, ...(deal.outcome ? { outcome: deal.outcome } : {}) },
      )
    const close = (deal: Target, outcome: 'won' | 'lost', more: Change) =>
      change(deal, { outcome, ...more }, `${deal.customer_company} marked as ${outcomeName(outcome).toLowerCase()}.`, {
        outcome: deal.outcome,
      })
    return { save, change, moveTo, close }
  }, [queries, show, stageName])
}
