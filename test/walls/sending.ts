import type pg from 'pg'
import { idOf, now, ours, past } from './ids.ts'
import { type Contact, contactSends, type Tables } from './oracle.ts'
import { attempt, type Standing, standingAs } from './standing.ts'

export type Sender = { name: string; partner: string; who: Contact }
const some = idOf('sent_deal')
const told = (name: string, what: string, refused: string | null, may: boolean) =>
  (refused === null) === may ? [] : [`${name} ${what}: ${refused ?? 'done'}, wanted ${may ? 'done' : 'refused'}`]

/** Sends a deal through the table or through the portal: who may, and nobody else. */
export async function checkSending(
  client: pg.Client,
  tables: Tables,
  { name, who }: Sender,
  through: 'deals' | 'portal',
): Promise<string[]> {
  const text =
    through === 'deals'
      ? "insert into deals (id, ref, kind, customer_company, ask) values ($1, 'D-SENT', 'lead', 'x', 'x')"
      : "select portal.send_deal($1, 'D-SENT', 'lead', 'x', null, null, null, 'x')"
  const { refused } = await attempt(client, text, [some])
  return told(name, `sends a deal through ${through}`, refused, contactSends(tables, who))
}

/** The rule of sending by itself: with every column open and no trigger to fill them in, only what waits for our answer goes in. */
export async function checkForgedDeals(
  client: pg.Client,
  tables: Tables,
  senders: Sender[],
  standing: (who: Contact) => Standing,
): Promise<string[]> {
  const problems: string[] = []
  await client.query(
    "savepoint forging; grant insert on deals to partnered_views; set local session_replication_role = 'replica'",
  )
  const forged = [
    {},
    { partner_id: idOf('p_nodeals') },
    { sent_by_id: idOf('own_masked') },
    { sent_by_id: null },
    { direction: 'given' },
    { answer: 'accepted' },
    { in_pipeline: true },
    { outcome: 'won' },
    { protected_until: past },
  ]
  for (const { name, who } of senders)
    await standingAs(client, standing(who), async () => {
      for (const [at, lie] of forged.entries()) {
        const row: Record<string, unknown> = {
          ...{ org_id: ours, id: some, ref: 'D-SENT', kind: 'lead', customer_company: 'x', ask: 'x' },
          ...{
            partner_id: who.partner_id,
            sent_by_id: who.id,
            direction: 'received',
            in_pipeline: false,
            our_owner_id: idOf('m_owner'),
          },
          ...{
            created_at: now,
            updated_at: now,
            last_activity_at: now,
            shown_activity_at: now,
            stage_since: now,
            turn_since: now,
          },
          ...lie,
        }
        const names = Object.keys(row)
        const { refused } = await attempt(
          client,
          `insert into deals (${names.join(', ')}) values (${names.map((_, place) => `$${place + 1}`).join(', ')})`,
          Object.values(row),
        )
        problems.push(
          ...told(name, `sends a deal with ${JSON.stringify(lie)}`, refused, at === 0 && contactSends(tables, who)),
        )
      }
    })
  await client.query('rollback to savepoint forging')
  return problems
}
