import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import type { Again } from '#server/http/serve.ts'
import type { Bytes } from '#shared/endpoint.ts'
import type { Cell, Put } from './cells.ts'
import { type CompanyTable, companyTables } from './company-tables.ts'
import { csvLine, csvStart } from './csv.ts'
import { companyContents } from './deleting.ts'
import { inSnapshot, logExport, refuseCrowd } from './sending.ts'
import { writeZip } from './zip.ts'

async function writeTable(tx: Tx, { headings, rows }: CompanyTable, put: Put): Promise<void> {
  await put(Buffer.from(csvStart + csvLine(headings)))
  await tx.run(sql`declare taken no scroll cursor for ${rows}`)
  for (;;) {
    const page = await tx.rows<{ cells: Cell[] }>(sql`fetch 1000 from taken`)
    if (page.length === 0) break
    await put(Buffer.from(page.map(({ cells }) => csvLine(cells)).join('')))
  }
  await tx.run(sql`close taken`)
}

/** The end of a name, such as .pdf, so that a machine knows what to open it with. */
const ending = (name: string) => /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0].toLowerCase() ?? ''

async function writeFiles(
  tx: Tx,
  add: (name: string, content: (put: Put) => Promise<void>) => Promise<void>,
): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const files = await tx.rows<{ id: string; name: string }>(sql`
      select id, name from files where completed_at is not null and removed_at is null and id > ${after}::uuid order by id limit 200`)
    for (const { id, name } of files) {
      await add(`files/${id}${ending(name)}`, async (put) => {
        for (let place = 0; ; place++) {
          const piece = await tx.row<{ bytes: Buffer }>(
            sql`select bytes from file_chunks where file_id = ${id}::uuid and place = ${place}::int`,
          )
          if (!piece) break
          await put(piece.bytes)
        }
      })
      after = id
    }
    if (files.length < 200) break
  }
}

const readme = (
  company: string,
  at: Date,
) => `${company}: everything that Partnered keeps, as it was on ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC.

${companyTables.map(({ file, says }) => `${file}: ${says}.`).join('\n')}
files/: the files themselves, each under its id.

The tables are CSV: UTF-8, commas, a heading line. Ids join one table to another. Times are in UTC.
An apostrophe stands before text that a spreadsheet would run as a formula; take it away to have the text as it was typed.
Not in here: passwords, sign-ins, codes and links that let someone in, and what only one person sees (own views, imports that are not finished, how somebody wants their mail).
`

/** Everything, in one zip, as it is at one moment. Who took it out, and which partner's deals with it, is on record first. */
export async function exportCompany(tx: Tx, again: Again): Promise<Bytes> {
  refuseCrowd()
  await logExport(tx, 'company', { format: 'zip' })
  const { name } = await companyContents(tx)
  await tx.run(sql`
    select app.record_read('export', partner_id, array_agg(id), array['all']) from deals group by partner_id`)
  const at = tx.now()
  const day = at.toISOString().slice(0, 10)
  return {
    name: `${name} ${day}.zip`,
    media_type: 'application/zip',
    send: inSnapshot(again, (tx, write) =>
      writeZip(write, at, async (add) => {
        await add('README.txt', (put) => put(Buffer.from(readme(name, at))))
        for (const table of companyTables) await add(table.file, (put) => writeTable(tx, table, put))
        await writeFiles(tx, add)
      }),
    ),
  }
}
