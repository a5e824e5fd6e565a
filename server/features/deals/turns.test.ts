import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as answering from '#shared/answering.ts'
import * as api from '#shared/deals.ts'
import { addDealEntry, listDealEntries } from '#shared/entries.ts'
import { listInbox } from '#shared/inbox.ts'
import { editPartnerAccess, getPartnerAccess } from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import * as portal from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, seconds } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
  const { version } = await cast.dana.does(getPartnerAccess, { params: { partner: cast.nordlicht.id } })
  await cast.dana.does(editPartnerAccess, {
    params: { partner: cast.nordlicht.id },
    body: { version, team_access: 'everyone', members: [], permissions: presets.together.rows },
  })
  // Months go by here; nobody signs in again.
  await cast.world.admin.query(`update auth.session set "expiresAt" = now() + interval '90 years'`)
})
afterAll(() => cast.world.close())

/** A deal, and everything that can happen to it, by whoever does it. Each says how it was answered. */
type Handle = { id: string; ref: string }
const read = (it: Handle) => cast.dana.does(api.getDeal, { params: { ref: it.ref } })
const at = (it: Handle) => ({ workspace: cast.nordlicht.workspace, ref: it.ref })
const dayAfter = (n: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(cast.world.now().getTime() + days(n))

async function give(more: object = {}): Promise<Handle> {
  return cast.dana.does(api.addDeal, {
    params: { partner: cast.nordlicht.id },
    body: { kind: 'lead', customer_company: 'Hafen Terminal AG', ask: 'Call.', share: false, ...more },
  })
}
async function receive(): Promise<Handle> {
  const { ref } = await cast.ana.does(portal.sendDeal, {
    params: { workspace: cast.nordlicht.workspace },
    body: { kind: 'lead', customer_company: 'Elbe Kliniken', ask: 'Help us with the offer.' },
  })
  return cast.dana.does(api.getDeal, { params: { ref } })
}
const edit = async (it: Handle, body: object) =>
  (
    await cast.dana.call(api.editDeal, {
      params: { deal: it.id },
      body: { version: (await read(it)).version, ...body },
    })
  ).status

const acts = {
  share: async (it: Handle) => {
    const { status } = await cast.dana.call(api.shareDeal, { params: { deal: it.id }, body: {} })
    await cast.world.pass(seconds(11))
    return status
  },
  unshare: async (it: Handle) => (await cast.dana.call(api.stopSharingDeal, { params: { deal: it.id } })).status,
  accept: async (it: Handle) =>
    (await cast.ana.call(portal.answerDeal, { params: at(it), body: { answer: 'accepted' } })).status,
  decline: async (it: Handle) =>
    (await cast.ana.call(portal.answerDeal, { params: at(it), body: { answer: 'declined', reason: 'No.' } })).status,
  they_comment: async (it: Handle) =>
    (await cast.ana.call(portal.addPortalEntry, { params: at(it), body: { body: 'We looked at it.' } })).status,
  they_move: async (it: Handle) => {
    const deal = await read(it)
    const stage = deal.stage === 'Working' ? 'Proposal' : 'Working'
    return (await cast.ana.call(portal.moveDeal, { params: at(it), body: { stage } })).status
  },
  take: async (it: Handle) =>
    (await cast.dana.call(answering.acceptDeal, { params: { deal: it.id }, body: {} })).status,
  refuse: async (it: Handle) =>
    (await cast.dana.call(answering.declineDeal, { params: { deal: it.id }, body: { reason: 'Not ours.' } })).status,
  ask: async (it: Handle) =>
    (await cast.dana.call(answering.askBack, { params: { deal: it.id }, body: { body: 'Who decides there?' } })).status,
  we_comment: async (it: Handle) =>
    (await cast.dana.call(addDealEntry, { params: { deal: it.id }, body: { body: 'Thanks.', audience: 'partner' } }))
      .status,
  we_note: async (it: Handle) =>
    (await cast.dana.call(addDealEntry, { params: { deal: it.id }, body: { body: 'Hm.', audience: 'team' } })).status,
  change_ask: async (it: Handle) => edit(it, { ask: `${(await read(it)).ask} And more.` }),
  we_move: async (it: Handle) => edit(it, { stage: (await read(it)).stage === 'Working' ? 'New' : 'Working' }),
  pause: async (it: Handle) =>
    (
      await cast.dana.call(answering.pauseDeal, {
        params: { deal: it.id },
        body: { version: (await read(it)).version, until: dayAfter(3), why: 'Budget in January.' },
      })
    ).status,
  resume: async (it: Handle) => (await cast.dana.call(answering.resumeDeal, { params: { deal: it.id } })).status,
  win: async (it: Handle) => edit(it, { outcome: 'won' }),
  reopen: async (it: Handle) => edit(it, { outcome: null }),
  a_day: async (_it: Handle) => {
    await cast.world.pass(days(1))
    await cast.world.settle()
    return 200
  },
  five_days: async (_it: Handle) => {
    await cast.world.pass(days(5))
    await cast.world.settle()
    return 200
  },
}
type Act = keyof typeof acts

async function turnOf(it: Handle): Promise<[turn: string, why: string]> {
  const { turn, turn_why } = await read(it)
  return [turn, turn_why]
}

describe('Whose turn it is, row by row', () => {
  const rows: [what: string, first: Act[], act: Act, turn: string, why: string][] = [
    ['shared: theirs', [], 'share', 'them', 'shared'],
    ['they accepted: theirs', ['share'], 'accept', 'them', 'accepted'],
    ['they declined: ours', ['share'], 'decline', 'us', 'declined'],
    ['they commented: ours', ['share'], 'they_comment', 'us', 'commented'],
    ['they moved it: ours', ['share', 'accept'], 'they_move', 'us', 'changed'],
    ['we ask: theirs', ['share', 'they_comment'], 'ask', 'them', 'asked'],
    ['we change what we want: theirs', ['share', 'they_comment'], 'change_ask', 'them', 'asked'],
    ['we comment otherwise: as it was', ['share', 'they_comment'], 'we_comment', 'us', 'commented'],
    ['we write for the team: as it was', ['share', 'they_comment'], 'we_note', 'us', 'commented'],
    ['we move it: as it was', ['share', 'they_comment'], 'we_move', 'us', 'commented'],
    ['paused: nobody’s', ['share', 'accept'], 'pause', 'nobody', 'paused'],
    ['resumed: as before', ['share', 'accept', 'pause'], 'resume', 'them', 'accepted'],
    ['the day of the pause came: as before', ['share', 'accept', 'pause'], 'five_days', 'them', 'accepted'],
    ['they comment on a paused deal: ours', ['share', 'pause'], 'they_comment', 'us', 'commented'],
    ['closed: nobody’s', ['share', 'accept'], 'win', 'nobody', 'closed'],
    ['closed while paused: nobody’s, and stays closed', ['share', 'pause', 'win'], 'five_days', 'nobody', 'closed'],
    ['they comment on a closed deal: nobody’s', ['share', 'win'], 'they_comment', 'nobody', 'closed'],
    ['opened again: ours', ['share', 'win'], 'reopen', 'us', 'reopened'],
    ['no longer shared: ours', ['share'], 'unshare', 'us', 'not_shared'],
  ]
  test.each(rows)('%s', async (_, first, act, turn, why) => {
    const it = await give()
    expect(await turnOf(it)).toEqual(['us', 'not_shared'])
    for (const one of first) expect(await acts[one](it)).toBeLessThan(300)
    const before = await read(it)
    await cast.world.pass(seconds(60))
    expect(await acts[act](it)).toBeLessThan(300)
    const after = await read(it)
    expect([after.turn, after.turn_why]).toEqual([turn, why])
    const turned = before.turn !== turn || ['accept', 'resume'].includes(act)
    expect(after.turn_since === before.turn_since).toBe(!turned)
  })
  test.each<[what: string, first: Act[], turn: string, why: string]>([
    ['they sent it: ours', [], 'us', 'sent'],
    ['we took it: ours, of every kind', ['take'], 'us', 'taken'],
    ['we refused it: nobody’s', ['refuse'], 'nobody', 'refused'],
    ['we asked back: theirs', ['ask'], 'them', 'asked'],
    ['they answered what we asked: ours', ['ask', 'they_comment'], 'us', 'commented'],
    ['they comment on what was refused: nobody’s', ['refuse', 'they_comment'], 'nobody', 'refused'],
  ])('%s', async (_, all, turn, why) => {
    const it = await receive()
    for (const act of all) expect(await acts[act](it)).toBeLessThan(300)
    expect(await turnOf(it)).toEqual([turn, why])
  })

  test('whose doing it was is told on both sides', async () => {
    const it = await give()
    await acts.share(it)
    expect((await read(it)).turn_by?.name).toBe('Dana Reyes')
    await acts.accept(it)
    expect((await read(it)).turn_by?.name).toBe('Ana Lindner')
    const theirs = await cast.ana.does(portal.getPortalDeal, { params: at(it) })
    expect(theirs).toMatchObject({ turn: 'them', turn_why: 'accepted', turn_by_name: 'Ana Lindner' })
    await acts.pause(it)
    await acts.resume(it)
    expect((await read(it)).turn_by?.name).toBe('Ana Lindner')
  })
})

describe('A pause', () => {
  test('the partner sees the day, never the reason', async () => {
    const it = await give()
    for (const act of ['share', 'pause'] as const) await acts[act](it)
    const ours = await read(it)
    expect(ours).toMatchObject({ paused_until: dayAfter(3), paused_why: 'Budget in January.', turn: 'nobody' })
    const theirs = await cast.ana.call(portal.getPortalDeal, { params: at(it) })
    expect(theirs.body).toMatchObject({ paused_until: dayAfter(3), turn: 'nobody', turn_why: 'paused' })
    const lines = await cast.ana.call(portal.listPortalEntries, { params: at(it), query: {} })
    expect(lines.body.items.map(({ kind, to_value }) => [kind, to_value])).toEqual([['paused', dayAfter(3)]])
    expect(theirs.raw.body + lines.raw.body).not.toContain('Budget')
    const told = (await cast.dana.does(listDealEntries, { params: { deal: it.id }, query: {} })).items
    expect(told.filter(({ body }) => body?.includes('Budget')).map(({ audience }) => audience)).toEqual(['team'])
  })
  test('ends when its day begins at the company, not before', async () => {
    const it = await give()
    for (const act of ['share', 'pause'] as const) await acts[act](it)
    await cast.world.pass(days(2))
    await cast.world.settle()
    expect((await read(it)).turn).toBe('nobody')
    await cast.world.pass(days(1))
    await cast.world.settle()
    const after = await read(it)
    expect(after).toMatchObject({ turn: 'them', turn_why: 'shared', paused_until: null, paused_why: null })
    const [last] = (await cast.dana.does(listDealEntries, { params: { deal: it.id }, query: {} })).items
    expect(last?.kind).toBe('resumed')
  })
  test('is for a day to come, with a reason, by who works with the deal', async () => {
    const it = await give()
    await acts.share(it)
    const { version } = await read(it)
    const pause = (who: 'dana' | 'mei' | 'uma', body: object) =>
      cast[who].call(answering.pauseDeal, {
        params: { deal: it.id },
        body: { version, until: dayAfter(3), why: 'Later.', ...body },
      })
    expect((await pause('dana', { until: dayAfter(0) })).problem.errors?.[0]).toMatchObject({ field: 'until' })
    expect((await pause('dana', { until: dayAfter(400) })).problem.errors?.[0]).toMatchObject({ field: 'until' })
    expect((await pause('dana', { why: '  ' })).problem.errors?.[0]).toMatchObject({ field: 'why' })
    expect((await pause('dana', { version: version + 1 })).status).toBe(409)
    expect((await pause('mei', {})).status).toBe(403)
    expect((await pause('uma', {})).status).toBe(404)
    expect((await cast.mei.call(answering.resumeDeal, { params: { deal: it.id } })).status).toBe(403)
    expect((await read(it)).paused_until).toBeNull()
    await acts.win(it)
    expect((await pause('dana', { version: (await read(it)).version })).status).toBe(409)
  })
  test('its day can be moved; the turn before it stays the one before it', async () => {
    const it = await give()
    for (const act of ['share', 'they_comment', 'pause'] as const) await acts[act](it)
    const body = { version: (await read(it)).version, until: dayAfter(9), why: 'Later still.' }
    const moved = await cast.dana.does(answering.pauseDeal, { params: { deal: it.id }, body })
    expect(moved).toMatchObject({ paused_until: dayAfter(9), turn: 'nobody' })
    await acts.five_days(it)
    expect(await turnOf(it)).toEqual(['nobody', 'paused'])
    await acts.resume(it)
    expect(await turnOf(it)).toEqual(['us', 'commented'])
  })
  test('who has the turn again hears of it; who ended the pause by a word is named for both', async () => {
    const it = await give({ their_owner_id: cast.ana.contact_id })
    for (const act of ['share', 'accept', 'pause', 'five_days'] as const) await acts[act](it)
    expect(await turnOf(it)).toEqual(['them', 'accepted'])
    const asked = async () =>
      (
        await cast.world.admin.query(
          "select count(*)::int as n from contact_notices where deal_id = $1 and kind = 'asked'",
          [it.id],
        )
      ).rows[0].n
    expect(await asked()).toBe(1)
    for (const act of ['pause', 'they_comment'] as const) await acts[act](it)
    const { items } = await cast.dana.does(listInbox, { query: {} })
    expect(items.find(({ deal }) => deal?.ref === it.ref)?.sentence).toMatch(/ended the pause/)
    expect(await asked()).toBe(1)
  })
})

/** The table, once more, from the issue's own words: shares no code with the rules. */
class Model {
  direction: 'given' | 'received'
  shared = false
  answer = 'pending'
  closed = false
  turn: string
  why: string
  since: [from: number, to: number]
  pause: { left: number; turn: string; why: string } | null = null
  stage = 'New'
  constructor(direction: 'given' | 'received', since: [number, number]) {
    this.direction = direction
    this.shared = direction === 'received'
    this.turn = 'us'
    this.why = direction === 'received' ? 'sent' : 'not_shared'
    this.since = since
  }
  get refused() {
    return this.direction === 'received' && this.answer === 'declined'
  }
  get piped() {
    return this.direction === 'given' || this.answer === 'accepted'
  }
  /** Is it done, and what does it say about the turn? Null: it is refused. */
  does(act: Act): { to?: [turn: string, why: string]; anew?: boolean } | null {
    const sees = this.shared
    const over = this.closed || this.refused
    const after = (turn: string, why: string, anew = false) =>
      over ? {} : { to: [turn, why] as [string, string], anew }
    switch (act) {
      case 'share':
        if (this.shared) return null
        this.shared = true
        return over ? {} : this.direction === 'received' ? after('us', 'taken', true) : after('them', 'shared')
      case 'unshare':
        if (!this.piped) return null
        if (!this.shared) return {}
        this.shared = false
        return after('us', 'not_shared')
      case 'accept':
      case 'decline':
        if (!sees || this.direction === 'received' || this.answer !== 'pending' || this.closed) return null
        this.answer = act === 'accept' ? 'accepted' : 'declined'
        return act === 'accept' ? after('them', 'accepted', true) : after('us', 'declined')
      case 'they_comment':
        return sees ? after('us', 'commented') : null
      case 'they_move':
        if (!sees || this.closed || !this.piped) return null
        this.stage = this.stage === 'Working' ? 'Proposal' : 'Working'
        return after('us', 'changed')
      case 'take':
      case 'refuse':
        if (this.direction === 'given' || this.answer !== 'pending') return null
        this.answer = act === 'take' ? 'accepted' : 'declined'
        if (!this.shared) return {}
        return act === 'take' ? { to: ['us', 'taken'], anew: true } : { to: ['nobody', 'refused'] }
      case 'ask':
        return !sees || over ? null : after('them', 'asked')
      case 'we_comment':
        return sees ? {} : null
      case 'we_note':
        return {}
      case 'change_ask':
        return this.shared && this.direction === 'given' ? after('them', 'asked') : {}
      case 'we_move':
        if (!this.piped) return null
        this.stage = this.stage === 'Working' ? 'New' : 'Working'
        return {}
      case 'pause':
        if (!this.piped || this.closed) return null
        if (this.pause) {
          this.pause.left = 3
          return {}
        }
        if (this.turn === 'nobody') return null
        this.pause = { left: 3, turn: this.turn, why: this.why }
        return { to: ['nobody', 'paused'] }
      case 'resume':
        return this.pause ? { to: [this.pause.turn, this.pause.why], anew: true } : {}
      case 'win':
        if (!this.piped) return null
        if (this.closed) return {}
        this.closed = true
        return { to: ['nobody', 'closed'], anew: true }
      case 'reopen':
        if (!this.closed) return {}
        this.closed = false
        return { to: ['us', this.shared ? 'reopened' : 'not_shared'] }
      case 'a_day':
      case 'five_days':
        if (!this.pause) return {}
        this.pause.left -= act === 'a_day' ? 1 : 5
        return this.pause.left <= 0 ? { to: [this.pause.turn, this.pause.why], anew: true } : {}
    }
  }
  turns(to: [string, string] | undefined, anew: boolean | undefined, now: [number, number]): void {
    if (!to || (to[0] === this.turn && !anew)) return
    ;[this.turn, this.why] = to
    this.since = now
    if (this.why !== 'paused') this.pause = null
  }
}

describe('Whatever happens in whatever order', () => {
  test('the turn, its reason and its moment are those of the table', async () => {
    const act = fc.constantFrom(...(Object.keys(acts) as Act[]))
    const torture = process.env.TORTURE === '1'
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(act, { minLength: 4, maxLength: 16 }), async (sent, all) => {
        const clock = () => cast.world.now().getTime()
        const began = clock()
        const it = sent ? await receive() : await give()
        const model = new Model(sent ? 'received' : 'given', [began, clock()])
        for (const act of all) {
          const from = clock()
          const status = await acts[act](it)
          const said = model.does(act)
          model.turns(said?.to, said?.anew, [from, clock()])
          const deal = await read(it)
          expect([act, status < 300, deal.turn, deal.turn_why]).toEqual([act, said !== null, model.turn, model.why])
          const since = Date.parse(deal.turn_since)
          expect(since).toBeGreaterThanOrEqual(model.since[0] - 1)
          expect(since).toBeLessThanOrEqual(model.since[1] + 1)
          expect(deal.paused_until !== null).toBe(model.pause !== null)
        }
      }),
      { numRuns: torture ? 400 : 25, endOnFailure: true },
    )
  })
})
