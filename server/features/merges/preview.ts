import type { Tx } from '#server/db/actor.ts'
import { inDraft } from '#server/db/exposure.ts'
import { sql } from '#server/db/sql.ts'
import { difference, isAnything } from '#server/features/access/difference.ts'
import { classesOf, type Seen, seenBy, seesNothing } from '#server/features/access/eyes.ts'
import { membersWhoSee } from '#server/features/access/preview.ts'
import { tell } from '#server/features/access/sentences.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type { previewMerge as endpoint, MergeFieldName } from '#shared/merges.ts'
import type { Partner } from '#shared/partners.ts'
import { carryOutMerge, pairToMerge } from './merges.ts'

type Field = MergeFieldName
type Preview = Answer<typeof endpoint>

const valueIn: Record<Field, (partner: Partner) => string | null> = {
  legal_name: (it) => it.legal_name,
  type: (it) => it.type,
  status: (it) => it.status,
  owner: (it) => it.owner?.name ?? null,
  website: (it) => it.website,
  phone: (it) => it.phone,
  description: (it) => it.description,
  agreement_signed: (it) => it.agreement_signed,
}

function fieldsOf(keep: Partner, gone: Partner, take: readonly string[]): Preview['fields'] {
  return (Object.keys(valueIn) as Field[]).map((field) => {
    const [one, other] = [valueIn[field](keep), valueIn[field](gone)]
    return { field, keep: one, other, differs: one !== other, taken: take.includes(field) ? 'other' : 'keep' }
  })
}

type Both = { id: string; email: string; keep: string; other: string; kept_id: string }
/** People known at both, by their address. */
const knownAtBoth = (tx: Tx, keep: string, gone: string) =>
  tx.rows<Both>(sql`
    select g.id, g.email, k.name as keep, g.name as other, k.id as kept_id
    from contacts g join contacts k on k.partner_id = ${keep}::uuid and lower(k.email) = lower(g.email)
    where g.partner_id = ${gone}::uuid and g.left_at is null and k.left_at is null order by lower(g.email)`)

const movesOf = async (tx: Tx, gone: string): Promise<Preview['moves']> =>
  (await tx.row<Preview['moves']>(sql`
    select (select count(*)::int from contacts where partner_id = ${gone}::uuid) as contacts,
      (select count(*)::int from deals where partner_id = ${gone}::uuid) as deals,
      (select count(*)::int from entries where partner_id = ${gone}::uuid and deal_id is null) as notes,
      (select count(*)::int from files where partner_id = ${gone}::uuid and completed_at is not null and removed_at is null) as files,
      (select count(*)::int from partner_tags where partner_id = ${gone}::uuid) as tags`))!

/** What this contact sees now, or nothing once they have no access. */
async function seenIfInside(tx: Tx, contact: string): Promise<Seen> {
  const inside = await tx.row(
    sql`select from contacts where id = ${contact}::uuid and left_at is null and access_removed_at is null`,
  )
  return inside ? seenBy(tx, contact) : seesNothing
}

async function exposureOf(tx: Tx, keep: Partner, gone: Partner, take: readonly string[], both: readonly Both[]) {
  const alone = both.flatMap(({ id, kept_id }) => [id, kept_id])
  const classes = [...(await classesOf(tx, keep.id, alone)), ...(await classesOf(tx, gone.id, alone))]
  const look = async (as: (contact: string) => string): Promise<Seen[]> => {
    const seen: Seen[] = []
    for (const { asked } of classes) seen.push(await seenIfInside(tx, as(asked)))
    return seen
  }
  const before = await look((contact) => contact)
  const [ours, theirs] = [await membersWhoSee(tx, keep.id), await membersWhoSee(tx, gone.id)]
  const became = new Map(both.map(({ id, kept_id }) => [id, kept_id]))
  const after = await inDraft(tx, async () => {
    await carryOutMerge(tx, { keep, gone, take })
    return look((contact) => became.get(contact) ?? contact)
  })
  const changes = classes.map(({ names }, at) => difference(names, before[at]!, after[at]!)).filter(isAnything)
  const missing = (from: Map<string, string>, others: Map<string, string>) =>
    [...from].filter(([id]) => !others.has(id)).map(([, name]) => name)
  const team = { gains: missing(ours, theirs), loses: missing(theirs, ours) }
  const things = (list: (typeof changes)[number]['appears']) => list.map(({ thing }) => thing)
  const said = tell({
    partner: keep.legal_name,
    changes,
    team: { gains: [], loses: [] },
    people: classes.length,
    anyone_in: classes.some((it) => it.can_sign_in),
  })
  return {
    contacts: changes.map((it) => ({ ...it, appears: things(it.appears), disappears: things(it.disappears) })),
    team,
    sentences: [
      ...said,
      ...team.gains.map((name) => `${name} will now see what belonged to ${gone.legal_name}.`),
      ...team.loses.map((name) => `${name} will no longer see what belonged to ${gone.legal_name}.`),
    ],
  }
}

/** What would become of the two, and who would see more or less: merged, looked at through everyone's own views, and taken back. */
export async function previewMerge(tx: Tx, partner: string, body: Given<typeof endpoint>['body']): Promise<Preview> {
  const { keep, gone } = await pairToMerge(tx, partner, body.other)
  const both = await knownAtBoth(tx, keep.id, gone.id)
  const moves = await movesOf(tx, gone.id)
  return {
    keep,
    other: gone,
    fields: fieldsOf(keep, gone, body.take),
    moves,
    people: both,
    exposure: await exposureOf(tx, keep, gone, body.take, both),
  }
}
