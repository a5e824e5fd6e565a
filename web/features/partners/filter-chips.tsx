import { useQuery } from '@tanstack/react-query'
import { listMembers } from '#shared/company.ts'
import { listTags } from '#shared/tags.ts'
import { ask } from '../../query.ts'
import { useLists } from '../../shell/lists.tsx'
import { statusOptions, viaOptions } from '../../shell/partner-words.ts'
import { FilterChip } from '../../ui/filter-chip.tsx'
import type { Asked, FilterName } from './list-query.ts'
import { ruleOptions } from './rule-words.ts'

/** One chip for each thing to filter by. */
export function FilterChips({ asked }: { asked: Asked }) {
  const { data: tags } = useQuery(ask(listTags, {}))
  const { data: members } = useQuery(ask(listMembers, {}))
  const lists = useLists()
  const chip = (name: FilterName) => ({
    value: asked.filters[name],
    onChange: (values: string[]) => asked.change({ [name]: values.join(',') }),
  })
  const owners = (members?.items ?? []).map((member) => ({ value: member.id, label: member.name }))
  return (
    <>
      <FilterChip label="Status" plural="statuses" options={statusOptions} {...chip('status')} />
      <FilterChip
        label="Type"
        plural="types"
        options={[...lists.typeOptions(), { value: 'none', label: 'No type' }]}
        {...chip('type')}
      />
      <FilterChip
        label="Tag"
        plural="tags"
        options={(tags?.items ?? []).map((tag) => ({ value: tag.id, label: tag.name }))}
        {...chip('tag')}
      />
      <FilterChip
        label="Owner"
        plural="owners"
        options={[{ value: 'me', label: 'Me' }, ...owners, { value: 'none', label: 'No owner' }]}
        {...chip('owner')}
      />
      <FilterChip
        label="Works via"
        options={viaOptions.map(({ value, label }) => ({ value, label }))}
        {...chip('via')}
      />
      {asked.breaks && (
        <FilterChip
          label="Ground rule"
          single
          options={ruleOptions}
          value={[asked.breaks]}
          onChange={([rule]) => asked.change({ breaks: rule })}
        />
      )}
    </>
  )
}
