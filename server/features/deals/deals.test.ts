import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as api from '#shared/deals.ts'
import { editPartnerAccess, getPartnerAccess } from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import { getPortalDeal } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { seconds } from '#test/world.ts'

const lead = {
  kind: 'lead',
  customer_company: 'Hafen Terminal AG',
  ask: 'Call them about the pilot.',
  share: false,
} as const
let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())
const add = (more: object = {}, who: 'dana' | 'ira' = 'dana') =>
  cast[who].does(api.addDeal, { params: { partner: cast.nordlicht.id }, body: { ...lead, ...more } })

describe('adding a deal', () => {
  test('three fields are enough; the member becomes its owner and nothing is shared', async () => {
    const deal = await add()
    expect(deal.ref).toMatch(/^D-[346789CDFGHJKMNPQRTVWX]{6}$/)
    expect(deal.our_owner).toEqual({ id: cast.ids.dana, name: 'Dana Reyes' })
    expect(deal).toMatchObject({ stage: 'New', answer: 'pending', shared: false, share: null, can: { work: true } })
    expect(deal.visible.sees).toEqual([])
    expect(deal.visible.hidden).toContainEqual({ field: 'customer', why: 'Not shared.' })
    expect(deal.visible.people).toEqual([])
  })

  test('what a partner referred by word of mouth is taken on, and stays ours when they see it', async () => {
    const referred = await add({ kind: 'referral', direction: 'received', share: true })
    expect(referred).toMatchObject({ direction: 'received', answer: 'accepted', turn: 'us' })
    await cast.world.pass(seconds(11))
    const seen = await cast.ana.does(getPortalDeal, {
      params: { workspace: cast.nordlicht.workspace, ref: referred.ref },
    })
    expect(seen).toMatchObject({ direction: 'received', answer: 'accepted', turn: 'us' })
    const { items } = await cast.dana.does(api.listDeals, { query: { kind: 'referral' } as never })
    expect(items.map(({ id }) => id)).toContain(referred.id)
  })

  test('references are not counted up', async () => {
    const refs = await Promise.all([add(), add(), add()].map(async (deal) => (await deal).ref))
    expect(new Set(refs).size).toBe(3)
  })

  test('a value needs a currency', async () => {
    const reply = await cast.dana.call(api.addDeal, {
      params: { partner: cast.nordlicht.id },
      body: { ...lead, value_minor: 100 },
    })
    expect(reply.status).toBe(422)
    expect(reply.problem.errors?.[0]?.field).toBe('currency')
    const deal = await add({ value_minor: 1_200_000, currency: 'EUR' })
    expect(deal).toMatchObject({ value_minor: 1_200_000, currency: 'EUR' })
    const edit = await cast.dana.call(api.editDeal, {
      params: { deal: deal.id },
      body: { version: deal.version, currency: null },
    })
    expect(edit.status).toBe(422)
  })

  test('their owner is a contact of this partner, ours a colleague who sees it', async () => {
    const body = { ...lead, their_owner_id: cast.henrik.contact_id }
    const foreign = await cast.dana.call(api.addDeal, { params: { partner: cast.nordlicht.id }, body })
    expect([foreign.status, foreign.problem.errors?.[0]?.field]).toEqual([422, 'their_owner_id'])
    const lee = await cast.dana.call(api.addDeal, {
      params: { partner: cast.fjordkraft.id },
      body: { ...lead, our_owner_id: cast.ids.lee },
    })
    expect([lee.status, lee.problem.errors?.[0]?.field]).toEqual([422, 'our_owner_id'])
    expect((await add({ their_owner_id: cast.ben.contact_id, our_owner_id: cast.ids.ira })).their_owner?.name).toBe(
      'Ben Okafor',
    )
  })

  test('who cannot see the partner finds nothing, who may only read is refused, and nothing is written', async () => {
    const before = await cast.world.admin.query('select count(*) from deals')
    const at = (partner: string) => ({ params: { partner }, body: lead })
    expect((await cast.lee.call(api.addDeal, at(cast.fjordkraft.id))).status).toBe(404)
    expect((await cast.uma.call(api.addDeal, at(cast.nordlicht.id))).status).toBe(404)
    expect((await cast.mei.call(api.addDeal, at(cast.nordlicht.id))).status).toBe(403)
    expect((await cast.ana.call(api.addDeal, at(cast.nordlicht.id))).status).toBe(403)
    expect((await cast.world.stranger.call(api.addDeal, at(cast.nordlicht.id))).status).toBe(401)
    expect((await cast.world.admin.query('select count(*) from deals')).rows).toEqual(before.rows)
  })
})

