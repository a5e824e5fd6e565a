import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import * as answering from '#shared/answering.ts'
import type { Deal, DealRow } from '#shared/deals.ts'
import { call } from '../../api.ts'
import { calledName, whose } from '../../shell/deal-words.ts'
import { useToast } from '../../ui/toast.tsx'
import { failureWords, keepDeal } from './sharing.ts'

/** Nothing that a partner sent is in the pipeline before it is accepted. */
export const inPipeline = ({ direction, answer }: Pick<DealRow, 'direction' | 'answer'>): boolean =>
  direction === 'given' || answer === 'accepted'
/** What was sent, inside a sentence. */
export const sentThing = { lead: 'this lead', referral: 'this referral', co_sell: 'this deal to co-sell' } as const
export const waitsForUs = (deal: Pick<DealRow, 'direction' | 'answer'>): boolean =>
  deal.direction === 'received' && deal.answer === 'pending'

type Accept = Parameters<typeof call<typeof answering.acceptDeal>>[1]['body']

/** What we do with a deal that a partner sent, and pauses of any. Each says what it did; what is refused is thrown to the form that asked. */
export function useAnswers() {
  const queries = useQueryClient()
  const { show } = useToast()
  return useMemo(() => {
    const keep = (deal: Deal, said: string) => {
      keepDeal(queries, deal)
      for (const id of ['list_received', 'list_same_customer', 'list_inbox', 'count_inbox'])
        void queries.invalidateQueries({ queryKey: [id] })
      show({ text: said })
    }
    const at = (deal: Deal) => ({ params: { deal: deal.id } })
    return {
      accept: async (deal: Deal, body: Accept) =>
        keep(await call(answering.acceptDeal, { ...at(deal), body }), `${deal.customer_company} is in your pipeline.`),
      decline: async (deal: Deal, reason: string) =>
        keep(
          await call(answering.declineDeal, { ...at(deal), body: { reason } }),
          `Declined. ${calledName(deal.partner.legal_name)} reads why.`,
        ),
      askBack: async (deal: Deal, body: string) =>
        keep(
          await call(answering.askBack, { ...at(deal), body: { body } }),
          `Asked. It is ${whose(calledName(deal.partner.legal_name))} turn.`,
        ),
      protect: async (deal: Deal, protected_until: string | null) =>
        keep(
          await call(answering.protectDeal, { ...at(deal), body: { version: deal.version, protected_until } }),
          protected_until ? 'Protected.' : 'No longer protected.',
        ),
      pause: async (deal: Deal, until: string, why: string) =>
        keep(
          await call(answering.pauseDeal, { ...at(deal), body: { version: deal.version, until, why } }),
          'Paused. Nobody has to move.',
        ),
      resume: async (deal: Deal) => {
        try {
          keep(await call(answering.resumeDeal, at(deal)), 'Resumed. The turn is as it was.')
        } catch (error) {
          show({ text: failureWords(error), tone: 'danger' })
        }
      },
    }
  }, [queries, show])
}
