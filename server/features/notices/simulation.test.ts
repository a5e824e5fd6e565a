import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#test/world.ts'

// Two months of a company's life on a moved clock. What is checked is worked out from rows and words, and knows nothing of the planner.
const long = Boolean(process.env.TORTURE)
const events = Number(process.env.EVENTS ?? (long ? 10_000 : 2_000))
const seed = Number(process.env.SEED ?? 20_261_126)
const hour = 3600_000
// So often mail leaves here: now and then, so that two months pass in a minute.
const slot_ms = hour
const day = 24 * hour

let state = seed
/** A number from 0 to below `most`, the same in every run of a seed. */
const random = (most: number): number => {
  state = (state + 0x6d2b79f5) | 0
  let it = Math.imul(state ^ (state >>> 15), 1 | state)
  it = (it + Math.imul(it ^ (it >>> 7), 61 | it)) ^ it
  return Math.floor((((it ^ (it >>> 14)) >>> 0) / 4_294_967_296) * most)
}
const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T

const zones = [
  ...['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'],
  ...(long ? ['Asia/Kathmandu', 'America/Santiago'] : []),
]
const mornings = long ? ['08:30', '08:30', '16:00', '06:15'] : ['08:30', '08:30', '16:00']
const classes = ['assigned', 'replied', 'moved', 'quiet', 'sent', 'invites', 'access'] as const
const kinds = {
  mention: 'assigned',
  assigned: 'assigned',
  quiet: 'quiet',
  sent: 'sent',
  accepted: 'invites',
  access: 'access',
}
type Ways = Record<(typeof classes)[number], string>
type Member = {
  id: string
  ways: Ways
  since: { at: number; ways: Ways }[]
  zone: string
  quiet: boolean
  digest: string
}
type Deal = { id: string; partner: string; owner: string; theirs: string }

let world: World
let org: string
const members: Member[] = []
const contacts: { id: string; partner: string; choice: string }[] = []
const deals: Deal[] = []
/** Words that were said, to whom they are to come, and as which kind of thing. */
const said: { mark: string; at: number; to: string; side: 'member' | 'contact'; as: string }[] = []

const uuid = (kind: string, n: number) => `${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`
const sqlDo = (text: string) => world.admin.query(text)
/** Somebody acts: the rules see who, and when. */
const acts = (who: { member?: string; contact?: string; partner?: string }, at: number, text: string) =>
  sqlDo(`begin; select set_config('app.org', '${org}', true), set_config('app.member', '${who.member ?? ''}', true),
    set_config('app.contact', '${who.contact ?? ''}', true), set_config('app.partner', '${who.partner ?? ''}', true),
    set_config('app.clock', '${new Date(at).toISOString()}', true); ${text}; commit`)

const randomWays = (): Ways =>
  random(3) === 0
    ? (Object.fromEntries(classes.map((one) => [one, pick(['now', 'digest', 'off'])])) as Ways)
    : {
        assigned: 'now',
        replied: 'now',
        moved: 'digest',
        quiet: 'digest',
        sent: 'digest',
        invites: 'now',
        access: 'now',
      }
const keepWays = (it: Member) =>
  `insert into notice_settings (org_id, member_id, ${classes.join(', ')}, quiet_hours, quiet_from, quiet_to, quiet_weekends, digest_at, time_zone, updated_at)
  values ('${org}', '${it.id}', ${classes.map((one) => `'${it.ways[one]}'`).join(', ')}, ${it.quiet}, '18:00', '08:00', ${it.quiet}, '${it.digest}', '${it.zone}', now())
  on conflict (org_id, member_id) do update set (${classes.join(', ')}) = (${classes.map((one) => `excluded.${one}`).join(', ')})`

