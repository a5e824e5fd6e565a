import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withActor } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { listActs, undoAct } from '#shared/acts.ts'
import { addDeal } from '#shared/deals.ts'
import { listChanges } from '#shared/log.ts'
import { editPartner, getPartner, type Partner } from '#shared/partners.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { hours, type Person } from '#test/world.ts'
import { beginAct } from './acts.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

/** Everything of the company but what each change moves by itself. */
async function everything(): Promise<string> {
  const { rows } = await cast.world.admin.query(`
    select jsonb_build_object(
      'partners', (select jsonb_agg(to_jsonb(p) - '{version,updated_at}'::text[] order by id) from partners p),
      'tags', (select jsonb_agg(to_jsonb(t) order by partner_id, tag_id) from partner_tags t),
      'contacts', (select jsonb_agg(to_jsonb(c) - '{version,updated_at}'::text[] order by id) from contacts c),
      'deals', (select jsonb_agg(to_jsonb(d) - '{version,updated_at}'::text[] order by id) from deals d),
      'entries', (select jsonb_agg(to_jsonb(e) - '{version,updated_at}'::text[] order by id) from entries e)) as it`)
  return JSON.stringify(rows[0].it)
}

/** Does something in one transaction as this person, as one act. */
function act(person: Person, what: string): Promise<string> {
  return withActor(
    cast.world.product.database,
    { as: 'team', token: person.session },
    async (tx) => {
      const id = await beginAct(tx, 'bulk', 'Two partners: status', 24)
      await tx.run(sql([what] as never))
      return id
    },
    { clock: cast.world.product.clock },
  )
}
const today = (partner: Partner) => cast.dana.does(getPartner, { params: { slug: partner.slug } })

describe('Taking an act back', () => {
  test('brings back every column it changed, and says who did and undid it', async () => {
    const before = await everything()
    const id = await act(cast.dana, "update partners set status = 'dormant', type = 'agency'")
    expect(await everything()).not.toBe(before)
    const { act: undone, kept } = await cast.dana.does(undoAct, { params: { act: id } })
    expect({ kept, by: undone.by, undone: undone.undone_at !== null }).toEqual({
      kept: [],
      by: 'Dana Reyes',
      undone: true,
    })
    expect(await everything()).toBe(before)
  })

  test('leaves what somebody changed again since, and lists it', async () => {
    const id = await act(cast.dana, "update partners set status = 'dormant', type = 'agency'")
    const { version } = await today(cast.nordlicht)
    await cast.dana.does(editPartner, {
      params: { partner: cast.nordlicht.id },
      body: { version, status: 'active', description: 'Met in Oslo.' },
    })
    const { kept } = await cast.dana.does(undoAct, { params: { act: id } })
    expect(kept).toMatchObject([{ table: 'partners', id: cast.nordlicht.id, field: 'status' }])
    // It is told with the act from then on.
    expect((await cast.dana.does(listActs, {})).items[0]).toMatchObject({
      id,
      undone_by: 'Dana Reyes',
      kept: [{ table: 'partners', field: 'status', partner: { legal_name: 'Nordlicht GmbH' } }],
      can: { undo: false },
    })
    expect(await today(cast.nordlicht)).toMatchObject({
      status: 'active',
      type: 'reseller',
      description: 'Met in Oslo.',
    })
    expect(await today(cast.fjordkraft)).toMatchObject({ type: 'distributor' })
  })

  test('moves no turn, writes no line and wakes nobody', async () => {
    const deal = await cast.dana.does(addDeal, {
      params: { partner: cast.nordlicht.id },
      body: {
        kind: 'lead',
        customer_company: 'Kestrel Motors',
        ask: 'Call them',
        our_owner_id: cast.ids.dana,
        share: true,
      },
    })
    const id = await act(cast.dana, `update deals set our_owner_id = '${cast.ids.ira}', stage = 'Working'`)
    const entries = async () => (await cast.world.admin.query('select count(*)::int as n from entries')).rows[0].n
    const lines = await entries()
    await cast.dana.does(undoAct, { params: { act: id } })
    const { rows } = await cast.world.admin.query('select stage, our_owner_id, turn from deals where id = $1', [
      deal.id,
    ])
    expect(rows).toEqual([{ stage: 'New', our_owner_id: cast.ids.dana, turn: 'them' }])
    // The act's own two lines went with it.
    expect(await entries()).toBe(lines - 2)
  })

  test('is refused twice, too late, and to anyone but who did it and admins', async () => {
    const id = await act(cast.ira, "update partners set status = 'dormant' where legal_name like 'Nord%'")
    for (const person of [cast.lee, cast.mei, cast.uma])
      expect((await person.call(undoAct, { params: { act: id } })).status).toBe(404)
    expect((await cast.lee.does(listActs, {})).items).toEqual([])
    expect((await cast.dana.does(listActs, {})).items[0]).toMatchObject({ id, by: 'Ira Novak', can: { undo: true } })
    const by = async (person: string) =>
      (await cast.dana.does(listActs, { query: { person } })).items.map((it) => it.by)
    expect(new Set(await by(cast.ids.ira))).toEqual(new Set(['Ira Novak']))
    expect(await by(cast.ids.lee)).toEqual([])
    await cast.dana.does(undoAct, { params: { act: id } })
    expect((await cast.ira.call(undoAct, { params: { act: id } })).problem.detail).toBe('This was undone already.')
    const late = await act(cast.ira, "update partners set status = 'dormant' where legal_name like 'Nord%'")
    await cast.world.pass(hours(25))
    expect((await cast.ira.call(undoAct, { params: { act: late } })).status).toBe(409)
  })

  test('is refused where a partner has been taken from them since', async () => {
    const id = await act(cast.ira, "update partners set status = 'active' where legal_name like 'Fjord%'")
    await cast.world.admin.query('delete from partner_members where partner_id = $1', [cast.fjordkraft.id])
    expect((await cast.ira.call(undoAct, { params: { act: id } })).status).toBe(403)
    expect((await today(cast.fjordkraft)).status).toBe('active')
  })

  test('is offered in the log beside what it changed, to whoever may and while they may', async () => {
    const id = await act(cast.ira, "update partners set status = 'onboarding' where legal_name like 'Nord%'")
    const line = async (person: Person) =>
      (await person.does(listChanges, { query: { partner: cast.nordlicht.id } })).items[0]
    expect((await line(cast.ira))?.act).toMatchObject({ id, says: 'Two partners: status' })
    expect((await line(cast.dana))?.act).toMatchObject({ id })
    // Lee works with Nordlicht too, but did not do it.
    expect((await line(cast.lee))?.sentence).toContain('moved Nordlicht GmbH to Onboarding')
    expect((await line(cast.lee))?.act).toBeNull()
    await cast.ira.does(undoAct, { params: { act: id } })
    const { items } = await cast.ira.does(listChanges, { query: { partner: cast.nordlicht.id } })
    expect(items.filter((it) => it.act?.id === id)).toEqual([])
  })

  test('a read-only member begins none', async () => {
    await expect(act(cast.mei, 'select 1')).rejects.toThrow('Members and admins do this.')
  })
})
