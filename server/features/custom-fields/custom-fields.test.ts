import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as api from '#shared/custom-fields.ts'
import { listChanges } from '#shared/log.ts'
import { getPartner, type Partner } from '#shared/partners.ts'
import { getWorkspace, listPortalDeals } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'

let cast: Cast
const made: Record<string, api.CustomField> = {}
beforeAll(async () => {
  cast = await createCast()
  for (const kind of api.FieldKind.options)
    made[kind] = await cast.dana.does(api.addCustomField, {
      body: {
        name: `A ${kind}`,
        purpose: 'To be tested',
        kind,
        ...(kind === 'choice' ? { choices: ['Gold', 'Silver'] } : {}),
      },
    })
})
afterAll(() => cast.world.close())

const custom = async (partner: Partner = cast.nordlicht, who = cast.dana) =>
  (await who.does(getPartner, { params: { slug: partner.slug } })).custom
const standing = async (kind: string, partner?: Partner) =>
  (await custom(partner)).find((it) => it.kind === kind)?.value ?? null
const fill = async (kind: string, value: unknown, partner = cast.nordlicht, who = cast.ira) =>
  who.call(api.editCustomValues, {
    params: { partner: partner.id },
    body: { values: [{ field_id: made[kind]!.id, value: value as string, was: await standing(kind, partner) }] },
  })
const said = async () => (await cast.dana.does(listChanges, { query: {} })).items[0]?.sentence
const edit = async (kind: string, body: object, who = cast.dana) => {
  const { items } = await cast.dana.does(api.listCustomFields, {})
  const { version } = items.find((it) => it.id === made[kind]!.id)!
  return who.call(api.editCustomField, { params: { field: made[kind]!.id }, body: { version, ...body } as never })
}

describe('What stands in a field', () => {
  test.each<[string, unknown, unknown, string]>([
    ['text', ' Frame contract ', 'Frame contract', 'Frame contract'],
    ['number', 12.5, 12.5, '12.5'],
    ['date', '2026-11-23', '2026-11-23', '23 November 2026'],
    ['choice', 'Gold', 'Gold', 'Gold'],
    ['yes_no', false, false, 'No'],
    ['link', 'wiki.example/nordlicht', 'https://wiki.example/nordlicht', 'https://wiki.example/nordlicht'],
  ])('a %s is filled in, read back, told in the log, and cleared', async (kind, typed, kept, words) => {
    expect((await fill(kind, typed)).status).toBe(200)
    expect(await standing(kind)).toBe(kept)
    expect(await said()).toBe(`Ira Novak set A ${kind} of Nordlicht GmbH to ${words}`)
    await fill(kind, null)
    expect([await standing(kind), await said()]).toEqual([null, `Ira Novak cleared A ${kind} of Nordlicht GmbH`])
  })

  test.each<[string, unknown]>([
    ['text', 'x'.repeat(501)],
    ['text', 5],
    ['text', 'a\0b'],
    ['number', '12'],
    ['number', 1e16],
    ['date', '2026-02-30'],
    ['date', 'tomorrow'],
    ['choice', 'Bronze'],
    ['yes_no', 'yes'],
    ['link', 'javascript:alert(1)'],
    ['link', 'no address'],
  ])('a %s does not take %o, and the refusal names the field', async (kind, typed) => {
    const reply = await fill(kind, typed)
    expect([reply.status, reply.problem.errors?.[0]?.field]).toEqual([422, made[kind]!.id])
    expect(reply.problem.detail).toContain(`A ${kind}: `)
    expect(await standing(kind)).toBeNull()
  })

  test('of two who fill in the same field the later one sees what is there by now; nothing of theirs is half saved', async () => {
    await fill('text', 'From Ira')
    const body = {
      values: [
        { field_id: made.number!.id, value: 7, was: null },
        { field_id: made.text!.id, value: 'From Dana', was: null },
      ],
    }
    const reply = await cast.dana.call(api.editCustomValues, { params: { partner: cast.nordlicht.id }, body })
    expect([reply.status, reply.problem.code]).toEqual([409, 'conflict'])
    const current = reply.problem.current as { custom: api.CustomValue[] }
    expect(current.custom.find((it) => it.kind === 'text')?.value).toBe('From Ira')
    expect(await standing('number')).toBeNull()
    await fill('text', null)
  })

  test('is changed by who works with the partner, seen by who sees it', async () => {
    await fill('text', 'Hidden', cast.fjordkraft)
    expect((await fill('text', 'x', cast.nordlicht, cast.mei)).status).toBe(403)
    expect((await fill('text', 'x', cast.fjordkraft, cast.lee)).status).toBe(404)
    expect((await fill('text', 'x', cast.fjordkraft, cast.uma)).status).toBe(404)
    const foreign = await cast.uma.call(api.editCustomValues, {
      params: { partner: cast.delta.id },
      body: { values: [{ field_id: made.text!.id, value: 'x', was: null }] },
    })
    expect(foreign.status).toBe(404)
    const filled = async (who = cast.dana) =>
      (await who.does(api.listCustomFields, {})).items.find((it) => it.kind === 'text')?.filled
    expect([await filled(), await filled(cast.lee)]).toEqual([1, 0])
  })

  test('contacts never learn of it', async () => {
    const workspace = { params: { workspace: cast.fjordkraft.workspace } }
    for (const reply of [
      await cast.henrik.call(getWorkspace, workspace),
      await cast.henrik.call(listPortalDeals, workspace),
    ]) {
      expect(reply.status).toBe(200)
      expect(reply.raw.body).not.toContain('Hidden')
      expect(reply.raw.body).not.toContain('To be tested')
    }
  })
})

