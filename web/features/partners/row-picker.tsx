import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { listMembers } from '#shared/company.ts'
import type { PartnerRow } from '#shared/partners.ts'
import { addTag, listTags } from '#shared/tags.ts'
import { ApiProblem, call } from '../../api.ts'
import { ask } from '../../query.ts'
import { useLists } from '../../shell/lists.tsx'
import { statusOptions } from '../../shell/partner-words.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { EditField } from './use-row-edit.ts'

export const loadPickList = () => import('../../ui/pick-list.tsx').then((m) => ({ default: m.PickList }))
export const PickList = lazy(loadPickList)
type Named = { value: string; label: string }

/** Whom and what there is to choose from. */
export function usePickOptions() {
  const tags = useQuery(ask(listTags, {})).data
  const members = useQuery(ask(listMembers, {})).data?.items
  const { typeOptions } = useLists()
  const people = (members ?? []).filter((member) => !('deactivated_at' in member && member.deactivated_at))
  return {
    tags: (tags?.items ?? []).map(({ id, name, meaning }) => ({
      value: id,
      label: name,
      ...(meaning ? { hint: meaning } : {}),
    })),
    mayAddTags: tags?.can.add ?? false,
    admins: people.filter((member) => member.role === 'admin').map(({ name }) => name),
    owners: [
      ...people.map(({ id, name }) => ({ value: id, label: name, icon: <Avatar name={name} size={20} /> })),
      { value: '', label: 'No owner' },
    ],
    types: (own?: string | null) => [...typeOptions(own), { value: '', label: 'No type' }],
  }
}

const names: Record<EditField, string> = { type: 'Type', status: 'Status', tags: 'Tags', owner: 'Owner' }

type Props = { row: PartnerRow; field: EditField; anchor: HTMLElement; onDone: (picked: Named[] | null) => void }

/** The picker over a cell. */
export function RowPicker({ row, field, anchor, onDone }: Props) {
  const { tags, mayAddTags, admins, owners, types } = usePickOptions()
  const queries = useQueryClient()
  const toast = useToast()
  // A tag that is no longer offered stays where it is worn.
  const worn = row.tags
    .filter(({ id }) => !tags.some(({ value }) => value === id))
    .map(({ id, name }) => ({ value: id, label: name }))
  const options =
    field === 'tags'
      ? [...tags, ...worn]
      : field === 'owner'
        ? owners
        : field === 'type'
          ? types(row.type)
          : statusOptions
  const value =
    field === 'tags'
      ? row.tags.map(({ id }) => id)
      : [field === 'owner' ? (row.owner?.id ?? '') : field === 'type' ? (row.type ?? '') : row.status]
  const create = async (name: string) => {
    try {
      const tag = await call(addTag, { body: { name } })
      void queries.invalidateQueries({ queryKey: [listTags.id] })
      onDone([...row.tags.map((it) => ({ value: it.id, label: it.name })), { value: tag.id, label: tag.name }])
    } catch (error) {
      toast.show({
        tone: 'danger',
        text: error instanceof ApiProblem ? error.problem.detail : 'The tag was not added. Try again.',
      })
      onDone(null)
    }
  }
  return (
    <Suspense>
      <PickList
        anchor={anchor}
        label={`${names[field]} of ${row.legal_name}`}
        options={options}
        value={value}
        multiple={field === 'tags'}
        {...(field === 'tags' && mayAddTags ? { onCreate: (text: string) => void create(text) } : {})}
        empty={(text) =>
          field === 'tags' ? (mayAddTags ? 'No tags yet. Type a name.' : noTag(text, admins)) : 'Nothing matches.'
        }
        onDone={(values) =>
          onDone(
            values?.map((one) => {
              const known = options.find((option) => option.value === one)
              return { value: one, label: known?.label ?? row.tags.find(({ id }) => id === one)?.name ?? '' }
            }) ?? null,
          )
        }
      />
    </Suspense>
  )
}

export const noTag = (text: string, admins: string[]) =>
  `${text ? `No tag "${text}".` : 'No tags yet.'} Ask an admin${admins.length ? ` (${admins.slice(0, 3).join(', ')})` : ''} to add one.`
