import { createHash, randomUUID } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deleteCompany, exportCompany, getCompanyContents } from '#shared/exports.ts'
import { listPartners } from '#shared/partners.ts'
import { listSessions } from '#shared/session.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { changedPlaces, hashRows } from '#test/equipment/rows.ts'
import { unzip } from '#test/equipment/unzip.ts'

const password = 'a password long enough'
let cast: Cast
let org: string
let other: string
const bytes = Buffer.alloc(300_000, 'a file of ours ')

beforeAll(async () => {
  cast = await createCast()
  const { admin } = cast.world
  const orgs = await admin.query('select org_id, name from organizations')
  org = orgs.rows.find(({ name }) => name === 'Halden Software').org_id
  other = orgs.rows.find(({ name }) => name === 'Umbra Labs').org_id
  for (const [company, partner] of [
    [org, cast.nordlicht.id],
    [other, cast.delta.id],
  ]) {
    const id = randomUUID()
    await admin.query(
      `insert into files (org_id, id, partner_id, name, media_type, size, sha256, completed_at, created_at, updated_at)
        values ($1, $2, $3, '../Price list.PDF', 'application/pdf', $4, $5, now(), now(), now())`,
      [company, id, partner, bytes.length, createHash('sha256').update(bytes).digest('hex')],
    )
    for (let place = 0; place * 262_144 < bytes.length; place++)
      await admin.query('insert into file_chunks (org_id, file_id, place, bytes) values ($1, $2, $3, $4)', [
        company,
        id,
        place,
        bytes.subarray(place * 262_144, (place + 1) * 262_144),
      ])
  }
})
afterAll(() => cast.world.close())

const countRows = async (company: string) =>
  [...(await hashRows(cast.world.admin)).keys()].filter((place) => place.startsWith(company))

describe('The whole company in one zip', () => {
  test('holds every table in plain words and the files, byte for byte, and nothing of another company', async () => {
    const { raw } = await cast.dana.call(exportCompany, {})
    expect(raw.headers['content-disposition']).toMatch(/filename="Halden Software \d{4}-\d\d-\d\d\.zip"/)
    const files = unzip(raw.rawPayload)
    const sheet = (name: string): Record<string, string>[] => parse(files.get(name) ?? '', { columns: true, bom: true })
    expect(
      sheet('partners.csv')
        .map((row) => row['Legal name'])
        .sort(),
    ).toEqual(['Fjordkraft Data AS', 'Nordlicht GmbH'])
    expect(
      sheet('contacts.csv')
        .map((row) => row.Name)
        .sort(),
    ).toEqual(['Ana Lindner', 'Ben Okafor', 'Henrik Aasen'])
    expect(sheet('team.csv')).toHaveLength(4)
    const [file] = sheet('files.csv')
    expect(file?.['In this zip']).toBe(`files/${file?.Id}.pdf`)
    expect(files.get(file?.['In this zip'] ?? '')?.equals(bytes)).toBe(true)
    expect([...files.keys()].filter((name) => name.startsWith('files/'))).toHaveLength(1)
    const { rows: tables } = await cast.world.admin.query(
      "select count(*)::int as n from audit_rows where org_id = $1 and not (action = 'event' and table_name = 'export')",
      [org],
    )
    expect(sheet('log of changes.csv').filter((row) => row.Table !== 'export')).toHaveLength(tables[0].n)
    const whole = Buffer.concat([...files.values()]).toString('latin1')
    expect(whole).not.toContain('Umbra')
    expect(whole).not.toContain('Delta Works')
  })
  test('holds no secret: no hash of a link, no session, no password', async () => {
    const { raw } = await cast.dana.call(exportCompany, {})
    const whole = Buffer.concat([...unzip(raw.rawPayload).values()]).toString('latin1')
    const { rows } = await cast.world.admin.query(`
      select token_hash as secret from invitations where token_hash is not null union select mailed_hash from invitations where mailed_hash is not null
      union select token from auth.session union select id from auth.session union select password from auth.account where password is not null union select token_hash from auth.setup`)
    expect(rows.length).toBeGreaterThan(5)
    expect(rows.filter(({ secret }) => whole.includes(secret))).toEqual([])
  })
})