describe('reading deals', () => {
  test('a reference of another company or of a picked partner is as unknown as none', async () => {
    const deal = await cast.dana.does(api.addDeal, { params: { partner: cast.fjordkraft.id }, body: lead })
    const missing = await cast.lee.call(api.getDeal, { params: { ref: 'D-XXXXXX' } })
    for (const person of [cast.lee, cast.uma]) {
      const reply = await person.call(api.getDeal, { params: { ref: deal.ref } })
      expect(reply.status).toBe(404)
      expect({ ...reply.problem, request_id: '' }).toEqual({ ...missing.problem, request_id: '' })
    }
    expect((await cast.ira.does(api.getDeal, { params: { ref: deal.ref } })).customer_company).toBe(
      lead.customer_company,
    )
    expect((await cast.lee.does(api.listDeals, { query: {} })).items.map(({ id }) => id)).not.toContain(deal.id)
  })

  test('the list goes on where it ended and never repeats a row', async () => {
    for (let n = 0; n < 5; n++) await add({ customer_company: `Customer ${n}` })
    const all = await cast.dana.does(api.listDeals, { query: { limit: '100' } })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await cast.dana.does(api.listDeals, { query: { limit: '2', ...(cursor ? { cursor } : {}) } })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual(all.items.map(({ id }) => id))
    expect(new Set(seen).size).toBe(seen.length)
    expect((await cast.dana.call(api.listDeals, { query: { cursor: 'nonsense' } })).status).toBe(422)
  })

  test('filters by kind, stage, owner and what is open', async () => {
    const referral = await add({ kind: 'referral', stage: 'Working', our_owner_id: cast.ids.ira })
    const list = async (query: object, who = cast.dana) =>
      (await who.does(api.listDeals, { query: query as never })).items
    expect(await list({ kind: 'referral', stage: 'Working' })).toMatchObject([{ id: referral.id }])
    expect((await list({ owner: 'me' }, cast.ira)).map(({ our_owner }) => our_owner.name)).toContain('Ira Novak')
    await cast.dana.does(api.editDeal, {
      params: { deal: referral.id },
      body: { version: referral.version, outcome: 'won' },
    })
    expect((await list({ open: 'false' })).map(({ id }) => id)).toContain(referral.id)
    expect((await list({ open: 'true' })).map(({ id }) => id)).not.toContain(referral.id)
    expect((await list({ partner: cast.delta.id })).length).toBe(0)
  })
})

