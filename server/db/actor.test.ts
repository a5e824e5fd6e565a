import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cast, createCast } from '#test/cast.ts'
import { type Actor, lone, type Tx, withActor } from './actor.ts'
import { sql } from './sql.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

const as = <Result>(actor: Actor, act: (tx: Tx) => Promise<Result>) =>
  withActor(cast.world.product.database, actor, act, { clock: cast.world.now })
const team = (token: string): Actor => ({ as: 'team', token })

describe('A transaction of one statement, the first time on a connection and when it is known there', () => {
  const settings = sql`select current_user::text as role, current_setting('app.member', true) as member, current_setting('app.org', true) as org`
  const times = [1, 2, 3]

  test('is entered, and nothing of it stays', async () => {
    for (const _ of times) {
      const seen = await as(team(cast.ira.session), async (tx) => [await lone(tx).row(settings), await tx.entered])
      expect(seen[0]).toMatchObject({ role: 'partnered_team', member: cast.ids.ira })
      expect(seen[1]).toMatchObject({ member: cast.ids.ira, team_role: 'member' })
      const after = await as({ as: 'system' }, (tx) => lone(tx).row(settings))
      expect(after).toEqual({ role: 'partnered_system', member: '', org: '' })
    }
  })

  test('does not run for whoever is not let in, and the next one is not disturbed', async () => {
    for (const _ of times) {
      const refused = as(team('nobody'), (tx) => lone(tx).row(sql`select app.log_event('seen', null, null, '{}')`))
      await expect(refused).rejects.toMatchObject({ code: '28000' })
      await as(team(cast.dana.session), (tx) => lone(tx).row(sql`select app.log_event('mine', null, null, '{}')`))
    }
    const { rows } = await cast.world.admin.query(
      "select table_name as event, count(*)::int as many from audit_rows where table_name in ('seen', 'mine') group by 1",
    )
    expect(rows).toEqual([{ event: 'mine', many: times.length }])
  })

  test('fails as the database says, takes back what it did, and is over', async () => {
    const failing = sql`select app.log_event('half', null, null, '{}'), 1 / length(current_setting('app.contact')) as n`
    for (const _ of times) {
      await expect(as(team(cast.dana.session), (tx) => lone(tx).row(failing))).rejects.toMatchObject({ code: '22012' })
      const twice = as(team(cast.dana.session), async (tx) => {
        await lone(tx).row(settings)
        return tx.row(settings)
      })
      await expect(twice).rejects.toThrow('sent already')
    }
    const { rowCount } = await cast.world.admin.query("select from audit_rows where table_name = 'half'")
    expect(rowCount).toBe(0)
  })
})

describe('The word that a member sees and works with every partner', () => {
  const reach = (token: string) =>
    as(team(token), (tx) =>
      lone(tx).row(sql`select app.reaches_all() as all, (select count(*)::int from partners) as partners`),
    )

  test('is said to admins and to those from whom nothing is kept', async () => {
    expect(await reach(cast.dana.session)).toEqual({ all: true, partners: 2 })
    expect(await reach(cast.ira.session)).toEqual({ all: true, partners: 2 })
    expect(await reach(cast.lee.session)).toEqual({ all: false, partners: 1 })
    expect(await reach(cast.mei.session)).toEqual({ all: false, partners: 1 })
    expect(await reach(cast.uma.session)).toEqual({ all: true, partners: 1 })
    const owner = (who: string) =>
      cast.world.admin.query('update partners set owner_id = $1 where slug = $2', [who, cast.fjordkraft.slug])
    await owner(cast.ids.ira)
    expect(await reach(cast.dana.session)).toEqual({ all: true, partners: 2 })
    await owner(cast.ids.dana)
  })

  test('is not said to whoever may only look, or was taken off', async () => {
    const change = (level: string) =>
      cast.world.admin.query('update partner_members set level = $1 where member_id = $2', [level, cast.ids.ira])
    await change('view')
    expect(await reach(cast.ira.session)).toEqual({ all: false, partners: 2 })
    await change('work')
    expect(await reach(cast.ira.session)).toEqual({ all: true, partners: 2 })
  })

  test('is taken back by what the transaction itself changes', async () => {
    const seen = await as(team(cast.ira.session), async (tx) => {
      const ask = () =>
        tx.row(sql`select app.reaches_all() as all, (select count(*)::int from partners where slug = 'mine') as mine`)
      const before = await ask()
      await tx.run(sql`insert into partners (org_id, id, slug, workspace, legal_name, name_key, owner_id, team_access, last_activity_at, created_at)
        values (app.org(), ${'0190a000-0000-7000-8000-000000000001'}::uuid, 'mine', 'mine-too', 'Mine', 'mine', ${cast.ids.ira}::uuid, 'picked', app.now(), app.now())`)
      const owned = await ask()
      await tx.run(sql`update partners set owner_id = ${cast.ids.lee}::uuid where slug = 'mine'`)
      return [before, owned, await ask()]
    })
    expect(seen).toEqual([
      { all: true, mine: 0 },
      { all: false, mine: 1 },
      { all: false, mine: 0 },
    ])
  })
})
