import { ChevronDown, X } from 'lucide-react'
import { useController, useWatch } from 'react-hook-form'
import type { Member } from '#shared/company.ts'
import { type PresetName, permissionNames, permissionTexts, presetOf, presets } from '#shared/permissions.ts'
import { calledName } from '../../shell/deal-words.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckRow, CheckRows } from '../../ui/checkbox.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { FieldSet } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import type { AddForm } from './add-form.ts'

export function AccessPane({ form, members, me }: { form: AddForm; members: Member[]; me: string }) {
  const { field: team } = useController({ control: form.control, name: 'team_access' })
  return (
    <>
      <FieldSet legend="Who on your team?">
        <Segmented
          label="Who on your team?"
          value={team.value}
          onChange={team.onChange}
          options={[
            { value: 'everyone', label: 'Everyone' },
            { value: 'picked', label: 'People I pick' },
          ]}
        />
        {team.value === 'picked' && <Picked form={form} members={members} me={me} />}
      </FieldSet>
      <Sees form={form} />
      <div className="partners-pane-foot">
        <Button variant="primary" size="form" type="submit">
          Continue to review
        </Button>
        <span className="ui-cap ui-muted ui-desk">
          or press <Kbd keys="Enter" />
        </span>
      </div>
    </>
  )
}

function Picked({ form, members, me }: { form: AddForm; members: Member[]; me: string }) {
  const { field } = useController({ control: form.control, name: 'members' })
  const names = new Map(members.map((member) => [member.id, member]))
  const free = members.filter(({ id }) => id !== me && !field.value.some((one) => one.member_id === id))
  return (
    <div>
      <ul className="partners-people">
        <li>
          <Avatar name={names.get(me)?.name ?? ''} size={24} />
          <span className="ui-grow ui-trunc">{names.get(me)?.name} (you)</span>
          <span className="ui-cell ui-muted">Owner</span>
        </li>
        {field.value.map(({ member_id, level }) => {
          const member = names.get(member_id)
          if (!member) return null
          const reads = member.role === 'read_only'
          return (
            <li key={member_id}>
              <Avatar name={member.name} size={24} />
              <span className="ui-grow ui-trunc">{member.name}</span>
              {reads ? (
                <span className="ui-cell ui-muted">View</span>
              ) : (
                <Segmented
                  size="small"
                  label={`What ${member.name} may do`}
                  value={level}
                  onChange={(next) =>
                    field.onChange(
                      field.value.map((one) => (one.member_id === member_id ? { member_id, level: next } : one)),
                    )
                  }
                  options={[
                    { value: 'view', label: 'View' },
                    { value: 'work', label: 'Work' },
                  ]}
                />
              )}
              <IconButton
                label={`Remove ${member.name}`}
                icon={<X />}
                size="small"
                onClick={() => field.onChange(field.value.filter((one) => one.member_id !== member_id))}
              />
            </li>
          )
        })}
      </ul>
      <Combobox
        label="Add a person"
        placeholder="Add a person"
        searchLabel="Search your team"
        empty="Nobody else on your team."
        value={null}
        options={free.map(({ id, name, email }) => ({ value: id, label: name, hint: email }))}
        onChange={(chosen) => {
          if (!chosen) return
          const level = names.get(chosen.value)?.role === 'read_only' ? 'view' : 'work'
          field.onChange([...field.value, { member_id: chosen.value, level }])
        }}
      />
    </div>
  )
}

function Sees({ form }: { form: AddForm }) {
  const { field } = useController({ control: form.control, name: 'permissions' })
  const name = useWatch({ control: form.control, name: 'legal_name' })
  const called = name.trim() ? calledName(name) : 'The partner'
  const preset = presetOf(field.value)
  const choices = Object.entries(presets).map(([value, { title }]) => ({ value: value as PresetName, label: title }))
  return (
    <>
      <FieldSet legend="If you invite them, what may they see?">
        <div className="partners-presets">
          <Segmented<PresetName | 'custom'>
            label="If you invite them, what may they see?"
            value={preset}
            onChange={(next) => next !== 'custom' && field.onChange({ ...presets[next].rows })}
            options={preset === 'custom' ? [...choices, { value: 'custom', label: 'Custom' }] : choices}
          />
        </div>
      </FieldSet>
      <p className="ui-cap ui-muted">
        {preset === 'nothing'
          ? 'They can sign in and see nothing. You can change this later.'
          : 'They see nothing until you share it. You can change this later.'}
      </p>
      <details className="partners-fold">
        <summary>
          <ChevronDown />
          The six permissions
        </summary>
        <CheckRows>
          {permissionNames.map((row) => (
            <CheckRow
              key={row}
              label={permissionTexts[row].title}
              line={permissionTexts[row].line.replace('{partner}', called)}
              help={permissionTexts[row].tip}
              checked={field.value[row]}
              onChange={(event) => field.onChange({ ...field.value, [row]: event.target.checked })}
            />
          ))}
        </CheckRows>
      </details>
    </>
  )
}
