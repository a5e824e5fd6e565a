import { beforeAll, describe, expect, test } from 'vitest'
import { people } from '#db/seed/world.ts'
import { seedDemo } from '#server/features/sample/demo.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage()
let dana: Visitor
let mei: Visitor
let deal: string
let kept: string

const refOf = async (customer: string) => {
  const { rows } = await stage.server.admin.query<{ ref: string }>(
    'select ref from deals where customer_company = $1',
    [customer],
  )
  return rows[0]?.ref ?? ''
}
beforeAll(async () => {
  const { server } = stage
  await seedDemo(server.product)
  dana = await stage.visitor({
    refused: /^404 GET \/api\/v1\/partners\/nobody$/,
    session: await server.session(people.dana.email, people.dana.name),
  })
  mei = await stage.visitor({ session: await server.session(people.mei.email, people.mei.name) })
  deal = await refOf('Hafen Terminal AG')
  kept =
    (
      await server.admin.query<{ ref: string }>(
        'select ref from deals where ref not in (select d.ref from deals d join shares s on s.deal_id = d.id) limit 1',
      )
    ).rows[0]?.ref ?? ''
})

/** The picture's name, the address, the words of its first heading, and something that stands there once all is loaded. */
const pages: [name: string, path: string, heading: string, words: RegExp][] = [
  ['home', '/', 'Home', /Open deals by stage/],
  ['inbox', '/inbox', 'Inbox', /Nordlicht/],
  ['inbox-all', '/inbox?tab=all', 'Inbox', /Nordlicht/],
  ['partners', '/partners', 'Partners', /Fjordkraft Data AS/],
  ['partners-attention', '/partners?view=attention', 'Partners', /No activity/],
  ['partners-none', '/partners?q=nobody%20is%20called%20this', 'Partners', /No partners match/],
  ['partners-new', '/partners/new', 'Add partner', /Legal company name/],
  ['import', '/partners/import', 'Import', /Drop a sheet/],
  ['partner-overview', '/partners/nordlicht-gmbh/overview', 'Nordlicht GmbH', /Hafen Terminal AG/],
  ['partner-contacts', '/partners/nordlicht-gmbh/contacts', 'Nordlicht GmbH', /Jonas Weber/],
  ['partner-deals', '/partners/nordlicht-gmbh/deals', 'Nordlicht GmbH', /Elbe Kliniken/],
  ['partner-notes', '/partners/nordlicht-gmbh/notes', 'Nordlicht GmbH', /Price list for 2027/],
  ['partner-access', '/partners/nordlicht-gmbh/access', 'Nordlicht GmbH', /Deals you share/],
  ['partner-activity', '/partners/nordlicht-gmbh/activity', 'Nordlicht GmbH', /Ana Lindner/],
  ['partner-preview', '/partners/nordlicht-gmbh/preview', 'Deals', /Read-only/],
  ['partner-share', '/partners/nordlicht-gmbh/share?kind=lead', 'Share a lead', /What Nordlicht will see/],
  ['deals-board', '/deals', 'Deals', /Hafen Terminal AG/],
  ['deals-table', '/deals?layout=table', 'Deals', /Hafen Terminal AG/],
  ['review', '/review', 'Review', /No activity/],
  ['access', '/access', 'Access', /Henrik Aasen/],
  ['log-changes', '/access/log', 'Log', /Dana Reyes/],
  ['log-views', '/access/log?lens=views', 'Log', /Ana Lindner/],
  ['settings-company', '/settings/company', 'Settings', /Halden Software/],
  ['settings-people', '/settings/people', 'Settings', /Tomas Berg/],
  ['settings-tags', '/settings/tags-and-rules', 'Settings', /Public sector/],
  ['settings-email', '/settings/email', 'Settings', /isn't set up/],
  ['settings-data', '/settings/data', 'Settings', /Sample data/],
  ['help', '/help', 'Help', /Add a partner/],
  ['help-access', '/help/access', 'Who sees what', /Look as they do/],
  ['not-found', '/partners/nobody/overview', 'Not found', /you have no access to it/],
]

describe('every page of the team has no accessibility fault, wide, on a phone, light and dark', () => {
  test.each(pages)('%s', async (name, path, heading, words) => {
    await dana.open(path)
    await dana.heading(heading).first().waitFor({ state: 'attached' })
    await dana.sees(words)
    await dana.looksRight(name)
  })

  test('a deal that is shared, and one that the team keeps', async () => {
    await dana.open(`/deals/${deal}`)
    await dana.sees('Nordlicht can see:')
    await dana.sees('We can go to 12 % on phase two.')
    await dana.looksRight('deal')
    await dana.open(`/deals/${kept}`)
    await dana.sees('Team only.')
    await dana.looksRight('deal-kept')
  })
})

describe('what opens over a page has no accessibility fault either', () => {
  test('find or do, and the list of keys', async () => {
    await dana.open('/partners')
    await dana.page.keyboard.press('Control+k')
    await dana.picker('Find or do').fill('fjord')
    await dana.sees('Fjordkraft Data AS', dana.page.getByRole('dialog'))
    await dana.looksRight('over-find')
    await dana.page.keyboard.press('Escape')
    await dana.page.getByRole('dialog').waitFor({ state: 'hidden' })
    await dana.page.keyboard.press('?')
    await dana.sees('Close one layer')
    await dana.looksRight('over-keys')
    await dana.page.keyboard.press('Escape')
  })

  test('a filter, a menu and a dialog', async () => {
    await dana.open('/partners')
    await dana.picker('Filter by Type').click()
    await dana.page.getByRole('option', { name: 'Reseller' }).waitFor()
    await dana.looksRight('over-filter')
    await dana.page.keyboard.press('Escape')
    await dana.open(`/deals/${deal}`)
    await dana.button('More actions').click()
    await dana.page.getByRole('menuitem', { name: 'Edit details' }).waitFor()
    await dana.looksRight('over-menu')
    await dana.page.getByRole('menuitem', { name: 'Edit details' }).click()
    await dana.page.getByRole('dialog').waitFor()
    await dana.looksRight('over-edit-deal')
  })
})

test('a read-only member looks at the same pages and is offered nothing to change', async () => {
  await mei.open('/partners')
  await mei.sees('Fjordkraft Data AS')
  expect(await mei.page.getByText('Add partner').count()).toBe(0)
  await mei.looksRight('read-only-partners')
  await mei.open('/partners/new')
  await mei.sees(/Ask|ask|admin/)
  expect(await mei.field('Legal company name').count()).toBe(0)
  await mei.looksRight('read-only-new')
  await mei.open(`/deals/${deal}`)
  await mei.sees('Hafen Terminal AG')
  expect(await mei.field('Comment').count()).toBe(0)
  await mei.looksRight('read-only-deal')
})
