import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { changeManyPartners } from '#shared/bulk.ts'
import {
  countMatchingPartners,
  countPartners,
  editPartner,
  listPartners,
  type Partner,
  type PartnerRow,
} from '#shared/partners.ts'
import { ApiProblem, call } from '../../api.ts'
import { useLists } from '../../shell/lists.tsx'
import { statusName } from '../../shell/partner-words.ts'
import { useUndo } from '../../shell/use-undo.ts'
import { useToast } from '../../ui/toast.tsx'
import type { PartnerPages } from './list-query.ts'

export type EditField = 'type' | 'status' | 'tags' | 'owner'
type Shown = Pick<PartnerRow, EditField>
type Named = { value: string; label: string }

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const detailOf = (error: unknown) =>
  error instanceof ApiProblem ? error.problem.detail : 'That did not work. Nothing was changed.'

/** Changes one field of one row: it shows at once, and goes back with the reason when the server refuses. */
export function useRowEdit() {
  const queries = useQueryClient()
  const toast = useToast()
  const undo = useUndo()
  const { typeName } = useLists()

  const patch = (id: string, change: Partial<PartnerRow>) =>
    queries.setQueriesData<InfiniteData<PartnerPages['pages'][number]>>({ queryKey: [listPartners.id] }, (data) =>
      data?.pages
        ? {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              items: page.items.map((row) => (row.id === id ? { ...row, ...change } : row)),
            })),
          }
        : data,
    )
  // The row stays where it is until the list is asked for again: nothing jumps away under the hand.
  const settle = async () => {
    await queries.invalidateQueries({ queryKey: [listPartners.id], refetchType: 'none' })
    for (const id of [countPartners.id, countMatchingPartners.id, 'get_partner', 'list_tags', 'list_changes'])
      void queries.invalidateQueries({ queryKey: [id] })
  }
  const words = (field: EditField, shown: Partial<Shown>): string =>
    field === 'status'
      ? shown.status
        ? statusName(shown.status)
        : ''
      : field === 'type'
        ? (typeName(shown.type ?? null) ?? 'none')
        : (shown.owner?.name ?? 'nobody')

  const send = async (
    row: PartnerRow,
    field: Exclude<EditField, 'tags'>,
    shown: Partial<Shown>,
    version: number,
  ): Promise<void> => {
    const body =
      field === 'owner'
        ? { owner_id: shown.owner?.id ?? null }
        : field === 'type'
          ? { type: shown.type ?? null }
          : { status: shown.status }
    patch(row.id, shown)
    try {
      const saved = await call(editPartner, { params: { partner: row.id }, body: { version, ...body } as never })
      patch(row.id, { ...shown, version: saved.version })
      await settle()
    } catch (error) {
      const current =
        error instanceof ApiProblem && error.status === 409 ? (error.problem.current as Partner | undefined) : undefined
      if (!current || current.version === version) {
        patch(row.id, { [field]: row[field] })
        return void toast.show({ tone: 'danger', text: `${row.legal_name} stays as it was. ${detailOf(error)}` })
      }
      // Somebody changed something else meanwhile: that is no conflict.
      if (same(current[field], row[field])) return send(row, field, shown, current.version)
      const theirs = { [field]: current[field], version: current.version } as Partial<PartnerRow>
      patch(row.id, theirs)
      toast.show({
        tone: 'danger',
        text: `Someone changed ${row.legal_name} a moment ago: ${field} is ${words(field, theirs)}.`,
        undoLabel: `Use ${words(field, shown)}`,
        undo: () => void send({ ...row, ...theirs }, field, shown, current.version),
      })
    }
  }

  const tag = async (row: PartnerRow, wanted: Named[]): Promise<void> => {
    const add = wanted.filter(({ value }) => !row.tags.some(({ id }) => id === value))
    const off = row.tags.filter(({ id }) => !wanted.some(({ value }) => value === id))
    if (add.length + off.length === 0) return
    const tags = [
      ...row.tags.filter((it) => !off.includes(it)),
      ...add.map(({ value, label }) => ({ id: value, name: label, colour: 1 })),
    ].toSorted((a, b) => a.name.localeCompare(b.name))
    patch(row.id, { tags })
    try {
      const change = {
        ...(add.length ? { add_tag_ids: add.map(({ value }) => value) } : {}),
        ...(off.length ? { remove_tag_ids: off.map(({ id }) => id) } : {}),
      }
      const { act, refused } = await call(changeManyPartners, { body: { ids: [row.id], change } })
      if (refused[0]) {
        patch(row.id, { tags: row.tags })
        return void toast.show({ tone: 'danger', text: `${row.legal_name} stays as it was. ${refused[0].why}` })
      }
      await settle()
      const said = [add.map(({ label }) => label).join(', '), off.map(({ name }) => name).join(', ')]
      toast.show({
        text: `${row.legal_name}: ${[said[0] && `${said[0]} added`, said[1] && `${said[1]} removed`].filter(Boolean).join(', ')}.`,
        ...(act ? { undo: () => void undo(act.id) } : {}),
      })
    } catch (error) {
      patch(row.id, { tags: row.tags })
      toast.show({ tone: 'danger', text: `${row.legal_name} stays as it was. ${detailOf(error)}` })
    }
  }

  /** In: the row as it is shown, the field, and what was picked. */
  return (row: PartnerRow, field: EditField, picked: Named[]): void => {
    if (field === 'tags') return void tag(row, picked)
    const [one] = picked
    const shown: Partial<Shown> =
      field === 'owner'
        ? { owner: one && one.value !== '' ? { id: one.value, name: one.label } : null }
        : field === 'type'
          ? { type: one?.value || null }
          : { status: (one?.value ?? row.status) as PartnerRow['status'] }
    if (!same(shown[field], row[field])) void send(row, field, shown, row.version)
  }
}
