import type pg from 'pg'
import { idOf, now, ours } from './ids.ts'
import { type Contact, eyesOf, type Tables } from './oracle.ts'
import { attempt, type Standing, standingAs } from './standing.ts'

/** A contact's choice about their mail: their own, while they are in; whoever chose before has one row already. */
export async function checkChoosing(
  client: pg.Client,
  tables: Tables,
  { name, who }: { name: string; who: Contact },
  into: 'contact_choices' | 'portal.mail_choice',
): Promise<string[]> {
  const { inside } = eyesOf(tables, who)
  const problems: string[] = []
  const changed = await attempt(client, `update ${into} set choice = 'none'`)
  if (changed.count !== (inside ? 1 : 0))
    problems.push(`${name} changes ${changed.count} choices in ${into} ${changed.refused ?? ''}`)
  const { refused } = await attempt(client, `insert into ${into} (choice) values ('none')`)
  if ((refused === '23505') !== inside || refused === null)
    problems.push(`${name} chooses anew in ${into}: ${refused ?? 'done'}`)
  return problems
}

/** The rule of adding by itself: with every column open and no trigger to fill them in, nobody chooses for somebody else. */
export async function checkForgedChoices(
  client: pg.Client,
  contacts: readonly { name: string; who: Contact }[],
  standing: (who: Contact) => Standing,
): Promise<string[]> {
  const problems: string[] = []
  await client.query(
    "savepoint forging; grant insert on contact_choices to partnered_views; set local session_replication_role = 'replica'; delete from contact_choices",
  )
  for (const { name, who } of contacts)
    await standingAs(client, standing(who), async () => {
      const { refused } = await attempt(
        client,
        "insert into contact_choices (org_id, contact_id, choice, updated_at) values ($1, $2, 'none', $3)",
        [ours, idOf('own_masked'), now],
      )
      if ((refused === null) !== (who.id === idOf('own_masked') && who.partner_id === idOf('p_masked')))
        problems.push(`${name} chooses for somebody else: ${refused ?? 'done'}`)
    })
  await client.query('rollback to savepoint forging')
  return problems
}
