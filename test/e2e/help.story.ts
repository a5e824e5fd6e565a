import { beforeAll, expect, test } from 'vitest'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage()
let dana: Visitor
beforeAll(async () => {
  dana = await stage.visitor({ session: await stage.server.found() })
})

test.each([
  ['/partners', 'What a partner is', '/help/partners', 'What a partner is'],
  ['/partners/import', 'read how importing works', '/help/add', 'Add a partner'],
  ['/deals', 'How sharing works', '/help/deals', 'Share and follow deals'],
  ['/review', 'What puts a partner here', '/help/review', 'Keep it fresh'],
  ['/access', 'How access works', '/help/access', 'Who sees what'],
  ['/settings/tags-and-rules', 'How tags help', '/help/organise', 'Organise and tag'],
])('%s leads to its own help page', async (from, words, page, heading) => {
  await dana.open(from)
  await dana.link(words).click()
  await dana.arrivesAt(page)
  await dana.heading(heading).first().waitFor()
})

test('Help is always in the same place, and every page of it opens and leads back', async () => {
  await dana.open('/inbox')
  await dana.page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Help' }).click()
  await dana.arrivesAt(/^\/help/)
  await dana.open('/help')
  const pages = await dana.page.getByRole('main').getByRole('link').all()
  const addresses = await Promise.all(pages.map((page) => page.getAttribute('href')))
  expect(addresses.length).toBeGreaterThanOrEqual(7)
  for (const address of addresses) {
    await dana.open(address ?? '')
    expect((await dana.page.title()).length).toBeGreaterThan(0)
    expect(await dana.page.getByRole('heading', { level: 1 }).textContent()).not.toBe('Not found')
    await dana.link('All help').click()
    await dana.arrivesAt('/help')
  }
})
