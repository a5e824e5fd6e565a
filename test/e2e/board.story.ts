import type { Locator } from 'playwright-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { addMember } from '#shared/company.ts'
import { copyInvitationLink, inviteContact, listContacts } from '#shared/contacts.ts'
import { addDeal, editDeal, getDeal } from '#shared/deals.ts'
import { addPartner } from '#shared/partners.ts'
import { acceptInvitation, answerDeal, moveDeal } from '#shared/portal.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage()
const refs: Record<string, string> = {}
let session = ''
let ana_session = ''
let partner: { id: string; workspace: string }
let dana: Visitor

const column = (who: Visitor, name: string) => who.page.getByRole('region', { name, exact: true })
const card = (who: Visitor, name: string, customer: string): Locator =>
  column(who, name).locator('[data-card]').filter({ hasText: customer })
const messages = (who: Visitor) => who.page.getByRole('region', { name: 'Messages' })
const stageOf = async (customer: string) =>
  (await stage.server.ask(session, getDeal, { params: { ref: refs[customer] ?? '' } })).stage

async function give(customer: string, value: number | null, currency: string | null, at = 'New', share = true) {
  const deal = await stage.server.ask(session, addDeal, {
    params: { partner: partner.id },
    body: {
      kind: 'lead',
      customer_company: customer,
      ask: 'A meeting with the IT lead',
      value_minor: value,
      currency,
      stage: at,
      share,
    },
  })
  refs[customer] = deal.ref
  return deal
}

