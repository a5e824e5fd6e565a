import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as answering from '#shared/answering.ts'
import { editCompany, getCompany } from '#shared/company.ts'
import * as api from '#shared/deals.ts'
import { addDealEntry, listDealEntries } from '#shared/entries.ts'
import { listInbox } from '#shared/inbox.ts'
import { editPartnerAccess, getPartnerAccess, type Partner } from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import * as portal from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, type Person } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
  const { version } = await cast.dana.does(getPartnerAccess, { params: { partner: cast.nordlicht.id } })
  await cast.dana.does(editPartnerAccess, {
    params: { partner: cast.nordlicht.id },
    body: { version, team_access: 'everyone', members: [], permissions: presets.together.rows },
  })
  await cast.world.admin.query(`update auth.session set "expiresAt" = now() + interval '90 years'`)
})
afterAll(() => cast.world.close())

const draft = { kind: 'lead', ask: 'Help us with the offer.' } as const
const send = (who: Person, partner: Partner, customer_company: string, more: object = {}) =>
  who.call(portal.sendDeal, { params: { workspace: partner.workspace }, body: { ...draft, customer_company, ...more } })
const read = (ref: string, who = cast.dana) => who.does(api.getDeal, { params: { ref } })
const dayAfter = (n: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(cast.world.now().getTime() + days(n))

async function taken(customer_company: string, until: string | null): Promise<api.Deal> {
  const { body } = await send(cast.ana, cast.nordlicht, customer_company)
  const { id } = await read(body.ref)
  return cast.dana.does(answering.acceptDeal, { params: { deal: id }, body: { protected_until: until } })
}
const comment = (it: api.Deal) =>
  cast.ana.does(portal.addPortalEntry, {
    params: { workspace: cast.nordlicht.workspace, ref: it.ref },
    body: { body: 'We met them.' },
  })

describe('A deal that was sent is protected', () => {
  test('until a day that both sides read; what we gave is not', async () => {
    const it = await taken('Schutz AG', dayAfter(90))
    expect(it.protected_until).toBe(dayAfter(90))
    const at = { params: { workspace: cast.nordlicht.workspace, ref: it.ref } }
    expect((await cast.ana.does(portal.getPortalDeal, at)).protected_until).toBe(dayAfter(90))
    const lines = (await cast.ana.does(portal.listPortalEntries, { ...at, query: {} })).items
    expect(lines.map(({ kind, to_value }) => [kind, to_value])).toContainEqual(['protected', dayAfter(90)])
    const body = { version: it.version, protected_until: dayAfter(30) }
    const sooner = await cast.dana.does(answering.protectDeal, { params: { deal: it.id }, body })
    expect(sooner.protected_until).toBe(dayAfter(30))
    const stale = await cast.dana.call(answering.protectDeal, { params: { deal: it.id }, body })
    expect(stale.status).toBe(409)
    const off = { version: sooner.version, protected_until: null }
    expect(
      (await cast.dana.does(answering.protectDeal, { params: { deal: it.id }, body: off })).protected_until,
    ).toBeNull()
    const given = await cast.dana.does(api.addDeal, {
      params: { partner: cast.nordlicht.id },
      body: { ...draft, customer_company: 'Ours', share: false },
    })
    const ours = { version: given.version, protected_until: dayAfter(30) }
    expect((await cast.dana.call(answering.protectDeal, { params: { deal: given.id }, body: ours })).status).toBe(409)
  })

  test('the company says for how long; admins alone', async () => {
    const company = await cast.dana.does(getCompany, {})
    expect(company.protection_days).toBe(90)
    const body = { version: company.version, protection_days: 60 }
    expect((await cast.ira.call(editCompany, { body })).status).toBe(403)
    expect(
      (await cast.dana.call(editCompany, { body: { ...body, protection_days: 0 } })).problem.errors?.[0],
    ).toMatchObject({
      field: 'protection_days',
    })
    const after = await cast.dana.does(editCompany, { body })
    expect(after.protection_days).toBe(60)
    await cast.dana.does(editCompany, { body: { version: after.version, protection_days: 90 } })
  })

  test('what they do, and a move by either side, gives it a whole term again; what we note does not', async () => {
    const it = await taken('Verlaengert AG', dayAfter(20))
    await cast.dana.does(addDealEntry, { params: { deal: it.id }, body: { body: 'Hm.', audience: 'team' } })
    await cast.dana.does(addDealEntry, { params: { deal: it.id }, body: { body: 'Any news?', audience: 'partner' } })
    expect((await read(it.ref)).protected_until).toBe(dayAfter(20))
    await comment(it)
    expect((await read(it.ref)).protected_until).toBe(dayAfter(90))
    await cast.world.pass(days(10))
    const now = await read(it.ref)
    await cast.dana.does(api.editDeal, { params: { deal: it.id }, body: { version: now.version, stage: 'Working' } })
    expect((await read(it.ref)).protected_until).toBe(dayAfter(90))
    const lines = (await cast.dana.does(listDealEntries, { params: { deal: it.id }, query: {} })).items
    expect(lines.filter(({ kind }) => kind === 'protected')).toHaveLength(1)
  })

  test('a longer term is never cut short by what happens; one that ended stays over', async () => {
    const long = await taken('Lang AG', dayAfter(200))
    await comment(long)
    const until = long.protected_until
    expect((await read(long.ref)).protected_until).toBe(until)
    const short = await taken('Kurz AG', dayAfter(5))
    await cast.world.pass(days(6))
    await comment(short)
    expect((await read(short.ref)).protected_until).toBe(short.protected_until)
  })

  test('our owner is reminded 14 and 3 days before it ends, once each, and not of one that was just set so short', async () => {
    const it = await taken('Erinnert AG', dayAfter(30))
    const short = await taken('Eben erst AG', dayAfter(10))
    const told = async () => {
      await cast.world.settle()
      const { rows } = await cast.world.admin.query(
        "select d.ref, n.member_id from notifications n join deals d on d.id = n.deal_id where n.kind = 'protection' and d.ref = any($1) order by n.created_at",
        [[it.ref, short.ref]],
      )
      return rows.map(({ ref }) => (ref === it.ref ? 'long' : 'short'))
    }
    expect(await told()).toEqual([])
    await cast.world.pass(days(7))
    expect(await told()).toEqual(['short'])
    await cast.world.pass(days(8))
    expect(await told()).toEqual(['short'])
    await cast.world.pass(days(1))
    expect(await told()).toEqual(['short', 'long'])
    expect(await told()).toEqual(['short', 'long'])
    await cast.world.pass(days(11))
    expect(await told()).toEqual(['short', 'long', 'long'])
    await cast.world.pass(days(5))
    expect(await told()).toEqual(['short', 'long', 'long'])
    const row = (await cast.dana.does(listInbox, { query: { limit: '100' } })).items.find(
      ({ deal }) => deal?.ref === it.ref,
    )
    expect(row?.sentence).toMatch(/its protection ends soon/i)
  })
})

describe('A second partner sends the same customer', () => {
  /** What an answer is, without what is new each time. */
  const shape = (reply: Awaited<ReturnType<typeof send>>) => ({
    status: reply.status,
    headers: Object.fromEntries(
      Object.entries(reply.raw.headers).filter(([name]) => !['date', 'x-request-id', 'content-length'].includes(name)),
    ),
    body: { ...reply.body, ref: 'D-', received_at: '', customer_company: '' },
    // A moment that ends in zeros is written shorter.
    length: Number(reply.raw.headers['content-length']) - reply.body.received_at.length,
  })
  const domain = (name: string) => ({ customer_contact_email: `it@${name}.example` })

  test('the answer is the same in every word, and so is the receipt', async () => {
    await taken('Doppelt AG', dayAfter(90))
    const [clean, twice] = [
      await send(cast.henrik, cast.fjordkraft, 'Einfach AG'),
      await send(cast.henrik, cast.fjordkraft, 'Doppelt AG'),
    ]
    expect(shape(twice)).toEqual(shape(clean))
    const pages = await Promise.all(
      [clean, twice].map(({ body: { ref } }) =>
        cast.henrik.does(portal.getPortalDeal, { params: { workspace: cast.fjordkraft.workspace, ref } }),
      ),
    )
    const same = ({
      ref: _,
      customer_company: __,
      shared_at: ___,
      stage_since,
      turn_since,
      last_activity_at,
      ...rest
    }: portal.PortalDeal) => rest
    expect(same(pages[1]!)).toEqual(same(pages[0]!))
    await cast.world.settle()
    const { rows } = await cast.world.admin.query(
      "select o.body, o.subject from outbox o join deals d on d.id = o.deal_id where d.ref = any($1) and o.kind = 'deal_received' order by o.created_at",
      [[clean.body.ref, twice.body.ref]],
    )
    const plain = ({ body, subject }: { body: string; subject: string }) =>
      `${subject} ${body}`.replaceAll(/D-\w{6}|(Einfach|Doppelt) AG|\d\d:\d\d/g, '')
    expect(plain(rows[1])).toBe(plain(rows[0]))
  })

  test('the team sees both, with their times and the protection, at partners that the member sees', async () => {
    const first = await taken('Beide AG', dayAfter(90))
    await cast.world.pass(days(2))
    const { body } = await send(cast.henrik, cast.fjordkraft, 'beide ag')
    const second = await read(body.ref)
    const there = await cast.dana.does(answering.listSameCustomer, { params: { deal: second.id } })
    expect(there.items).toMatchObject([
      {
        ref: first.ref,
        partner: { legal_name: 'Nordlicht GmbH' },
        protected_until: dayAfter(88),
        direction: 'received',
      },
    ])
    expect(Date.parse(there.items[0]?.created_at ?? '')).toBeLessThan(Date.parse(second.created_at))
    const back = await cast.dana.does(answering.listSameCustomer, { params: { deal: first.id } })
    expect(back.items.map(({ ref }) => ref)).toEqual([second.ref])
    expect((await cast.lee.does(answering.listSameCustomer, { params: { deal: first.id } })).items).toEqual([])
    expect((await cast.uma.call(answering.listSameCustomer, { params: { deal: first.id } })).status).toBe(404)
  })

  test('and is told of it before giving the customer away', async () => {
    const first = await taken('Warnung AG', dayAfter(90))
    await send(cast.henrik, cast.fjordkraft, 'Warnung AG')
    const guards = async (who: Person, partner: Partner) =>
      (
        await who.does(api.previewDeal, {
          params: { partner: partner.id },
          body: { ...draft, customer_company: 'WARNUNG ag' },
        })
      ).guards.filter((words) => words.includes('customer'))
    const day = (at: string) =>
      new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'Europe/Berlin' }).format(
        new Date(at),
      )
    const year = (at: string | null) =>
      new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(new Date(`${at}T12:00:00`))
    const today = day(first.created_at)
    expect(await guards(cast.dana, cast.nordlicht)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Nordlicht GmbH sent you this customer on ${today}.*\\. It is protected until ${year(first.protected_until)}\\.$`,
        ),
      ),
      expect.stringMatching(
        new RegExp(`^Fjordkraft Data AS sent you this customer on ${today}.* and waits for your answer\\.$`),
      ),
    ])
    expect((await guards(cast.lee, cast.nordlicht)).join()).not.toContain('Fjordkraft')
  })

  test.each([
    ['Hafen Terminal AG', 'hafen-terminal', true],
    ['Müller & Söhne GmbH & Co. KG', 'MULLER, SOHNE', true],
    ['Rossi S.p.A.', 'Rossi SpA', true],
    ['AG', 'KG', false],
    ['丸山商事', '山田商事', false],
    ['Werk Eins', 'Werk Zwei', false],
  ])('%s and %s: whether they are one customer', async (one, other, same) => {
    const { rows } = await cast.world.admin.query('select app.customer_key($1) = app.customer_key($2) as same', [
      one,
      other,
    ])
    expect(rows).toEqual([{ same }])
  })

  test('by its domain too, and not what was declined', async () => {
    const first = await send(cast.ana, cast.nordlicht, 'Werk Eins', domain('werk-eins'))
    const second = await send(cast.henrik, cast.fjordkraft, 'Werk 1 Holding', domain('werk-eins'))
    const [one, two] = [await read(first.body.ref), await read(second.body.ref)]
    const same = async () =>
      (await cast.dana.does(answering.listSameCustomer, { params: { deal: one.id } })).items.map(({ ref }) => ref)
    expect(await same()).toEqual([two.ref])
    await cast.dana.does(answering.declineDeal, { params: { deal: two.id }, body: { reason: 'Taken.' } })
    expect(await same()).toEqual([])
  })

  test('it takes no longer, and no shorter, than a clean one', async () => {
    const torture = process.env.TORTURE === '1'
    const samples = torture ? 500 : 24
    await taken('Getaktet AG', dayAfter(90))
    const took: Record<'clean' | 'twice', number[]> = { clean: [], twice: [] }
    for (let n = 0; n < samples + 10; n++)
      for (const kind of n % 2 ? (['clean', 'twice'] as const) : (['twice', 'clean'] as const)) {
        const name = kind === 'twice' ? 'Getaktet AG' : `Sauber ${String(n).padStart(4, '0')}`
        const from = performance.now()
        const { status } = await send(cast.henrik, cast.fjordkraft, name)
        if (n >= 10) took[kind].push(performance.now() - from)
        expect(status).toBe(200)
      }
    if (!torture) return
    const mean = (all: number[]) => all.reduce((sum, one) => sum + one, 0) / all.length
    const spread = (all: number[]) => all.reduce((sum, one) => sum + (one - mean(all)) ** 2, 0) / (all.length - 1)
    const { clean, twice } = took
    const t = (mean(clean) - mean(twice)) / Math.sqrt(spread(clean) / clean.length + spread(twice) / twice.length)
    expect(Math.abs(t)).toBeLessThan(4.5)
  })
})
