import { useQuery } from '@tanstack/react-query'
import { Ellipsis, Plus } from 'lucide-react'
import { useState } from 'react'
import { editCompany, getCompany } from '#shared/company.ts'
import { editTag, listArchivedTags, listTags, type Tag as TagOf } from '#shared/tags.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Tag } from '../../ui/chip.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Link } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { NoTags } from './no-tags.tsx'
import { ArchiveTag, MergeTags, TagForm } from './tag-dialogs.tsx'
import { useChange } from './use-change.ts'

type Open = { does: 'add' } | { does: 'edit' | 'merge' | 'archive'; tag: TagOf }

/** What the tags mean and who wears them. */
export function TagsSection() {
  const { data, isError, refetch } = useQuery(ask(listTags, {}))
  const { data: archived } = useQuery(ask(listArchivedTags, {}))
  const [open, setOpen] = useState<Open | null>(null)
  const change = useChange()
  const tags = data?.items ?? []
  const close = () => setOpen(null)
  const restore = ({ id, version, name }: TagOf) =>
    change(() => call(editTag, { params: { tag: id }, body: { version, archived: false } }), `${name} is back`)
  return (
    <Card
      title="Tags"
      count={data ? tags.length : undefined}
      flush
      {...(data?.can.add && tags.length > 0
        ? {
            action: (
              <Button size="small" icon={<Plus />} onClick={() => setOpen({ does: 'add' })}>
                Add tag
              </Button>
            ),
          }
        : {})}
    >
      {isError && !data && (
        <ErrorState title="We couldn't load your tags." safe="Nothing was lost." onRetry={() => void refetch()} />
      )}
      {!data && !isError && <Skeleton count={4} />}
      {data && tags.length === 0 && <NoTags mayAdd={data.can.add} onAdd={() => setOpen({ does: 'add' })} />}
      {tags.length > 0 && (
        <Table caption="Tags" className="rules-tags">
          <thead>
            <tr>
              <th scope="col" className="rules-tag">
                Tag
              </th>
              <th scope="col">Meaning</th>
              <th scope="col" className="rules-used">
                Used by
              </th>
              {data?.can.edit && (
                <th scope="col" className="rules-menu">
                  <span className="ui-vh">Change</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {tags.map((tag) => (
              <tr key={tag.id}>
                <th scope="row">
                  <Tag colour={tag.colour}>{tag.name}</Tag>
                </th>
                <td className="rules-meaning" title={tag.meaning ?? undefined}>
                  {tag.meaning ?? <span className="ui-muted">No meaning written yet</span>}
                </td>
                <td className="rules-used">
                  <Used by={tag} />
                </td>
                {data?.can.edit && (
                  <td className="rules-menu">
                    <Menu
                      label={`Change ${tag.name}`}
                      align="end"
                      trigger={<IconButton label={`Change ${tag.name}`} icon={<Ellipsis />} size="small" />}
                      items={[
                        { label: 'Edit', onSelect: () => setOpen({ does: 'edit', tag }) },
                        {
                          label: 'Merge into another tag',
                          onSelect: () => setOpen({ does: 'merge', tag }),
                          ...(tags.length < 2 ? { reason: 'There is no other tag.' } : {}),
                        },
                        { label: 'Archive', onSelect: () => setOpen({ does: 'archive', tag }) },
                      ]}
                    />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {archived && archived.items.length > 0 && (
        <details className="rules-archived">
          <summary>{archived.items.length} archived</summary>
          <ul>
            {archived.items.map((tag) => (
              <li key={tag.id}>
                <Tag colour={tag.colour}>{tag.name}</Tag>
                <Used by={tag} />
                {data?.can.edit && (
                  <Button size="small" onClick={() => void restore(tag)} aria-label={`Restore ${tag.name}`}>
                    Restore
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      <WhoAdds />
      {open?.does === 'add' && <TagForm onClose={close} />}
      {open?.does === 'edit' && <TagForm tag={open.tag} onClose={close} />}
      {open?.does === 'merge' && <MergeTags tag={open.tag} others={tags} onClose={close} />}
      {open?.does === 'archive' && <ArchiveTag tag={open.tag} onClose={close} />}
    </Card>
  )
}

function Used({ by: { id, partners } }: { by: TagOf }) {
  if (partners === 0) return <span className="ui-muted">No partner</span>
  return (
    <Link href={`${paths.partners}?tag=${id}`}>
      {partners} {partners === 1 ? 'partner' : 'partners'}
    </Link>
  )
}

function WhoAdds() {
  const { data: company } = useQuery(ask(getCompany, {}))
  const change = useChange()
  if (!company) return null
  const set = (members_add_tags: boolean) =>
    change(
      () => call(editCompany, { body: { version: company.version, members_add_tags } }),
      members_add_tags ? 'Everyone may add tags' : 'Only admins add tags',
    )
  return (
    <div className="rules-foot">
      {company.can.edit ? (
        <Checkbox
          label="Everyone may add tags"
          hint="Off: admins add them, others ask. Read-only members never do."
          checked={company.members_add_tags}
          onChange={(event) => void set(event.target.checked)}
        />
      ) : (
        <p className="ui-cap ui-muted">
          {company.members_add_tags ? 'Everyone may add tags. ' : ''}Only admins change and merge them.
        </p>
      )}
    </div>
  )
}