describe('Deleting a company', () => {
  test('is for its admins alone, under its name, with proof that it is them', async () => {
    const before = await hashRows(cast.world.admin)
    const body = { name: 'Halden Software', password }
    for (const [who, status] of [
      [cast.ira, 403],
      [cast.mei, 403],
      [cast.ana, 403],
      [cast.world.stranger, 401],
      [cast.uma, 422],
    ] as const) {
      expect((await who.call(deleteCompany, { body })).status).toBe(status)
      if (who !== cast.uma) expect((await who.call(getCompanyContents, {})).status).toBe(status)
    }
    for (const [wrong, field] of [
      [{ ...body, name: 'halden software' }, 'name'],
      [{ name: body.name, password: 'not my password' }, 'password'],
      [{ name: body.name, code: '000000' }, 'code'],
      [{ name: body.name }, 'password'],
    ] as const) {
      const { status, problem } = await cast.dana.call(deleteCompany, { body: wrong })
      expect([status, problem.errors?.[0]?.field]).toEqual([422, field])
    }
    expect(changedPlaces(before, await hashRows(cast.world.admin))).toEqual([])
  })
  test('cannot be asked of the database by a member who is no admin, whatever the server thinks', async () => {
    const { withActor } = await import('#server/db/actor.ts')
    const { sql } = await import('#server/db/sql.ts')
    const { database } = cast.world.product
    await expect(
      withActor(database, { as: 'team', token: cast.ira.session }, (tx) =>
        tx.run(sql`select app.delete_company('Halden Software')`),
      ),
    ).rejects.toMatchObject({ code: 'P0403' })
    await expect(
      withActor(database, { as: 'contact', token: cast.ana.session, workspace: cast.nordlicht.workspace }, (tx) =>
        tx.run(sql`select app.delete_company('Halden Software')`),
      ),
    ).rejects.toMatchObject({ code: '42501' })
  })
  test('removes every row of it in every table, its people and its bytes, and no other row at all', async () => {
    const { admin, said } = cast.world
    const both = await cast.world.signIn('Dora Kent', 'dora@delta.example')
    const before = await hashRows(admin)
    const kept = await admin.query(
      `select * from auth."user" where email in ('uma@umbra.example', 'dora@delta.example') order by email`,
    )
    const contents = await cast.dana.does(getCompanyContents, {})
    expect(contents).toMatchObject({
      name: 'Halden Software',
      partners: 2,
      contacts: 3,
      members: 3,
      outside: 3,
      files: 1,
    })
    const answer = await cast.dana.does(deleteCompany, { body: { name: 'Halden Software', password } })
    expect(answer.deleted).toMatchObject({ partners: 2, files: 1 })
    expect(answer.setup_open).toBe(false)

    expect(await countRows(org)).toEqual([])
    const changed = changedPlaces(before, await hashRows(admin))
    expect(changed.filter((place) => !place.startsWith(org))).toEqual([])
    const people = await admin.query('select email from auth."user" order by email')
    expect(people.rows.map(({ email }) => email)).toEqual(['dora@delta.example', 'uma@umbra.example'])
    expect((await admin.query(`select * from auth."user" order by email`)).rows).toEqual(kept.rows)
    const { rows } = await admin.query('select * from app.deleted_companies')
    expect(rows).toMatchObject([{ id: org, name: 'Halden Software', by_whom: 'Dana Reyes <dana@halden.example>' }])
    expect(said).toContain(
      'The company Halden Software was deleted by Dana Reyes, with all its partners, deals and files.',
    )

    for (const person of [cast.dana, cast.ira, cast.ana]) expect((await person.call(listSessions, {})).status).toBe(401)
    expect((await cast.uma.does(listPartners, { query: {} })).items).toHaveLength(1)
    expect((await both.call(listSessions, {})).status).toBe(200)
  })
  test('opens setup again when it was the last one', async () => {
    const { auth } = cast.world.product
    const { admin, said } = cast.world
    // Uma has no password: she proves herself with a code, which is printed where no mail is set up.
    await auth.makeCode('uma@umbra.example')
    const code =
      said
        .join('\n')
        .match(/\b\d{6}\b/g)
        ?.at(-1) ?? ''
    const answer = await cast.uma.does(deleteCompany, { body: { name: 'Umbra Labs', code } })
    expect(answer.setup_open).toBe(true)
    expect((await hashRows(admin)).size).toBe(0)
    expect((await admin.query('select count(*)::int as n from auth."user"')).rows[0].n).toBe(0)
    expect(said.at(-1)).toMatch(/^Set up a new company here, once: .*\/setup\?token=/)
  })
})
