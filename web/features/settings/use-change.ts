import { useQueryClient } from '@tanstack/react-query'
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form'
import { ApiProblem } from '../../api.ts'
import { useToast } from '../../ui/toast.tsx'

const worded = (error: unknown): string =>
  error instanceof ApiProblem ? error.problem.detail : 'That did not work. Nothing was lost. Try again.'

/** Does one thing and shows everything anew; what was refused is said. Out: what it gave, or undefined. */
export function useChange() {
  const queries = useQueryClient()
  const toast = useToast()
  return async <Result>(act: () => Promise<Result>, done?: string): Promise<Result | undefined> => {
    try {
      const result = await act()
      if (done) toast.show({ text: done })
      return result
    } catch (error) {
      toast.show({ tone: 'danger', text: worded(error) })
      return undefined
    } finally {
      await queries.invalidateQueries()
    }
  }
}

/** Sends a form; a refusal goes under its field, or on top of the form. */
export function useSend<F extends FieldValues>(form: UseFormReturn<F>, fields: readonly (keyof F & string)[]) {
  const queries = useQueryClient()
  return (send: (typed: F) => Promise<void>) =>
    form.handleSubmit(async (typed) => {
      try {
        await send(typed)
        await queries.invalidateQueries()
      } catch (error) {
        const told = error instanceof ApiProblem ? error.problem.errors : undefined
        for (const { field, detail } of told ?? [{ field: 'root', detail: worded(error) }])
          form.setError((fields.includes(field) ? field : 'root') as Path<F> | 'root', { message: detail })
      }
    })
}
