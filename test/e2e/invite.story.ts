import { beforeAll, describe, expect, test } from 'vitest'
import { addPartner } from '#shared/partners.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage()
const message = 'Ana, you will see our leads for northern Germany here. Please start with the open ones.'
let dana: Visitor
let ana: Visitor
let workspace = ''

beforeAll(async () => {
  const { server } = stage
  const session = await server.found()
  await server.ask(session, addPartner, {
    body: { legal_name: 'Nordlicht GmbH', email: 'ana.lindner@nordlicht.example', contact_name: 'Ana Lindner' },
  })
  dana = await stage.visitor({ session })
  // Once her access is removed, the workspace is refused to her.
  ana = await stage.visitor({ refused: /^40[14] GET \/api\/v1\/p\// })
})

describe('Dana invites Ana', () => {
  let link = ''

  test('with a message of her own, seeing the letter as it will arrive', async () => {
    await dana.open('/partners/nordlicht-gmbh/overview')
    await dana.button('Invite').first().click()
    const dialog = dana.page.getByRole('dialog')
    await dana.sees('Invite Ana Lindner', dialog)
    await dialog.getByLabel('Your message').fill(message)
    const letter = dialog.getByRole('region', { name: 'Ana will get this' })
    await dana.sees(message, letter)
    await dana.sees('ana.lindner@nordlicht.example', letter)
    await dana.looksRight('invite')
    await dialog.getByRole('button', { name: 'Invite Ana', exact: true }).click()
    await dana.sees('The invitation to Ana Lindner leaves in 10 seconds.')
  })

  test('takes it back within ten seconds, and nothing of it remains for Ana', async () => {
    await dana.button('Undo').click()
    await dana.sees(/^Not sent\./)
    await expect.poll(() => stage.server.mailsIn('dropped'), { timeout: 25_000 }).toBe(1)
    await dana.open('/settings/email')
    await dana.sees('Not needed any more')
  })

  test('sends it again; without a mail server the link waits in the Outbox', async () => {
    await dana.open('/partners/nordlicht-gmbh/overview')
    await dana.sees('Last events')
    await dana.page.keyboard.press('i')
    const dialog = dana.page.getByRole('dialog')
    await dialog.getByLabel('Your message').fill(message)
    await dialog.getByRole('button', { name: 'Invite Ana', exact: true }).click()
    await dana.sees('The invitation to Ana Lindner leaves in 10 seconds.')
    await expect.poll(() => stage.server.mailsIn('held'), { timeout: 20_000 }).toBe(1)
    await dana.open('/settings/email')
    await dana.sees('Waiting here')
    await dana.looksRight('outbox')
    await dana
      .button(/invites you/)
      .first()
      .click()
    link = (await dana.page.getByRole('dialog').locator('code').first().textContent()) ?? ''
    expect(link).toMatch(new RegExp(`^${stage.server.url}/i/`))
    await dana.looksRight('outbox-message')
  })

  test('Ana opens the link and reads who invites her and what she will see', async () => {
    await ana.open(link)
    await ana.heading('Dana Reyes at Halden Software invites you, Ana Lindner').waitFor()
    await ana.sees(message)
    await ana.sees('Nothing but what you write here.')
    await ana.looksRight('invitation')
  })

  test('signs in with the 6-digit code, meets the first screen, then her deals', async () => {
    await ana.button('Accept and sign in').click()
    await ana.sees("the code is printed on the server's console")
    await ana.looksRight('invitation-code')
    await ana.field('6-digit code').fill('000000')
    await ana.sees('This code is wrong or too old. Ask for a new one.')
    expect(ana.faults.splice(0)).toEqual(['refused: 401 POST /api/v1/session/code/check'])
    await ana.field('6-digit code').fill(await stage.server.printedCode('ana.lindner@nordlicht.example'))
    await ana.arrivesAt(/^\/p\/[\w-]+$/)
    workspace = new URL(ana.page.url()).pathname
    await ana.heading('Dana Reyes at Halden Software invited you, Ana').waitFor()
    await ana.sees(message)
    await ana.looksRight('portal-first-visit')
    await ana.button('Open your deals').click()
    await ana.sees('Nothing is waiting for you.')
    await ana.looksRight('portal-empty')
  })

  test('the team sees that she is in', async () => {
    await dana.open('/inbox')
    await dana.sees('Ana Lindner accepted your invitation')
    await dana.open('/partners/nordlicht-gmbh/overview')
    await dana.sees('Works via portal')
  })
})

test('Dana removes the access: Ana is out at her next request', async () => {
  await dana.open('/partners/nordlicht-gmbh/contacts')
  await dana.button('Ana Lindner, more').click()
  await dana.page.getByRole('menuitem', { name: 'Remove access' }).click()
  await dana.sees(/is signed out/)
  await ana.page.goto(workspace)
  await ana.sees(/Sign in to open this workspace|This workspace is no longer shared/)
  expect(await ana.page.getByText('Nothing is waiting for you.').count()).toBe(0)
})
