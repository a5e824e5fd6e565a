import { ListChecks, ListFilter } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import type { SavedView } from '#shared/saved-views.ts'
import { paths } from '../../paths.ts'
import { useGo } from '../../shell/go.ts'
import type { SavedViews } from '../../shell/saved-views.ts'
import { Button } from '../../ui/button.tsx'
import { FilterBar } from '../../ui/filter-chip.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { FilterChips } from './filter-chips.tsx'
import { type Asked, filterNames } from './list-query.ts'

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
          <FilterChips asked={asked} />
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
