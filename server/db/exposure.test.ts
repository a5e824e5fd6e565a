import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, createCast } from '#test/cast.ts'
import type { Person } from '#test/world.ts'
import { type Tx, withActor } from './actor.ts'
import { inDraft, lookAs } from './exposure.ts'
import { sql } from './sql.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

const as = <Result>(person: Person, act: (tx: Tx) => Promise<Result>) =>
  withActor(cast.world.product.database, { as: 'team', token: person.session }, act, { clock: cast.world.now })
const settings = sql`select current_user::text as role, current_setting('app.org') as org, current_setting('app.member') as member,
  current_setting('app.team_role') as team_role, current_setting('app.contact') as contact, current_setting('app.partner') as partner,
  current_setting('app.channel') as channel`
const names = sql`select partner_name from portal.workspace`

test('a member looks through the eyes of a contact and is the member again afterwards', async () => {
  const [before, during, workspace, after] = await as(cast.dana, async (tx) => {
    const was = await tx.row(settings)
    const [seen, workspace] = await lookAs(tx, cast.ana.contact_id, (eyes) =>
      Promise.all([eyes.row(settings), eyes.rows(names)]),
    )
    return [was, seen, workspace, await tx.row(settings)]
  })
  expect(during).toMatchObject({
    role: 'partnered_contact',
    team_role: '',
    contact: cast.ana.contact_id,
    partner: cast.nordlicht.id,
    channel: 'view_as',
  })
  expect(workspace).toEqual([{ partner_name: 'Nordlicht GmbH' }])
  expect(after).toEqual(before)
  expect(after).toMatchObject({ role: 'partnered_team', team_role: 'admin', contact: '', channel: 'app' })
})

test('nobody looks as a contact of a partner they do not see, of another company, or without access', async () => {
  for (const contact of [cast.henrik.contact_id, cast.dora.contact_id, cast.nordlicht.id])
    await expect(as(cast.lee, (tx) => lookAs(tx, contact, (eyes) => eyes.rows(names)))).rejects.toThrow('Not found.')
  await cast.world.admin.query('update contacts set access_removed_at = now() where id = $1', [cast.ben.contact_id])
  const ben = as(cast.dana, (tx) => lookAs(tx, cast.ben.contact_id, (eyes) => eyes.rows(names)))
  await expect(ben).rejects.toThrow('Not found.')
})

test('while looking, the tables of the team are closed', async () => {
  const reading = as(cast.dana, (tx) =>
    lookAs(tx, cast.ana.contact_id, (eyes) => eyes.rows(sql`select id from partners`)),
  )
  await expect(reading).rejects.toThrow('permission denied')
})

test('a draft is taken back, and the rest of the transaction stays', async () => {
  const phone = (tx: Tx) =>
    tx.row<{ phone: string }>(sql`select phone from partners where id = ${cast.nordlicht.id}::uuid`)
  const write = (tx: Tx, value: string) =>
    tx.run(sql`update partners set phone = ${value} where id = ${cast.nordlicht.id}::uuid`)
  const seen = await as(cast.dana, async (tx) => {
    await write(tx, 'kept')
    const drafted = await inDraft(tx, async () => {
      await write(tx, 'drafted')
      return lookAs(tx, cast.ana.contact_id, (eyes) => eyes.rows(names)).then(() => phone(tx))
    })
    return [drafted, await phone(tx), await tx.row(sql`select current_user::text as role`)]
  })
  expect(seen).toEqual([{ phone: 'drafted' }, { phone: 'kept' }, { role: 'partnered_team' }])
  expect(await as(cast.dana, phone)).toEqual({ phone: 'kept' })
})