describe('editing a deal', () => {
  test('the timeline tells the stage, both owners and the outcome; the reason stays with the team', async () => {
    const deal = await add()
    const body = {
      version: deal.version,
      stage: 'Working',
      our_owner_id: cast.ids.ira,
      their_owner_id: cast.ben.contact_id,
      outcome: 'lost',
      outcome_reason: 'Too dear',
    } as const
    const after = await cast.dana.does(api.editDeal, { params: { deal: deal.id }, body })
    expect(after).toMatchObject({ stage: 'Working', outcome: 'lost', turn: 'nobody', outcome_reason: 'Too dear' })
    expect(after.outcome_at).not.toBeNull()
    const { rows } = await cast.world.admin.query(
      'select kind, audience, from_value, to_value, body from entries where deal_id = $1',
      [deal.id],
    )
    expect(rows).toContainEqual({ kind: 'stage', audience: 'team', from_value: 'New', to_value: 'Working', body: null })
    expect(rows).toContainEqual({
      kind: 'owner',
      audience: 'team',
      from_value: 'Dana Reyes',
      to_value: 'Ira Novak',
      body: null,
    })
    expect(rows).toContainEqual({
      kind: 'owner',
      audience: 'team',
      from_value: null,
      to_value: 'Ben Okafor',
      body: null,
    })
    expect(rows).toContainEqual({ kind: 'outcome', audience: 'team', from_value: null, to_value: 'lost', body: null })
    expect(rows).toContainEqual({ kind: 'note', audience: 'team', from_value: null, to_value: null, body: 'Too dear' })
    const open = await cast.dana.does(api.editDeal, {
      params: { deal: deal.id },
      body: { version: after.version, outcome: null },
    })
    expect(open).toMatchObject({ outcome: null, outcome_at: null, outcome_reason: null, turn: 'us' })
  })

  test('the next step is the team’s alone', async () => {
    const deal = await add({ share: true, next_step: 'Ask for their budget.' })
    await cast.world.pass(seconds(11))
    expect(deal.next_step).toBe('Ask for their budget.')
    const seen = await cast.ana.does(getPortalDeal, {
      params: { workspace: cast.nordlicht.workspace, ref: deal.ref },
    })
    expect(JSON.stringify(seen)).not.toContain('budget')
    const now = await cast.dana.does(api.getDeal, { params: { ref: deal.ref } })
    const after = await cast.dana.does(api.editDeal, {
      params: { deal: deal.id },
      body: { version: now.version, next_step: null },
    })
    expect(after.next_step).toBeNull()
  })

  test('whoever saved second is told by whom, and gets the record as it is', async () => {
    const deal = await add()
    await cast.ira.does(api.editDeal, { params: { deal: deal.id }, body: { version: deal.version, ask: 'Ask again.' } })
    const late = await cast.dana.call(api.editDeal, {
      params: { deal: deal.id },
      body: { version: deal.version, ask: 'Mine.' },
    })
    expect([late.status, late.problem.detail]).toEqual([409, 'Ira Novak changed this deal since you opened it.'])
    expect(late.problem.current).toMatchObject({ ask: 'Ask again.', version: deal.version + 1 })
    // What follows by itself does not make a form stale.
    await cast.world.admin.query('update deals set last_activity_at = now() where id = $1', [deal.id])
    await cast.dana.does(api.editDeal, { params: { deal: deal.id }, body: { version: deal.version + 1, ask: 'Mine.' } })
  })

  test('is refused to readers, invisible to others, and changes nothing', async () => {
    const deal = await cast.dana.does(api.addDeal, { params: { partner: cast.fjordkraft.id }, body: lead })
    const change = { params: { deal: deal.id }, body: { version: deal.version, ask: 'Changed' } }
    expect((await cast.lee.call(api.editDeal, change)).status).toBe(404)
    expect((await cast.uma.call(api.editDeal, change)).status).toBe(404)
    expect((await cast.mei.call(api.editDeal, change)).status).toBe(404)
    const open = await add()
    expect(
      (
        await cast.mei.call(api.editDeal, {
          params: { deal: open.id },
          body: { version: open.version, ask: 'Changed' },
        })
      ).status,
    ).toBe(403)
    const { rows } = await cast.world.admin.query('select ask from deals where id = any($1)', [[deal.id, open.id]])
    expect(rows).toEqual([{ ask: lead.ask }, { ask: lead.ask }])
  })

  test('someone who only looks at a picked partner may not change its deals', async () => {
    const deal = await cast.dana.does(api.addDeal, { params: { partner: cast.fjordkraft.id }, body: lead })
    const access = await cast.dana.does(getPartnerAccess, { params: { partner: cast.fjordkraft.id } })
    await cast.dana.does(editPartnerAccess, {
      params: { partner: cast.fjordkraft.id },
      body: {
        version: access.version,
        team_access: 'picked',
        permissions: presets.together.rows,
        members: [
          { member_id: cast.ids.ira, level: 'work' },
          { member_id: cast.ids.lee, level: 'view' },
        ],
      },
    })
    const seen = await cast.lee.does(api.getDeal, { params: { ref: deal.ref } })
    expect(seen.can.work).toBe(false)
    expect(
      (
        await cast.lee.call(api.editDeal, {
          params: { deal: deal.id },
          body: { version: deal.version, stage: 'Working' },
        })
      ).status,
    ).toBe(403)
    expect((await cast.lee.call(api.shareDeal, { params: { deal: deal.id }, body: {} })).status).toBe(403)
  })
})

describe('what the partner sees of it', () => {
  test('each field names the rule that shows or hides it, and it is what they get', async () => {
    const deal = await add({
      share: true,
      value_minor: 900_00,
      currency: 'EUR',
      customer_contact_name: 'Jana Meer',
      show_customer_contact: true,
    })
    expect(deal.visible.hidden).toContainEqual({ field: 'stage', why: 'Leaves in a few seconds.' })
    await cast.world.pass(seconds(11))
    const { visible } = await cast.dana.does(api.getDeal, { params: { ref: deal.ref } })
    const why = (list: { field: string; why: string }[], field: string) => list.find((it) => it.field === field)?.why
    expect(why(visible.sees, 'stage')).toMatch(/^Shared by Dana Reyes on \d{1,2} [A-Z][a-z]+\.$/)
    expect(why(visible.hidden, 'value')).toBe('"Deal value" is off.')
    expect(why(visible.sees, 'customer contact')).toBe('Shown on this deal.')
    expect(why(visible.hidden, 'team-only comments')).toBe('Team only, always.')
    expect(visible.people).toEqual(['Ana Lindner', 'Ben Okafor'])
    const theirs = await cast.ana.does(getPortalDeal, {
      params: { workspace: cast.nordlicht.workspace, ref: deal.ref },
    })
    expect(theirs).toMatchObject({
      value_minor: null,
      value_shown: false,
      customer_contact_name: 'Jana Meer',
      customer_contact_shown: true,
    })
  })

  test('opening it is on record, for the member who did', async () => {
    const deal = await add()
    await cast.ira.does(api.getDeal, { params: { ref: deal.ref } })
    await cast.world.product.database.reads.flush()
    const { rows } = await cast.world.admin.query(
      'select kind, member_id, contact_id, channel from read_records where $1 = any(record_ids)',
      [deal.id],
    )
    expect(rows).toEqual([{ kind: 'deal', member_id: cast.ids.ira, contact_id: null, channel: 'app' }])
  })
})