beforeAll(async () => {
  const { server } = stage
  session = await server.found()
  partner = await server.ask(session, addPartner, {
    body: { legal_name: 'Nordlicht GmbH', email: 'ana.lindner@nordlicht.example', contact_name: 'Ana Lindner' },
  })
  const { items } = await server.ask(session, listContacts, { params: { partner: partner.id } })
  const { invitation } = await server.ask(session, inviteContact, {
    params: { contact: items[0]?.id ?? '' },
    body: { message: 'Ana, you will see our leads for northern Germany here.' },
  })
  await server.hurryInvitations()
  const { link } = await server.ask(session, copyInvitationLink, { params: { invitation: invitation.id ?? '' } })
  ana_session = await server.session('ana.lindner@nordlicht.example', 'Ana Lindner')
  await server.ask(ana_session, acceptInvitation, { body: { token: link.split('/i/')[1] ?? '' } })
  await server.ask(session, addMember, { body: { name: 'Mei Sato', email: 'mei@halden.example', role: 'read_only' } })
  await give('Klinikum Elbe', 2_650_000, 'EUR')
  await give('Bergen Havn', 4_100_000, 'NOK')
  await give('Osaka Freight', 3_800_000, 'EUR')
  await give('Moravia Steel', null, null, 'New', false)
  await give('Wiesner Maschinenbau', 11_200_000, 'EUR', 'Working')
  await give('Stadtwerke Aue', 1_900_000, 'EUR', 'Working')
  await give('Kyoto Precision', 8_300_000, 'USD', 'Proposal')
  // The shares leave after ten seconds; one deal stands still.
  await vi.waitUntil(async () => (await server.mailsIn('due')) === 0, { timeout: 30_000, interval: 250 })
  await server.admin.query(
    "update deals set last_activity_at = now() - interval '16 days', stage_since = now() - interval '16 days' where customer_company = 'Stadtwerke Aue'",
  )
  const params = { workspace: partner.workspace, ref: refs['Kyoto Precision'] ?? '' }
  await server.ask(ana_session, answerDeal, { params, body: { answer: 'accepted' } })
  dana = await stage.visitor({ session, refused: /^409 PATCH \/api\/v1\/deals\// })
})

describe('The board', () => {
  test('shows each stage with its deals, how many and what they add up to, no currency mixed with another', async () => {
    await dana.open('/deals')
    await dana.sees('Klinikum Elbe', column(dana, 'New'))
    const head = (name: string) => column(dana, name).locator('header')
    await dana.sees('€64,500 + NOK 41,000', head('New'))
    await dana.sees('€131,000', head('Working'))
    await dana.sees('US$83,000', head('Proposal'))
    await dana.sees('Quiet 16 days', card(dana, 'Working', 'Stadtwerke Aue'))
    await dana.sees('Team only', card(dana, 'New', 'Moravia Steel'))
    await dana.sees('7 open')
  })

  test('a card that is dragged stands in the other column at once, is saved, and Undo puts it back', async () => {
    await card(dana, 'New', 'Klinikum Elbe').dragTo(column(dana, 'Proposal'))
    await card(dana, 'Proposal', 'Klinikum Elbe').waitFor()
    await dana.sees('Klinikum Elbe moved to Proposal, 1 of 2.', messages(dana))
    expect(await stageOf('Klinikum Elbe')).toBe('Proposal')
    await dana.sees('€26,500', column(dana, 'Proposal').locator('header'))
    await messages(dana).getByRole('button', { name: 'Undo' }).click()
    await card(dana, 'New', 'Klinikum Elbe').waitFor()
    expect(await stageOf('Klinikum Elbe')).toBe('New')
  })

  test('without a mouse: arrows go from card to card, m opens Move to, and the focus goes with the card', async () => {
    await dana.open('/deals')
    await card(dana, 'New', 'Klinikum Elbe').waitFor()
    const focused = () => dana.page.evaluate(() => document.activeElement?.textContent ?? '')
    await dana.page.keyboard.press('ArrowDown')
    const first = await focused()
    await dana.page.keyboard.press('ArrowDown')
    expect(await focused()).not.toBe(first)
    await dana.page.keyboard.press('ArrowRight')
    expect(['Wiesner Maschinenbau', 'Stadtwerke Aue']).toContain(await focused())
    const moved = await focused()
    await dana.page.keyboard.press('m')
    await dana.page.getByRole('menu').waitFor()
    await dana.page.keyboard.press('End')
    for (let tries = 0; tries < 3; tries++) await dana.page.keyboard.press('ArrowUp')
    await dana.page
      .getByRole('menuitemradio', { name: 'Proposal' })
      .or(dana.page.getByRole('menuitemcheckbox', { name: 'Proposal' }))
      .or(dana.page.getByRole('menuitem', { name: 'Proposal' }))
      .first()
      .waitFor()
    await dana.page.keyboard.press('p')
    await dana.page.keyboard.press('Enter')
    await card(dana, 'Proposal', moved).waitFor()
    await expect.poll(focused).toBe(moved)
    await dana.sees(`${moved} moved to Proposal, 1 of 2.`, messages(dana))
  })

  test('a move that is refused brings the card back, with the reason', async () => {
    await dana.open('/deals')
    await card(dana, 'New', 'Osaka Freight').waitFor()
    const params = { ref: refs['Osaka Freight'] ?? '' }
    const deal = await stage.server.ask(session, getDeal, { params })
    await stage.server.ask(session, editDeal, {
      params: { deal: deal.id },
      body: { version: deal.version, value_minor: 3_900_000 },
    })
    await card(dana, 'New', 'Osaka Freight').dragTo(column(dana, 'Working'))
    await dana.sees('Dana Reyes changed this deal since you opened it.', messages(dana))
    await card(dana, 'New', 'Osaka Freight').waitFor()
    expect(await stageOf('Osaka Freight')).toBe('New')
  })

  test('a card that the partner moved wears their name; dropped on Won it is asked about and closed', async () => {
    const params = { workspace: partner.workspace, ref: refs['Kyoto Precision'] ?? '' }
    await stage.server.ask(ana_session, moveDeal, { params, body: { stage: 'Working' } })
    await dana.open('/deals')
    await dana.sees(/^Ana moved it here, \d\d:\d\d$/, card(dana, 'Working', 'Kyoto Precision'))
    await dana.looksRight('board')
    await card(dana, 'New', 'Bergen Havn').dragTo(column(dana, 'Closed').getByText('Won'))
    await dana.page
      .getByRole('dialog')
      .getByRole('button', { name: /Mark as won|Won/ })
      .first()
      .click()
    await dana.sees('Bergen Havn marked as won.', messages(dana))
    await column(dana, 'Closed').getByText('Won').click()
    await dana.sees('Bergen Havn', column(dana, 'Closed'))
  })

  test('filters are in the address, for the table too; the table turns round', async () => {
    await stage.server.admin.query(
      "update deals set last_activity_at = now() - interval '20 days' where customer_company = 'Moravia Steel'",
    )
    await dana.open('/deals?quiet=true')
    await dana.sees('Quiet 20 days', card(dana, 'New', 'Moravia Steel'))
    await expect.poll(() => dana.page.locator('[data-card]').count()).toBe(1)
    await dana.open('/deals?layout=table&stage=New')
    await dana.link('Osaka Freight').waitFor()
    expect(await dana.link('Kyoto Precision').count()).toBe(0)
    await dana.button('Last activity').click()
    await dana.arrivesAt(/sort=activity/)
    await dana.looksRight('deals-as-table')
  })

  test('who may only read has neither menu nor drag', async () => {
    const mei = await stage.visitor({ session: await stage.server.session('mei@halden.example', 'Mei Sato') })
    await mei.open('/deals')
    await card(mei, 'New', 'Klinikum Elbe').waitFor()
    expect(await mei.page.locator('[data-move]').count()).toBe(0)
    expect(await mei.page.locator('[draggable="true"]').count()).toBe(0)
    await mei.leave()
  })
})

describe('Stages', () => {
  test('a company adds its own, says when it is quiet, and the board has a column for it', async () => {
    await dana.open('/settings/tags-and-rules')
    const stages = dana.page.getByRole('list', { name: 'Stages' })
    await dana.sees('Proposal', stages)
    await dana.page.getByPlaceholder('Add a stage').fill('Legal review')
    await dana.page.keyboard.press('Enter')
    await dana.sees('Legal review', stages)
    await dana.field('Legal review is quiet after how many days').fill('30')
    await dana.page.keyboard.press('Enter')
    await expect
      .poll(
        async () =>
          (await stage.server.admin.query("select quiet_days from deal_stages where key = 'legal_review'")).rows,
      )
      .toEqual([{ quiet_days: 30 }])
    await stages.scrollIntoViewIfNeeded()
    await dana.looksRight('stages-settings')
    await dana.open('/deals')
    await card(dana, 'New', 'Osaka Freight').waitFor()
    await card(dana, 'New', 'Osaka Freight').dragTo(column(dana, 'Legal review'))
    await card(dana, 'Legal review', 'Osaka Freight').waitFor()
    await dana.sees('Osaka Freight moved to Legal review, 1 of 1.', messages(dana))
    await dana.looksRight('board-own-stage')
  })

  test('on a phone there is one column at a time, with a tab for each', async () => {
    await dana.page.setViewportSize({ width: 390, height: 844 })
    await dana.open('/deals')
    await card(dana, 'New', 'Klinikum Elbe').waitFor()
    expect(await column(dana, 'Legal review').isVisible()).toBe(false)
    await dana.link(/Legal review/).click()
    await card(dana, 'Legal review', 'Osaka Freight').waitFor()
    await dana.page.setViewportSize({ width: 1280, height: 800 })
  })
})

describe('With 2,000 open deals', () => {
  test('the board is there and takes a dropped card at once', async () => {
    await stage.server.admin.query(
      `insert into deals (org_id, id, ref, partner_id, kind, direction, answer, customer_company, value_minor, currency, ask, our_owner_id, turn, turn_why, stage,
         created_at, last_activity_at, stage_since, turn_since, updated_at)
       select d.org_id, gen_random_uuid(), 'M-' || n, d.partner_id, 'lead', 'given', 'pending', 'Customer ' || n, n * 100000, (array['EUR', 'USD'])[1 + n % 2], 'Call',
         d.our_owner_id, 'us', 'not_shared', (array['New', 'Working', 'Proposal', 'legal_review'])[1 + n % 4], now(), now() - n * interval '1 minute', now(), now(), now()
       from generate_series(1, 2000) n, (select * from deals limit 1) d`,
    )
    await stage.server.admin.query('analyze deals')
    const paints: number[] = []
    for (let round = 0; round < 5; round++) {
      await dana.page.goto('/deals')
      await dana.page.locator('[data-card]').first().waitFor()
      paints.push(
        await dana.page.evaluate(
          () =>
            new Promise<number>((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0))),
        ),
      )
    }
    await dana.page.evaluate(() => {
      const page = globalThis as unknown as { dropped: number[]; from: number }
      page.dropped = []
      addEventListener(
        'drop',
        () => {
          const from = performance.now()
          const here = document.querySelector('[data-deal][class*="dragged"]')?.closest('section')
          const id = document.querySelector('[data-deal][class*="dragged"]')?.getAttribute('data-deal')
          const look = () => {
            const now = document.querySelector(`[data-deal="${id}"]`)?.closest('section')
            if (now && now !== here) page.dropped.push(performance.now() - from)
            else requestAnimationFrame(look)
          }
          requestAnimationFrame(look)
        },
        true,
      )
    })
    for (const to of ['Working', 'Proposal', 'Legal review']) {
      await column(dana, 'New')
        .locator('[data-card]')
        .nth(1)
        .dragTo(column(dana, to), { targetPosition: { x: 60, y: 200 } })
      await dana.sees(new RegExp(`moved to ${to}, 1 of \\d+\\.`), messages(dana))
    }
    const drops = await dana.page.evaluate(() => (globalThis as unknown as { dropped: number[] }).dropped)
    const worst = (times: number[]) => Math.round(Math.max(...times))
    const middle = (times: number[]) => Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0)
    console.log(
      `2,000 deals: first paint with data ${middle(paints)} ms (worst ${worst(paints)}), drop to new column ${middle(drops)} ms (worst ${worst(drops)})`,
    )
    expect(drops).toHaveLength(3)
    // The line above is the measure, taken with this story alone on the machine. Beside others it may take its time, but not without end.
    expect(middle(paints)).toBeLessThan(4000)
    expect(middle(drops)).toBeLessThan(200)
  })

  test('more cards come as one scrolls, and only those around are drawn', async () => {
    await dana.page.goto('/deals')
    await column(dana, 'New').locator('[data-card]').first().waitFor()
    for (let turns = 0; turns < 30; turns++) {
      await dana.page.mouse.wheel(0, 4000)
      await dana.page.waitForTimeout(60)
    }
    await expect.poll(() => dana.page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(20_000)
    expect(await column(dana, 'New').locator('[data-card]').count()).toBeLessThan(61)
    await dana.sees(/Customer 1\d\d\d/, column(dana, 'New'))
  })
})
