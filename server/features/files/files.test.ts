import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withActor } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { sql } from '#server/db/sql.ts'
import { addDeal, type Deal, shareDeal, stopSharingDeal } from '#shared/deals.ts'
import * as api from '#shared/files.ts'
import { listChanges, listViews } from '#shared/log.ts'
import { editPartnerAccess, getPartnerAccess } from '#shared/partners.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { pieceOf, png, sendFile, sumOf } from '#test/files.ts'
import { days, hours, type Person, seconds } from '#test/world.ts'

let cast: Cast
let deal: Deal
beforeAll(async () => {
  cast = await createCast()
  deal = await cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: { kind: 'lead', customer_company: 'Hafen Terminal AG', ask: 'Call.', share: true },
  })
  await cast.world.pass(seconds(11))
})
afterAll(() => cast.world.close())

const at = () => ({ params: { partner: cast.nordlicht.id } })
const workspace = () => ({ workspace: cast.nordlicht.workspace })
const text = (words: string) => Buffer.from(words)
const send = (name: string, more: Partial<Parameters<typeof sendFile>[2]> = {}, who: Person = cast.dana) =>
  sendFile(who, cast.nordlicht.id, { name, bytes: text(`the words of ${name}`), ...more })
const listed = async (who: Person = cast.dana) =>
  (await who.does(api.listFiles, { ...at(), query: { limit: '100' } })).items
const theirs = async (who: Person = cast.ana) =>
  (await who.does(api.listPortalFiles, { params: workspace(), query: {} })).items
const load = (file: string, who: Person = cast.dana, query: object = {}, headers = {}) =>
  who.call(api.getFileContent, { params: { file }, query }, headers)
const loadTheirs = (file: string, who: Person = cast.ana, query: object = {}, headers = {}) =>
  who.call(api.getPortalFileContent, { params: { ...workspace(), file }, query }, headers)
const begin = (body: object, who: Person = cast.dana) => who.call(api.beginFile, { ...at(), body: body as never })
const piece = (file: string, place: number, bytes: Uint8Array, who: Person = cast.dana) =>
  who.call(api.sendPiece, { params: { file, place: String(place) }, body: bytes as never })
const finish = (file: string, body: object = {}, who: Person = cast.dana) =>
  who.call(api.finishFile, { params: { file }, body: { audience: 'team', ...body } as never })
const rows = async (statement: string, values: unknown[] = []) => (await cast.world.admin.query(statement, values)).rows

