import { useState } from 'react'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Tag } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { addStarters, starters } from './tag-starters.ts'
import { useChange } from './use-change.ts'

/** No tags yet: three to begin with, taken or skipped. */
export function NoTags({ mayAdd, onAdd }: { mayAdd: boolean; onAdd: () => void }) {
  const [skipped, setSkipped] = useState(false)
  const [busy, setBusy] = useState(false)
  const change = useChange()
  const take = async () => {
    setBusy(true)
    await change(addStarters, 'Three tags added')
    setBusy(false)
  }
  const help = { href: paths.help('organise'), label: 'How tags help' }
  if (!mayAdd) return <EmptyState link={help}>No tags yet. An admin adds the first ones.</EmptyState>
  if (skipped)
    return (
      <EmptyState link={help} action={<Button onClick={onAdd}>Add tag</Button>}>
        No tags yet. Start with what you filter by: a region, a level.
      </EmptyState>
    )
  return (
    <EmptyState
      link={help}
      action={
        <span className="ui-row">
          <Button variant="primary" busy={busy} onClick={() => void take()}>
            Use these three
          </Button>
          <Button variant="quiet" onClick={() => setSkipped(true)}>
            Skip
          </Button>
        </span>
      }
    >
      No tags yet. Many teams start with these:
      <ul className="rules-starters">
        {starters.map(({ name, meaning, colour }) => (
          <li key={name}>
            <Tag colour={colour}>{name}</Tag> <span className="ui-muted">{meaning}</span>
          </li>
        ))}
      </ul>
    </EmptyState>
  )
}
