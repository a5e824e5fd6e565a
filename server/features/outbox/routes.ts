import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/outbox.ts'
import { listMails, readMail, sendTestMail } from './outbox.ts'

export function outboxRoutes({ team, product }: Routes): void {
  team(api.listOutbox, async ({ tx, query }) => ({
    ...(await listMails(tx, query)),
    mail_works: product.courier.works,
  }))
  team(api.getOutboxMail, ({ tx, params }) => readMail(tx, params.mail))
  team(api.sendTestMail, ({ tx }) => sendTestMail(tx, product))
}
