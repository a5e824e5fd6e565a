import { ChevronDown } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { SavedView } from '#shared/saved-views.ts'
import { paths } from '../../paths.ts'
import { useGo } from '../../shell/go.ts'
import type { SavedViews } from '../../shell/saved-views.ts'
import { ViewMenu } from '../../shell/view-menu.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { type Asked, type usePartnerCounts, type View, viewNames } from './list-query.ts'

const RenameView = lazy(() => import('../../shell/save-view.tsx').then((m) => ({ default: m.RenameView })))

const most_tabs = 8
type Tab = { href: string; label: string; current: boolean; count?: number }
type Props = {
  asked: Asked
  saved: SavedViews
  current: SavedView | undefined
  counts: ReturnType<typeof usePartnerCounts>
  matching: number | undefined
}

/** The views as tabs: ours first, then saved ones; what does not fit is under More, save the open one. */
export function ViewTabs({ asked, saved, current, counts, matching }: Props) {
  const [renaming, setRenaming] = useState<SavedView | null>(null)
  const go = useGo()
  const ours = (Object.keys(viewNames) as View[]).map((name): Tab => {
    // A view starts without chips, so that its number is what it shows; the order stays.
    const query = new URLSearchParams({
      ...(name === 'all' ? {} : { view: name }),
      ...(asked.sort ? { sort: asked.sort } : {}),
    }).toString()
    return {
      href: query ? `${paths.partners}?${query}` : paths.partners,
      label: viewNames[name],
      current: !current && name === asked.view,
      ...(counts ? { count: counts[name] } : {}),
    }
  })
  const own = saved.views.map((view): Tab => {
    const open = view.id === current?.id
    return {
      href: paths.savedView('partners', view.id, view.query),
      label: view.name,
      current: open,
      ...(open && matching !== undefined && asked.kept === view.query ? { count: matching } : {}),
    }
  })
  const all = [...ours, ...own]
  const tabs = all.slice(0, most_tabs)
  const open = all.find((tab, at) => tab.current && at >= most_tabs)
  if (open) tabs[most_tabs - 1] = open
  const rest = all.filter((tab) => !tabs.includes(tab))
  return (
    <>
      <Tabs
        label="Views"
        items={tabs}
        {...(current || rest.length > 0
          ? {
              end: (
                <>
                  {current && (
                    <ViewMenu
                      saved={saved}
                      view={current}
                      onRename={() => setRenaming(current)}
                      onRemoved={() => go(paths.partners)}
                    />
                  )}
                  {rest.length > 0 && (
                    <Menu
                      label="More views"
                      align="end"
                      items={rest.map(({ label, href }) => ({ label, href }))}
                      trigger={
                        <Button variant="quiet" size="small">
                          More
                          <ChevronDown />
                        </Button>
                      }
                    />
                  )}
                </>
              ),
            }
          : {})}
      />
      {renaming && (
        <Suspense>
          <RenameView saved={saved} view={renaming} onClose={() => setRenaming(null)} />
        </Suspense>
      )}
    </>
  )
}
