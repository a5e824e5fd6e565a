import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import type { Choice } from '#shared/notices.ts'

/** When this contact gets mail; whoever never chose, when they are asked, and a look at the week. */
export async function readMailChoice(tx: Tx): Promise<{ choice: Choice }> {
  const it = await tx.row<{ choice: Choice | null }>(sql`
    select (select choice from portal.mail_choice) as choice, app.record_read('choice', null, array[app.contact()], array['email']) as seen`)
  return { choice: it?.choice ?? 'asked' }
}

export async function chooseMail(tx: Tx, choice: Choice): Promise<{ choice: Choice }> {
  if (!(await tx.run(sql`update portal.mail_choice set choice = ${choice}`)))
    await tx.run(sql`insert into portal.mail_choice (choice) values (${choice})`)
  return readMailChoice(tx)
}
