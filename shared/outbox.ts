import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { cursor, id, limit, moment, page } from './fields.ts'

export const OutboxRow = z.object({
  id: id(),
  kind: z.string(),
  state: z.enum(['due', 'sent', 'held', 'failed', 'dropped']),
  to_email: z.nullable(z.string()),
  subject: z.nullable(z.string()),
  partner_name: z.nullable(z.string()),
  due_at: moment(),
  sent_at: z.nullable(moment()),
  error: z.nullable(z.string()),
  created_at: moment(),
})
export const OutboxMail = z.object({ ...OutboxRow.shape, body: z.nullable(z.string()), links: z.array(z.string()) })
export const listOutbox = endpoint({
  id: 'list_outbox',
  method: 'GET',
  path: '/api/v1/outbox',
  caller: 'team',
  says: 'Every message that left or waits, newest first. Admins only.',
  query: z.strictObject({ cursor: cursor(), limit: limit() }),
  output: z.object({ ...page(OutboxRow).shape, mail_works: z.boolean() }),
})
export const getOutboxMail = endpoint({
  id: 'get_outbox_mail',
  method: 'GET',
  path: '/api/v1/outbox/:mail',
  caller: 'team',
  says: 'One message with its links.',
  params: z.object({ mail: id() }),
  output: OutboxMail,
})
export const sendTestMail = endpoint({
  id: 'send_test_mail',
  method: 'POST',
  path: '/api/v1/outbox/test',
  caller: 'team',
  says: 'Send yourself a test message. Admins only.',
  output: z.object({ sent: z.boolean(), problem: z.nullable(z.string()) }),
})
export const outboxEndpoints = [listOutbox, getOutboxMail, sendTestMail]
