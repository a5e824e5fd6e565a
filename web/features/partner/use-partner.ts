import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { editPartner, getPartner, type Partner } from '#shared/partners.ts'
import { ApiProblem, call } from '../../api.ts'
import { ask } from '../../query.ts'
import { useToast } from '../../ui/toast.tsx'

/** An archived partner can be read by those who see it, and changed by nobody. */
const asItStands = (partner: Partner): Partner =>
  partner.archived_at ? { ...partner, can: { work: false, decide: false } } : partner

/** The partner of this address. */
export function usePartner() {
  const { slug = '' } = useParams({ strict: false })
  return useQuery({ ...ask(getPartner, { params: { slug } }), select: asItStands })
}

/** Whether this person may restore the archived partner of this address. */
export function useMayRestore(): boolean {
  const { slug = '' } = useParams({ strict: false })
  const { data } = useQuery(ask(getPartner, { params: { slug } }))
  return Boolean(data?.archived_at && data.can.decide)
}

/** The partner inside a tab: the page above shows nothing until it is there. */
export function useThisPartner(): Partner {
  const { data } = usePartner()
  if (!data) throw new Error('A tab of a partner stands inside its page.')
  return data
}

/** Why nothing can be changed here; nothing where it can. */
export function whyNot(partner: Partner): string | undefined {
  if (partner.can.work) return undefined
  return partner.archived_at
    ? 'This partner is archived. Restore it first.'
    : 'You may look at this partner, not change it. Ask its owner or an admin.'
}

export const wordsOf = (error: unknown): string =>
  error instanceof ApiProblem ? error.problem.detail : 'That did not work. Nothing was lost. Try again.'

/** What shows anything of a partner is old once it changed. */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    const of_partner = /partner|twin|contact|note|deal|outsider|changes|home/
    await queries.invalidateQueries({ predicate: ({ queryKey }) => of_partner.test(String(queryKey[0])) })
  }
}

/** Keeps a partner internal, or has it take part by email. */
export function useKeepInternal(partner: Partner): () => Promise<void> {
  const refresh = useRefresh()
  const toast = useToast()
  return async () => {
    try {
      await call(editPartner, {
        params: { partner: partner.id },
        body: { version: partner.version, works_via: 'internal' },
      })
      await refresh()
      toast.show({ text: 'Kept internal. Nothing was emailed.' })
    } catch (error) {
      toast.show({ text: wordsOf(error), tone: 'danger' })
    }
  }
}
