import { useQuery } from '@tanstack/react-query'
import { ListChecks, ListFilter } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { listMembers } from '#shared/company.ts'
import type { SavedView } from '#shared/saved-views.ts'
import { listTags } from '#shared/tags.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useGo } from '../../shell/go.ts'
import { useLists } from '../../shell/lists.tsx'
import { statusOptions, viaOptions } from '../../shell/partner-words.ts'
import type { SavedViews } from '../../shell/saved-views.ts'
import { Button } from '../../ui/button.tsx'
import { FilterBar, FilterChip } from '../../ui/filter-chip.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { type Asked, type FilterName, filterNames } from './list-query.ts'
import { ruleOptions } from './rule-words.ts'

const SaveView = lazy(() => import('../../shell/save-view.tsx').then((m) => ({ default: m.SaveView })))
const FilterSheet = lazy(() => import('./filter-sheet.tsx').then((m) => ({ default: m.FilterSheet })))

type Props = {
  asked: Asked
  saved: SavedViews
  current: SavedView | undefined
  matching: number | undefined
  /** On a phone boxes to tick come when they are asked for. */
  ticking: { on: boolean; change: (on: boolean) => void } | null
}

/** The chips under the views; `f` goes to the first of them. On a phone those that are on, and a sheet with all. */
export function PartnerFilters({ asked, saved, current, matching, ticking }: Props) {
  const bar = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState<'save' | 'sheet' | null>(null)
  const go = useGo()
  useHotkeys({ f: () => bar.current?.querySelector<HTMLElement>('.partners-chips button')?.focus() })
  const differs = current ? asked.kept !== current.query : asked.filtered || asked.sort !== undefined
  const on = filterNames.filter((name) => asked.filters[name].length > 0).length + (asked.breaks ? 1 : 0)
  return (
    <div ref={bar}>
      <FilterBar
        end={
          (asked.filtered || differs) && (
            <>
              {asked.filtered && (
                <Button variant="quiet" size="small" onClick={asked.clear}>
                  Clear filters
                </Button>
              )}
              {differs && current?.can.edit && (
                <Button size="small" onClick={() => void saved.edit(current, { query: asked.kept })}>
                  Update view
                </Button>
              )}
              {differs && (
                <Button size="small" onClick={() => setOpen('save')}>
                  Save as view
                </Button>
              )}
            </>
          )
        }
      >
        <Button className="partners-phone" size="small" icon={<ListFilter />} onClick={() => setOpen('sheet')}>
          Filter{on > 0 ? ` (${on})` : ''}
        </Button>
        {ticking && (
          <Button
            className="partners-phone"
            size="small"
            icon={<ListChecks />}
            aria-pressed={ticking.on}
            onClick={() => ticking.change(!ticking.on)}
          >
            {ticking.on ? 'Done' : 'Select'}
          </Button>
        )}
        <div className="partners-chips">
          <Chips asked={asked} />
        </div>
      </FilterBar>
      <Suspense>
        {open === 'save' && (
          <SaveView
            saved={saved}
            query={asked.kept}
            onClose={() => setOpen(null)}
            onSaved={(view) => {
              setOpen(null)
              go(paths.savedView('partners', view.id, view.query))
            }}
          />
        )}
        {open === 'sheet' && <FilterSheet asked={asked} matching={matching} onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  )
}

/** One chip for each thing to filter by. */
export function Chips({ asked }: { asked: Asked }): ReactNode {
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
