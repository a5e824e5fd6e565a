import { useState } from 'react'
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form'
import { ApiProblem } from '../../api.ts'
import { wordsOf } from './use-partner.ts'

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

type How<F extends FieldValues, R> = {
  form: UseFormReturn<F>
  record: R
  version: (record: R) => number
  fieldsOf: (record: R) => F
  /** Sends only what the person changed, naming the version they saw. */
  send: (changed: Partial<F>, version: number) => Promise<void>
}

/**
 * Saves a form over a record that others may change meanwhile. Out: `save` for the form, and, when somebody else
 * changed the same fields first, `newer` with `keep` and `take`. Changes to other fields never get in the way.
 */
export function useSaving<F extends FieldValues, R>({ form, record, version, fieldsOf, send }: How<F, R>) {
  const [base, setBase] = useState(record)
  const [newer, setNewer] = useState<R | null>(null)

  const changedSince = (from: R, typed: F): (keyof F)[] =>
    (Object.keys(typed) as (keyof F)[]).filter((name) => !same(typed[name], fieldsOf(from)[name]))

  const attempt = async (from: R, typed: F, names: (keyof F)[]): Promise<void> => {
    try {
      const changed = Object.fromEntries(names.map((name) => [name, typed[name]])) as Partial<F>
      await send(changed, version(from))
    } catch (error) {
      if (!(error instanceof ApiProblem)) return form.setError('root', { message: wordsOf(error) })
      const current = error.status === 409 && error.problem.code === 'conflict' ? (error.problem.current as R) : null
      if (current && version(current) !== version(from)) {
        const clash = names.some((name) => !same(fieldsOf(current)[name], fieldsOf(base)[name]))
        if (!clash) return attempt(current, typed, names)
        return setNewer(current)
      }
      for (const { field, detail } of error.problem.errors ?? [{ field: 'root', detail: error.problem.detail }])
        form.setError((field in typed ? field : 'root') as Path<F> | 'root', { message: detail })
    }
  }
  const save = form.handleSubmit((typed) => attempt(base, typed, changedSince(base, typed)))

  const mine = newer ? form.getValues() : null
  const ours = mine ? changedSince(base, mine) : []
  const clashes = newer ? ours.filter((name) => !same(fieldsOf(newer)[name], fieldsOf(base)[name])) : []
  const settle = (kept: (keyof F)[]) => {
    if (!newer || !mine) return
    form.reset({ ...fieldsOf(newer), ...Object.fromEntries(kept.map((name) => [name, mine[name]])) })
    setBase(newer)
    setNewer(null)
  }
  return {
    save,
    newer,
    clashes,
    keep: () => settle(ours),
    take: () => settle(ours.filter((name) => !clashes.includes(name))),
  }
}
