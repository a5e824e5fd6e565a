import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  addPortalEntry,
  answerDeal,
  getPortalDeal,
  listPortalDeals,
  listPortalEntries,
  moveDeal,
  type PortalDeal,
} from '#shared/portal.ts'
import { ApiProblem, call } from '../../api.ts'
import { ask } from '../../query.ts'
import { useToast } from '../../ui/toast.tsx'
import { usePortal } from './portal.tsx'
import type { DealPages } from './use-pages.ts'

/** What a partner can do with a deal. Each answer goes straight into what the page shows; a refusal is said and undone. */
export function useDealWrites(deal: PortalDeal, stageCalled = (key: string): string => key) {
  const { workspace } = usePortal()
  const queries = useQueryClient()
  const toast = useToast()
  const params = { workspace, ref: deal.ref }
  const one = ask(getPortalDeal, { params }).queryKey
  const list = [listPortalDeals.id, { params: { workspace } }]

  const show = (next: PortalDeal) => {
    queries.setQueryData(one, next)
    queries.setQueriesData<DealPages>(
      { queryKey: list },
      (all) =>
        all && {
          ...all,
          pages: all.pages.map((page) => ({
            ...page,
            items: page.items.map((item) => (item.ref === next.ref ? next : item)),
          })),
        },
    )
  }
  const renew = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: one }),
      queries.invalidateQueries({ queryKey: list }),
      queries.invalidateQueries({ queryKey: [listPortalEntries.id, { params }] }),
    ])
  const refuse = (what: string) => (error: Error) => {
    toast.show({ text: `${what} ${error instanceof ApiProblem ? error.problem.detail : ''}`.trim(), tone: 'danger' })
    void renew()
  }

  const answer = useMutation({
    mutationFn: (body: { answer: 'accepted' | 'declined'; reason?: string }) => call(answerDeal, { params, body }),
    onSuccess: (next) => {
      show(next)
      toast.show({ text: `${next.answer === 'accepted' ? 'Accepted' : 'Declined'}: ${next.customer_company}.` })
      void renew()
    },
    onError: refuse('Your answer was not saved.'),
  })
  const move = useMutation({
    mutationFn: (stage: string) => call(moveDeal, { params, body: { stage } }),
    onMutate: (stage) => show({ ...deal, stage }),
    onSuccess: (next) => {
      show(next)
      toast.show({ text: `${next.customer_company} is now in ${stageCalled(next.stage)}.` })
      void renew()
    },
    onError: (error) => {
      show(deal)
      refuse('The stage was not changed.')(error)
    },
  })
  const comment = useMutation({
    mutationFn: (body: string) => call(addPortalEntry, { params, body: { body } }),
    onSuccess: () => {
      toast.show({ text: 'Sent.' })
      void renew()
    },
  })
  return { answer, move, comment }
}
