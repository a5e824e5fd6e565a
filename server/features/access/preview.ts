import type { Tx } from '#server/db/actor.ts'
import { inDraft } from '#server/db/exposure.ts'
import { sql } from '#server/db/sql.ts'
import { conflict, notFound } from '#server/http/errors.ts'
import type { Exposure } from '#shared/partners.ts'
import { accessToDecide, applyAccess, type Draft } from './access.ts'
import { difference, isAnything } from './difference.ts'
import { classesOf, type Seen, seenBy } from './eyes.ts'
import { tell } from './sentences.ts'

/** Who on the team sees a partner: names by id. */
export async function membersWhoSee(tx: Tx, partner: string): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string }>(sql`
    select m.id, m.name from members m
    where m.id in (select app.members_who_see(${partner}::uuid)) order by m.name collate "und-x-icu", m.id`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

type Classes = Awaited<ReturnType<typeof classesOf>>
type Moment = { seen: Seen[]; team: Map<string, string> }

async function look(tx: Tx, partner: string, classes: Classes): Promise<Moment> {
  const seen: Seen[] = []
  for (const { asked } of classes) seen.push(await seenBy(tx, asked))
  return { seen, team: await membersWhoSee(tx, partner) }
}

const without = (some: Map<string, string>, others: Map<string, string>) =>
  [...some].filter(([id]) => !others.has(id)).map(([, name]) => name)

/**
 * Exactly what a change of access does: read through everyone's own views, put the draft in force, read again, take it back.
 * There is no second account of the rules that could differ from the first.
 */
export async function previewPartnerAccess(tx: Tx, partner: string, draft: Draft): Promise<Exposure> {
  const { version } = await accessToDecide(tx, partner)
  const named = await tx.row<{ legal_name: string }>(sql`select legal_name from partners where id = ${partner}::uuid`)
  if (!named) throw notFound()
  const classes = await classesOf(tx, partner)
  const before = await look(tx, partner, classes)
  const after = await inDraft(tx, async () => {
    if (!(await applyAccess(tx, partner, version, draft)))
      throw conflict('Someone changed this partner a moment ago. Look again.')
    return look(tx, partner, classes)
  })
  const changes = classes
    .map(({ names }, at) => difference(names, before.seen[at]!, after.seen[at]!))
    .filter(isAnything)
  const team = { gains: without(after.team, before.team), loses: without(before.team, after.team) }
  const things = (list: (typeof changes)[number]['appears']) => list.map(({ thing }) => thing)
  return {
    contacts: changes.map((it) => ({ ...it, appears: things(it.appears), disappears: things(it.disappears) })),
    team,
    sentences: tell({
      partner: named.legal_name,
      changes,
      team,
      people: classes.length,
      anyone_in: classes.some((it) => it.can_sign_in),
    }),
  }
}
