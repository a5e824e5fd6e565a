import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { PartnerRow } from '#shared/partners.ts'
import { paths } from '../../paths.ts'
import { useGo } from '../../shell/go.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { SortHeader, Table } from '../../ui/table.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { useRowKeys } from '../../ui/use-row-keys.ts'
import { useWindow } from '../../ui/use-window.ts'
import { type Asked, type Sort, viewNames } from './list-query.ts'
import { Row } from './partner-row.tsx'
import { RowPicker } from './row-picker.tsx'
import { type EditField, useRowEdit } from './use-row-edit.ts'
import type { Picking } from './use-selection.ts'

const loadPeek = () => import('./peek.tsx').then((m) => ({ default: m.Peek }))
const Peek = lazy(loadPeek)

type Props = {
  rows: PartnerRow[]
  asked: Asked
  stale: boolean
  /** How many match, where it is known. */
  total: number | undefined
  /** What is picked; not for who only looks. */
  picking: Picking | null
  onNear: () => void
}
type Editing = { place: number; field: EditField; anchor: HTMLElement }

/** The list itself. In the view "Needs attention" each row says why instead of showing its tags. */
export function PartnerTable({ rows, asked, stale, total, picking, onNear }: Props) {
  const body = useRef<HTMLTableSectionElement>(null)
  const go = useGo()
  const edit = useRowEdit()
  const [editing, setEditing] = useState<Editing | null>(null)
  const last = useRef(0)
  const seen = useWindow(rows.length, body)
  const pick = (place: number, range: boolean) => {
    if (!picking) return
    const [from, to] = [Math.min(place, last.current), Math.max(place, last.current)]
    const row = rows[place]
    if (range)
      picking.set(
        rows.slice(from, to + 1).map(({ id }) => id),
        true,
      )
    else if (row) picking.toggle(row.id)
    last.current = place
  }
  const open = (place: number, field: EditField) => {
    const row = rows[place]
    const cell = body.current?.querySelector<HTMLElement>(`[data-row="${place}"] [data-field="${field}"]`)
    if (!picking || !row || row.archived_at || !cell) return false
    setEditing({ place, field, anchor: cell.getClientRects().length ? cell : (cell.closest('tr') ?? cell) })
  }
  const keys = useRowKeys(body, {
    onOpen: (place) => {
      const row = rows[place]
      if (row) go(paths.partner(row.slug))
    },
    onPeek: (place) => asked.change({ peek: rows[place]?.slug }),
    ...(picking
      ? {
          onSelect: (place: number, range: boolean) =>
            range ? picking.set([rows[place]?.id ?? ''], true) : pick(place, false),
        }
      : {}),
    drawn: { count: rows.length, reveal: seen.reveal },
    enabled: editing === null && !asked.peek,
  })
  const onField = (field: EditField) => () => (keys.here() < 0 ? false : open(keys.here(), field))
  useHotkeys(
    { e: onField('type'), t: onField('tags'), s: onField('status'), o: onField('owner') },
    { enabled: picking !== null && editing === null && !asked.peek },
  )
  const close = (place: number) => {
    setEditing(null)
    requestAnimationFrame(() => keys.go(place))
  }
  const near = seen.seen >= rows.length - 15
  useEffect(() => {
    if (near) onNear()
  }, [near, onNear])

  const why = asked.view === 'attention'
  const peeked = rows.findIndex(({ slug }) => slug === asked.peek)
  const inEdit = editing && rows[editing.place]
  const drawn = rows.slice(seen.first, seen.end)
  const allPicked = rows.length > 0 && rows.every(({ id }) => picking?.has(id))
  return (
    <>
      <Table
        caption={`Partners, ${viewNames[asked.view]}`}
        className={why ? 'partners-table partners-why' : 'partners-table'}
        rowCount={(total ?? rows.length) + 1}
      >
        <thead>
          <tr aria-rowindex={1}>
            {picking && (
              <td className="ui-check-cell">
                <Checkbox
                  label={allPicked ? 'Clear selection' : `Select ${rows.length} rows`}
                  hideLabel
                  checked={allPicked}
                  indeterminate={!allPicked && rows.some(({ id }) => picking.has(id))}
                  onChange={() =>
                    allPicked
                      ? picking.clear()
                      : picking.set(
                          rows.map(({ id }) => id),
                          true,
                        )
                  }
                />
              </td>
            )}
            <Headers asked={asked} why={why} />
          </tr>
        </thead>
        <tbody ref={body} aria-busy={stale}>
          {seen.before > 0 && <Space height={seen.before} />}
          {drawn.map((row, at) => (
            <Row
              key={row.id}
              row={row}
              place={seen.first + at}
              why={why}
              picked={picking?.has(row.id) ?? false}
              peeked={row.slug === asked.peek}
              {...(picking ? { onPick: pick, onEdit: open } : {})}
            />
          ))}
          {seen.after > 0 && <Space height={seen.after} />}
        </tbody>
      </Table>
      {editing && inEdit && (
        <RowPicker
          key={`${inEdit.id} ${editing.field}`}
          row={inEdit}
          field={editing.field}
          anchor={editing.anchor}
          onDone={(picked) => {
            if (picked) edit(inEdit, editing.field, picked)
            close(editing.place)
          }}
        />
      )}
      {asked.peek && (
        <Suspense>
          <Peek
            slug={asked.peek}
            onStep={(by) => {
              const next = rows[peeked + by]
              if (!next) return
              seen.reveal(peeked + by)
              asked.change({ peek: next.slug })
            }}
            place={peeked < 0 ? null : { at: peeked + 1, of: total ?? rows.length }}
            onClose={() => {
              asked.change({ peek: undefined })
              if (peeked >= 0) requestAnimationFrame(() => keys.go(peeked))
            }}
          />
        </Suspense>
      )}
    </>
  )
}

// Rows out of view: their height alone, so that the scroll bar tells the truth.
function Space({ height }: { height: number }) {
  return (
    <tr className="partners-space">
      <td colSpan={9} style={{ height, padding: 0, border: 0 }} />
    </tr>
  )
}

function Headers({ asked, why }: { asked: Asked; why: boolean }) {
  const now = asked.sort ?? (asked.q ? null : 'name')
  const sortBy = (up: Sort, down: Sort, first: Sort) => ({
    direction: now === up ? ('ascending' as const) : now === down ? ('descending' as const) : null,
    onSort: () => {
      const next = now === first ? (first === up ? down : up) : first
      asked.change({ sort: next === 'name' && !asked.q ? undefined : next })
    },
  })
  return (
    <>
      <SortHeader label="Name" {...sortBy('name', '-name', 'name')} className="partners-name" />
      <th scope="col" className="partners-type">
        Type
      </th>
      <th scope="col" className="partners-status">
        Status
      </th>
      <th scope="col" className="partners-tags">
        {why ? 'Why' : 'Tags'}
      </th>
      <th scope="col" className="partners-owner">
        Owner
      </th>
      <th scope="col" className="partners-contact">
        Main contact
      </th>
      <th scope="col" className="partners-deals ui-end">
        Open deals
      </th>
      <SortHeader label="Last activity" {...sortBy('activity', '-activity', '-activity')} className="partners-last" />
    </>
  )
}