beforeAll(async () => {
  world = await createWorld()
  await world.found('Halden Software', 'Dana Reyes', 'dana@halden.example')
  org = (await sqlDo('select org_id from organizations')).rows[0].org_id
  const at = world.now().toISOString()
  const rows: string[] = []
  for (let n = 0; n < 20; n++)
    rows.push(
      `insert into partners (org_id, id, slug, workspace, legal_name, name_key, works_via, sees_deals, updates_deals, last_activity_at, created_at) values ('${org}', '${uuid('aaaaaaaa', n)}', 'p${n}', 'p${n}', 'Partner ${n}', 'p${n}', 'portal', true, true, '${at}', '${at}')`,
    )
  for (let n = 0; n < 100; n++) {
    const id = uuid('bbbbbbbb', n)
    const it = {
      id,
      ways: randomWays(),
      since: [],
      zone: pick(zones),
      quiet: random(4) > 0,
      digest: pick(mornings),
    }
    members.push(it)
    rows.push(
      `insert into members (org_id, id, person_id, name, email, role, created_at) values ('${org}', '${id}', 'm${n}', 'Member ${n}', 'm${n}@halden.example', 'member', '${at}')`,
      keepWays(it),
    )
    const partner = uuid('aaaaaaaa', n % 20)
    const contact = uuid('cccccccc', n)
    const choice = pick(['asked', 'asked', 'weekly', 'only_asked', 'none'])
    contacts.push({ id: contact, partner, choice })
    rows.push(
      `insert into contacts (org_id, id, partner_id, name, email, created_at) values ('${org}', '${contact}', '${partner}', 'Contact ${n}', 'c${n}@partner.example', '${at}')`,
      `insert into contact_choices (org_id, contact_id, choice) values ('${org}', '${contact}', '${choice}')`,
    )
  }
  for (let n = 0; n < 200; n++) {
    const theirs = pick(contacts)
    const it = {
      id: uuid('dddddddd', n),
      partner: theirs.partner,
      owner: (random(2) ? pick(members) : pick(members.slice(0, 4))).id,
      theirs: theirs.id,
    }
    deals.push(it)
    rows.push(
      `insert into deals (org_id, id, ref, partner_id, kind, customer_company, ask, our_owner_id, their_owner_id, created_at, last_activity_at, stage_since, turn_since)
        values ('${org}', '${it.id}', 'D-${n}', '${it.partner}', 'lead', 'Customer ${n}', 'x', '${it.owner}', '${it.theirs}', '${at}', '${at}', '${at}', '${at}')`,
      `insert into shares (org_id, id, partner_id, deal_id, shared_by, shared_at, effective_at) values ('${org}', '${uuid('eeeeeeee', n)}', '${it.partner}', '${it.id}', '${it.owner}', '${at}', '${at}')`,
    )
  }
  await sqlDo(`select set_config('app.org', '${org}', false); ${rows.join(';')}`)
  await sqlDo('delete from notifications; delete from contact_notices; delete from due_work; delete from entries')
}, 60_000)
afterAll(() => world.close())

/** Something happens. Out: nothing; what was said is kept in `said`. */
async function happen(n: number, at: number, among: readonly Deal[]): Promise<void> {
  const deal = pick(among)
  const mark = `mk${n}x`
  const id = uuid('ffffffff', n)
  const line = (columns: string, values: string) =>
    `insert into entries (org_id, id, partner_id, deal_id, kind, audience, body, created_at${columns}) values ('${org}', '${id}', '${deal.partner}', '${deal.id}', 'comment', 'partner', 'Words ${mark}', '${new Date(at).toISOString()}'${values})`
  const other = pick(members)
  const what = random(100)
  if (what < 30) {
    said.push({ mark, at, to: deal.owner, side: 'member', as: 'replied' })
    return void (await acts(
      { contact: deal.theirs, partner: deal.partner },
      at,
      line(', contact_id', `, '${deal.theirs}'`),
    ))
  }
  if (what < 55) {
    const needs = random(2) === 0
    said.push({ mark, at, to: deal.theirs, side: 'contact', as: needs ? 'asked' : 'changed' })
    return void (await acts({ member: other.id }, at, line(', member_id, needs_answer', `, '${other.id}', ${needs}`)))
  }
  if (what < 65)
    return void (await acts(
      { member: other.id },
      at,
      `update deals set stage = '${pick(['New', 'Working', 'Proposal'])}' where id = '${deal.id}' and outcome is null`,
    ))
  if (what < 72)
    return void (await acts(
      { contact: deal.theirs, partner: deal.partner },
      at,
      `update deals set stage = '${pick(['New', 'Working', 'Proposal'])}' where id = '${deal.id}' and outcome is null`,
    ))
  if (what < 76)
    return void (await acts(
      { member: other.id },
      at,
      `update deals set outcome = case when outcome is null then 'won' end where id = '${deal.id}'`,
    ))
  if (what < 92) {
    const kind = pick(Object.keys(kinds))
    return void (await acts(
      { member: other.id },
      at,
      `insert into notifications (org_id, id, member_id, kind, partner_id, deal_id, by_id, key, created_at)
      values ('${org}', '${id}', '${deal.owner}', '${kind}', '${deal.partner}', '${deal.id}', '${other.id}', '${mark}', '${new Date(at).toISOString()}')`,
    ))
  }
  if (what < 96)
    return void (await sqlDo(
      `update notifications set read_at = '${new Date(at).toISOString()}' where member_id = '${deal.owner}' and read_at is null and created_at <= '${new Date(at).toISOString()}'`,
    ))
  other.ways = randomWays()
  other.since.push({ at, ways: other.ways })
  await sqlDo(keepWays(other))
}

