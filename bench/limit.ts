// The least a server for these answers could be: no rights, no record of reading, no checks, JSON made by PostgreSQL.
import { createServer } from 'node:http'
import pg from 'pg'
import { statements } from './limit-statements.ts'

const [admin_url = '', connections = ''] = process.argv.slice(2)
const pool = new pg.Pool({
  connectionString: admin_url,
  max: Number(connections),
  options: '-c timezone=UTC -c plan_cache_mode=force_generic_plan',
})
pool.on('error', () => {})

const patterns: { path: RegExp; session: keyof typeof statements; answer: keyof typeof statements }[] = [
  { path: /^\/api\/v1\/partners$/, session: 'member', answer: 'partners' },
  { path: /^\/api\/v1\/deals\/([^/]+)$/, session: 'member', answer: 'deal' },
  { path: /^\/api\/v1\/deals\/([^/]+)\/entries$/, session: 'member', answer: 'entries' },
  { path: /^\/api\/v1\/p\/([^/]+)\/deals$/, session: 'contact', answer: 'portal_deals' },
]

const server = createServer(async (request, reply) => {
  const token = /partnered=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
  for (const { path, session, answer } of patterns) {
    const match = path.exec(request.url ?? '')
    if (!match) continue
    const part = match[1] ?? ''
    const client = await pool.connect()
    try {
      const who = await client.query({
        name: session,
        text: statements[session],
        values: session === 'contact' ? [token, part] : [token],
        rowMode: 'array',
      })
      const person = who.rows[0]
      if (!person) break
      const values = answer === 'portal_deals' || answer === 'partners' ? person : [...person, part]
      const { rows } = await client.query({ name: answer, text: statements[answer], values, rowMode: 'array' })
      reply.writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
      reply.end(rows[0]?.[0])
      return
    } finally {
      client.release()
    }
  }
  reply.writeHead(404)
  reply.end()
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
})
process.on('message', () => process.send?.({ memory: process.memoryUsage().rss }))
process.on('disconnect', () => process.exit(0))
