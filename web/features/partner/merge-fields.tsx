import type { MergeFieldName } from '#shared/merges.ts'
import { useLists } from '../../shell/lists.tsx'
import { statusName } from '../../shell/partner-words.ts'
import { Card } from '../../ui/card.tsx'
import type { MergePreview } from './merge-words.ts'

const labels: Record<MergeFieldName, string> = {
  legal_name: 'Legal name',
  type: 'Type',
  status: 'Status',
  owner: 'Owner',
  website: 'Website',
  phone: 'Phone',
  description: 'Description',
  agreement_signed: 'Agreement signed',
}

type Props = {
  preview: MergePreview
  take: MergeFieldName[]
  onChoose: (field: MergeFieldName, from: 'keep' | 'other') => void
}

/** Where the two differ, one value is chosen, field by field. */
export function MergeFields({ preview, take, onChoose }: Props) {
  const { typeName } = useLists()
  const differing = preview.fields.filter((it) => it.differs)
  if (differing.length === 0) return <Card title="Which values stay">Both say the same. Nothing to choose.</Card>
  const shown = (field: MergeFieldName, value: string | null) => {
    if (value === null || value === '') return <span className="ui-muted">Empty</span>
    if (field === 'type') return typeName(value)
    return field === 'status' ? statusName(value as never) : value
  }
  return (
    <Card title="Which values stay" note="Everything else of both is kept." flush>
      <table className="merge-fields">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">{preview.keep.legal_name}</th>
            <th scope="col">{preview.other.legal_name}</th>
          </tr>
        </thead>
        <tbody>
          {differing.map((it) => (
            <tr key={it.field}>
              <th scope="row">{labels[it.field]}</th>
              {(['keep', 'other'] as const).map((from) => (
                <td key={from}>
                  <label className="merge-choice">
                    <input
                      type="radio"
                      className="ui-dot-box"
                      name={it.field}
                      checked={take.includes(it.field) === (from === 'other')}
                      onChange={() => onChoose(it.field, from)}
                    />
                    <span className="merge-value">
                      <span className="ui-vh">
                        {labels[it.field]} of {preview[from].legal_name}:{' '}
                      </span>
                      {shown(it.field, it[from])}
                    </span>
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
