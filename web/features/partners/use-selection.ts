import { useCallback, useSyncExternalStore } from 'react'

/** Rows picked one by one, or all that match save some. */
export type Selection = { all: boolean; ids: ReadonlySet<string> }

const none: Selection = { all: false, ids: new Set() }
// What is picked outlives the page: Back finds it as it was. Other filters are another list, with nothing picked.
let kept: { list: string; selection: Selection } = { list: '', selection: none }
const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function useSelection(list: string) {
  const now = useSyncExternalStore(subscribe, () => kept)
  const selection = now.list === list ? now.selection : none
  const keep = useCallback(
    (next: Selection) => {
      kept = { list, selection: next }
      for (const listener of listeners) listener()
    },
    [list],
  )
  const has = (id: string) => selection.ids.has(id) !== selection.all
  const set = (ids: string[], on: boolean) => {
    const next = new Set(selection.ids)
    for (const id of ids) on !== selection.all ? next.add(id) : next.delete(id)
    keep({ ...selection, ids: next })
  }
  return {
    ...selection,
    has,
    set,
    toggle: (id: string) => set([id], !has(id)),
    pickAll: () => keep({ all: true, ids: new Set() }),
    clear: () => keep(none),
    count: (matching: number | undefined) =>
      selection.all ? Math.max(0, (matching ?? 0) - selection.ids.size) : selection.ids.size,
  }
}
export type Picking = ReturnType<typeof useSelection>
