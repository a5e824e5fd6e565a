import { randomBytes } from 'node:crypto'
import type { Tx } from '#server/db/actor.ts'
import { withActor } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { openSetup, signInWithCode, signInWithPassword, whereabouts } from '#server/features/session/session.ts'
import { invalid, Refusal } from '#server/http/errors.ts'
import { type Call, teamActor } from '#server/http/serve.ts'
import type { Product } from '#server/product.ts'
import type { Given, Returned } from '#shared/endpoint.ts'
import type { CompanyContents, deleteCompany as endpoint } from '#shared/exports.ts'

/** How much there is: what an export holds, what deleting removes. Errors: 403 for who is no admin. */
export async function companyContents(tx: Tx): Promise<CompanyContents> {
  const row = await tx.row<{ it: CompanyContents }>(sql`select app.company_contents() as it`)
  return row!.it
}

/** That it is really them, at this moment: their password, or a code from their mail. Errors: 422 for a wrong one, 429. */
async function prove(
  product: Product,
  { password, code }: { password?: string | undefined; code?: string | undefined },
  { request, token }: Call,
): Promise<void> {
  const address = (await whereabouts(product, token)).person?.email ?? ''
  const field = code === undefined ? 'password' : 'code'
  const wrong = (error: unknown) => {
    if (error instanceof Refusal && error.problem.status === 401)
      throw invalid(field, field === 'code' ? 'This code is wrong or too old.' : 'This is not your password.')
    throw error
  }
  if (!password && !code) throw invalid('password', 'Write your password, or a code from your email.')
  const proof =
    code === undefined
      ? await signInWithPassword(product, address, password ?? '', request.ip).catch(wrong)
      : await signInWithCode(product, address, code, request.ip).catch(wrong)
  await product.auth.endSession(proof?.token ?? '')
}

/** Takes away everything of the company that was entered. In: its name as it was typed. Out: how much there was. Errors: those of the rules. */
export async function removeCompany(tx: Tx, name: string): Promise<CompanyContents> {
  await tx.run(sql`select set_config('statement_timeout', '600000', true), set_config('lock_timeout', '10000', true)`)
  const row = await tx.row<{ counts: CompanyContents }>(sql`select app.delete_company(${name}) as counts`)
  return row!.counts
}

/** Deletes the company of the admin who asks, with everything in it. What stays is one line outside of every company. */
export async function deleteCompany(
  product: Product,
  { body, ...call }: Given<typeof endpoint> & Call,
): Promise<Returned<typeof endpoint>> {
  const actor = teamActor(call.request, call.token)
  const moment = { clock: product.clock, request: call.request.id }
  const { name } = await withActor(product.database, actor, companyContents, moment)
  if (name !== body.name) throw invalid('name', 'This is not the name of the company. Write it as it stands here.')
  await prove(product, body, call)
  const it = await withActor(
    product.database,
    actor,
    async (tx) => {
      const { member } = await tx.entered
      const who = await tx.row<{ name: string }>(sql`select name from members where id = ${member}::uuid`)
      return { deleted: await removeCompany(tx, body.name), by: who?.name }
    },
    moment,
  )
  product.say(`The company ${it.deleted.name} was deleted by ${it.by}, with all its partners, deals and files.`)
  const token = randomBytes(24).toString('base64url')
  const setup_open = await openSetup(product, token)
  if (setup_open) product.say(`Set up a new company here, once: ${product.config.url}/setup?token=${token}`)
  return { deleted: it.deleted, setup_open }
}
