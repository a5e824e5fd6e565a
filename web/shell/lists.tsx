import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type DealStage, getLists, type ListItem } from '#shared/lists.ts'
import { ask } from '../query.ts'

export const listsQuery = { ...ask(getLists, {}), staleTime: 60_000 }

type Choice = { value: string; label: string }
const none: ListItem[] = []
const noStages: DealStage[] = []
const nameIn = (items: ListItem[], key: string | null): string | null =>
  key ? (items.find((item) => item.key === key)?.name ?? '') : null
const offered = (items: ListItem[], own?: string | null): Choice[] =>
  items.filter((item) => !item.archived || item.key === own).map(({ key, name }) => ({ value: key, label: name }))

export type Lists = {
  types: ListItem[]
  roles: ListItem[]
  /** Those in use, in their order. */
  stages: DealStage[]
  /** The name of a key; nothing while the lists are on their way. */
  typeName: (key: string | null) => string | null
  roleName: (key: string | null) => string | null
  stageName: (key: string) => string
  /** What may be chosen, and what the record has already where that is archived. */
  typeOptions: (own?: string | null) => Choice[]
  roleOptions: (own?: string | null) => Choice[]
  stageOptions: (own?: string | null) => Choice[]
}

/** The company's types, roles and stages: records hold their keys. */
export function useLists(): Lists {
  const { data } = useQuery(listsQuery)
  const types = data?.types ?? none
  const roles = data?.roles ?? none
  const stages = data?.stages ?? noStages
  return useMemo(
    () => ({
      types,
      roles,
      stages: stages.filter((stage) => !stage.archived),
      typeName: (key) => nameIn(types, key),
      roleName: (key) => nameIn(roles, key),
      stageName: (key) => nameIn(stages, key) ?? '',
      typeOptions: (own) => offered(types, own),
      roleOptions: (own) => offered(roles, own),
      stageOptions: (own) => offered(stages, own),
    }),
    [types, roles, stages],
  )
}
