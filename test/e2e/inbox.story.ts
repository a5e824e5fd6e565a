import { beforeAll, describe, expect, test } from 'vitest'
import { addMember, listMembers } from '#shared/company.ts'
import { addDeal, editDeal, getDeal } from '#shared/deals.ts'
import { addPortalEntry, answerDeal } from '#shared/portal.ts'
import { bringIn } from './bring-in.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage()
const refs: Record<string, string> = {}
let session = ''
let dana: Visitor
let ana: Visitor
let workspace = ''
let ana_session = ''
let partner = ''

beforeAll(async () => {
  const { server } = stage
  session = await server.found()
  const nordlicht = await bringIn(stage, session, 'Nordlicht GmbH', 'Ana Lindner', 'ana@nordlicht.example')
  ana = nordlicht.contact
  workspace = nordlicht.workspace
  partner = nordlicht.partner
  ana_session = await server.session('ana@nordlicht.example', 'Ana Lindner')
  for (const customer_company of ['Orion Terminal AG', 'Vega Kliniken', 'Lyra Docks']) {
    const { ref } = await server.ask(session, addDeal, {
      params: { partner },
      body: { kind: 'lead', customer_company, ask: 'Call their IT lead.', share: true },
    })
    refs[customer_company] = ref
  }
  await server.admin.query(
    "update shares set effective_at = effective_at - interval '1 minute'; update deals set shared_from = shared_from - interval '1 minute'",
  )
  for (const ref of Object.values(refs)) {
    const params = { workspace: workspace.slice('/p/'.length), ref }
    await server.ask(ana_session, answerDeal, { params, body: { answer: 'accepted' } })
    await server.ask(ana_session, addPortalEntry, { params, body: { body: `Words on ${ref}.` } })
  }
  dana = await stage.visitor({ session })
})

const row = (customer: string) => dana.page.getByRole('listitem').filter({ hasText: customer })
const rows = () => dana.page.locator('[data-row]')
const look = async () => {
  await dana.open('/inbox')
  await dana.sees('Choose a row to read on here.')
}
const record = () => dana.page.getByRole('region', { name: 'What it is about' })
const unread = () => dana.page.getByText('Unread: ')

describe('The inbox', () => {
  test('has the record beside the list; looking at a row reads it, and it stays until one is done', async () => {
    await look()
    await dana.looksRight('inbox-beside')
    const before = await unread().count()
    await row('Vega Kliniken').getByRole('link').first().click()
    await dana.sees(`Words on ${refs['Vega Kliniken']}.`, record().getByRole('region', { name: 'Timeline' }))
    await expect.poll(() => unread().count()).toBe(before - 1)
    expect(new URL(dana.page.url()).pathname).toBe('/inbox')
    await dana.looksRight('inbox-record')
    await record().getByRole('link', { name: /^Open/ }).click()
    await dana.arrivesAt(`/deals/${refs['Vega Kliniken']}`)
  })

  test('with the keyboard: j and k look, e is done and goes on, u brings back as unread', async () => {
    await look()
    const all = await rows().count()
    await dana.page.keyboard.press('j')
    await dana.sees(/Words on/, record())
    const first = (await record().getByRole('heading', { level: 2 }).first().textContent()) ?? ''
    await dana.page.keyboard.press('e')
    await dana.sees('Done.')
    await expect.poll(() => rows().count()).toBe(all - 1)
    // The next one stands beside the list now.
    await expect.poll(() => record().getByRole('heading', { level: 2 }).first().textContent()).not.toBe(first)
    await dana.link('Done').click()
    await dana.sees(first)
    await dana.looksRight('inbox-done')
    await row(first).getByRole('link').first().focus()
    await dana.page.keyboard.press('u')
    await dana.link(/^For you/).click()
    await dana.sees(first)
    expect(await rows().count()).toBe(all)
  })

  test('what can wait is put aside until a morning, and Undo brings it back', async () => {
    await look()
    const all = await rows().count()
    await row('Lyra Docks').getByRole('link').first().focus()
    await dana.page.keyboard.press('h')
    await dana.page.getByRole('menuitem', { name: /^Tomorrow/ }).waitFor()
    await dana.looksRight('inbox-snooze')
    await dana.page.getByRole('menuitem', { name: /^Tomorrow/ }).click()
    await dana.sees(/^Snoozed until/)
    await expect.poll(() => rows().count()).toBe(all - 1)
    await dana.page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => rows().count()).toBe(all)
    // A day of one's own choice; it is away, and All says until when.
    await row('Lyra Docks').getByRole('button', { name: 'Snooze' }).click()
    await dana.page.getByRole('menuitem', { name: 'Pick a day' }).click()
    const dialog = dana.page.getByRole('dialog', { name: 'Snooze Lyra Docks' })
    await dialog.getByLabel('Bring it back on').fill('2020-01-01')
    await dialog.getByRole('button', { name: 'Snooze' }).click()
    await dana.sees(/Choose a day from tomorrow on/, dialog)
    await dana.looksRight('inbox-pick-day')
    const inTen = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)
    await dialog.getByLabel('Bring it back on').fill(inTen)
    await dialog.getByRole('button', { name: 'Snooze' }).click()
    await expect.poll(() => rows().count()).toBe(all - 1)
    await dana.link('All').click()
    await dana.sees(/Snoozed until/, row('Lyra Docks'))
  })

  test('all done at once, and taken back', async () => {
    await look()
    const all = await rows().count()
    await dana.button('All done').click()
    await dana.sees("You're up to date.")
    await dana.looksRight('inbox-empty')
    await dana.page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => rows().count()).toBe(all)
  })
})

