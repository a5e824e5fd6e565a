import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Ellipsis, Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import {
  type CustomField,
  editCustomField,
  listCustomFields,
  most_fields,
  orderCustomFields,
} from '#shared/custom-fields.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { kindNames } from './field-kinds.ts'
import { useChange } from './use-change.ts'

const FieldDialog = lazy(() => import('./field-dialog.tsx').then((m) => ({ default: m.FieldDialog })))

/** The few facts that only this company keeps of a partner. */
export function FieldsSection() {
  const { data, isError, refetch } = useQuery(ask(listCustomFields, {}))
  const [open, setOpen] = useState<CustomField | 'new' | null>(null)
  const change = useChange()
  const fields = data?.items.filter((field) => !field.archived) ?? []
  const archived = data?.items.filter((field) => field.archived) ?? []
  const may = data?.can.edit ?? false
  const full = fields.length >= most_fields
  const set = ({ id, version, name }: CustomField, away: boolean) =>
    change(
      () => call(editCustomField, { params: { field: id }, body: { version, archived: away } }),
      away ? `${name} archived. What stands in it is kept.` : `${name} is back`,
    )
  const move = (at: number, by: -1 | 1) => {
    const ids = fields.map(({ id }) => id)
    const [one = ''] = ids.splice(at, 1)
    ids.splice(at + by, 0, one)
    return change(() => call(orderCustomFields, { body: { ids } }))
  }
  return (
    <Card
      title="Custom fields"
      note={data ? `${fields.length} of ${most_fields} used` : undefined}
      flush
      {...(may && fields.length > 0
        ? {
            action: (
              <Button
                size="small"
                icon={<Plus />}
                onClick={() => setOpen('new')}
                {...(full ? { reason: 'Ten are the most. Archive one first.' } : {})}
              >
                Add field
              </Button>
            ),
          }
        : {})}
    >
      {isError && !data && (
        <ErrorState title="We couldn't load your fields." safe="Nothing was lost." onRetry={() => void refetch()} />
      )}
      {!data && !isError && <Skeleton count={3} />}
      {data && fields.length === 0 && (
        <EmptyState
          link={{ href: paths.help('organise'), label: 'When a field helps' }}
          {...(may ? { action: <Button onClick={() => setOpen('new')}>Add field</Button> } : {})}
        >
          No fields of your own yet. Add one for what you look up again and again.
        </EmptyState>
      )}
      {fields.length > 0 && (
        <Table caption="Custom fields" className="rules-fields">
          <thead>
            <tr>
              <th scope="col" className="rules-tag">
                Field
              </th>
              <th scope="col">What it is for</th>
              <th scope="col" className="rules-kind">
                Holds
              </th>
              <th scope="col" className="rules-used">
                Filled in
              </th>
              {may && (
                <th scope="col" className="rules-menu">
                  <span className="ui-vh">Change</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {fields.map((field, at) => (
              <tr key={field.id}>
                <th scope="row">{field.name}</th>
                <td className="rules-meaning" title={field.purpose}>
                  {field.purpose}
                </td>
                <td className="rules-kind" title={field.choices.join(', ') || undefined}>
                  {kindNames[field.kind]}
                  {field.kind === 'choice' && <span className="ui-muted"> of {field.choices.length}</span>}
                </td>
                <td className="rules-used ui-muted">
                  {field.filled === 0 ? 'Nowhere' : field.filled === 1 ? '1 partner' : `${field.filled} partners`}
                </td>
                {may && (
                  <td className="rules-menu">
                    <Menu
                      label={`Change ${field.name}`}
                      align="end"
                      trigger={<IconButton label={`Change ${field.name}`} icon={<Ellipsis />} size="small" />}
                      items={[
                        { label: 'Edit', onSelect: () => setOpen(field) },
                        {
                          label: 'Move up',
                          icon: <ArrowUp />,
                          onSelect: () => void move(at, -1),
                          ...(at === 0 ? { reason: 'It is the first.' } : {}),
                        },
                        {
                          label: 'Move down',
                          icon: <ArrowDown />,
                          onSelect: () => void move(at, 1),
                          ...(at === fields.length - 1 ? { reason: 'It is the last.' } : {}),
                        },
                        { label: 'Archive', onSelect: () => void set(field, true) },
                      ]}
                    />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {archived.length > 0 && (
        <details className="rules-archived">
          <summary>{archived.length} archived</summary>
          <ul>
            {archived.map((field) => (
              <li key={field.id}>
                <span className="rules-item">{field.name}</span>
                <span className="ui-muted">{field.filled} filled in</span>
                {may && (
                  <Button
                    size="small"
                    aria-label={`Restore ${field.name}`}
                    onClick={() => void set(field, false)}
                    {...(full ? { reason: 'Ten are in use. Archive one first.' } : {})}
                  >
                    Restore
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      {open && (
        <Suspense>
          <FieldDialog {...(open === 'new' ? {} : { field: open })} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </Card>
  )
}