describe('a file comes in', () => {
  test('in pieces, is summed up, and leaves as the same bytes', async () => {
    const bytes = randomBytes(3 * api.pieceBytes + 17)
    const file = await send('plan.bin', { bytes })
    expect(file).toMatchObject({
      name: 'plan.bin',
      size: bytes.length,
      media_type: 'application/octet-stream',
      deal: null,
      author: { name: 'Dana Reyes', outside: false },
      shared: false,
      visible: false,
      why: 'Team only',
    })
    const { raw } = await load(file.id)
    expect(sumOf(raw.rawPayload)).toBe(sumOf(bytes))
    expect(raw.headers).toMatchObject({
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="plan.bin"; filename*=UTF-8''plan.bin`,
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      etag: `"${sumOf(bytes)}"`,
    })
    expect(raw.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/)
    expect((await listed())[0]?.id).toBe(file.id)
  })

  test('one that is known already is not sent again', async () => {
    const bytes = text('known')
    const file = await send('known.txt', { bytes })
    const again = await load(file.id, cast.dana, {}, { 'if-none-match': `"${sumOf(bytes)}"` })
    expect([again.status, again.raw.body]).toEqual([304, ''])
  })

  test('of the same name stays beside the other', async () => {
    const one = await send('same.txt', { bytes: text('one') })
    const two = await send('same.txt', { bytes: text('two') })
    expect((await listed()).filter(({ name }) => name === 'same.txt').map(({ id }) => id)).toEqual([two.id, one.id])
    expect([(await load(one.id)).raw.body, (await load(two.id)).raw.body]).toEqual(['one', 'two'])
  })

  test('what is too large, empty or oddly asked for is refused before anything is kept', async () => {
    const before = await rows('select count(*)::int as n from files')
    for (const [body, field] of [
      [{ name: 'a', size: api.mostFileBytes + 1 }, 'size'],
      [{ name: 'a', size: 0 }, 'size'],
      [{ name: 'a', size: 1.5 }, 'size'],
      [{ name: '', size: 1 }, 'name'],
      [{ name: 'a\0b', size: 1 }, 'name'],
      [{ name: 'x'.repeat(1001), size: 1 }, 'name'],
      [{ name: 'a', size: 1, sha256: 'abc' }, 'sha256'],
      [{ name: 'a', size: 1, deal_id: newId() }, 'deal_id'],
      [{ name: 'a', size: 1, audience: 'partner' }, 'audience'],
    ] as const) {
      const reply = await begin(body)
      expect([reply.status, reply.problem.errors?.[0]?.field]).toEqual([422, field])
    }
    expect(await rows('select count(*)::int as n from files')).toEqual(before)
    const large = await begin({ name: 'a', size: api.mostFileBytes })
    expect(large.status).toBe(200)
    expect((await piece(large.body.id, 0, randomBytes(api.pieceBytes + 1))).status).toBe(413)
    expect((await piece(large.body.id, 0, text('short'))).problem).toMatchObject({ code: 'invalid' })
    expect((await piece(large.body.id, 100, text('x'))).status).toBe(404)
    expect(await rows('select count(*)::int as n from file_chunks where file_id = $1', [large.body.id])).toEqual([
      { n: 0 },
    ])
  })

  test('an interrupted one goes on where it was, and is the uploader’s alone until it is whole', async () => {
    const bytes = randomBytes(2 * api.pieceBytes + 5)
    const body = { name: 'long.bin', size: bytes.length, sha256: sumOf(bytes) }
    const { body: first } = await begin(body)
    await piece(first.id, 1, pieceOf(bytes, 1))
    expect((await finish(first.id)).problem).toMatchObject({
      code: 'invalid',
      detail: expect.stringContaining('Piece 0'),
    })
    const { body: again } = await begin(body)
    expect(again).toEqual({ id: first.id, name: 'long.bin', size: bytes.length, pieces: 3, received: [1] })
    // Somebody else's is another one, and theirs alone to see.
    expect((await begin(body, cast.ira)).body.id).not.toBe(first.id)
    expect((await listed()).map(({ id }) => id)).not.toContain(first.id)
    for (const who of [cast.ira, cast.mei, cast.uma]) {
      expect((await load(first.id, who)).status).toBe(404)
      expect((await piece(first.id, 0, pieceOf(bytes, 0), who)).status).toBe(404)
      expect((await finish(first.id, {}, who)).status).toBe(404)
      expect((await who.call(api.giveUpFile, { params: { file: first.id } })).status).toBe(404)
    }
    expect((await load(first.id)).status).toBe(404)
    for (const place of [2, 0, 0]) expect((await piece(first.id, place, pieceOf(bytes, place))).status).toBe(204)
    const done = await finish(first.id)
    expect(done.status).toBe(200)
    expect((await finish(first.id)).body).toEqual(done.body)
    expect((await load(first.id)).raw.rawPayload.equals(bytes)).toBe(true)
    expect((await piece(first.id, 0, pieceOf(bytes, 0))).status).toBe(409)
    expect((await begin(body)).body.id).not.toBe(first.id)
  })

  test('what arrives otherwise than it was sent is not kept', async () => {
    const { body: upload } = await begin({ name: 'torn.txt', size: 4, sha256: sumOf(text('good')) })
    await piece(upload.id, 0, text('evil'))
    const refused = await finish(upload.id)
    expect([refused.status, refused.problem.errors?.[0]?.field]).toEqual([422, 'sha256'])
    expect((await listed()).map(({ id }) => id)).not.toContain(upload.id)
    expect((await cast.dana.call(api.giveUpFile, { params: { file: upload.id } })).status).toBe(204)
    expect(await rows('select from files where id = $1', [upload.id])).toEqual([])
    expect(await rows('select from file_chunks where file_id = $1', [upload.id])).toEqual([])
  })

  test('nothing writes over a piece, whatever is tried', async () => {
    const file = await send('kept.txt', { bytes: text('kept') })
    const asDana = (statement: ReturnType<typeof sql>) =>
      withActor(cast.world.product.database, { as: 'team', token: cast.dana.session }, (tx) => tx.run(statement))
    for (const statement of [
      sql`update file_chunks set bytes = 'x' where file_id = ${file.id}::uuid`,
      sql`delete from file_chunks where file_id = ${file.id}::uuid`,
      sql`insert into file_chunks (org_id, file_id, place, bytes) values (app.org(), ${file.id}::uuid, 1, 'x')`,
      sql`update files set shared_from = app.now() where id = ${file.id}::uuid`,
    ])
      await expect(asDana(statement)).rejects.toMatchObject({ code: '42501' })
    expect(await asDana(sql`delete from files where id = ${file.id}::uuid`)).toBe(0)
  })
})

describe('who sees a file', () => {
  test('the team alone, until this very file is shared; ten seconds later the partner, until it is stopped', async () => {
    const secret = await send('margins.xlsx')
    const file = await send('prices.txt', { audience: 'partner' })
    expect(file).toMatchObject({ shared: true, visible: false, why: 'Leaves in a few seconds' })
    expect(await theirs()).toEqual([])
    expect((await loadTheirs(file.id)).status).toBe(404)
    await cast.world.pass(seconds(11))
    expect(await theirs()).toEqual([
      expect.objectContaining({ id: file.id, name: 'prices.txt', author_name: 'Dana Reyes', deal: null }),
    ])
    expect((await loadTheirs(file.id)).raw.body).toBe('the words of prices.txt')
    expect((await loadTheirs(secret.id)).status).toBe(404)
    expect((await listed()).find(({ id }) => id === file.id)).toMatchObject({
      visible: true,
      why: expect.stringMatching(/^Shared by Dana Reyes on /),
    })
    const stopped = await cast.dana.does(api.stopSharingFile, { params: { file: file.id } })
    expect(stopped).toMatchObject({ shared: false, visible: false, why: 'Team only' })
    expect(await theirs()).toEqual([])
    expect((await loadTheirs(file.id)).status).toBe(404)
    expect((await load(file.id)).status).toBe(200)
  })

  test('shared later, and taken back in time, they never saw it', async () => {
    const file = await send('later.txt')
    expect((await cast.dana.does(api.shareFile, { params: { file: file.id } })).shared).toBe(true)
    expect((await cast.dana.call(api.shareFile, { params: { file: file.id } })).status).toBe(409)
    await cast.dana.does(api.stopSharingFile, { params: { file: file.id } })
    await cast.world.pass(seconds(11))
    expect(await theirs()).toEqual([])
    expect(await rows('select from shares where file_id = $1', [file.id])).toEqual([])
  })

  test('removed, it is gone for everybody; put back, it is shared as it was', async () => {
    const file = await send('gone.txt', { audience: 'partner' })
    await cast.world.pass(seconds(11))
    expect((await theirs()).map(({ id }) => id)).toEqual([file.id])
    await cast.dana.does(api.removeFile, { params: { file: file.id } })
    expect(await theirs()).toEqual([])
    expect((await listed()).map(({ id }) => id)).not.toContain(file.id)
    for (const reply of [await load(file.id), await loadTheirs(file.id)]) expect(reply.status).toBe(404)
    expect((await cast.dana.call(api.shareFile, { params: { file: file.id } })).status).toBe(404)
    expect(await cast.dana.does(api.putFileBack, { params: { file: file.id } })).toMatchObject({ visible: true })
    expect((await theirs()).map(({ id }) => id)).toEqual([file.id])
    await cast.dana.does(api.removeFile, { params: { file: file.id } })
  })

  test('one on a deal is read by those who see the deal, and only while they do', async () => {
    const file = await send('offer.txt', { deal_id: deal.id, audience: 'partner' })
    await cast.world.pass(seconds(11))
    expect(await theirs()).toEqual([
      expect.objectContaining({ id: file.id, deal: { ref: deal.ref, customer_company: 'Hafen Terminal AG' } }),
    ])
    const of = async (ref: string) =>
      (await cast.ana.does(api.listPortalFiles, { params: workspace(), query: { ref } })).items.map(({ id }) => id)
    expect([await of(deal.ref), await of('D-0')]).toEqual([[file.id], []])
    expect(
      (await cast.dana.does(api.listDealFiles, { params: { deal: deal.id }, query: {} })).items.map(({ id }) => id),
    ).toEqual([file.id])
    await cast.dana.does(stopSharingDeal, { params: { deal: deal.id } })
    expect(await theirs()).toEqual([])
    expect((await loadTheirs(file.id)).status).toBe(404)
    expect((await listed()).find(({ id }) => id === file.id)?.why).toBe('Its deal is not shared')
    const other = await send('second-offer.txt', { deal_id: deal.id })
    expect((await cast.dana.call(api.shareFile, { params: { file: other.id } })).problem.detail).toMatch(
      /Share the deal first/,
    )
    await cast.dana.does(shareDeal, { params: { deal: deal.id }, body: {} })
    await cast.world.pass(seconds(11))
    expect((await theirs()).map(({ id }) => id)).toEqual([file.id])
    await cast.dana.does(api.removeFile, { params: { file: file.id } })
  })

  test('nobody while "Notes and files you share" is off', async () => {
    const file = await send('paused.txt', { audience: 'partner' })
    await cast.world.pass(seconds(11))
    const turn = async (sees_notes: boolean) => {
      const access = await cast.dana.does(getPartnerAccess, at())
      await cast.dana.does(editPartnerAccess, {
        ...at(),
        body: {
          version: access.version,
          team_access: access.team_access,
          members: [],
          permissions: { ...access.permissions, sees_notes },
        },
      })
    }
    await turn(false)
    expect(await theirs()).toEqual([])
    expect((await loadTheirs(file.id)).status).toBe(404)
    expect((await listed()).find(({ id }) => id === file.id)?.why).toBe('"Notes and files you share" is off')
    await turn(true)
    expect((await theirs()).map(({ id }) => id)).toEqual([file.id])
    await cast.dana.does(api.removeFile, { params: { file: file.id } })
  })

  test('looking as a contact shows their list and their bytes, through a link too, and nothing they do not see', async () => {
    const bytes = randomBytes(api.pieceBytes + 9)
    const file = await send('shown.bin', { bytes, audience: 'partner' })
    const secret = await send('not-shown.txt')
    await cast.world.pass(seconds(11))
    const eyes = { 'x-view-as': cast.ana.contact_id }
    const seen = await cast.dana.call(api.listPortalFiles, { params: workspace(), query: {} }, eyes)
    expect(seen.body.items).toEqual(await theirs())
    const own = await loadTheirs(file.id)
    const logged = async () =>
      (await rows("select count(*)::int as n from audit_rows where table_name = 'view_as'"))[0].n
    const before = await logged()
    for (const reply of [
      await loadTheirs(file.id, cast.dana, {}, eyes),
      await loadTheirs(file.id, cast.dana, { view_as: cast.ana.contact_id }),
    ]) {
      expect(reply.raw.rawPayload.equals(own.raw.rawPayload)).toBe(true)
      expect(reply.raw.headers['content-disposition']).toBe(own.raw.headers['content-disposition'])
    }
    // One look is one line, however many pieces it has.
    expect((await logged()) - before).toBe(2)
    for (const [who, query] of [
      [cast.dana, { view_as: cast.ana.contact_id }],
      [cast.lee, { view_as: cast.henrik.contact_id }],
      [cast.uma, { view_as: cast.ana.contact_id }],
      [cast.henrik, { view_as: cast.ana.contact_id }],
    ] as const)
      expect((await loadTheirs(secret.id, who, query)).status).toBeGreaterThanOrEqual(403)
    expect((await loadTheirs(file.id, cast.uma, { view_as: cast.ana.contact_id })).status).toBe(404)
    await cast.dana.does(api.removeFile, { params: { file: file.id } })
  })

  test('is not for others to read, send, share, remove or put back', async () => {
    const file = await send('ours.txt', { audience: 'partner' })
    await cast.world.pass(seconds(11))
    const params = { file: file.id }
    const acts = (who: Person) => [
      who.call(api.shareFile, { params }),
      who.call(api.stopSharingFile, { params }),
      who.call(api.removeFile, { params }),
      who.call(api.putFileBack, { params }),
      begin({ name: 'a', size: 1 }, who),
    ]
    expect((await Promise.all(acts(cast.mei))).map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
    expect((await Promise.all(acts(cast.uma))).map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    expect((await load(file.id, cast.mei)).status).toBe(200)
    expect((await load(file.id, cast.uma)).status).toBe(404)
    expect((await load(file.id, cast.world.stranger)).status).toBe(401)
    expect((await loadTheirs(file.id, cast.henrik)).status).toBe(404)
    expect((await loadTheirs(file.id, cast.dora)).status).toBe(404)
    const hidden = await sendFile(cast.dana, cast.fjordkraft.id, { name: 'hidden.txt', bytes: text('x') })
    expect((await load(hidden.id, cast.lee)).status).toBe(404)
    expect((await theirs()).map(({ id }) => id)).toEqual([file.id])
  })

  test('every look from outside is on record, and the team’s at what is shared', async () => {
    const file = await send('seen.txt', { audience: 'partner' })
    await load(file.id)
    const own = await send('own.txt')
    await load(own.id)
    await cast.world.pass(seconds(11))
    await theirs()
    await loadTheirs(file.id)
    const views = async (record: string) =>
      (await cast.dana.does(listViews, { query: { record } })).items.map(({ sentence }) => sentence).reverse()
    expect(await views(file.id)).toEqual([
      'Dana Reyes opened the file seen.txt',
      'Ana Lindner saw 2 files in the list',
      'Ana Lindner opened the file seen.txt',
    ])
    expect(await views(own.id)).toEqual([])
    await cast.dana.does(api.stopSharingFile, { params: { file: file.id } })
    await cast.dana.does(api.removeFile, { params: { file: file.id } })
    const changes = await cast.dana.does(listChanges, { query: { record: file.id } })
    expect(changes.items.map(({ sentence }) => sentence).reverse()).toEqual([
      'Dana Reyes added the file seen.txt to Nordlicht GmbH',
      'Dana Reyes removed the file seen.txt from Nordlicht GmbH',
    ])
  })
})

describe('what is looked at in the page', () => {
  const inline = async (name: string, bytes: Buffer) => {
    const file = await send(name, { bytes })
    const { raw } = await load(file.id, cast.dana, { inline: '1' })
    return [file.media_type, raw.headers['content-type'], String(raw.headers['content-disposition']).split(';')[0]]
  }
  test('a picture and a PDF, because of their bytes; everything else is saved, whatever it calls itself', async () => {
    const svg = text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    const html = text('<!doctype html><script>alert(1)</script>')
    const saved = 'application/octet-stream'
    expect(await inline('a.png', png)).toEqual(['image/png', 'image/png', 'inline'])
    expect(await inline('not-a-page.html', png)).toEqual(['image/png', 'image/png', 'inline'])
    expect(await inline('a.pdf', text('%PDF-1.7\n'))).toEqual(['application/pdf', 'application/pdf', 'inline'])
    expect(await inline('a.svg', svg)).toEqual(['image/svg+xml', saved, 'attachment'])
    expect(await inline('svg.png', svg)).toEqual(['image/svg+xml', saved, 'attachment'])
    expect(await inline('page.pdf', html)).toEqual(['text/html', saved, 'attachment'])
    expect(await inline('code.png', text('alert(1)'))).toEqual(['text/plain', saved, 'attachment'])
    expect(await inline('program.jpg', text('MZ\0'))).toEqual(['application/x-msdownload', saved, 'attachment'])
  })
})

describe('time passes', () => {
  test('what nobody finished is gone after a day; what was removed keeps its bytes for thirty', async () => {
    const { body: left } = await begin({ name: 'left.bin', size: 10 })
    await piece(left.id, 0, randomBytes(10))
    const removed = await send('removed.txt')
    const kept = await send('kept-for-good.txt')
    await cast.dana.does(api.removeFile, { params: { file: removed.id } })
    await cast.world.pass(hours(23))
    await cast.world.settle()
    expect(await rows('select from files where id = $1', [left.id])).toHaveLength(1)
    await cast.world.pass(hours(2))
    await cast.world.settle()
    expect(await rows('select from files where id = $1', [left.id])).toEqual([])
    expect(await rows('select from file_chunks where file_id = $1', [left.id])).toEqual([])
    expect((await cast.dana.call(api.putFileBack, { params: { file: removed.id } })).status).toBe(200)
    await cast.dana.does(api.removeFile, { params: { file: removed.id } })
    await cast.world.pass(days(31))
    await cast.world.settle()
    await rows(`update auth.session set "expiresAt" = "expiresAt" + interval '1 year'`)
    expect((await cast.dana.call(api.putFileBack, { params: { file: removed.id } })).status).toBe(404)
    expect(await rows('select from file_chunks where file_id = $1', [removed.id])).toEqual([])
    expect((await load(kept.id)).status).toBe(200)
  })
})