describe('A nudge goes to the side that holds it', () => {
  const at = () => `/deals/${refs['Orion Terminal AG']}`

  test('to Ana, when it is her turn: words are put down, and leave as a question to her', async () => {
    await dana.open(at())
    await dana.page.getByRole('textbox', { name: 'Comment' }).fill('Which day suits you?')
    await dana.page.getByRole('radiogroup', { name: 'Who can see this comment' }).getByText('Nordlicht').click()
    await dana.page.getByRole('checkbox', { name: /^I need an answer/ }).check()
    await dana.button('Share comment with Nordlicht').click()
    await dana.button('Nudge Nordlicht').click()
    await dana.sees('Ana Lindner at Nordlicht will read this.')
    expect(await dana.page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe(
      'Any news on Orion Terminal AG?',
    )
    expect(await dana.page.getByRole('checkbox', { name: /^I need an answer/ }).isChecked()).toBe(true)
    await dana.looksRight('deal-nudge')
    await dana.button('Share comment with Nordlicht').click()
    await dana.sees('Any news on Orion Terminal AG?', dana.page.getByRole('region', { name: 'Timeline' }))
    await ana.open(`${workspace}${at()}`)
    await ana.sees('Any news on Orion Terminal AG?')
  })

  test('to the colleague who owns it, when it is ours; nothing of it reaches Ana', async () => {
    const { server } = stage
    await server.ask(session, addMember, { body: { name: 'Ira Novak', email: 'ira@halden.example', role: 'member' } })
    const ira = (await server.ask(session, listMembers, {})).items.find(({ name }) => name === 'Ira Novak')?.id ?? ''
    const ref = refs['Orion Terminal AG'] ?? ''
    const deal = await server.ask(session, getDeal, { params: { ref } })
    await server.ask(session, editDeal, {
      params: { deal: deal.id },
      body: { version: deal.version, our_owner_id: ira },
    })
    const params = { workspace: workspace.slice('/p/'.length), ref }
    await server.ask(ana_session, addPortalEntry, { params, body: { body: 'Thursday.' } })
    await dana.open(at())
    await dana.button('Nudge Ira').click()
    await dana.sees('Stays with your team. Nothing is emailed.')
    await dana.button('Add comment').click()
    await dana.sees(/@Ira Novak|any news on Orion/, dana.page.getByRole('region', { name: 'Timeline' }))
    const { rows: told } = await server.admin.query(
      "select m.name from notifications n join members m on m.id = n.member_id where n.kind = 'mention'",
    )
    expect(told).toEqual([{ name: 'Ira Novak' }])
    await ana.open(`${workspace}${at()}`)
    await ana.sees('Thursday.')
    expect(await ana.page.getByText('@Ira Novak').count()).toBe(0)
  })
})
