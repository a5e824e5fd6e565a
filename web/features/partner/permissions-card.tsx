import {
  type Permissions,
  type PresetName,
  permissionNames,
  permissionTexts,
  presetOf,
  presets,
} from '#shared/permissions.ts'
import { Card } from '../../ui/card.tsx'
import { CheckRow, CheckRows } from '../../ui/checkbox.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import type { Draft } from './access-draft.ts'

type Props = { draft: Draft; change: (draft: Draft) => void; saved: Permissions; may: boolean; called: string }

/** The six rows, and three presets that write them. */
export function PermissionsCard({ draft, change, saved, may, called }: Props) {
  const preset = presetOf(draft.permissions)
  const choices = Object.entries(presets).map(([value, { title }]) => ({
    value: value as PresetName | 'custom',
    label: title,
  }))
  const set = (permissions: Permissions) => change({ ...draft, permissions })
  return (
    <Card title={`What ${called} may see and do`} flush>
      <div className="partner-presets">
        {may ? (
          <Segmented<PresetName | 'custom'>
            label="Preset"
            value={preset}
            onChange={(next) => next !== 'custom' && set({ ...presets[next].rows })}
            options={preset === 'custom' ? [...choices, { value: 'custom', label: 'Custom' }] : choices}
          />
        ) : (
          <p className="ui-muted">{preset === 'custom' ? 'Custom' : presets[preset].title}</p>
        )}
      </div>
      <CheckRows>
        {permissionNames.map((row) => {
          const { title, line, tip } = permissionTexts[row]
          const changed = draft.permissions[row] !== saved[row]
          return (
            <CheckRow
              key={row}
              label={title}
              line={line.replace('{partner}', called)}
              help={tip}
              checked={draft.permissions[row]}
              disabled={!may}
              changed={changed}
              {...(changed ? { mark: draft.permissions[row] ? 'Will turn on' : 'Will turn off' } : {})}
              onChange={(event) => set({ ...draft.permissions, [row]: event.target.checked })}
            />
          )
        })}
      </CheckRows>
    </Card>
  )
}
