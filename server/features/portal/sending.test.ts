import { describe, expect, test } from 'vitest'
import { getHome, listInbox } from '#shared/inbox.ts'
import { presets } from '#shared/permissions.ts'
import * as portal from '#shared/portal.ts'
import { beginWithTwoPartners, cast, draft, inside, permit, read, send, sent, theirs } from '#test/two-partners.ts'

beginWithTwoPartners()

describe('A partner sends a deal', () => {
  test('it waits for an answer, is for the partner’s owner, and says who sent it', async () => {
    const more = {
      kind: 'co_sell',
      customer_contact_name: 'Jana Meer',
      customer_contact_email: 'jana@elbe-kliniken.example',
    }
    const receipt = await send(more)
    expect(receipt).toMatchObject({
      customer_company: 'Elbe Kliniken',
      company_name: 'Halden Software',
      mailed_to: 'ana.lindner@nordlicht.example',
    })
    expect(receipt.ref).toMatch(/^D-[346789CDFGHJKMNPQRTVWX]{6}$/)
    expect(Math.abs(Date.parse(receipt.received_at) - cast.world.now().getTime())).toBeLessThan(60_000)
    expect(await read(receipt.ref)).toMatchObject({
      ...more,
      customer_domain: 'elbe-kliniken.example',
      direction: 'received',
      answer: 'pending',
      turn: 'us',
      turn_why: 'sent',
      our_owner: { name: 'Dana Reyes' },
      their_owner: { name: 'Ana Lindner' },
      sent_by_name: 'Ana Lindner',
      shared: true,
    })
  })

  test('they see it, with what they typed, whatever else is hidden from them', async () => {
    await permit(presets.shared.rows)
    await permit({ ...presets.shared.rows, sends_deals: true })
    const { ref } = await send({ customer_contact_name: 'Jana Meer' })
    const it = await theirs(ref)
    expect(it.body).toMatchObject({
      direction: 'received',
      answer: 'pending',
      customer_contact_name: 'Jana Meer',
      customer_contact_shown: true,
      value_shown: true,
      turn: 'us',
      turn_why: 'sent',
    })
    const lines = await cast.ana.does(portal.listPortalEntries, { params: { ...inside(), ref }, query: {} })
    expect(lines.items.map(({ kind, author_name }) => [kind, author_name])).toEqual([['sent', 'Ana Lindner']])
    expect((await read(ref)).visible.sees).toContainEqual({ field: 'value', why: 'Shown on this deal.' })
    await permit(presets.together.rows)
  })

  test('the owner’s inbox has it once, with what they want, ready to be answered', async () => {
    const { ref } = await send({ customer_company: 'Inbox Werke', ask: 'Bring a price list.' })
    const rows = (await cast.dana.does(listInbox, { query: {} })).items.filter(({ deal }) => deal?.ref === ref)
    expect(rows).toMatchObject([
      { sentence: 'Ana Lindner sent you a deal', excerpt: 'Bring a price list.', count: 1, answerable: true },
    ])
    expect((await cast.dana.does(getHome, {})).needs_you).toContainEqual(
      expect.objectContaining({ kind: 'sent', sentence: 'Nordlicht GmbH sent you Inbox Werke', link: `/deals/${ref}` }),
    )
    const home = (await cast.ira.does(getHome, {})).needs_you.filter(({ kind }) => kind === 'sent')
    expect(home).toEqual([])
  })

  test('the sender has a receipt by mail with time and reference, the same that the page shows', async () => {
    const receipt = await send({ customer_company: 'Quittung AG' })
    await cast.world.settle()
    const { rows } = await cast.world.admin.query(
      "select o.* from outbox o join deals d on d.id = o.deal_id where d.ref = $1 and o.kind = 'deal_received'",
      [receipt.ref],
    )
    expect(rows).toMatchObject([
      { to_email: 'ana.lindner@nordlicht.example', subject: `Received: Quittung AG (${receipt.ref})` },
    ])
    const minute = new Date(receipt.received_at).toISOString().slice(11, 16)
    for (const words of [`Reference: ${receipt.ref}`, `${minute} UTC`, 'Halden Software has what you sent'])
      expect(rows[0].body).toContain(words)
  })

  test('sent twice under one key it is there once', async () => {
    const headers = { 'idempotency-key': 'one-press-only' }
    const given = { params: inside(), body: { ...draft, customer_company: 'Zweimal GmbH' } }
    const [one, two] = [
      await cast.ana.does(portal.sendDeal, given, headers),
      await cast.ana.does(portal.sendDeal, given, headers),
    ]
    expect(two).toEqual(one)
    const { rowCount } = await cast.world.admin.query("select from deals where customer_company = 'Zweimal GmbH'")
    expect(rowCount).toBe(1)
  })

  test('without "Send you deals" it is refused, and nothing is written', async () => {
    await permit(presets.shared.rows)
    const count = async () =>
      (await cast.world.admin.query('select (select count(*) from deals) d, (select count(*) from outbox) o')).rows
    const before = await count()
    const refused = await cast.ana.call(portal.sendDeal, { params: inside(), body: draft })
    expect([refused.status, refused.problem.detail]).toEqual([403, 'Your company can read here, not send deals.'])
    for (const [who, status] of [
      [cast.henrik, 404],
      [cast.dora, 404],
      [cast.dana, 404],
      [cast.world.stranger, 401],
    ] as const)
      expect((await who.call(portal.sendDeal, { params: inside(), body: draft })).status).toBe(status)
    const as = { 'x-view-as': cast.ana.contact_id }
    expect((await cast.dana.call(portal.sendDeal, { params: inside(), body: draft }, as)).status).toBe(403)
    expect(await count()).toEqual(before)
    await permit(presets.together.rows)
  })

  test.each<[string, object]>([
    ['customer_company', { customer_company: '  ' }],
    ['ask', { ask: '' }],
    ['ask', { ask: 'x'.repeat(2001) }],
    ['kind', { kind: 'gift' }],
    ['customer_contact_email', { customer_contact_email: 'nobody' }],
    ['our_owner_id', { our_owner_id: cast?.ids.dana ?? 'x' }],
  ])('what is wrong is named: %s', async (field, more) => {
    const reply = await cast.ana.call(portal.sendDeal, { params: inside(), body: { ...draft, ...more } as never })
    expect([reply.status, reply.problem.errors?.[0]?.field]).toEqual([422, field])
  })

  test('a partner that nobody owns: an admin has it', async () => {
    await cast.world.admin.query('update partners set owner_id = null where id = $1', [cast.nordlicht.id])
    expect((await sent({ customer_company: 'Ohne Eigner' })).our_owner.name).toBe('Dana Reyes')
    await cast.world.admin.query('update partners set owner_id = $2 where id = $1', [cast.nordlicht.id, cast.ids.dana])
  })
})
