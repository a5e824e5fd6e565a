import { type Tx, withActor } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { sql } from '#server/db/sql.ts'
import { nameKey } from '#server/features/partners/identity.ts'
import { freeSlug } from '#server/features/partners/partners.ts'
import { workspaceOf } from '#server/features/partners/slugs.ts'
import type { Product } from '#server/product.ts'
import { decidedRows } from './imports.ts'
import type { CheckedPartner, CheckedRow } from './reading/rows.ts'

type Wanted = CheckedRow & { partner: CheckedPartner }
const rows_between_signs_of_life = 25

/**
 * Adds the rows of an import, all or none, as the member who asked for it and with the rights they have now.
 * In: the due work's id. Errors: none; a failure is written on the import, in words.
 */
export async function carryOutImport(product: Product, work: string): Promise<void> {
  const as = <Result>(act: (tx: Tx) => Promise<Result>) =>
    withActor(product.database, { as: 'work', work }, act, { clock: product.clock })
  try {
    await as((tx) =>
      addRows(tx, work, (done) => as((other) => other.run(sql`select app.import_progress(${work}::uuid, ${done})`))),
    )
  } catch (error) {
    product.say(`An import failed: ${error instanceof Error ? error.message : error}`)
    const problem = 'Something in this file could not be saved. Nothing was added.'
    await as((tx) =>
      tx.run(
        sql`update imports set state = 'failed', result = ${JSON.stringify({ added: 0, contacts: 0, skipped: 0, problem })}::jsonb where id = app.import_of(${work}::uuid) and state = 'running'`,
      ),
    ).catch(() => {})
  }
}

async function addRows(tx: Tx, work: string, sign: (done: number) => Promise<unknown>): Promise<void> {
  const it = await tx.row<{ id: string; checked: Parameters<typeof decidedRows>[0] }>(
    sql`select id, checked from imports where id = app.import_of(${work}::uuid) and state = 'running'`,
  )
  if (!it) return
  const rows = decidedRows(it.checked)
  const wanted = rows.filter((row): row is Wanted => row.decision === 'import' && row.partner !== null)
  let contacts = 0
  for (const [at, row] of wanted.entries()) {
    contacts += await addRow(tx, it.id, row)
    if ((at + 1) % rows_between_signs_of_life === 0) await sign(at + 1)
  }
  const result = { added: wanted.length, contacts, skipped: rows.length - wanted.length, problem: null }
  await tx.run(
    sql`update imports set state = 'done', done = ${wanted.length}, result = ${JSON.stringify(result)}::jsonb, file = null where id = ${it.id}::uuid`,
  )
}

async function addRow(tx: Tx, import_id: string, { partner, contacts, notes }: Wanted): Promise<number> {
  const id = newId()
  const slug = await freeSlug(tx, partner.legal_name, id)
  await tx.run(sql`
    insert into partners (org_id, id, slug, workspace, legal_name, name_key, type, status, website, domain, phone, description, agreement_signed, owner_id, import_id,
      archived_at, created_by, created_at, last_activity_at)
    values (app.org(), ${id}::uuid, ${slug}, ${workspaceOf(slug)}, ${partner.legal_name}, ${nameKey(partner.legal_name)}, ${partner.type}, ${partner.status ?? 'onboarding'},
      ${partner.website}, ${partner.domain}, ${partner.phone}, null, ${partner.agreement_signed}::date, ${partner.owner_id}::uuid,
      ${import_id}::uuid, ${partner.archived ? sql`app.now()` : null}, app.member(), app.now(), app.now())`)
  for (const contact of contacts) {
    await tx.run(sql`
      insert into contacts (org_id, id, partner_id, name, email, phone, is_main, created_at)
      values (app.org(), ${newId()}::uuid, ${id}::uuid, ${contact.name}, ${contact.email}, ${contact.phone}, ${contact.is_main}, app.now())`)
  }
  if (notes.length > 0) {
    await tx.run(sql`
      insert into entries (org_id, id, partner_id, kind, audience, body, member_id, created_at)
      values (app.org(), ${newId()}::uuid, ${id}::uuid, 'note', 'team', ${notes.join('\n').slice(0, 10_000)}, app.member(), app.now())`)
  }
  await wearTags(tx, id, partner.tags)
  return contacts.length
}

/** Tags that the company knows; a word it does not know stays in the notes, where the reading put it. */
async function wearTags(tx: Tx, partner: string, names: string[]): Promise<void> {
  if (names.length === 0) return
  await tx.run(sql`
    insert into partner_tags (org_id, partner_id, tag_id)
    select app.org(), ${partner}::uuid, t.id from tags t
    where lower(t.name) = any(${names.map((name) => name.toLowerCase())}::text[]) and t.archived_at is null`)
}
