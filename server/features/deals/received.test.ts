import { describe, expect, test } from 'vitest'
import { undoAct } from '#shared/acts.ts'
import * as answering from '#shared/answering.ts'
import * as api from '#shared/deals.ts'
import { exportDeals } from '#shared/exports.ts'
import { getHome, listReview } from '#shared/inbox.ts'
import { mergePartners } from '#shared/merges.ts'
import { addPartner, getPartner, listPartners } from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import * as portal from '#shared/portal.ts'
import { bringIn } from '#test/cast.ts'
import { beginWithTwoPartners, cast, dayAfter, draft, inside, read, send, sent, theirs } from '#test/two-partners.ts'
import { type Person, seconds } from '#test/world.ts'

beginWithTwoPartners()

describe('Nothing joins the pipeline unaccepted', () => {
  test('no list, count, sum, home, review or file has it; its own filter has', async () => {
    const it = await sent({ customer_company: 'Draussen AG' })
    const open = async () => {
      const [list, board, home, partner, partners, review] = [
        await cast.dana.does(api.listDeals, { query: { limit: '200' } }),
        await cast.dana.does(api.listDeals, { query: { open: 'true', partner: cast.nordlicht.id, limit: '200' } }),
        await cast.dana.does(getHome, {}),
        await cast.dana.does(getPartner, { params: { slug: cast.nordlicht.slug } }),
        await cast.dana.does(listPartners, { query: {} }),
        await cast.dana.does(listReview, {}),
      ]
      return {
        list: list.items.some(({ id }) => id === it.id),
        board: board.items.some(({ id }) => id === it.id),
        home: home.stages.reduce((sum, { deals }) => sum + deals, 0),
        partner: partner.open_deals,
        partners: partners.items.find(({ id }) => id === cast.nordlicht.id)?.open_deals,
        review: JSON.stringify(review).includes('Draussen'),
      }
    }
    const before = await open()
    expect(before).toMatchObject({ list: false, board: false, review: false })
    const file = await cast.dana.does(exportDeals, { body: { format: 'csv' } })
    expect(await (file as { blob: Blob }).blob.text()).not.toContain('Draussen')
    const waiting = async (sent: 'waiting' | 'declined') =>
      (await cast.dana.does(api.listDeals, { query: { sent, partner: cast.nordlicht.id, limit: '200' } })).items.map(
        ({ id }) => id,
      )
    expect(await waiting('waiting')).toContain(it.id)
    expect(await waiting('declined')).not.toContain(it.id)
    await cast.dana.does(answering.acceptDeal, { params: { deal: it.id }, body: {} })
    expect(await open()).toEqual({
      ...before,
      ...{ list: true, board: true, home: before.home + 1, partner: before.partner + 1, partners: before.partner + 1 },
    })
    expect(await waiting('waiting')).not.toContain(it.id)
  })

  test('nobody moves, closes or pauses it before; the contact neither moves nor answers it', async () => {
    const it = await sent()
    for (const body of [{ stage: 'Working' }, { outcome: 'won' as const }]) {
      const reply = await cast.dana.call(api.editDeal, {
        params: { deal: it.id },
        body: { version: it.version, ...body },
      })
      expect([reply.status, reply.problem.detail]).toEqual([
        409,
        'Accept this deal first. Until then it is not in your pipeline.',
      ])
    }
    const pause = { version: it.version, until: '2099-01-01', why: 'x' }
    expect((await cast.dana.call(answering.pauseDeal, { params: { deal: it.id }, body: pause })).status).toBe(409)
    const protect = { version: it.version, protected_until: dayAfter(30) }
    expect((await cast.dana.call(answering.protectDeal, { params: { deal: it.id }, body: protect })).status).toBe(409)
    const at = { params: { ...inside(), ref: it.ref } }
    expect((await cast.ana.call(portal.answerDeal, { ...at, body: { answer: 'accepted' } })).status).toBe(403)
    expect((await cast.ana.call(portal.moveDeal, { ...at, body: { stage: 'Working' } })).status).toBe(403)
    expect(await read(it.ref)).toMatchObject({ answer: 'pending', stage: 'New', outcome: null, protected_until: null })
    const handed = await cast.dana.does(api.editDeal, {
      params: { deal: it.id },
      body: { version: it.version, our_owner_id: cast.ids.ira },
    })
    expect(handed.our_owner.name).toBe('Ira Novak')
  })
})

