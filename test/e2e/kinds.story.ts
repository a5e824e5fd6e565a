import { beforeAll, describe, expect, test } from 'vitest'
import { bringIn } from './bring-in.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage()
let dana: Visitor
let ana: Visitor
let workspace = ''

beforeAll(async () => {
  const session = await stage.server.found()
  const nordlicht = await bringIn(stage, session, 'Nordlicht GmbH', 'Ana Lindner', 'ana.lindner@nordlicht.example')
  ana = nordlicht.contact
  workspace = nordlicht.workspace
  dana = await stage.visitor({ session })
})

const hurry = () =>
  stage.server.admin.query(
    "update shares set effective_at = effective_at - interval '1 minute'; update deals set shared_from = shared_from - interval '1 minute' where shared_from is not null",
  )
/** Dana fills in what every kind asks for, and shares it. Out: the deal's address. */
async function share(kind: string, customer: string, ask: string, also = async () => {}): Promise<string> {
  await dana.open(`/partners/nordlicht-gmbh/share?kind=${kind}`)
  await dana.field('Customer company').fill(customer)
  await dana.field('What do you want from Nordlicht?').fill(ask)
  await dana.page.getByPlaceholder('Name').fill('Jane Voss')
  await dana.field('Value').first().fill('12,500')
  await also()
  await dana.button(/^Share (lead|referral|co-sell)/).click()
  await dana.arrivesAt(/^\/deals\/D-/)
  await hurry()
  return new URL(dana.page.url()).pathname
}

describe('We refer a deal', () => {
  let deal = ''
  test('she sees what it is, and that it waits for her', async () => {
    deal = await share('referral', 'Priel Reederei', 'They need someone on site.')
    await ana.open(`${workspace}${deal}`)
    await ana.sees('Priel Reederei')
    await ana.sees('Jane Voss')
    await ana.sees('They need someone on site.')
    await ana.sees(/Referral/)
    await ana.looksRight('portal-referral')
  })

  test('she declines it with one tap; the team reads it, and that it has to move', async () => {
    await ana.open(workspace)
    await ana
      .button(/^Not relevant for us/)
      .first()
      .click()
    await ana.sees(/Nothing is waiting for you|Declined/)
    await dana.open(deal)
    await dana.sees(/Declined by Nordlicht/)
    await dana.sees('Not relevant for us')
    await dana.sees(/Your turn/)
  })
})

describe('They refer a deal', () => {
  test('that was told by phone: written down as theirs, already taken on, both see it', async () => {
    const deal = await share('referral', 'Warnow Werft', 'Keep us posted.', async () => {
      await dana.page.getByRole('radiogroup', { name: 'Who refers it' }).getByText('Nordlicht refers it').click()
    })
    await dana.sees(/Your turn|Accepted/)
    await ana.open(`${workspace}${deal}`)
    await ana.sees('Warnow Werft')
    await ana.sees(/Halden Software's turn|turn/)
    await ana.looksRight('portal-they-refer')
  })
})

describe('A co-sell', () => {
  let deal = ''
  test('is worked by both: she accepts, both comment and move it', async () => {
    deal = await share('co_sell', 'Elbe Kliniken', 'Join the workshop and cover the rollout.')
    await ana.open(`${workspace}${deal}`)
    await ana.button('Accept').first().click()
    await ana.sees(/accepted/i)
    await ana.field(/about Elbe Kliniken$/).fill('We can be there on Tuesday.')
    await ana.button(/^Send/).first().click()
    await ana.sees('We can be there on Tuesday.', ana.page.getByRole('region', { name: 'Timeline' }))
    await dana.open(deal)
    await dana.sees('We can be there on Tuesday.')
    await dana.sees('Accepted by Nordlicht')
  })

  test('lost for a reason; she reads that it is over without being told by hand', async () => {
    await dana.open(`${deal}?panel=lost`)
    const dialog = dana.page.getByRole('dialog')
    await dialog.getByRole('textbox').first().fill('They build it themselves.')
    await dialog.getByRole('button', { name: 'Mark as lost' }).click()
    await dana.sees('They build it themselves.')
    await ana.open(`${workspace}${deal}`)
    await ana.sees(/Lost/)
    await ana.looksRight('portal-lost')
    await dana.open(deal)
    await dana.looksRight('deal-lost')
    expect(await dana.page.getByRole('button', { name: /^Nudge/ }).count()).toBe(0)
  })
})
