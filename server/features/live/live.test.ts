import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { editMember, listMembers } from '#shared/company.ts'
import { removeAccess } from '#shared/contacts.ts'
import { addDeal, type Deal, editDeal, stopSharingDeal } from '#shared/deals.ts'
import { editEntry } from '#shared/editing.ts'
import { addDealEntry } from '#shared/entries.ts'
import { archivePartner, restorePartner } from '#shared/partners.ts'
import { addPortalEntry } from '#shared/portal.ts'
import { signOut } from '#shared/session.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { type Person, seconds } from '#test/world.ts'

let cast: Cast
let url: string
beforeAll(async () => {
  cast = await createCast()
  url = await cast.world.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => cast.world.close())

type Line = { event: string; data: unknown }
type Open = { status: number; headers: Headers; lines: Line[]; over: Promise<void>; stop(): void }
const open: Open[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.stop()
})

/** Listens as this person. Out: what was heard so far. */
async function listen(who: Person, path = '/api/v1/live', headers: Record<string, string> = {}): Promise<Open> {
  const stopping = new AbortController()
  const response = await fetch(`${url}${path}`, {
    headers: { cookie: `partnered=${who.session}`, 'accept-encoding': 'br, gzip', ...headers },
    signal: stopping.signal,
  })
  const lines: Line[] = []
  const read = async () => {
    let text = ''
    for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      text += piece
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const event = /^event: (.*)$/m.exec(block)?.[1]
        if (event) lines.push({ event, data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null') })
      }
    }
  }
  const over = response.status === 200 ? read().catch(() => {}) : Promise.resolve()
  const it = { status: response.status, headers: response.headers, lines, over, stop: () => stopping.abort() }
  open.push(it)
  return it
}
const atPortal = (who: Person = cast.ana) => listen(who, `/api/v1/p/${cast.nordlicht.workspace}/live`)
const heardOf = ({ lines }: Open) => lines.flatMap(({ data }) => (data as { id: string }[]).map(({ id }) => id))
const hears = (it: Open, deal: Deal) =>
  vi.waitUntil(() => heardOf(it).includes(deal.id), { timeout: 5000, interval: 20 })
const rest = () => new Promise((done) => setTimeout(done, 500))
const give = (partner: string, share = true, who = cast.dana) =>
  who.does(addDeal, {
    params: { partner },
    body: { kind: 'lead', customer_company: 'Hafen Terminal AG', ask: 'Call', share },
  })
const say = (deal: Deal, audience: 'team' | 'partner', who = cast.dana) =>
  who.does(addDealEntry, { params: { deal: deal.id }, body: { body: 'A word', audience } })

