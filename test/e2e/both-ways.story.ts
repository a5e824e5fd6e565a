import { beforeAll, describe, expect, test } from 'vitest'
import { bringIn } from './bring-in.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage()
let dana: Visitor
let ana: Visitor
let henrik: Visitor
const workspaces = { nordlicht: '', fjordkraft: '' }

beforeAll(async () => {
  const session = await stage.server.found()
  const nordlicht = await bringIn(stage, session, 'Nordlicht GmbH', 'Ana Lindner', 'ana.lindner@nordlicht.example')
  const fjordkraft = await bringIn(stage, session, 'Fjordkraft Data AS', 'Henrik Aasen', 'henrik@fjordkraft.example')
  ana = nordlicht.contact
  henrik = fjordkraft.contact
  workspaces.nordlicht = nordlicht.workspace
  workspaces.fjordkraft = fjordkraft.workspace
  dana = await stage.visitor({ session })
})

async function send(who: Visitor, workspace: string, customer: string, ask: string): Promise<string> {
  await who.open(workspace)
  await who.link('Send a deal').click()
  await who.heading(/^Send a deal to/).waitFor()
  await who.field('Customer company').fill(customer)
  await who.field(/^What do you want from/).fill(ask)
  await who.button('Send deal').click()
  await who.heading(/has your deal/).waitFor()
  return (await who.page.getByText(/^D-\w{6}$/).textContent()) ?? ''
}
let ref = ''

describe('Ana sends a deal', () => {
  test('two of four fields are required, and what is missing is said', async () => {
    await ana.open(workspaces.nordlicht)
    await ana.looksRight('portal-send-empty')
    await ana.link('Send a deal').click()
    await ana.heading('Send a deal to Halden Software').waitFor()
    expect(await ana.page.locator('[aria-required="true"]').count()).toBe(2)
    await ana.button('Send deal').click()
    await ana.sees('Name the customer.')
    await ana.looksRight('portal-send-missing')
    await ana.page.getByRole('radio', { name: /^Co-sell/ }).check()
    await ana.field('Customer company').fill('Hafen Terminal AG')
    await ana.field(/^What do you want from/).fill('Join our meeting with their IT lead on 12 December.')
    await ana.field(/^Customer contact/).fill('Jane Voss <jane@hafen-terminal.example>')
    await ana.looksRight('portal-send')
  })
  test('she has a receipt with time and reference', async () => {
    await ana.button('Send deal').click()
    await ana.heading('Halden Software has your deal').waitFor()
    await ana.sees("Received, waiting for Halden Software's answer")
    await ana.sees(/This receipt goes to ana\.lindner@nordlicht\.example too\./)
    ref = (await ana.page.getByText(/^D-\w{6}$/).textContent()) ?? ''
    expect(ref).toMatch(/^D-/)
    await ana.looksRight('portal-receipt')
    await ana.link('Open the deal').click()
    await ana.heading('Hafen Terminal AG').waitFor()
    await ana.sees(/since today: you sent it\./)
    await ana.sees('Jane Voss')
    await ana.looksRight('portal-sent-deal')
    await ana.link('Deals').first().click()
    await ana.heading(/^Waiting for Halden Software/).waitFor()
    await ana.looksRight('portal-sent')
  })
})

describe('Dana answers', () => {
  test('it is in her inbox and on top of her deals, and in no column', async () => {
    await dana.open('/')
    await dana.sees('Nordlicht GmbH sent you Hafen Terminal AG')
    await dana.open('/inbox')
    await dana.sees('Ana Lindner sent you a deal')
    await dana.sees('Join our meeting with their IT lead on 12 December.')
    await dana.looksRight('inbox-received')
    await dana.open('/deals')
    await dana.sees(/Nordlicht sent you a deal that waits for your answer/)
    await dana.looksRight('deals-waiting')
    await dana.button('Answer it').click()
    await dana.sees('Ana Lindner, Nordlicht. For Dana Reyes.')
    await dana.looksRight('deals-sent-to-you')
  })
  test('she asks back from the row, and it is Ana’s turn', async () => {
    await dana.button(/^Ask back/).click()
    const dialog = dana.page.getByRole('dialog', { name: 'Ask Nordlicht about Hafen Terminal AG' })
    await dialog.getByRole('button', { name: 'Ask back' }).click()
    await dana.sees('Write what you want to know.')
    await dana.field('What do you want to know?').fill('Who else is at the table?')
    await dana.looksRight('deal-ask-back')
    await dialog.getByRole('button', { name: 'Ask back' }).click()
    await dana.sees("Asked. It is Nordlicht's turn.")
    await ana.open(workspaces.nordlicht)
    await ana.sees('Your turn')
    await ana.sees(/since today: Dana asked for an answer\./)
    await ana.looksRight('portal-asked-back')
    await ana.field(/^Reply to Dana/).fill('Their CFO and the head of purchasing.')
    await ana.button('Send reply').click()
    await ana.sees('Sent.')
  })
  test('Ana’s answer makes it Dana’s turn again', async () => {
    await dana.open(`/deals/${ref}`)
    await dana.sees(/since today: Ana commented\./)
    await dana.looksRight('deal-received')
  })
  test('she accepts with an owner, a stage and a protection', async () => {
    await dana.button('Accept').first().click()
    const dialog = dana.page.getByRole('dialog', { name: 'Accept Hafen Terminal AG' })
    await dialog.waitFor()
    await dialog.getByLabel('Protect it for Nordlicht').check()
    await dana.looksRight('deal-accept')
    await dialog.getByRole('button', { name: 'Accept deal' }).click()
    await dana.sees('Hafen Terminal AG is in your pipeline.')
    await dana.sees(/since today: you accepted it\./)
    await dana.sees('Protected until')
    await dana.looksRight('deal-taken')
  })
  test('and Ana reads that it was accepted, and until when it is protected', async () => {
    await ana.open(workspaces.nordlicht)
    await ana.sees(/since today: Dana accepted it\./)
    await ana.link('Hafen Terminal AG').click()
    await ana.sees('Protected for you')
    await ana.looksRight('portal-taken')
  })
})

