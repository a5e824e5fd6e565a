import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type BulkChange, changeManyPartners, previewBulk } from '#shared/bulk.ts'
import type { Answer, Input } from '#shared/endpoint.ts'
import { ApiProblem, call } from '../../api.ts'
import { useUndo } from '../../shell/use-undo.ts'
import { useToast } from '../../ui/toast.tsx'
import { type Asked, chosenOf } from './list-query.ts'
import type { Picking } from './use-selection.ts'

type Body = Input<typeof changeManyPartners>['body']
export type Preview = Answer<typeof previewBulk>
export type Done = Answer<typeof changeManyPartners>
export type Stage =
  | { step: 'asking' | 'applying'; body: Body; preview?: Preview }
  | { step: 'preview'; body: Body; preview: Preview }
  | { step: 'failed'; body: Body; done: Done }

/** More than these many are shown before they are changed. */
const without_preview = 25

const matchingOf = (asked: Asked) =>
  Object.fromEntries(Object.entries(chosenOf(asked)).map(([name, value]) => [name, value])) as Body['matching']

/** One change for all that is picked: at once with Undo, or, for many, shown first. What was refused is listed. */
export function useBulk(picking: Picking, asked: Asked, matching: number | undefined) {
  const [stage, setStage] = useState<Stage | null>(null)
  const queries = useQueryClient()
  const toast = useToast()
  const undo = useUndo()
  const count = picking.count(matching)

  const fail = (error: unknown) => {
    setStage(null)
    toast.show({
      tone: 'danger',
      text:
        error instanceof ApiProblem
          ? `Nothing was changed. ${error.problem.detail}`
          : 'Nothing was changed. Try again.',
    })
  }
  const apply = async (body: Body, preview?: Preview): Promise<void> => {
    setStage({ step: 'applying', body, ...(preview ? { preview } : {}) })
    try {
      const done = await call(changeManyPartners, { body })
      await queries.invalidateQueries()
      if (done.refused_count > 0) setStage({ step: 'failed', body, done })
      else setStage(null)
      const { act } = done
      if (act) toast.show({ text: `${act.says}.`, undo: () => void undo(act.id) })
      else if (done.refused_count === 0) toast.show({ text: 'They are all so already. Nothing was changed.' })
      if (body.change.archived) picking.clear()
    } catch (error) {
      fail(error)
    }
  }
  const start = async (change: BulkChange): Promise<void> => {
    const ids = [...picking.ids]
    const body: Body = picking.all
      ? { matching: matchingOf(asked), ...(ids.length ? { except: ids } : {}), change }
      : { ids, change }
    if (count <= without_preview) return apply(body)
    setStage({ step: 'asking', body })
    try {
      setStage({ step: 'preview', body, preview: await call(previewBulk, { body }) })
    } catch (error) {
      fail(error)
    }
  }
  const again = (done: Done, body: Body) => apply({ ids: done.refused.map(({ id }) => id), change: body.change })
  return { stage, count, start, apply, again, close: () => setStage(null) }
}
export type Bulk = ReturnType<typeof useBulk>