describe('The fields themselves', () => {
  test('a choice that is called otherwise takes its partners along; one that is left out stays on them', async () => {
    await fill('choice', 'Gold')
    await fill('choice', 'Silver', cast.fjordkraft)
    const swapped = [
      { name: 'Silver', was: 'Gold' },
      { name: 'Gold', was: 'Silver' },
    ]
    expect((await edit('choice', { choices: swapped })).body.choices).toEqual(['Silver', 'Gold'])
    expect([await standing('choice'), await standing('choice', cast.fjordkraft)]).toEqual(['Silver', 'Gold'])
    await edit('choice', { choices: [{ name: 'Platinum', was: 'Gold' }] })
    expect([await standing('choice'), await standing('choice', cast.fjordkraft)]).toEqual(['Silver', 'Platinum'])
    expect((await fill('choice', 'Silver')).status).toBe(200)
    expect((await fill('choice', 'Silver', cast.fjordkraft)).status).toBe(422)
    for (const choices of [[], [{ name: 'One' }, { name: 'one' }]])
      expect((await edit('choice', { choices })).problem.errors?.[0]?.field).toBe('choices')
    expect((await edit('text', { choices: [{ name: 'One' }] })).status).toBe(422)
  })

  test('are in the order that admins choose', async () => {
    const ids = async () =>
      (await cast.ira.does(api.listCustomFields, {})).items.filter((it) => !it.archived).map((it) => it.id)
    const turned = (await ids()).reverse()
    await cast.dana.does(api.orderCustomFields, { body: { ids: turned } })
    expect(await ids()).toEqual(turned)
    expect((await custom()).map((it) => it.field_id)).toEqual(turned)
    expect(await said()).toBe('Dana Reyes put the fields into another order')
    expect((await cast.dana.call(api.orderCustomFields, { body: { ids: turned.slice(1) } })).status).toBe(409)
  })

  test('archived, one is not shown and keeps what it holds', async () => {
    await fill('number', 3)
    await edit('number', { archived: true })
    expect((await custom()).some((it) => it.kind === 'number')).toBe(false)
    expect((await fill('number', 4)).status).toBe(404)
    await edit('number', { archived: false })
    expect(await standing('number')).toBe(3)
  })

  test('ten are the most, also for two who add the tenth at the same moment', async () => {
    const add = (name: string) => cast.dana.call(api.addCustomField, { body: { name, purpose: 'More', kind: 'text' } })
    for (const name of ['Seven', 'Eight', 'Nine']) expect((await add(name)).status).toBe(200)
    const both = await Promise.all([add('Ten'), add('Eleven')])
    expect(both.map((reply) => reply.status).sort()).toEqual([200, 422])
    const refused = both.find((reply) => reply.status === 422)!
    expect(refused.problem.errors).toEqual([
      { field: 'name', detail: 'Ten fields are in use, and ten is the most. Archive one first.' },
    ])
    await edit('number', { archived: true })
    expect((await add('Twelve')).status).toBe(200)
    expect((await edit('number', { archived: false })).status).toBe(422)
  })

  test('need a name of their own and a purpose', async () => {
    await edit('date', { archived: true })
    const add = (body: object) =>
      cast.dana.call(api.addCustomField, { body: { name: 'X', purpose: 'Y', kind: 'text', ...body } as never })
    expect((await add({ name: 'a text' })).problem.errors?.[0]?.field).toBe('name')
    expect((await add({ purpose: ' ' })).problem.errors?.[0]?.field).toBe('purpose')
    expect((await add({ kind: 'choice' })).problem.errors?.[0]?.field).toBe('choices')
    expect((await add({ choices: ['One'] })).problem.errors?.[0]?.field).toBe('choices')
  })

  test('are for admins to change', async () => {
    for (const who of [cast.ira, cast.mei]) {
      expect((await edit('text', { name: 'Mine' }, who)).status).toBe(403)
      expect((await who.call(api.addCustomField, { body: { name: 'X', purpose: 'Y', kind: 'text' } })).status).toBe(403)
      expect((await who.call(api.orderCustomFields, { body: { ids: [made.text!.id] } })).status).toBe(403)
    }
    expect((await edit('text', { name: 'Mine' }, cast.uma)).status).toBe(404)
    expect((await cast.uma.does(api.listCustomFields, {})).items).toEqual([])
    const stale = await cast.dana.call(api.editCustomField, {
      params: { field: made.text!.id },
      body: { version: 99, name: 'X' },
    })
    expect([stale.status, stale.problem.current]).toMatchObject([409, { name: 'A text' }])
  })
})
