import { describe, expect, test } from 'vitest'
import * as answering from '#shared/answering.ts'
import * as api from '#shared/deals.ts'
import { editPortalEntry, removePortalEntry } from '#shared/editing.ts'
import { presets } from '#shared/permissions.ts'
import * as portal from '#shared/portal.ts'
import { beginWithTwoPartners, cast, dayAfter, draft, inside, permit, read, sent, theirs } from '#test/two-partners.ts'
import { type Person, seconds } from '#test/world.ts'

beginWithTwoPartners()

describe('We answer', () => {
  test('accepting chooses owner and stage; both sides read it on the timeline', async () => {
    const it = await sent()
    const body = { our_owner_id: cast.ids.ira, stage: 'Working' }
    const after = await cast.dana.does(answering.acceptDeal, { params: { deal: it.id }, body })
    expect(after).toMatchObject({
      answer: 'accepted',
      answered_by_name: 'Dana Reyes',
      our_owner: { name: 'Ira Novak' },
      stage: 'Working',
      turn: 'us',
      turn_why: 'taken',
      turn_by: { name: 'Dana Reyes' },
    })
    expect((await theirs(it.ref)).body).toMatchObject({ answer: 'accepted', turn: 'us', turn_why: 'taken' })
    const at = { params: { ...inside(), ref: it.ref } }
    const lines = (await cast.ana.does(portal.listPortalEntries, { ...at, query: {} })).items
    expect(lines.map(({ kind, to_value }) => [kind, to_value])).toEqual(
      expect.arrayContaining([
        ['answer', 'accepted'],
        ['stage', 'Working'],
        ['sent', null],
      ]),
    )
    expect((await cast.ana.call(portal.moveDeal, { ...at, body: { stage: 'Proposal' } })).body).toMatchObject({
      stage: 'Proposal',
    })
  })

  test('declining tells the sender why', async () => {
    const it = await sent()
    const empty = await cast.dana.call(answering.declineDeal, { params: { deal: it.id }, body: { reason: ' ' } })
    expect([empty.status, empty.problem.errors?.[0]?.field]).toEqual([422, 'reason'])
    const reason = 'We work with them already.'
    const after = await cast.dana.does(answering.declineDeal, { params: { deal: it.id }, body: { reason } })
    expect(after).toMatchObject({ answer: 'declined', turn: 'nobody', turn_why: 'refused', answer_reason: reason })
    expect((await theirs(it.ref)).body).toMatchObject({ answer: 'declined', answer_reason: reason, turn: 'nobody' })
    const declined = await cast.dana.does(api.listDeals, { query: { sent: 'declined', limit: '200' } })
    expect(declined.items.map(({ id }) => id)).toContain(it.id)
  })

  test('asking back gives them the turn; their answer gives it back', async () => {
    const it = await sent()
    const asked = await cast.dana.does(answering.askBack, {
      params: { deal: it.id },
      body: { body: 'Who decides there?' },
    })
    expect(asked).toMatchObject({ answer: 'pending', turn: 'them', turn_why: 'asked' })
    const at = { params: { ...inside(), ref: it.ref } }
    expect((await theirs(it.ref)).body).toMatchObject({ turn: 'them', turn_by_name: 'Dana Reyes' })
    await cast.ben.does(portal.addPortalEntry, { ...at, body: { body: 'The board.' } })
    expect(await read(it.ref)).toMatchObject({ answer: 'pending', turn: 'us', turn_why: 'commented' })
  })

  test('who may send, and not update, answers what is asked back, says it better, and neither once it is taken', async () => {
    const it = await sent()
    await permit({ ...presets.shared.rows, updates_deals: false, sends_deals: true })
    await cast.dana.does(answering.askBack, { params: { deal: it.id }, body: { body: 'Who decides there?' } })
    const at = { params: { ...inside(), ref: it.ref } }
    const said = await cast.ana.does(portal.addPortalEntry, { ...at, body: { body: 'The bord.' } })
    const own = { params: { ...inside(), entry: said.id } }
    expect((await cast.ana.does(editPortalEntry, { ...own, body: { body: 'The board.' } })).body).toBe('The board.')
    await cast.dana.does(answering.acceptDeal, { params: { deal: it.id }, body: {} })
    expect((await cast.ana.call(portal.addPortalEntry, { ...at, body: { body: 'And?' } })).status).toBe(403)
    expect((await cast.ana.call(editPortalEntry, { ...own, body: { body: 'And?' } })).status).toBe(403)
    expect((await cast.ana.call(removePortalEntry, own)).status).toBe(403)
    await permit(presets.together.rows)
  })

  test('once: whoever is second hears who was first', async () => {
    const it = await sent()
    const at = { params: { deal: it.id } }
    const both = await Promise.all([
      cast.dana.call(answering.acceptDeal, { ...at, body: {} }),
      cast.ira.call(answering.declineDeal, { ...at, body: { reason: 'No.' } }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const again = await cast.ira.call(answering.acceptDeal, { ...at, body: {} })
    expect(again.status).toBe(409)
    expect(again.problem.detail).toMatch(/^(Dana Reyes accepted|Ira Novak declined) this deal already\.$/)
    expect(again.problem.current).toMatchObject({ ref: it.ref })
  })

  test('they see it until it is in the pipeline; shared again later, with all that they typed', async () => {
    const it = await sent({ customer_contact_name: 'Jana Meer' })
    const at = { params: { deal: it.id } }
    const stop = () => cast.dana.call(api.stopSharingDeal, at)
    expect((await stop()).status).toBe(409)
    expect((await theirs(it.ref)).status).toBe(200)
    await cast.dana.does(answering.acceptDeal, { ...at, body: {} })
    expect((await stop()).body).toMatchObject({ share: null, turn: 'us' })
    expect((await theirs(it.ref)).status).toBe(404)
    await cast.dana.does(api.shareDeal, { ...at, body: { show_customer_contact: false } })
    await cast.world.pass(seconds(11))
    expect((await theirs(it.ref)).body).toMatchObject({
      customer_contact_name: 'Jana Meer',
      turn: 'us',
      turn_why: 'taken',
    })
  })

  test('a deal that we gave is theirs to answer', async () => {
    const given = await cast.dana.does(api.addDeal, {
      params: { partner: cast.nordlicht.id },
      body: { kind: 'lead', customer_company: 'Ours', ask: 'Call.', share: true },
    })
    const reply = await cast.dana.call(answering.acceptDeal, { params: { deal: given.id }, body: {} })
    expect([reply.status, reply.problem.detail]).toEqual([409, 'The partner answers this deal.'])
    await cast.world.pass(seconds(11))
  })

  test('is for those who work with the partner', async () => {
    await cast.henrik.does(portal.sendDeal, { params: { workspace: cast.fjordkraft.workspace }, body: draft })
    const { items } = await cast.dana.does(api.listDeals, { query: { sent: 'waiting', partner: cast.fjordkraft.id } })
    const hidden = items[0]?.id ?? ''
    const open = (await sent()).id
    const tries = async (who: Person, deal: string) =>
      Promise.all([
        who.call(answering.acceptDeal, { params: { deal }, body: {} }),
        who.call(answering.declineDeal, { params: { deal }, body: { reason: 'No.' } }),
        who.call(answering.askBack, { params: { deal }, body: { body: 'Who?' } }),
        who.call(answering.protectDeal, { params: { deal }, body: { version: 1, protected_until: null } }),
      ]).then((all) => all.map(({ status }) => status))
    expect(await tries(cast.lee, hidden)).toEqual([404, 404, 404, 404])
    expect(await tries(cast.uma, open)).toEqual([404, 404, 404, 404])
    expect(await tries(cast.mei, open)).toEqual([403, 403, 403, 403])
    expect((await cast.lee.call(answering.listSameCustomer, { params: { deal: hidden } })).status).toBe(404)
    expect(
      (
        await read(
          (
            await cast.dana.does(api.listDeals, { query: { sent: 'waiting', partner: cast.fjordkraft.id } })
          ).items[0]?.ref ?? '',
        )
      ).answer,
    ).toBe('pending')
  })

  test('an owner who does not see the partner, an archived stage: named', async () => {
    await cast.henrik.does(portal.sendDeal, { params: { workspace: cast.fjordkraft.workspace }, body: draft })
    const { items } = await cast.dana.does(api.listDeals, { query: { sent: 'waiting', partner: cast.fjordkraft.id } })
    const at = { params: { deal: items[0]?.id ?? '' } }
    const owner = await cast.dana.call(answering.acceptDeal, { ...at, body: { our_owner_id: cast.ids.lee } })
    expect([owner.status, owner.problem.errors?.[0]?.field]).toEqual([422, 'our_owner_id'])
    const stage = await cast.dana.call(answering.acceptDeal, { ...at, body: { stage: 'Nowhere' } })
    expect([stage.status, stage.problem.errors?.[0]?.field]).toEqual([422, 'stage'])
    const past = await cast.dana.call(answering.acceptDeal, { ...at, body: { protected_until: dayAfter(0) } })
    expect([past.status, past.problem.errors?.[0]?.field]).toEqual([422, 'protected_until'])
    expect((await cast.dana.does(api.getDeal, { params: { ref: items[0]?.ref ?? '' } })).answer).toBe('pending')
  })
})

describe('"Not relevant for us"', () => {
  test('is one tap, and is counted by its words', async () => {
    const given = await cast.dana.does(api.addDeal, {
      params: { partner: cast.nordlicht.id },
      body: { kind: 'lead', customer_company: 'Not theirs', ask: 'Call.', share: true },
    })
    await cast.world.pass(seconds(11))
    await cast.ana.does(portal.answerDeal, {
      params: { ...inside(), ref: given.ref },
      body: { answer: 'declined', reason: api.notRelevant },
    })
    const { rows } = await cast.world.admin.query(
      "select count(*)::int as n from deals where partner_id = $1 and direction = 'given' and answer_reason = $2",
      [cast.nordlicht.id, api.notRelevant],
    )
    expect(rows).toEqual([{ n: 1 }])
  })
})