describe('Who has deals open', () => {
  test('hears which one changed, by its two names and nothing else, uncompressed', async () => {
    const deal = await give(cast.nordlicht.id)
    const it = await listen(cast.ira)
    expect([it.status, it.headers.get('content-type'), it.headers.get('content-encoding')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      null,
    ])
    expect(it.headers.get('content-security-policy')).toContain("default-src 'none'")
    const said = await say(deal, 'team')
    await hears(it, deal)
    expect(it.lines).toEqual([{ event: 'deal', data: [{ id: deal.id, ref: deal.ref }] }])
    await cast.dana.does(editEntry, { params: { entry: said.id }, body: { body: 'A better word' } })
    await vi.waitUntil(() => it.lines.length === 2, { timeout: 5000, interval: 20 })
    expect(new Set(heardOf(it))).toEqual(new Set([deal.id]))
  })

  test('and only of deals they see: not of a partner hidden from them, not of another company', async () => {
    const [hidden, other] = [await give(cast.fjordkraft.id), await give(cast.delta.id, true, cast.uma)]
    const [dana, lee, uma] = [await listen(cast.dana), await listen(cast.lee), await listen(cast.uma)]
    await say(hidden, 'team')
    await say(other, 'team', cast.uma)
    await hears(dana, hidden)
    await hears(uma, other)
    await rest()
    expect([heardOf(lee), new Set(heardOf(dana)), new Set(heardOf(uma))]).toEqual([
      [],
      new Set([hidden.id]),
      new Set([other.id]),
    ])
  })

  test('a contact only of deals that are shared with them', async () => {
    const [shared, own] = [await give(cast.nordlicht.id), await give(cast.nordlicht.id, false)]
    await cast.world.pass(seconds(11))
    const [ana, henrik] = [await atPortal(), await listen(cast.henrik, `/api/v1/p/${cast.fjordkraft.workspace}/live`)]
    await say(own, 'team')
    await say(shared, 'partner')
    await hears(ana, shared)
    await cast.dana.does(stopSharingDeal, { params: { deal: shared.id } })
    await say(shared, 'team')
    await rest()
    expect([new Set(heardOf(ana)), heardOf(henrik)]).toEqual([new Set([shared.id]), []])
  })

  test('and of nothing that is the team’s alone: not that there was a word, nor when', async () => {
    const deal = await give(cast.nordlicht.id)
    await cast.world.pass(seconds(11))
    const [ana, dana] = [await atPortal(), await listen(cast.dana)]
    await rest()
    ana.lines.length = 0
    const said = await say(deal, 'team')
    await cast.dana.does(editEntry, { params: { entry: said.id }, body: { body: 'A better word' } })
    await cast.dana.does(editDeal, {
      params: { deal: deal.id },
      body: { version: deal.version, next_step: 'Ask the board' },
    })
    await hears(dana, deal)
    await cast.world.admin.query('update deals set quiet_told = now() where id = $1', [deal.id])
    await rest()
    expect(ana.lines).toEqual([])
    await say(deal, 'partner')
    await hears(ana, deal)
  })

  test('and the team of what they write', async () => {
    const deal = await give(cast.nordlicht.id)
    await cast.world.pass(seconds(11))
    const dana = await listen(cast.dana)
    await cast.ana.does(addPortalEntry, {
      params: { workspace: cast.nordlicht.workspace, ref: deal.ref },
      body: { body: 'From us' },
    })
    await hears(dana, deal)
  })

  test('what was not kept is not told', async () => {
    const deal = await give(cast.nordlicht.id)
    const dana = await listen(cast.dana)
    await rest()
    dana.lines.length = 0
    const refused = await cast.dana.call(editDeal, {
      params: { deal: deal.id },
      body: { version: deal.version, stage: 'Nowhere' },
    })
    expect(refused.status).toBe(422)
    await cast.world.admin.query('begin')
    await cast.world.admin.query("update deals set ask = 'Never' where id = $1", [deal.id])
    await cast.world.admin.query('rollback')
    await rest()
    expect(dana.lines).toEqual([])
  })

  test('many at once are told as one', async () => {
    const dana = await listen(cast.dana)
    await rest()
    dana.lines.length = 0
    await cast.world.admin.query(
      `insert into deals (org_id, id, ref, partner_id, kind, customer_company, ask, our_owner_id, created_at, last_activity_at, stage_since, turn_since, updated_at)
       select org_id, gen_random_uuid(), 'L-' || n, id, 'lead', 'Many', 'Call', $2, now(), now(), now(), now(), now() from partners, generate_series(1, 300) n where id = $1`,
      [cast.nordlicht.id, cast.ids.dana],
    )
    await vi.waitUntil(() => dana.lines.length > 0, { timeout: 5000, interval: 20 })
    expect(dana.lines).toEqual([{ event: 'all', data: [] }])
  })

  test('to those at whose partner it was, and at no other', async () => {
    const [ana, lee] = [await atPortal(), await listen(cast.lee)]
    const henrik = await listen(cast.henrik, `/api/v1/p/${cast.fjordkraft.workspace}/live`)
    await rest()
    for (const it of [ana, lee, henrik]) it.lines.length = 0
    await cast.world.admin.query(
      `insert into deals (org_id, id, ref, partner_id, kind, customer_company, ask, our_owner_id, created_at, last_activity_at, stage_since, turn_since, updated_at)
       select org_id, gen_random_uuid(), 'M-' || n, id, 'lead', 'Many', 'Call', $2, now(), now(), now(), now(), now() from partners, generate_series(1, 300) n where id = $1`,
      [cast.fjordkraft.id, cast.ids.dana],
    )
    await vi.waitUntil(() => henrik.lines.length > 0, { timeout: 5000, interval: 20 })
    await cast.world.admin.query('update deals set quiet_told = now() where partner_id = $1', [cast.fjordkraft.id])
    await rest()
    expect([henrik.lines, ana.lines, lee.lines]).toEqual([[{ event: 'all', data: [] }], [], []])
  })

  test('when the connection to the database was lost, they are told that something may have changed', async () => {
    const dana = await listen(cast.dana)
    await rest()
    dana.lines.length = 0
    await cast.world.admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen partnered_live' and datname = current_database()",
    )
    await vi.waitUntil(() => dana.lines.some(({ event }) => event === 'all'), { timeout: 8000, interval: 50 })
    const deal = await give(cast.nordlicht.id)
    await hears(dana, deal)
  })
})

