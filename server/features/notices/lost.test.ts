import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { settleJobs } from '#server/jobs/jobs.ts'
import { addDeal, type Deal } from '#shared/deals.ts'
import { addDealEntry } from '#shared/entries.ts'
import { mergePartners } from '#shared/merges.ts'
import { addPartner, getPartner, type Partner } from '#shared/partners.ts'
import { addPortalEntry } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, hours, minutes, seconds } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
  await cast.world.admin.query(`update auth.session set "expiresAt" = now() + interval '1 year'`)
})
afterAll(() => cast.world.close())

/** To the next Monday at ten in Berlin. */
beforeEach(async () => {
  const { rows } = await cast.world.admin.query(
    `select (date_trunc('week', $1::timestamptz at time zone 'Europe/Berlin') + interval '7 days 10 hours') at time zone 'Europe/Berlin' as at`,
    [cast.world.now()],
  )
  await cast.world.pass(rows[0].at.getTime() - cast.world.now().getTime())
  await cast.world.settle()
  await cast.world.admin.query("delete from outbox where kind <> 'invitation'")
})

const lead = { kind: 'lead', ask: 'Call them', share: true } as const
const give = (customer_company: string): Promise<Deal> =>
  cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: { ...lead, customer_company, their_owner_id: cast.ana.contact_id },
  })
const shared = async (customer_company: string): Promise<Deal> => {
  const it = await give(customer_company)
  await cast.world.pass(seconds(11))
  await cast.world.settle()
  return it
}
const anaSays = ({ ref }: Deal) =>
  cast.ana.does(addPortalEntry, { params: { workspace: cast.nordlicht.workspace, ref }, body: { body: 'A word.' } })
const told = async (deal: Deal, kind: string) =>
  (await cast.world.admin.query('select told_at from notifications where deal_id = $1 and kind = $2', [deal.id, kind]))
    .rows
const mails = async (deal: Deal, kind: string) =>
  (
    await cast.world.admin.query('select state, error, sent_at from outbox where deal_id = $1 and kind = $2', [
      deal.id,
      kind,
    ])
  ).rows

/** Tries it as often as it is tried, with a function of the database away. */
async function withoutFunction(name: string, args: string, tries: number): Promise<void> {
  await cast.world.admin.query(`alter function app.${name}(${args}) rename to ${name}_away`)
  for (let n = 0; n <= tries; n++) {
    await settleJobs(cast.world.product, { again: true })
    await cast.world.admin.query('update graphile_worker._private_jobs set run_at = now()')
  }
  await cast.world.admin.query(`alter function app.${name}_away(${args}) rename to ${name}`)
}

test('what is kept while somebody’s mail is being planned is planned next', async () => {
  const deal = await shared('At the same moment')
  await anaSays(deal)
  await cast.world.pass(minutes(10) - seconds(2))
  const other = new pg.Client({ connectionString: cast.world.product.config.database_admin_url ?? '' })
  await other.connect()
  await other.query('begin')
  await other.query("select set_config('app.clock', $1, true)", [cast.world.now().toISOString()])
  await other.query(
    `insert into notifications (org_id, id, member_id, kind, partner_id, deal_id, key, created_at)
     select org_id, gen_random_uuid(), our_owner_id, 'protection', partner_id, id, 'slow', $2 from deals where id = $1`,
    [deal.id, cast.world.now()],
  )
  await cast.world.pass(seconds(3))
  await cast.world.settle()
  await other.query('commit')
  await other.end()
  await cast.world.pass(days(2))
  await cast.world.settle()
  expect(await told(deal, 'protection')).toEqual([{ told_at: expect.any(Date) }])
})

test('a plan that failed as often as it is tried is made later', async () => {
  const deal = await shared('Database away')
  await anaSays(deal)
  await cast.world.pass(minutes(11))
  await withoutFunction('settle_notices', 'uuid, jsonb', 3)
  expect(await told(deal, 'comment')).toEqual([{ told_at: null }])
  await cast.world.admin.query('select app.wake_mail()')
  await cast.world.settle()
  expect(await told(deal, 'comment')).toEqual([{ told_at: expect.any(Date) }])
})

test('a mail that could not be written, as often as it is tried, says so in the Outbox', {
  timeout: 60_000,
}, async () => {
  const deal = await give('Not to be written')
  await cast.world.pass(seconds(11))
  await withoutFunction('keep_link', 'uuid, text, text', 8)
  expect(await mails(deal, 'deal_shared')).toMatchObject([{ state: 'failed', error: 'It could not be written.' }])
  expect(cast.world.said.filter((line) => line.startsWith('A mail could not be written: '))).toHaveLength(1)
})

test('one that is tried again in the evening waits for the contact’s morning', async () => {
  const deal = await shared('Evening')
  await cast.dana.does(addDealEntry, {
    params: { deal: deal.id },
    body: { body: 'When?', audience: 'partner', needs_answer: true },
  })
  await cast.world.pass(minutes(11))
  await cast.world.settle()
  expect(await mails(deal, 'urgent')).toMatchObject([{ state: 'held' }])
  await cast.world.pass(hours(10))
  await cast.world.admin.query(
    "update outbox set state = 'due', queued_at = null, sent_at = null where kind = 'urgent'",
  )
  await cast.world.settle()
  expect(await mails(deal, 'urgent')).toMatchObject([{ state: 'due', sent_at: null }])
  await cast.world.pass(hours(12))
  await cast.world.settle()
  expect(await mails(deal, 'urgent')).toMatchObject([{ state: 'held' }])
})

test('what waits for a contact who becomes one with another is told to that one', async () => {
  const twin = await cast.dana.does(addPartner, {
    body: { legal_name: 'Nordlicht Systemhaus AG', email: 'ana.lindner@nordlicht.example', contact_name: 'Ana L.' },
  })
  await cast.world.admin.query("update partners set works_via = 'email' where id = $1", [twin.id])
  const deal = await cast.dana.does(addDeal, {
    params: { partner: twin.id },
    body: { ...lead, customer_company: 'Vereint AG', their_owner_id: twin.main_contact?.id },
  })
  await cast.world.pass(seconds(11))
  await cast.dana.does(addDealEntry, { params: { deal: deal.id }, body: { body: 'It moves.', audience: 'partner' } })
  await cast.world.pass(minutes(11))
  await cast.world.settle()
  const [{ version }, { version: other_version }] = await Promise.all(
    [cast.nordlicht, twin].map(({ slug }) => cast.dana.does(getPartner, { params: { slug } })) as [
      Promise<Partner>,
      Promise<Partner>,
    ],
  )
  await cast.dana.does(mergePartners, {
    params: { partner: cast.nordlicht.id },
    body: { other: twin.id, take: [], version, other_version },
  })
  await cast.world.pass(days(7))
  await cast.world.settle()
  const { rows } = await cast.world.admin.query("select body from outbox where contact_id = $1 and kind = 'digest'", [
    cast.ana.contact_id,
  ])
  expect(rows).toEqual([{ body: expect.stringContaining('Dana Reyes: It moves.') }])
})