/** Mail is planned and leaves, a minute after each slot that has anything due. */
async function passUntil(until: number): Promise<void> {
  while (world.now().getTime() < until) {
    const { rows } = await sqlDo(
      "select least((select min(due_at) from due_work where taken_at is null), (select min(due_at) from outbox where state = 'due')) as next",
    )
    const next = rows[0].next ? Math.max(rows[0].next.getTime(), world.now().getTime()) : until
    const slot = Math.min(Math.ceil(next / slot_ms) * slot_ms + 60_000, until)
    if (slot > world.now().getTime()) await world.pass(slot - world.now().getTime())
    if (next <= slot) await world.settle()
  }
}

test(`${events} things in sixty days reach two hundred people as they chose`, { timeout: 1_800_000 }, async () => {
  const begin = Math.ceil(world.now().getTime() / day) * day
  const start = members.map((it) => ({ ...it.ways }))
  for (const [at, it] of members.entries()) it.since.unshift({ at: 0, ways: start[at] as Ways })
  // Bursts, as work comes: several things within minutes, every second time on the deals of one who has many.
  const moments: { at: number; among: readonly Deal[] }[] = []
  const busy = members.slice(0, 4).map(({ id }) => deals.filter(({ owner }) => owner === id))
  while (moments.length < events) {
    const at = begin + random(60 * 24 * 60) * 60_000
    const among = random(2) ? deals : pick(busy)
    for (let n = random(long ? 5 : 13); n >= 0; n--) moments.push({ at: at + random(20 * 60_000), among })
  }
  moments.sort((a, b) => a.at - b.at)
  for (const [n, { at, among }] of moments.slice(0, events).entries()) {
    const slot = Math.floor(at / slot_ms) * slot_ms + 60_000
    if (slot > world.now().getTime()) await passUntil(slot)
    // Nothing happens before what was mailed already.
    await happen(n, Math.max(at, world.now().getTime()), among)
  }
  await passUntil(begin + 69 * day)
  await check()
})

type Sent = {
  id: string
  kind: string
  to: string
  side: 'member' | 'contact'
  sent_at: Date
  body: string
  told: string[]
  unread: number
  local: Date
  today: string
}

