import { type MouseEvent, Suspense, useState } from 'react'
import type { BulkChange } from '#shared/bulk.ts'
import { statusOptions } from '../../shell/partner-words.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { BulkBar } from '../../ui/table.tsx'
import { PartnersExport } from '../exports/export-menu.tsx'
import { BulkDialog } from './bulk-dialog.tsx'
import { type Asked, chosenOf } from './list-query.ts'
import { loadPickList, noTag, PickList, usePickOptions } from './row-picker.tsx'
import { useBulk } from './use-bulk.ts'
import type { Picking } from './use-selection.ts'

type What = 'status' | 'owner' | 'tags' | 'type'
const names: Record<What, string> = { status: 'Status', owner: 'Owner', tags: 'Tags', type: 'Type' }
type Props = { picking: Picking; asked: Asked; matching: number | undefined; shown: number }

/** What can be done with the picked partners, at the bottom of the page. */
export function BulkActions({ picking, asked, matching, shown }: Props) {
  const bulk = useBulk(picking, asked, matching)
  const [open, setOpen] = useState<{ what: What; anchor: HTMLElement } | null>(null)
  const options = usePickOptions()
  const button = (what: What) => (
    <Button
      key={what}
      variant="quiet"
      aria-haspopup="dialog"
      aria-expanded={open?.what === what}
      onPointerOver={() => void loadPickList()}
      onClick={(event: MouseEvent<HTMLButtonElement>) =>
        setOpen(open?.what === what ? null : { what, anchor: event.currentTarget })
      }
    >
      {names[what]}
    </Button>
  )
  const start = (change: BulkChange) => {
    setOpen(null)
    void bulk.start(change)
  }
  const archived = asked.view === 'archived'
  const whole = !picking.all && matching !== undefined && matching > shown && picking.ids.size >= shown
  return (
    <>
      <BulkBar count={bulk.count} label="Selected partners" onClear={picking.clear}>
        {whole && (
          <Button variant="quiet" className="bulk-whole" onClick={picking.pickAll}>
            Select all {matching} that match
          </Button>
        )}
        {!archived && (['status', 'owner', 'tags', 'type'] as const).map(button)}
        {!archived && (
          <Button variant="quiet" onClick={() => void bulk.start({ archived: true })}>
            Archive
          </Button>
        )}
        <PartnersExport
          query={
            picking.all
              ? {
                  ...chosenOf(asked),
                  ...(asked.sort ? { sort: asked.sort } : {}),
                  ...(picking.ids.size ? { except: [...picking.ids] } : {}),
                }
              : { ids: [...picking.ids] }
          }
          count={bulk.count}
          variant="quiet"
        />
      </BulkBar>
      {open && (
        <Suspense>
          {open.what === 'tags' ? (
            <TagPick
              anchor={open.anchor}
              count={bulk.count}
              tags={options.tags}
              admins={options.admins}
              onClose={() => setOpen(null)}
              onStart={start}
            />
          ) : (
            <PickList
              key={open.what}
              anchor={open.anchor}
              label={`${names[open.what]} of ${bulk.count} partners`}
              options={
                open.what === 'status' ? statusOptions : open.what === 'owner' ? options.owners : options.types()
              }
              value={[]}
              onDone={(values) => {
                setOpen(null)
                if (!values) return
                const [value = ''] = values
                start(
                  open.what === 'status'
                    ? { status: value as never }
                    : open.what === 'owner'
                      ? { owner_id: value || null }
                      : { type: value || null },
                )
              }}
            />
          )}
        </Suspense>
      )}
      <BulkDialog bulk={bulk} />
    </>
  )
}

type TagProps = {
  anchor: HTMLElement
  count: number
  tags: { value: string; label: string }[]
  admins: string[]
  onClose: () => void
  onStart: (change: BulkChange) => void
}

function TagPick({ anchor, count, tags, admins, onClose, onStart }: TagProps) {
  const [mode, setMode] = useState<'add' | 'remove'>('add')
  return (
    <PickList
      anchor={anchor}
      label={`Tags of ${count} partners`}
      options={tags}
      value={[]}
      multiple
      empty={(text) => noTag(text, admins)}
      head={
        <div className="bulk-mode">
          <Segmented
            label="Add or remove"
            fill
            value={mode}
            onChange={setMode}
            options={[
              { value: 'add', label: 'Add' },
              { value: 'remove', label: 'Remove' },
            ]}
          />
        </div>
      }
      foot={(picked) => (
        <Button
          variant="primary"
          size="small"
          {...(picked.length === 0 ? { reason: 'Pick a tag first.' } : {})}
          onClick={() => onStart(mode === 'add' ? { add_tag_ids: picked } : { remove_tag_ids: picked })}
        >
          {mode === 'add' ? 'Add to' : 'Remove from'} {count}
        </Button>
      )}
      onDone={onClose}
    />
  )
}