describe('Nobody listens who may not look', () => {
  test('the door is the same as everywhere', async () => {
    const portal = `/api/v1/p/${cast.nordlicht.workspace}/live`
    const tries = [
      await listen(cast.world.stranger),
      await listen(cast.ana),
      await listen(cast.world.stranger, portal),
      await listen(cast.henrik, portal),
      await listen(cast.dora, portal),
      await listen(cast.dana, portal),
      await listen(cast.ana, '/api/v1/p/no-such-place/live'),
      await listen(cast.dana, portal, { 'x-view-as': cast.ana.contact_id }),
    ]
    expect(tries.map(({ status }) => status)).toEqual([401, 403, 401, 404, 404, 404, 404, 404])
    expect((await cast.world.app.inject({ method: 'HEAD', url: '/api/v1/live' })).statusCode).toBe(404)
  })

  const ends = async (it: Open, act: () => Promise<unknown>) => {
    await act()
    const from = performance.now()
    await it.over
    expect(performance.now() - from).toBeLessThan(1000)
    expect(it.lines.at(-1)).toEqual({ event: 'over', data: [] })
  }

  test('a stream ends within a second when access is removed, the partner is archived or the session ends', async () => {
    const ben = await atPortal(cast.ben)
    const ana = await atPortal()
    await ends(ben, () => cast.dana.does(removeAccess, { params: { contact: cast.ben.contact_id } }))
    await ends(ana, () => cast.dana.does(archivePartner, { params: { partner: cast.nordlicht.id } }))
    await cast.dana.does(restorePartner, { params: { partner: cast.nordlicht.id } })
    const henrik = await listen(cast.henrik, `/api/v1/p/${cast.fjordkraft.workspace}/live`)
    const still = await atPortal()
    await ends(henrik, () => cast.henrik.does(signOut, {}))
    await rest()
    expect(still.lines.map(({ event }) => event)).not.toContain('over')
  })

  test('and when a member is deactivated', async () => {
    const lee = await listen(cast.lee)
    const { items } = await cast.dana.does(listMembers, {})
    const { id, version } = items.find(({ name }) => name === 'Lee Park')!
    await ends(lee, () => cast.dana.does(editMember, { params: { member: id }, body: { version, deactivated: true } }))
  })

  test('a server that stops lets everybody go', async () => {
    const it = await listen(cast.dana)
    // Nor is its connection kept for another request.
    expect(it.headers.get('connection')).toBe('close')
    const from = performance.now()
    const closed = cast.world.app.close()
    await it.over
    expect(performance.now() - from).toBeLessThan(2000)
    expect(it.lines.at(-1)?.event).toBe('over')
    await closed
  })
})
