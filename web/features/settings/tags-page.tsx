import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { addTag, listTags } from '#shared/tags.ts'
import { ApiProblem, call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Tag } from '../../ui/chip.tsx'
import { Field } from '../../ui/field.tsx'
import { Link } from '../../ui/link.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { SettingsFrame } from './settings-frame.tsx'

/** /settings/tags: what the tags mean and who wears them. */
export function TagsPage() {
  const { data, isError, refetch } = useQuery(ask(listTags, {}))
  return (
    <SettingsFrame page="tags">
      {isError && (
        <ErrorState title="We couldn't load your tags." safe="Nothing was lost." onRetry={() => void refetch()} />
      )}
      {!data && !isError && <Skeleton kind="rows" />}
      {data?.items.length === 0 && (
        <EmptyState link={{ href: paths.help('organise'), label: 'How tags help' }}>
          No tags yet. Start with what you filter by: a region, a level.
        </EmptyState>
      )}
      {data && data.items.length > 0 && (
        <Table caption="Tags" phone="rows">
          <thead>
            <tr>
              <th scope="col">Tag</th>
              <th scope="col">Meaning</th>
              <th scope="col" className="ui-end">
                Partners
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((tag) => (
              <tr key={tag.id}>
                <th scope="row">
                  <Tag>{tag.name}</Tag>
                </th>
                <td>{tag.meaning ?? <span className="ui-muted">No meaning written yet</span>}</td>
                <td className="ui-end ui-num">
                  <Link href={`${paths.partners}?tag=${tag.id}`}>{tag.partners}</Link>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {data?.can.add && <AddTag />}
    </SettingsFrame>
  )
}

type Fields = { name: string; meaning: string }

function AddTag() {
  const queries = useQueryClient()
  const { register, handleSubmit, setError, reset, formState } = useForm<Fields>({
    defaultValues: { name: '', meaning: '' },
  })
  const add = handleSubmit(async (body) => {
    try {
      await call(addTag, { body })
      await queries.invalidateQueries({ queryKey: ['list_tags'] })
      reset()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      setError('name', { message: error.field('name') ?? error.problem.detail })
    }
  })
  return (
    <div className="settings-more">
      <Card title="Add a tag">
        <form className="settings-form" onSubmit={add}>
          <Field label="Tag" error={formState.errors.name?.message} required>
            <TextInput {...register('name', { required: 'Fill this in.' })} maxLength={40} />
          </Field>
          <Field label="Meaning" hint="One line, so that everyone uses it the same way." optional>
            <TextInput {...register('meaning')} maxLength={200} />
          </Field>
          <div>
            <Button type="submit" size="form" busy={formState.isSubmitting}>
              Add tag
            </Button>
          </div>
        </form>
      </Card>
    </div>
  )
}
