import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, createCast } from '#test/cast.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
  await cast.world.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => cast.world.close())

const megabyte = 1024 * 1024
const piece = Buffer.alloc(megabyte, 'Firm,pat@firm.example\r\n')
const held = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers

/** Sends so many megabytes over a socket, as fast as they are taken. Out: the answer, what was taken before it came, the most that was held. */
async function send(method: string, path: string, type: string, megabytes: number, says_length: boolean) {
  const { port } = cast.world.app.server.address() as AddressInfo
  const going = request({
    port,
    host: '127.0.0.1',
    method,
    path,
    headers: {
      cookie: `partnered=${cast.dana.session}`,
      'content-type': type,
      ...(says_length ? { 'content-length': megabytes * megabyte } : { 'transfer-encoding': 'chunked' }),
    },
  })
  // The server hangs up on whoever goes on sending.
  going.on('error', () => {})
  const before = held()
  let most = 0
  const answered = once(going, 'response') as Promise<[IncomingMessage]>
  let answer: IncomingMessage | undefined
  answered.then(([it]) => {
    answer = it
  })
  let sent = 0
  for (; sent < megabytes && !answer && !going.destroyed; sent++) {
    if (!going.write(piece)) await Promise.race([once(going, 'drain').catch(() => {}), answered])
    most = Math.max(most, held() - before)
  }
  const [reply] = await answered
  let text = ''
  for await (const part of reply) text += part
  going.destroy()
  return { status: reply.statusCode, problem: JSON.parse(text), sent, most: most / megabyte }
}

test.each([
  ['a sheet', 'POST', '/api/v1/imports?file_name=large.csv', 'application/octet-stream', 21],
  ['a form', 'POST', '/api/v1/partners', 'application/json', 2],
] as const)(
  '%s of 200 MB is refused in words while it arrives, before memory grows',
  async (_what, method, path, type, limit) => {
    const count = async () => (await cast.world.admin.query('select count(*)::int as n from imports')).rows[0].n
    const kept = await count()
    const told = await send(method, path, type, 200, true)
    expect(told).toMatchObject({
      status: 413,
      problem: { code: 'too_large', detail: 'This is too large. Nothing was kept.' },
    })
    // Whoever says the length is stopped at once; what is on its way then fills the sockets' own buffers.
    expect(told.sent).toBeLessThan(20)
    const untold = await send(method, path, type, 200, false)
    expect(untold).toMatchObject({ status: 413, problem: { code: 'too_large' } })
    expect(untold.sent).toBeLessThan(limit + 20)
    expect(Math.max(told.most, untold.most)).toBeLessThan(2 * limit + 40)
    expect(await count()).toBe(kept)
    expect(cast.world.said.filter((line) => line.startsWith('A fault'))).toEqual([])
  },
)
