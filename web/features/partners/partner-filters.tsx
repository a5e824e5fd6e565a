import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { listMembers } from '#shared/company.ts'
import { listTags } from '#shared/tags.ts'
import { ask } from '../../query.ts'
import { statusOptions, typeOptions, viaOptions } from '../../shell/partner-words.ts'
import { Button } from '../../ui/button.tsx'
import { FilterBar, FilterChip } from '../../ui/filter-chip.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import type { Asked, FilterName } from './list-query.ts'

/** The chips under the views; `f` goes to the first of them. */
export function PartnerFilters({ asked }: { asked: Asked }) {
  const { data: tags } = useQuery(ask(listTags, {}))
  const { data: members } = useQuery(ask(listMembers, {}))
  const bar = useRef<HTMLDivElement>(null)
  useHotkeys({ f: () => bar.current?.querySelector('button')?.focus() })
  const chip = (name: FilterName) => ({
    value: asked.filters[name],
    onChange: (values: string[]) => asked.change({ [name]: values.join(',') }),
  })
  const owners = (members?.items ?? []).map((member) => ({ value: member.id, label: member.name }))
  return (
    <div ref={bar}>
      <FilterBar
        end={
          asked.filtered && (
            <Button variant="quiet" size="small" onClick={asked.clear}>
              Clear filters
            </Button>
          )
        }
      >
        <FilterChip label="Status" plural="statuses" options={statusOptions} {...chip('status')} />
        <FilterChip label="Type" plural="types" options={typeOptions} {...chip('type')} />
        <FilterChip
          label="Tag"
          plural="tags"
          options={(tags?.items ?? []).map((tag) => ({ value: tag.id, label: tag.name }))}
          {...chip('tag')}
        />
        <FilterChip
          label="Owner"
          plural="owners"
          options={[...owners, { value: 'none', label: 'No owner' }]}
          {...chip('owner')}
        />
        <FilterChip
          label="Works via"
          options={viaOptions.map(({ value, label }) => ({ value, label }))}
          {...chip('via')}
        />
      </FilterBar>
    </div>
  )
}
