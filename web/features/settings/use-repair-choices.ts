import { useQuery } from '@tanstack/react-query'
import { listMembers } from '#shared/company.ts'
import type { RuleName } from '#shared/rules.ts'
import { ask } from '../../query.ts'
import { useLists } from '../../shell/lists.tsx'

/** What puts a partner right where one value does: a type, an owner; null for the other rules. */
export function useRepairChoices(rule: RuleName): { value: string; label: string }[] | null {
  const { typeOptions } = useLists()
  const { data } = useQuery({ ...ask(listMembers, {}), enabled: rule === 'owner' })
  if (rule === 'type') return typeOptions()
  if (rule !== 'owner') return null
  return (data?.items ?? [])
    .filter((one) => !one.deactivated_at && one.role !== 'read_only')
    .map(({ id, name }) => ({ value: id, label: name }))
}
