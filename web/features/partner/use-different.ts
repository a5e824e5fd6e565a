import { useQueryClient } from '@tanstack/react-query'
import { getTwin, listLookalikes, markDifferent, unmarkDifferent } from '#shared/merges.ts'
import { checkPartner } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { useToast } from '../../ui/toast.tsx'
import { wordsOf } from './use-partner.ts'

/** Says that two partners are different companies: one press, remembered, with Undo. */
export function useDifferent(partner: string): (other: { id: string; legal_name: string }) => Promise<void> {
  const queries = useQueryClient()
  const toast = useToast()
  const tell = async (other: { id: string; legal_name: string }, different: boolean): Promise<void> => {
    try {
      await call(different ? markDifferent : unmarkDifferent, { params: { partner, other: other.id } })
      for (const id of [listLookalikes.id, getTwin.id, checkPartner.id])
        await queries.invalidateQueries({ queryKey: [id] })
      if (different)
        toast.show({
          text: `${other.legal_name} is a different company. It is not asked again.`,
          undo: () => void tell(other, false),
        })
    } catch (error) {
      toast.show({ tone: 'danger', text: wordsOf(error) })
    }
  }
  return (other) => tell(other, true)
}
