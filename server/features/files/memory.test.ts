import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as api from '#shared/files.ts'
import { type Cast, createCast } from '#test/cast.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
  await cast.world.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => cast.world.close())

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
/** What is really held: bytes outside the heap and objects in it, after everything that can go has gone, which takes more than one look. */
const held = async (): Promise<number> => {
  let least = Number.POSITIVE_INFINITY
  for (let look = 0; look < 3; look++) {
    collect()
    await new Promise(setImmediate)
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    least = Math.min(least, heapUsed + arrayBuffers)
  }
  return least
}
const megabyte = 1024 * 1024

const piece = Buffer.alloc(api.pieceBytes, 'a piece of a large file ')

/** Sends a file of so many pieces and fetches it again, slowly. Out: the most that was held on each way. */
async function passThrough(pieces: number): Promise<{ in: number; out: number }> {
  const sum = createHash('sha256')
  const { port } = cast.world.app.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/api/v1/files`
  const headers = { cookie: `partnered=${cast.dana.session}` }
  const upload = await cast.dana.does(api.beginFile, {
    params: { partner: cast.nordlicht.id },
    body: { name: 'film.mov', size: pieces * api.pieceBytes },
  })
  const most = { in: 0, out: 0 }
  for (let place = 0; place < pieces; place++) {
    sum.update(piece)
    const reply = await fetch(`${url}/${upload.id}/pieces/${place}`, {
      method: 'PUT',
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      body: piece,
    })
    expect(reply.status).toBe(204)
    if (place % 10 === 9) most.in = Math.max(most.in, await held())
  }
  const sha256 = sum.digest('hex')
  const file = await cast.dana.does(api.finishFile, { params: { file: upload.id }, body: { audience: 'team', sha256 } })
  most.in = Math.max(most.in, await held())

  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${url}/${file.id}/content`, { headers }, resolve).on('error', reject)
  })
  expect(reply.statusCode).toBe(200)
  const arrived = createHash('sha256')
  let size = 0
  for await (const part of reply) {
    arrived.update(part)
    const was = Math.floor(size / (2 * megabyte))
    size += part.length
    if (Math.floor(size / (2 * megabyte)) === was) continue
    // The reader rests: what the server has read ahead by now is all that it reads ahead.
    await new Promise((resolve) => setTimeout(resolve, 150))
    most.out = Math.max(most.out, await held())
  }
  expect([size, arrived.digest('hex')]).toEqual([pieces * api.pieceBytes, sha256])
  return most
}

// Memory as the process reports it moves with whatever else the machine does: looked at in the long runs.
test.runIf(process.env.TORTURE)(
  'a file of 25 MB is never held: it needs little more than one of 3 MB, coming in, summed up, and leaving to a slow reader',
  async () => {
    // What connections and code need once.
    await passThrough(12)
    const small = await passThrough(12)
    const large = await passThrough(100)
    const more = { in: (large.in - small.in) / megabyte, out: (large.out - small.out) / megabyte }
    // A few pieces, and the buffers of the connections that carried them; the client of this test is counted too.
    expect(more.in).toBeLessThan(8)
    expect(more.out).toBeLessThan(8)
  },
  120_000,
)

test('a reader who leaves in the middle leaves nothing behind', async () => {
  const { port } = cast.world.app.server.address() as AddressInfo
  const { items } = await cast.dana.does(api.listFiles, { params: { partner: cast.nordlicht.id }, query: {} })
  const request = get(`http://127.0.0.1:${port}/api/v1/files/${items[0]?.id}/content`, {
    headers: { cookie: `partnered=${cast.dana.session}` },
  })
  const [reply] = (await once(request, 'response')) as [IncomingMessage]
  await once(reply, 'data')
  request.destroy()
  await new Promise((resolve) => setTimeout(resolve, 500))
  const { rows } = await cast.world.admin.query(
    "select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
  )
  expect(rows).toEqual([{ n: 0 }])
  expect(cast.world.said.filter((line) => /broke off/.test(line))).toEqual([])
})
