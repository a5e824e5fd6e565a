import { expect, test } from 'vitest'
import { asAdmin } from '#server/db/embedded/logins.ts'
import { freshDatabase } from './fresh-database.ts'

test('each has the whole structure, is no one else’s, and goes when it is dropped', async () => {
  const [mine, other] = await Promise.all([freshDatabase(), freshDatabase()])
  await asAdmin(mine.admin_url, (client) =>
    client.query("insert into auth.setup (token_hash, created_at) values ('mine', now())"),
  )
  const count = async (url: string) =>
    (await asAdmin(url, (client) => client.query('select count(*)::int as n from auth.setup'))).rows[0].n
  expect([await count(mine.admin_url), await count(other.admin_url)]).toEqual([1, 0])

  // The app's login holds no right of its own; it has to enter a role.
  await expect(asAdmin(mine.app_url, (client) => client.query('select from partners'))).rejects.toMatchObject({
    code: '42501',
  })
  const entered = await asAdmin(mine.app_url, async (client) => {
    await client.query('set role partnered_system')
    return (await client.query('select current_user::text as who')).rows
  })
  expect(entered).toEqual([{ who: 'partnered_system' }])

  await mine.drop()
  await expect(asAdmin(mine.admin_url, async () => {})).rejects.toMatchObject({ code: '3D000' })
  await other.drop()
})