describe('What partners sent', () => {
  test('is a list of its own, the longest waiting first, with the same customer beside it, of partners that one sees', async () => {
    const first = await sent({ customer_company: 'Reihe AG', ask: 'First.' })
    await cast.world.pass(seconds(5))
    await cast.henrik.does(portal.sendDeal, {
      params: { workspace: cast.fjordkraft.workspace },
      body: { ...draft, customer_company: 'reihe ag', ask: 'Second.' },
    })
    const list = async (who: Person, query: object = {}) =>
      (await who.does(answering.listReceived, { query: { limit: '100', ...query } })).items.filter(
        ({ customer_company }) => customer_company.toLowerCase() === 'reihe ag',
      )
    const rows = await list(cast.dana)
    expect(rows.map(({ ask, sent_by_name }) => [ask, sent_by_name])).toEqual([
      ['First.', 'Ana Lindner'],
      ['Second.', 'Henrik Aasen'],
    ])
    expect(rows[1]?.same_customer.map(({ ref }) => ref)).toEqual([first.ref])
    expect(rows[0]?.can).toEqual({ work: true })
    const lees = await list(cast.lee)
    expect(lees.map(({ ask, same_customer }) => [ask, same_customer])).toEqual([['First.', []]])
    expect((await list(cast.mei))[0]?.can).toEqual({ work: false })
    expect(await list(cast.uma)).toEqual([])
    expect(await list(cast.dana, { partner: cast.fjordkraft.id })).toHaveLength(1)
    await cast.dana.does(answering.declineDeal, { params: { deal: first.id }, body: { reason: 'No.' } })
    expect((await list(cast.dana, { state: 'declined' }))[0]).toMatchObject({ answer_reason: 'No.', ref: first.ref })
    expect((await list(cast.dana)).map(({ ask }) => ask)).toEqual(['Second.'])
  })
  test('goes on where it ended', async () => {
    for (let n = 0; n < 3; n++) await send({ customer_company: `Seite ${n}` })
    const all = (await cast.dana.does(answering.listReceived, { query: { limit: '100' } })).items.map(({ id }) => id)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await cast.dana.does(answering.listReceived, {
        query: { limit: '2', ...(cursor ? { cursor } : {}) },
      })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual(all)
  })
})

describe('Two partners become one', () => {
  test('what was sent goes with its sender, and back when it is undone', async () => {
    const access = { team_access: 'everyone' as const, members: [], permissions: presets.together.rows }
    const email = 'ana.lindner@nordlicht.example'
    const twin = await cast.dana.does(addPartner, {
      body: { legal_name: 'Nordlicht Systemhaus AG', email, contact_name: 'Ana L.', access },
    })
    const there = await bringIn(cast.world, cast.dana, { id: twin.main_contact?.id ?? '', name: 'Ana L.', email })
    const { ref } = await send({ customer_company: 'Vereint AG' }, there, twin.workspace)
    expect(await read(ref)).toMatchObject({ sent_by_name: 'Ana L.', turn_by: { id: there.contact_id } })
    const kept = await cast.dana.does(getPartner, { params: { slug: cast.nordlicht.slug } })
    const { version: other_version } = await cast.dana.does(getPartner, { params: { slug: twin.slug } })
    const { act } = await cast.dana.does(mergePartners, {
      params: { partner: kept.id },
      body: { other: twin.id, take: [], version: kept.version, other_version },
    })
    expect(await read(ref)).toMatchObject({
      partner: { id: kept.id },
      sent_by_name: 'Ana Lindner',
      turn_by: { id: cast.ana.contact_id },
      answer: 'pending',
    })
    expect((await theirs(ref)).body).toMatchObject({ ref, answer: 'pending' })
    await cast.dana.does(undoAct, { params: { act: act.id } })
    expect(await read(ref)).toMatchObject({ partner: { id: twin.id }, sent_by_name: 'Ana L.' })
  })
})
