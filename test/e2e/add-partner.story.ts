import { beforeAll, describe, expect, test } from 'vitest'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage()
let dana: Visitor
beforeAll(async () => {
  dana = await stage.visitor({ session: await stage.server.found() })
})

describe('a partner is added in three panes', () => {
  test('with two required fields and at most five clicks, and nothing is emailed', async () => {
    await dana.open('/partners')
    await dana.sees('No partners yet. Add one you talk to every week.')
    await dana.looksRight('partners-first')
    await dana.presses()
    await dana.link('Add partner').first().click()
    await dana.arrivesAt('/partners/new')
    await dana.field('Legal company name').fill('Nordlicht GmbH')
    expect(await dana.page.locator('[aria-required="true"]').count()).toBe(2)
    await dana.field('Main contact email').fill('ana.lindner@nordlicht.example')
    await dana.button('Continue to access').click()
    await dana.sees('Who on your team?')
    await dana.looksRight('add-2-access')
    await dana.button('Continue to review').click()
    await dana.sees('Is this address right?')
    await dana.sees('ana.lindner@nordlicht.example')
    await dana.looksRight('add-3-review')
    await dana.button('Add partner').click()
    await dana.arrivesAt('/partners/nordlicht-gmbh/overview?added=1')
    expect(await dana.presses()).toBeLessThanOrEqual(5)
    await dana.heading('Nordlicht GmbH').waitFor()
    await dana.sees('Nordlicht GmbH is added. Nothing was emailed.')
    await dana.looksRight('partner-added')
    expect(await stage.server.count('partners')).toBe(1)
    expect(await stage.server.count('outbox')).toBe(0)
  })

  test('a typo in the address is offered while it is typed, and taken with one click', async () => {
    await dana.open('/partners/new')
    await dana.field('Legal company name').fill('Kestrel & Rowe LLP')
    await dana.field('Main contact email').fill('simon@gmial.com')
    await dana.field('Legal company name').focus()
    await dana.sees('Did you mean')
    await dana.looksRight('add-1-typo')
    await dana.button('simon@gmail.com').click()
    await expect.poll(() => dana.field('Main contact email').inputValue()).toBe('simon@gmail.com')
    await dana.sees("That's a personal address. Fine if they use it for work.")
  })

  test('the same company is refused where it is typed, a similar one is only said', async () => {
    await dana.field('Legal company name').fill('Nordlicht, Ltd.')
    await dana.sees('is already here, owner Dana Reyes.')
    await dana.looksRight('add-1-lookalike')
    await dana.button('This is a different company').waitFor()
    await dana.field('Main contact email').fill('jonas@nordlicht.example')
    await dana.field('Legal company name').focus()
    await dana.button('This is a different company').waitFor({ state: 'hidden' })
    await dana.page.keyboard.press('Enter')
    await dana.sees('Who on your team?').then(
      () => Promise.reject(new Error('It went on with a company that is here already.')),
      () => {},
    )
    await dana.link('Open it').click()
    await dana.arrivesAt('/partners/nordlicht-gmbh/overview')
  })

  test('what was typed outlives a reload, and Cancel can be undone', async () => {
    await dana.open('/partners/new')
    await dana.field('Legal company name').fill('Ostrava IT s.r.o.')
    await dana.page.reload()
    await expect.poll(() => dana.field('Legal company name').inputValue()).toBe('Ostrava IT s.r.o.')
    await dana.button('Cancel').click()
    await dana.arrivesAt('/partners')
    await dana.button('Undo').click()
    await expect.poll(() => dana.field('Legal company name').inputValue()).toBe('Ostrava IT s.r.o.')
    await dana.button('Cancel').click()
  })
})

test('a partner is added without touching the mouse: c p, Tab, Enter three times', async () => {
  const { keyboard } = dana.page
  await dana.open('/')
  await dana.presses()
  await keyboard.press('c')
  await keyboard.press('p')
  await dana.arrivesAt('/partners/new')
  await dana.field('Legal company name').waitFor()
  await expect.poll(() => dana.page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('legal_name')
  await keyboard.type('Fjordkraft Data AS')
  await keyboard.press('Tab')
  await keyboard.type('henrik.aasen@fjordkraftdata.example')
  await keyboard.press('Enter')
  await dana.sees('Who on your team?')
  await keyboard.press('Enter')
  await dana.sees('Is this address right?')
  await keyboard.press('Enter')
  await dana.arrivesAt('/partners/fjordkraft-data-as/overview?added=1')
  expect(await dana.presses()).toBe(0)
  expect(await stage.server.count('outbox')).toBe(0)
})