async function check(): Promise<void> {
  expect(world.said).toEqual([])
  const { rows: sent } = await world.admin.query<Sent>(`
    select o.id, o.kind, coalesce(o.member_id, o.contact_id) as "to", case when o.member_id is null then 'contact' else 'member' end as side, o.sent_at, o.body,
      array(select n.kind from notifications n where n.mail_id = o.id union all select n.kind from contact_notices n where n.mail_id = o.id) as told,
      (select count(*)::int from notifications n where n.mail_id = o.id and (n.read_at is null or n.read_at > o.sent_at))
        + (select count(*)::int from contact_notices n where n.mail_id = o.id) as unread,
      (o.sent_at at time zone coalesce(s.time_zone, 'Europe/Berlin'))::text as local, ((o.sent_at at time zone coalesce(s.time_zone, 'Europe/Berlin'))::date)::text as today
    from outbox o left join notice_settings s on s.org_id = o.org_id and s.member_id = o.member_id
    where o.sent_at is not null order by o.sent_at`)
  const problems: string[] = []
  const count = new Map<string, number>()
  const add = (key: string) => count.set(key, (count.get(key) ?? 0) + 1).get(key) ?? 0
  const one = new Map(members.map((it) => [it.id, it]))
  for (const mail of sent) {
    const member = one.get(mail.to)
    const urgent = mail.told.includes('access') && mail.kind !== 'digest'
    const local = new Date(`${String(mail.local).replace(' ', 'T')}Z`)
    const minutes = local.getUTCHours() * 60 + local.getUTCMinutes()
    const weekend = [0, 6].includes(local.getUTCDay())
    const rests = (member?.quiet ?? true) && (weekend || minutes >= 18 * 60 || minutes < 8 * 60)
    if (rests && !urgent) problems.push(`${mail.kind} to ${mail.to} at ${mail.local}, in quiet hours`)
    if (mail.unread === 0) problems.push(`${mail.kind} ${mail.id} tells nothing new`)
    if (mail.kind === 'digest') {
      const [h = 0, m = 0] = (member?.digest ?? '08:30').split(':').map(Number)
      if (add(`digest ${mail.to} ${mail.today}`) > 1) problems.push(`two digests a day to ${mail.to}`)
      if (weekend || minutes < h * 60 + m) problems.push(`a digest to ${mail.to} at ${mail.local}`)
      if (!member && local.getUTCDay() !== 1) problems.push(`a week that ends on ${mail.local}`)
    } else if (!(member ? urgent : mail.told.includes('asked'))) {
      if (add(`now ${mail.to} ${mail.today}`) > (member ? 5 : 1))
        problems.push(`too many mails to ${mail.to} on ${mail.today}`)
    }
  }
  // Each word came at most once, to nobody else, and came where it was wanted.
  const bodies = new Map<string, string[]>()
  for (const { to, body } of sent)
    for (const [mark] of body.matchAll(/mk\d+x/g)) bodies.set(mark, [...(bodies.get(mark) ?? []), to])
  const { rows: inbox } = await world.admin.query(
    "select substring(e.body from 'mk[0-9]+x') as mark, n.member_id, n.read_at, (select state from outbox o where o.id = n.mail_id) as state from notifications n join entries e on e.id = n.entry_id where n.kind = 'comment'",
  )
  const choices = new Map(contacts.map((it) => [it.id, it.choice]))
  let wanted = 0
  for (const { mark, at, to, side, as } of said) {
    const told = bodies.get(mark) ?? []
    if (told.length > 1 || (told[0] && told[0] !== to)) problems.push(`${mark} was told to ${told.join(', ')}`)
    if (side === 'member') {
      const rows = inbox.filter((row) => row.mark === mark)
      if (rows.length !== 1 || rows[0].member_id !== to) problems.push(`${mark} is in ${rows.length} inboxes`)
      const lived = one.get(to)?.since ?? []
      const then = lived.findLast((it) => it.at <= at)
      const always = [then, ...lived.filter((it) => it.at > at)].every((it) => it?.ways[as as 'replied'] !== 'off')
      // Whoever reads within four days may have been faster than any mail.
      const read = rows[0]?.read_at
      if (always && (read === null || read?.getTime() > at + 4 * day)) {
        wanted++
        if (told.length !== 1) problems.push(`${mark} never came to ${to}`)
      }
    } else {
      const choice = choices.get(to) ?? ''
      const may = choice === 'asked' || choice === 'weekly' || (choice === 'only_asked' && as === 'asked')
      if (may) wanted++
      // A word that asks nothing may come along with one that does; nothing comes to whoever wants nothing.
      if (may ? told.length !== 1 : choice === 'none' && told.length > 0)
        problems.push(`${mark} (${as}) came ${told.length} times to ${to}, who chose ${choice}`)
    }
  }
  expect(problems.slice(0, 20)).toEqual([])
  // It was worth looking: days were full, and nights were waited for.
  expect([...count].filter(([key, many]) => key.startsWith('now bbbbbbbb') && many === 5).length).toBeGreaterThan(2)
  expect(wanted).toBeGreaterThan(events / 5)
  expect(sent.filter(({ kind }) => kind === 'digest').length).toBeGreaterThan(events / 50)
  expect((await sqlDo('select from due_work where taken_at is not null')).rowCount).toBe(0)
}
