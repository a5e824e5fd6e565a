import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { undoAct } from '#shared/acts.ts'
import { type BulkChange, changeManyPartners, previewBulk } from '#shared/bulk.ts'
import { addPartner, listPartners } from '#shared/partners.ts'
import { addTag } from '#shared/tags.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { businessOf } from '#test/equipment/rows.ts'
import type { Person } from '#test/world.ts'

let cast: Cast
const tags: string[] = []
let owners: (string | null)[] = []
const partners: string[] = []
beforeAll(async () => {
  cast = await createCast()
  owners = [null, cast.ids.dana, cast.ids.ira, cast.ids.lee]
  for (const name of ['Gold', 'Iberia', 'Legal', 'APAC'])
    tags.push((await cast.dana.does(addTag, { body: { name } })).id)
  for (let n = 0; n < 8; n++) {
    const { id } = await cast.dana.does(addPartner, {
      body: {
        legal_name: `Partner number ${n}`,
        email: `a@partner-${n}.example`,
        tag_ids: tags.filter((_, at) => (n >> at) % 2 === 1),
        ...(n % 3 === 0
          ? {
              access: {
                team_access: 'picked' as const,
                members: [{ member_id: cast.ids.ira, level: n % 2 ? ('view' as const) : ('work' as const) }],
                permissions: cast.nordlicht.permissions,
              },
            }
          : {}),
      },
    })
    partners.push(id)
  }
})
afterAll(() => cast.world.close())

/** Every business column of every table of both companies. */
const everything = () => businessOf(cast.world.admin)

const change = (): fc.Arbitrary<BulkChange> =>
  fc.oneof(
    fc.constantFrom('onboarding', 'active', 'dormant').map((status) => ({ status }) as BulkChange),
    fc.constantFrom(null, 'reseller', 'agency', 'referral').map((type) => ({ type })),
    fc.nat(3).map((at) => ({ owner_id: owners[at] ?? null })),
    fc
      .array(fc.constantFrom('add', 'remove', 'leave'), { minLength: 4, maxLength: 4 })
      .filter((does) => does.some((it) => it !== 'leave'))
      .map((does) => ({
        add_tag_ids: tags.filter((_, at) => does[at] === 'add'),
        remove_tag_ids: tags.filter((_, at) => does[at] === 'remove'),
      })),
    fc.constant({ archived: true as const }),
  )
const chosen = () =>
  fc.oneof(
    fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 8 }).map((which) => ({ pick: which })),
    fc.constantFrom(
      { matching: {} },
      { matching: { q: 'number' } },
      { matching: { status: 'active' } },
      { matching: { tag: 'Gold' } },
      { matching: { owner: 'me' } },
    ),
  )

test('many changed at once and undone, one after the other, is what it was: every column of every table', {
  timeout: 120_000,
}, async () => {
  let changed = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          by: fc.constantFrom('dana', 'ira', 'lee'),
          which: chosen(),
          change: fc.nat().chain(() => change()),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      async (steps) => {
        const undo: { by: Person; act: string; before: Record<string, unknown[]> }[] = []
        for (const { by, which, change } of steps) {
          const person = cast[by as 'dana' | 'ira' | 'lee']
          const seen = (await person.does(listPartners, { query: { limit: '200' } })).items.map(({ id }) => id)
          const ids =
            'pick' in which
              ? which.pick.flatMap((at) => (seen.includes(partners[at] ?? '') ? [partners[at] ?? ''] : []))
              : []
          if ('pick' in which && ids.length === 0) continue
          const body = { ...('pick' in which ? { ids } : which), change }
          const before = await everything()
          const said = await person.does(previewBulk, { body })
          expect(await everything()).toEqual(before)
          const done = await person.does(changeManyPartners, { body })
          expect({ changed: done.changed, already: done.already, refused: done.refused }).toEqual({
            changed: said.changes,
            already: said.already,
            refused: said.refused,
          })
          expect(done.changed + done.already + done.refused_count).toBe(said.total)
          if (!done.act) continue
          changed += 1
          expect(done.act.says).toBe(said.says)
          expect(await everything()).not.toEqual(before)
          undo.push({ by: person, act: done.act.id, before })
        }
        for (const { by, act, before } of undo.reverse()) {
          const { kept } = await by.does(undoAct, { params: { act } })
          expect(kept).toEqual([])
          expect(await everything()).toEqual(before)
        }
      },
    ),
    { numRuns: 15 },
  )
  expect(changed).toBeGreaterThan(5)
})
