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

type Sent = { status: number | undefined; problem: unknown; sent: number; most: number }

/** Sends so many megabytes over a socket, as fast as they are taken. Out: the answer, what was taken before it came, the most that was held. */
async function send(
  method: string,
  path: string,
  type: string,
  megabytes: number,
  says_length: boolean,
): Promise<Sent> {
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
  let answer: IncomingMessage | undefined
  let broken = false
  // The server hangs up on whoever goes on sending, and a socket that breaks may take the answer with it.
  const over = new Promise<void>((resolve) => {
    going.on('error', () => {
      broken = true
      resolve()
    })
    going.on('response', (it) => {
      answer = it
      resolve()
    })
  })
  const before = held()
  let most = 0
  let sent = 0
  for (; sent < megabytes && !answer && !broken; sent++) {
    const room = going.write(piece) || new Promise((resolve) => going.once('drain', resolve))
    await Promise.race([room, over])
    most = Math.max(most, held() - before)
  }
  await over
  let text = ''
  if (answer) for await (const part of answer) text += part
  going.destroy()
  return { status: answer?.statusCode, problem: text ? JSON.parse(text) : null, sent, most: most / megabyte }
}

/** The same until the answer is read; each try keeps within the bounds. */
async function refusedWithin(most: { sent: number; held: number }, ...how: Parameters<typeof send>): Promise<Sent> {
  for (let tries = 1; ; tries++) {
    const it = await send(...how)
    expect(it.sent).toBeLessThan(most.sent)
    expect(it.most).toBeLessThan(most.held)
    if (it.status !== undefined || tries === 10) return it
  }
}

test.each([
  ['a sheet', 'POST', '/api/v1/imports?file_name=large.csv', 'application/octet-stream', 21],
  ['a form', 'POST', '/api/v1/partners', 'application/json', 2],
] as const)(
  '%s of 200 MB is refused in words while it arrives, before memory grows',
  async (_what, method, path, type, limit) => {
    const count = async () => (await cast.world.admin.query('select count(*)::int as n from imports')).rows[0].n
    const kept = await count()
    const held = 2 * limit + 40
    // Whoever says the length is stopped at once; what is on its way then fills the sockets' own buffers.
    const told = await refusedWithin({ sent: 20, held }, method, path, type, 200, true)
    expect(told).toMatchObject({
      status: 413,
      problem: { code: 'too_large', detail: 'This is too large. Nothing was kept.' },
    })
    const untold = await refusedWithin({ sent: limit + 20, held }, method, path, type, 200, false)
    expect(untold).toMatchObject({ status: 413, problem: { code: 'too_large' } })
    expect(await count()).toBe(kept)
    expect(cast.world.said.filter((line) => line.startsWith('A fault'))).toEqual([])
  },
)