describe('A second partner sends the same customer', () => {
  let twice = ''
  test('and reads the very same words', async () => {
    const clean = await send(henrik, workspaces.fjordkraft, 'Bergen Havn', 'Help us with the offer.')
    const words = (await henrik.page.getByRole('main').textContent()) ?? ''
    twice = await send(henrik, workspaces.fjordkraft, 'Hafen Terminal AG', 'Help us with the offer.')
    const again = (await henrik.page.getByRole('main').textContent()) ?? ''
    const plain = (text: string) => text.replaceAll(/D-\w{6}|Bergen Havn|Hafen Terminal AG|\d\d:\d\d/g, '')
    expect(plain(again)).toBe(plain(words))
    expect(clean).not.toBe(twice)
  })
  test('Dana sees both side by side', async () => {
    await dana.open('/deals?sent=waiting')
    await dana.sees(/Nordlicht sent it today, protected until/)
    await dana.looksRight('deals-twice')
    await dana.open(`/deals/${twice}`)
    await dana.sees('There is another deal with this customer.')
    await dana.looksRight('deal-received-twice')
  })
  test('she declines the second with a reason', async () => {
    await dana.button('Decline').first().click()
    await dana.field(/^Why, for Henrik/).fill('We work with them already.')
    await dana.looksRight('deal-decline')
    await dana.button('Decline deal').click()
    await dana.sees('You declined this lead')
    await dana.looksRight('deal-refused')
  })
  test('that Henrik reads, and nothing of the first', async () => {
    await henrik.open(`${workspaces.fjordkraft}/deals/${twice}`)
    await henrik.sees('Halden Software declined:')
    const seen = (await henrik.page.getByRole('main').textContent()) ?? ''
    expect(seen).toContain('We work with them already.')
    expect(seen).not.toContain('Nordlicht')
    await henrik.looksRight('portal-refused')
  })
  test('what still waits stands on the partner’s page', async () => {
    await dana.open('/partners/fjordkraft-data-as/deals')
    await dana.sees('Bergen Havn')
    await dana.looksRight('partner-deals-received')
  })
})

describe('Dana pauses a deal', () => {
  test('until a day, because', async () => {
    await dana.open(`/deals/${ref}`)
    await dana.button('Pause').click()
    await dana.button('Pause deal').click()
    await dana.sees('Say why in a few words.')
    await dana.field('Because').fill('Their budget is decided in January.')
    await dana.looksRight('deal-pause')
    await dana.button('Pause deal').click()
    await dana.sees(/Because: Their budget is decided in January\./)
    await dana.looksRight('deal-paused')
  })
  test('Ana reads the day alone; resumed, the turn is as it was', async () => {
    await ana.open(`${workspaces.nordlicht}/deals/${ref}`)
    await ana.sees(/Nobody has to move until then\./)
    expect(await ana.page.getByRole('main').textContent()).not.toContain('budget')
    await ana.looksRight('portal-paused')
    await dana.button('Resume').click()
    await dana.sees('Resumed. The turn is as it was.')
    await dana.sees(/since today: you accepted it\./)
  })
  test('the company says for how long a deal is protected', async () => {
    await dana.open('/settings/company')
    await dana.field('Days a deal is protected').fill('0')
    await dana.button('Save').click()
    await dana.sees('Write a number from 1 to 730.')
    await dana.field('Days a deal is protected').fill('60')
    await dana.button('Save').click()
    await dana.sees('Saved')
    await dana.looksRight('settings-company-protection')
  })
})
