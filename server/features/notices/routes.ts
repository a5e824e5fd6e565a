import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/notices.ts'
import { chooseMail, readMailChoice } from './choosing.ts'
import { addMute, removeMute } from './mutes.ts'
import { changeNotices, readNotices } from './notices.ts'

export function noticeRoutes({ team, contact, product }: Routes): void {
  const mail_works = product.courier.works
  team(api.getNotices, async ({ tx }) => ({ ...(await readNotices(tx)), mail_works }))
  team(api.changeNotices, async ({ tx, body }) => ({ ...(await changeNotices(tx, body)), mail_works }))
  team(api.addMute, ({ tx, body }) => addMute(tx, body))
  team(api.removeMute, async ({ tx, params }) => {
    await removeMute(tx, params.mute)
    return undefined
  })
  contact(api.getMailChoice, ({ tx }) => readMailChoice(tx))
  contact(api.chooseMail, ({ tx, body }) => chooseMail(tx, body.choice))
}
