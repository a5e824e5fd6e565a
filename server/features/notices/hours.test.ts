import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '#test/fresh-database.ts'
import { dayOf, digestMoment, type Hours, isQuiet, nextOpen } from './hours.ts'

let fresh: FreshDatabase
let client: pg.Client
beforeAll(async () => {
  fresh = await freshDatabase()
  client = new pg.Client({ connectionString: fresh.admin_url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await fresh.drop()
})

const minute = 60_000
const weekday = { days: [1, 2, 3, 4, 5] }
const usual: Hours = {
  zone: 'Europe/Berlin',
  quiet: { from: '18:00', to: '08:00' },
  quiet_weekends: true,
  digest: { at: '08:30', ...weekday },
}
const at = (iso: string) => new Date(iso)

test('what happens on Friday evening waits for Monday morning, on the clock of the one who is told', () => {
  expect(nextOpen(at('2026-11-27T19:30:00Z'), usual)).toEqual(at('2026-11-30T07:00:00Z'))
  expect(nextOpen(at('2026-11-27T19:30:00Z'), { ...usual, zone: 'America/New_York' })).toEqual(
    at('2026-11-27T19:30:00Z'),
  )
  expect(nextOpen(at('2026-11-27T19:30:00Z'), { ...usual, quiet_weekends: false })).toEqual(at('2026-11-28T07:00:00Z'))
})
test('the hour that is not there in March, and the one that is there twice in October, move no morning', () => {
  expect(nextOpen(at('2026-03-27T20:00:00Z'), usual)).toEqual(at('2026-03-30T06:00:00Z'))
  expect(nextOpen(at('2026-10-23T20:00:00Z'), usual)).toEqual(at('2026-10-26T07:00:00Z'))
  // Quiet until half past two, on the night when half past two is not there.
  const night = { ...usual, quiet: { from: '22:00', to: '02:30' }, quiet_weekends: false }
  expect(nextOpen(at('2026-03-29T00:10:00Z'), night)).toEqual(at('2026-03-29T01:00:00Z'))
})
test('a digest leaves on weekdays at its time, and after the quiet hours where those lie there', () => {
  expect(digestMoment(at('2026-11-26T07:29:00Z'), usual)).toEqual(at('2026-11-26T07:30:00Z'))
  expect(digestMoment(at('2026-11-26T07:31:00Z'), usual)).toEqual(at('2026-11-27T07:30:00Z'))
  expect(digestMoment(at('2026-11-27T12:00:00Z'), usual)).toEqual(at('2026-11-30T07:30:00Z'))
  const late = { ...usual, quiet: { from: '18:00', to: '10:00' } }
  expect(digestMoment(at('2026-11-26T05:00:00Z'), late)).toEqual(at('2026-11-26T09:00:00Z'))
})
test('a zone that nobody knows is taken for UTC', () => {
  expect(isQuiet(at('2026-11-26T17:59:00Z'), { ...usual, zone: 'Atlantis/Capital' })).toBe(false)
  expect(isQuiet(at('2026-11-26T18:00:00Z'), { ...usual, zone: 'Atlantis/Capital' })).toBe(true)
})

const zones = [
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'America/Santiago', 'America/Havana', 'America/St_Johns'],
  ...['Australia/Lord_Howe', 'Pacific/Chatham', 'Asia/Kathmandu', 'Asia/Beirut', 'Africa/Cairo', 'Asia/Tokyo'],
]
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '45'))
  .map(([hour, rest]) => `${String(hour).padStart(2, '0')}:${rest}`)
const hours: fc.Arbitrary<Hours> = fc.record({
  zone: fc.constantFrom(...zones),
  quiet: fc.option(fc.record({ from: time, to: time }).filter(({ from, to }) => from !== to)),
  quiet_weekends: fc.boolean(),
  digest: fc.record({ at: time, days: fc.constantFrom([1, 2, 3, 4, 5], [1]) }),
})
// Around every change of a clock, and anywhere.
const changes = [
  '2025-03-09',
  '2025-03-30',
  '2025-04-06',
  '2025-10-05',
  '2025-10-26',
  '2025-11-02',
  '2025-04-25',
  '2025-09-07',
]
const moments = fc
  .oneof(
    fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -3 * 1440, max: 2 * 1440 })),
    fc.tuple(fc.constant('2025-01-01'), fc.integer({ min: 0, max: 500 * 1440 })),
  )
  .map(([day, minutes]) => new Date(Date.parse(day) + minutes * minute))

// PostgreSQL's own knowledge of zones, minute by minute.
const model = `
  with minutes as (
    select at, (at at time zone $2) as local from generate_series($1::timestamptz - interval '1 minute', $1::timestamptz + interval '12 days', interval '1 minute') at),
  looked as (
    select at, local,
      ($6::boolean and extract(isodow from local) > 5)
      or ($3::text is not null and case when $3::time < $4::time then local::time >= $3::time and local::time < $4::time
        else local::time >= $3::time or local::time < $4::time end) as quiet,
      extract(isodow from local) = any ($7::int[]) and local::time >= $5::time
        and lag(local) over (order by at) < local::date + $5::time as digest
    from minutes)
  select (select quiet from looked where at = $1) as quiet,
    (select at from looked where not quiet and at >= $1 order by at limit 1) as open,
    (select l.at from looked l where not l.quiet and l.at >= (select d.at from looked d where d.digest and d.at >= $1 order by d.at limit 1) order by l.at limit 1) as digest,
    ($1::timestamptz at time zone $2)::date - date '1970-01-01' as day`

test('agrees with the database, minute by minute, over zones and changes of clocks', { timeout: 600_000 }, async () => {
  const runs = process.env.TORTURE ? 1000 : 60
  await fc.assert(
    fc.asyncProperty(hours, moments, async (it, moment) => {
      const { rows } = await client.query(model, [
        moment,
        it.zone,
        it.quiet?.from ?? null,
        it.quiet?.to ?? null,
        it.digest.at,
        it.quiet_weekends,
        it.digest.days,
      ])
      const [wanted] = rows
      expect(isQuiet(moment, it)).toBe(wanted.quiet)
      expect(nextOpen(moment, it)).toEqual(wanted.open)
      expect(dayOf(moment, it)).toBe(wanted.day)
      expect(digestMoment(moment, it)).toEqual(wanted.digest)
    }),
    { numRuns: runs },
  )
})
