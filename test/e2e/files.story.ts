import { readFile } from 'node:fs/promises'
import type { Download } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { copyInvitationLink, inviteContact, listContacts } from '#shared/contacts.ts'
import { addDeal } from '#shared/deals.ts'
import { addPartner } from '#shared/partners.ts'
import { acceptInvitation } from '#shared/portal.ts'
import { png } from '../files.ts'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage()
const tab = '/partners/nordlicht-gmbh/files'
const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" onload="top.ran = 1"><script>top.ran = 1; alert("ran")</script></svg>'
let dana: Visitor
let ana: Visitor
let workspace = ''
let ref = ''

/** A PDF of one line. */
function pdf(words: string): Buffer {
  const stream = `BT /F1 28 Tf 60 700 Td (${words}) Tj ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  const body = objects.map((object, at) => `${at + 1} 0 obj${object}endobj\n`).join('')
  return Buffer.from(`%PDF-1.4\n${body}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\n%%EOF`)
}

beforeAll(async () => {
  const { server } = stage
  const session = await server.found()
  const partner = await server.ask(session, addPartner, {
    body: { legal_name: 'Nordlicht GmbH', email: 'ana.lindner@nordlicht.example', contact_name: 'Ana Lindner' },
  })
  const { items } = await server.ask(session, listContacts, { params: { partner: partner.id } })
  const { invitation } = await server.ask(session, inviteContact, {
    params: { contact: items[0]?.id ?? '' },
    body: { message: 'Ana, you will see our leads and files for them here.' },
  })
  const deal = await server.ask(session, addDeal, {
    params: { partner: partner.id },
    body: { kind: 'lead', customer_company: 'Hafen Terminal AG', ask: 'Call their IT lead.', share: true },
  })
  ref = deal.ref
  await server.hurryInvitations()
  const { link } = await server.ask(session, copyInvitationLink, { params: { invitation: invitation.id ?? '' } })
  const ana_session = await server.session('ana.lindner@nordlicht.example', 'Ana Lindner')
  await server.ask(ana_session, acceptInvitation, { body: { token: link.split('/i/')[1] ?? '' } })
  workspace = `/p/${partner.workspace}`
  dana = await stage.visitor({ session })
  ana = await stage.visitor({ session: ana_session, refused: /^404 GET .*\/content$/ })
  await ana.open(workspace)
  await ana.button('Open your deals').click()
})

type Given = { name: string; bytes: Buffer }
/** Drops files onto the page, as from a folder. */
async function drop(who: Visitor, files: Given[]) {
  const data = await who.page.evaluateHandle(
    (list) => {
      const transfer = new DataTransfer()
      for (const { name, base64 } of list)
        transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name))
      return transfer
    },
    files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') })),
  )
  await who.page.getByText('Drop files here').dispatchEvent('drop', { dataTransfer: data })
}
const row = (who: Visitor, name: string) => who.page.getByRole('listitem').filter({ hasText: name })
async function choose(who: Visitor, name: string, item: string) {
  await row(who, name)
    .getByRole('button', { name: `${name}, more` })
    .click()
  await who.page.getByRole('menuitem', { name: item }).click()
}
async function saved(who: Visitor, press: () => Promise<unknown>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([who.page.waitForEvent('download') as Promise<Download>, press()])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}
const plan = Buffer.concat([pdf('Rollout in three steps'), Buffer.alloc(1_400_000, '% ')])

describe('Dana brings files', () => {
  test('finds an empty tab with the way to fill it', async () => {
    await dana.open(tab)
    await dana.sees('No files. Drop one here.')
    await dana.looksRight('files-empty')
  })

  test('drops two, sees them come in, and both are the team’s alone', async () => {
    await dana.page.route('**/pieces/*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400))
      await route.continue()
    })
    await drop(dana, [
      { name: 'rollout-plan.pdf', bytes: plan },
      { name: '../../drawing.svg', bytes: Buffer.from(svg) },
    ])
    await dana.page.getByRole('progressbar', { name: 'Sending rollout-plan.pdf' }).waitFor()
    await dana.sees(/of 1\.3 MB/)
    await dana.page.screenshot({ path: (await import('./pictures.ts')).picturePath('files-sending') })
    await row(dana, 'rollout-plan.pdf').getByRole('button', { name: 'Team only' }).waitFor()
    await row(dana, 'drawing.svg').getByText('SVG drawing').waitFor()
    await dana.page.unroute('**/pieces/*')
    await dana.sees('PDF')
    expect(await dana.page.getByText('..').count()).toBe(0)
  })

  test('is told of a file that is too large before any of it is sent, and can cancel one that is on its way', async () => {
    const asked: string[] = []
    dana.page.on('request', (request) => void (request.method() !== 'GET' && asked.push(request.url())))
    const input = dana.field('Files to add')
    const film = await dana.page.evaluateHandle(
      (size) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([new Uint8Array(size)], 'film.mov'))
        return transfer
      },
      26 * 1024 * 1024,
    )
    await dana.page.getByText('Drop files here').dispatchEvent('drop', { dataTransfer: film })
    await dana.sees('This file has 26 MB. A file may have at most 25 MB.')
    expect(asked).toEqual([])
    await dana.button('Dismiss film.mov').click()
    await dana.page.route('**/pieces/*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500))
      await route.continue().catch(() => {})
    })
    await input.setInputFiles({ name: 'wrong.bin', mimeType: '', buffer: Buffer.alloc(900_000, 'x') })
    await dana.page.getByRole('progressbar', { name: 'Sending wrong.bin' }).waitFor()
    await dana.button('Cancel wrong.bin').click()
    await expect
      .poll(async () => (await stage.server.admin.query("select from files where name = 'wrong.bin'")).rowCount, {
        timeout: 15_000,
      })
      .toBe(0)
    await dana.page.unroute('**/pieces/*')
    expect(await dana.page.getByText('wrong.bin').count()).toBe(0)
  })

  test('shares a picture as she brings it; the box turns amber', async () => {
    await dana.page.getByText('Nordlicht can see this').first().click()
    await dana.sees('Nordlicht can open it 10 seconds after it is here. Nothing is emailed.')
    await dana.looksRight('files-share')
    await dana.field('Files to add').setInputFiles({ name: 'stand.png', mimeType: 'image/png', buffer: png })
    await dana.sees('Leaves in 10 seconds. Then Nordlicht can open stand.png.')
    await ana.open(`${workspace}/shared`)
    await ana.sees("Dana hasn't shared notes or files yet.")
    await row(dana, 'stand.png').getByRole('button', { name: 'Nordlicht can see this' }).waitFor()
    await dana.looksRight('files-list')
  })

  test('looks at the picture and the PDF in the page', async () => {
    await dana.button('stand.png').first().click()
    await dana.page.getByRole('dialog').getByRole('img', { name: 'stand.png' }).waitFor()
    await dana.page.keyboard.press('Escape')
    await dana.button('rollout-plan.pdf').first().click()
    await dana.page.getByTitle('rollout-plan.pdf').waitFor()
    await dana.page.waitForTimeout(6000)
    await dana.page.screenshot({ path: (await import('./pictures.ts')).picturePath('files-pdf') })
    await dana.page.keyboard.press('Escape')
  })
})

describe('Ana', () => {
  test('sees exactly the shared one, and saves the same bytes', async () => {
    await ana.open(`${workspace}/shared`)
    await ana.sees('stand.png')
    expect(await ana.page.getByRole('article').count()).toBe(1)
    expect(await ana.page.getByRole('main').textContent()).not.toMatch(/rollout|drawing/)
    const { name, bytes } = await saved(ana, () => ana.link('Download stand.png').click())
    expect([name, bytes.equals(png)]).toEqual(['stand.png', true])
    await ana.button('Look at it (stand.png)').click()
    await ana.page.getByRole('dialog').getByRole('img', { name: 'stand.png' }).waitFor()
    await ana.page.keyboard.press('Escape')
    await ana.looksRight('portal-files')
  })

  test('gets a drawing with a script only as a file; nothing in it runs', async () => {
    await choose(dana, 'drawing.svg', 'Share with Nordlicht')
    await row(dana, 'drawing.svg').getByRole('button', { name: 'Nordlicht can see this' }).waitFor()
    await ana.open(`${workspace}/shared`)
    await ana.sees('drawing.svg')
    expect(await ana.button('Look at it (drawing.svg)').count()).toBe(0)
    const href = await ana.link('Download drawing.svg').getAttribute('href')
    const dialogs: string[] = []
    ana.page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    // Opened straight, and asked to be shown, it is still saved.
    const { name, bytes } = await saved(ana, () => ana.page.goto(`${href}?inline=1`).catch(() => {}))
    expect([name, bytes.toString()]).toEqual(['drawing.svg', svg])
    // In a frame of our own page too.
    await ana.open(`${workspace}/shared`)
    await ana.page.evaluate((src) => {
      const frame = document.createElement('iframe')
      frame.src = src
      document.body.append(frame)
    }, `${href}?inline=1`)
    await ana.page.waitForTimeout(1000)
    expect(await ana.page.evaluate(() => (window as { ran?: number }).ran)).toBeUndefined()
    expect(dialogs).toEqual([])
  })

  test('sees what Dana sees when Dana looks as Ana, byte for byte', async () => {
    await dana.open('/partners/nordlicht-gmbh/preview?view=shared')
    await dana.sees('stand.png')
    const { bytes } = await saved(dana, () => dana.link('Download stand.png').click())
    expect(bytes.equals(png)).toBe(true)
    await dana.looksRight('files-view-as')
  })

  test('no longer has it once Dana stops sharing', async () => {
    await ana.open(`${workspace}/shared`)
    const href = (await ana.link('Download stand.png').getAttribute('href')) ?? ''
    await dana.open(tab)
    await choose(dana, 'stand.png', 'Stop sharing')
    await dana.sees('Nordlicht no longer sees stand.png.')
    await ana.open(`${workspace}/shared`)
    await ana.sees('drawing.svg')
    expect(await ana.page.getByText('stand.png').count()).toBe(0)
    expect(await ana.page.evaluate(async (url) => (await fetch(url)).status, href)).toBe(404)
  })
})

describe('On a deal', () => {
  test('a file is dropped and shared, and Ana finds it with the deal', { timeout: 120_000 }, async () => {
    await dana.open(`/deals/${ref}`)
    await dana.page.getByRole('group', { name: 'Add files' }).getByText('Nordlicht can see this').first().click()
    await dana.field('Files to add').setInputFiles({ name: 'offer.pdf', mimeType: '', buffer: pdf('Offer') })
    await dana.sees('Leaves in 10 seconds. Then Nordlicht can open offer.pdf.')
    await row(dana, 'offer.pdf').getByRole('button', { name: 'Shared with Nordlicht' }).waitFor()
    await dana.looksRight('files-deal')
    await ana.open(`${workspace}/deals/${ref}`)
    await ana.sees('offer.pdf')
    await ana.looksRight('portal-deal-files')
    await dana.open(tab)
    await dana.link('Hafen Terminal AG').waitFor()
  })

  test('removed, it is gone for both, and Undo brings it back', async () => {
    await choose(dana, 'offer.pdf', 'Remove')
    await dana.sees('Removed offer.pdf. Nordlicht no longer sees it.')
    await ana.open(`${workspace}/shared`)
    await ana.sees('drawing.svg')
    expect(await ana.page.getByText('offer.pdf').count()).toBe(0)
    await dana.page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
    await dana.sees('offer.pdf is back.')
    await ana.open(`${workspace}/shared`)
    await ana.sees('offer.pdf')
  })

  test('and who saw it is on record', async () => {
    await choose(dana, 'stand.png', 'Who saw this')
    await dana.sees(/opened the file stand\.png/)
  })
})
