import { type RefObject, useEffect, useState } from 'react'
import type { DealRow } from '#shared/deals.ts'

export type Drag = typeof import('@atlaskit/pragmatic-drag-and-drop/element/adapter')

/** Dragging, once it is there: it is fetched after the board is drawn, and only for who may move deals with a mouse. */
export function useDrag(enabled: boolean): Drag | null {
  const [drag, setDrag] = useState<Drag | null>(null)
  useEffect(() => {
    if (!enabled) return
    let left = false
    void import('@atlaskit/pragmatic-drag-and-drop/element/adapter').then((it) => !left && setDrag(it))
    return () => {
      left = true
    }
  }, [enabled])
  return drag
}

/** Makes a card one that can be dragged. Out: whether it is being dragged now. */
export function useDraggable(element: RefObject<HTMLElement | null>, drag: Drag | null, deal: DealRow): boolean {
  const [dragged, setDragged] = useState(false)
  useEffect(() => {
    if (!drag || !element.current) return
    return drag.draggable({
      element: element.current,
      getInitialData: () => ({ deal }),
      onDragStart: () => setDragged(true),
      onDrop: () => setDragged(false),
    })
  }, [drag, element, deal])
  return dragged
}

/** Makes a place one that cards can be dropped on. Out: whether one is over it that does not stand there yet. */
export function useDropPlace(
  element: RefObject<HTMLElement | null>,
  drag: Drag | null,
  stage: string,
  onDrop: (deal: DealRow) => void,
): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    if (!drag || !element.current) return
    return drag.dropTargetForElements({
      element: element.current,
      canDrop: ({ source }) => (source.data.deal as DealRow | undefined)?.stage !== stage,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false)
        onDrop(source.data.deal as DealRow)
      },
    })
  }, [drag, element, stage, onDrop])
  return over
}
