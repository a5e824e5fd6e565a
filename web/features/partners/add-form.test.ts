import { expect, it } from 'vitest'
import { addPartner } from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import { bodyOf, emptyDraft, openRows, presetWords } from './add-form.ts'

const [me, ira] = ['0190a7f0-0000-7000-8000-000000000001', '0190a7f0-0000-7000-8000-000000000002']
const typed = { ...emptyDraft, legal_name: ' Acme GmbH ', email: ' ana@acme.example ' }

it('two fields are enough for the server', () => {
  const body = addPartner.body!.parse(bodyOf(typed, me))
  expect(body).toMatchObject({ legal_name: 'Acme GmbH', email: 'ana@acme.example', type: null, website: null })
  expect(body.access).toEqual({ team_access: 'everyone', members: [], permissions: presets.shared.rows })
})

it('whoever adds a partner is one of those who were picked, once', () => {
  const members = [
    { member_id: ira, level: 'view' as const },
    { member_id: me, level: 'view' as const },
  ]
  const { access } = bodyOf({ ...typed, team_access: 'picked', members }, me)
  expect(access?.members).toEqual([
    { member_id: me, level: 'work' },
    { member_id: ira, level: 'view' },
  ])
})

it('says which preset the rows are', () => {
  expect(presetWords(presets.together.rows)).toBe('Work together')
  expect(presetWords({ ...presets.shared.rows, sees_value: true })).toBe('Custom')
  expect(openRows(presets.shared.rows)).toBe('Deals you share, Notes and files you share, Update deals')
  expect(openRows(presets.nothing.rows)).toBe('')
})
