import type { Tx } from '#server/db/actor.ts'
import { inDraft } from '#server/db/exposure.ts'
import { sql } from '#server/db/sql.ts'
import { difference, isAnything } from '#server/features/access/difference.ts'
import { classesOf, type Seen, seenBy } from '#server/features/access/eyes.ts'
import { tell } from '#server/features/access/sentences.ts'
import { forbidden } from '#server/http/errors.ts'
import type { ArchivePreview, Partner } from '#shared/partners.ts'
import { readPartner } from './partners.ts'

async function partnerToDecide(tx: Tx, id: string): Promise<Partner> {
  const partner = await readPartner(tx, id)
  if (!partner.can.decide)
    throw forbidden(
      partner.archived_at
        ? 'Only an admin or the owner restores a partner. Ask one of them.'
        : 'Only an admin or the owner archives a partner. Ask one of them.',
    )
  return partner
}

const archive = (tx: Tx, id: string) =>
  tx.run(sql`update partners set archived_at = app.now() where id = ${id}::uuid and archived_at is null`)
const restore = (tx: Tx, id: string) =>
  tx.run(sql`update partners set archived_at = null where id = ${id}::uuid and archived_at is not null`)

/** What archiving would take from whom, or restoring give back: read through everyone's own views, done, read again, taken back. */
export async function previewArchive(tx: Tx, id: string): Promise<ArchivePreview> {
  const partner = await partnerToDecide(tx, id)
  const inside = await tx.rows<{ name: string }>(sql`
    select name from contacts
    where partner_id = ${id}::uuid and person_id is not null and left_at is null and access_removed_at is null
    order by is_main desc, name, id`)
  const there = new Set(inside.map(({ name }) => name))
  // Whoever was never let in loses nothing.
  const classes = (await classesOf(tx, id))
    .filter(({ can_sign_in }) => can_sign_in)
    .map((one) => ({ ...one, names: one.names.filter((name) => there.has(name)) }))
  const look = async () => {
    const seen: Seen[] = []
    for (const { asked } of classes) seen.push(await seenBy(tx, asked))
    return seen
  }
  const before = await look()
  const after = await inDraft(tx, async () => {
    await (partner.archived_at ? restore(tx, id) : archive(tx, id))
    return look()
  })
  const changes = classes.map(({ names }, at) => difference(names, before[at]!, after[at]!)).filter(isAnything)
  const team = { gains: [], loses: [] }
  const things = (list: (typeof changes)[number]['appears']) => list.map(({ thing }) => thing)
  return {
    open_deals: partner.open_deals,
    people: inside.map(({ name }) => name),
    exposure: {
      contacts: changes.map((it) => ({ ...it, appears: things(it.appears), disappears: things(it.disappears) })),
      team,
      sentences: tell({
        partner: partner.legal_name,
        changes,
        team,
        people: 1,
        anyone_in: true,
      }),
    },
  }
}

/** Out of daily lists; its people are out from the next request on. Nothing else of it changes. */
export async function archivePartner(tx: Tx, id: string): Promise<Partner> {
  await partnerToDecide(tx, id)
  await archive(tx, id)
  return readPartner(tx, id)
}

/** Back exactly as it was. */
export async function restorePartner(tx: Tx, id: string): Promise<Partner> {
  await partnerToDecide(tx, id)
  await restore(tx, id)
  return readPartner(tx, id)
}
