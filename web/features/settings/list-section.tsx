import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import {
  addListItem,
  countListUses,
  type DealStage,
  editListItem,
  firstStage,
  type ListItem,
  type ListName,
  most_stages,
  orderList,
} from '#shared/lists.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { listsQuery } from '../../shell/lists.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Link } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { StageLimit } from './stage-limit.tsx'
import { useChange, useSend } from './use-change.ts'

type Props = { list: ListName; title: string; note: string }

/** A short list that admins edit: types of partners, roles of contacts, stages of deals. */
export function ListSection({ list, title, note }: Props) {
  const { data, isError, refetch } = useQuery(listsQuery)
  const { data: uses } = useQuery(ask(countListUses, {}))
  const items: ListItem[] = data?.[list] ?? []
  const inUse = items.filter((item) => !item.archived)
  const archived = items.filter((item) => item.archived)
  return (
    <Card title={title} note={note} flush>
      {isError && !data && (
        <ErrorState title={`We couldn't load your ${list}.`} safe="Nothing was lost." onRetry={() => void refetch()} />
      )}
      {!data && !isError && <Skeleton count={5} />}
      <ul className="rules-list" aria-label={title}>
        {inUse.map((item) => (
          <Item
            key={item.id}
            {...{ list, item, all: items, may: data?.can.edit ?? false, used: uses?.[list][item.key] ?? 0 }}
          />
        ))}
      </ul>
      {archived.length > 0 && <Archived list={list} items={archived} may={data?.can.edit ?? false} />}
      {data?.can.edit &&
        (list === 'stages' && inUse.length >= most_stages ? (
          <p className="rules-foot ui-cap ui-muted">{most_stages} stages are the most. Archive one to add another.</p>
        ) : (
          <AddItem list={list} />
        ))}
    </Card>
  )
}

const one: Record<ListName, string> = { types: 'type', roles: 'role', stages: 'stage' }
const counted: Record<ListName, [one: string, many: string]> = {
  types: ['partner', 'partners'],
  roles: ['contact', 'contacts'],
  stages: ['open deal', 'open deals'],
}
const found: Partial<Record<ListName, (key: string) => string>> = {
  types: (key) => `${paths.partners}?type=${key}`,
  stages: (key) => `${paths.deals}?layout=table&open=true&stage=${encodeURIComponent(key)}`,
}
type ItemProps = { list: ListName; item: ListItem; all: ListItem[]; may: boolean; used: number }

function Item({ list, item, all, may, used }: ItemProps) {
  const [naming, setNaming] = useState(false)
  const change = useChange()
  const { id, version, name, key } = item
  const inUse = all.filter((it) => !it.archived)
  const at = inUse.findIndex((it) => it.id === id)
  const move = (by: -1 | 1) => {
    const order = inUse.map((it) => it.id)
    order.splice(at, 1)
    order.splice(at + by, 0, id)
    const ids = [...order, ...all.filter((it) => it.archived).map((it) => it.id)]
    return change(() => call(orderList, { params: { list }, body: { ids } }))
  }
  const archive = () =>
    change(
      () => call(editListItem, { params: { list, item: id }, body: { version, archived: true } }),
      `${name} archived. It stays where it is, and is no longer offered.`,
    )
  const count = `${used} ${counted[list][used === 1 ? 0 : 1]}`
  const href = found[list]?.(key)
  if (naming) return <Rename list={list} item={item} onClose={() => setNaming(false)} />
  return (
    <li>
      <span className="rules-item">{name}</span>
      {list === 'stages' && <StageLimit key={version} stage={item as DealStage} may={may} />}
      <span className="rules-count">
        {used === 0 ? (
          <span className="ui-muted">Not used</span>
        ) : href ? (
          <Link href={href}>{count}</Link>
        ) : (
          <span className="ui-muted">{count}</span>
        )}
      </span>
      {may && (
        <Menu
          label={`Change ${name}`}
          align="end"
          trigger={<IconButton label={`Change ${name}`} icon={<Ellipsis />} size="small" />}
          items={[
            { label: 'Rename', onSelect: () => setNaming(true) },
            {
              label: 'Move up',
              icon: <ArrowUp />,
              onSelect: () => void move(-1),
              ...(at === 0 ? { reason: 'It is the first.' } : {}),
            },
            {
              label: 'Move down',
              icon: <ArrowDown />,
              onSelect: () => void move(1),
              ...(at === inUse.length - 1 ? { reason: 'It is the last.' } : {}),
            },
            {
              label: 'Archive',
              ...(used > 0 ? { hint: `${count} ${used === 1 ? 'keeps' : 'keep'} it` } : {}),
              ...(list === 'stages' && key === firstStage ? { reason: 'Deals begin in this stage.' } : {}),
              onSelect: () => void archive(),
            },
          ]}
        />
      )}
    </li>
  )
}

function Rename({ list, item, onClose }: { list: ListName; item: ListItem; onClose: () => void }) {
  const form = useForm({ defaultValues: { name: item.name } })
  const { errors, isSubmitting } = form.formState
  const send = useSend(form, ['name'])(async ({ name }) => {
    await call(editListItem, { params: { list, item: item.id }, body: { version: item.version, name } })
    onClose()
  })
  return (
    <li>
      <form className="rules-inline" onSubmit={send} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
        <Field label={`New name of ${item.name}`} hideLabel error={errors.name?.message ?? errors.root?.message}>
          <TextInput compact autoFocus maxLength={40} {...form.register('name', { required: 'Fill this in.' })} />
        </Field>
        <Button size="small" variant="primary" type="submit" busy={isSubmitting}>
          Save
        </Button>
        <Button size="small" variant="quiet" onClick={onClose}>
          Cancel
        </Button>
      </form>
    </li>
  )
}

function AddItem({ list }: { list: ListName }) {
  const form = useForm({ defaultValues: { name: '' } })
  const { errors, isSubmitting } = form.formState
  const send = useSend(form, ['name'])(async ({ name }) => {
    await call(addListItem, { params: { list }, body: { name } })
    form.reset()
  })
  return (
    <form className="rules-inline rules-add" onSubmit={send}>
      <Field label={`Add a ${one[list]}`} hideLabel error={errors.name?.message ?? errors.root?.message}>
        <TextInput
          compact
          placeholder={`Add a ${one[list]}`}
          maxLength={40}
          autoComplete="off"
          {...form.register('name', { required: 'Fill this in.' })}
        />
      </Field>
      <Button size="small" type="submit" busy={isSubmitting}>
        Add
      </Button>
    </form>
  )
}

function Archived({ list, items, may }: { list: ListName; items: ListItem[]; may: boolean }) {
  const change = useChange()
  return (
    <details className="rules-archived">
      <summary>{items.length} archived</summary>
      <ul>
        {items.map(({ id, version, name }) => (
          <li key={id}>
            <span className="rules-item">{name}</span>
            {may && (
              <Button
                size="small"
                aria-label={`Restore ${name}`}
                onClick={() =>
                  void change(
                    () => call(editListItem, { params: { list, item: id }, body: { version, archived: false } }),
                    `${name} is back`,
                  )
                }
              >
                Restore
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
