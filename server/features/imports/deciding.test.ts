import { afterAll, describe, expect, test } from 'vitest'
import { undoAct } from '#shared/acts.ts'
import { listContacts } from '#shared/contacts.ts'
import { cancelImport, checkImport, getBrokenRows, listImportRows, runImport } from '#shared/imports.ts'
import { getTwin } from '#shared/merges.ts'
import { addPartner, getPartner, listPartners } from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import { createImporting } from '#test/importing.ts'

const { world, dana, ira, ira_id, now, bring, say, run, rows, everything } = await createImporting()
afterAll(() => world.close())

describe('Deciding on rows', () => {
  const csv =
    'Legal name,Email,Tags\nPine Works Ltd,pat@gmial.com,\nPine Works Limited,other@pineworks.example,\nBroken Row,pat(at)broken.example,\n'
  test('a suggested address is taken, also where the row could not be read without it, and taken back', async () => {
    const { body } = await bring(dana, csv)
    const typo = (await rows(body.id, 'typos'))[0]
    expect(typo).toMatchObject({ email: 'pat@gmial.com', email_suggested: 'pat@gmail.com' })
    const taken = await say(body, {
      rows: [
        { line: typo?.line ?? 0, take_suggestion: true },
        { line: 4, take_suggestion: true },
      ],
    })
    expect(taken.counts).toMatchObject({ broken: 0 })
    await dana.does(runImport, { params: { import: taken.id }, body: { version: taken.version } })
    await world.settle()
    const { items } = await dana.does(listPartners, { query: { q: 'Pine Works' } })
    expect((await dana.does(listContacts, { params: { partner: items[0]?.id ?? '' } })).items[0]?.email).toBe(
      'pat@gmail.com',
    )
  })
  test('a duplicate is added when a person says so', async () => {
    await dana.does(addPartner, { body: { legal_name: 'Quarry Labs GmbH', email: 'q@quarrylabs.example' } })
    const { body } = await bring(dana, 'Company,Email\nQuarry Labs,q2@quarrylabs.example\n')
    const row = (await rows(body.id, 'duplicates'))[0]
    expect(row).toMatchObject({ decision: 'skip', duplicate_of: { legal_name: 'Quarry Labs GmbH' } })
    const decided = await say(body, { rows: [{ line: row?.line ?? 0, decision: 'import' }] })
    expect(decided.counts.will_add).toBe(1)
  })
  test('what somebody changed in another window meanwhile is not run over', async () => {
    const { body } = await bring(dana, csv)
    await dana.does(checkImport, {
      params: { import: body.id },
      body: { version: body.version, rows: [{ line: 2, decision: 'skip' }] },
    })
    expect((await dana.call(runImport, { params: { import: body.id }, body: { version: body.version } })).status).toBe(
      409,
    )
  })
})

describe('A duplicate that is imported as new', () => {
  const pairs = async () =>
    (
      await world.admin.query(`
        select least(a.legal_name, b.legal_name) || ' / ' || greatest(a.legal_name, b.legal_name) as pair from different_partners d
        join partners a on a.id = d.one_id join partners b on b.id = d.other_id order by 1`)
    ).rows.map((row) => row.pair)

  test('is remembered as another company: not asked again, and forgotten with the import', async () => {
    const there = await dana.does(addPartner, {
      body: { legal_name: 'Apart Labs', email: 'a@apart.example' },
    })
    const csv =
      'Company,E-mail\nApart Labs Ltd,b@apart-labs.example\nTwo Rows Ltd,a@two-rows.example\nTwo Rows Inc,b@two-rows.example\n'
    const before = await everything()
    const { body } = await bring(dana, csv)
    expect(body.counts).toMatchObject({ will_add: 1, duplicates: 2 })
    const decided = await say(body, { group: { show: 'duplicates', decision: 'import' } })
    const done = await run(decided)
    expect(done).toMatchObject({ state: 'done', result: { added: 3 } })
    expect(await pairs()).toEqual(['Apart Labs / Apart Labs Ltd', 'Two Rows Inc / Two Rows Ltd'])
    expect((await dana.does(getTwin, { params: { partner: there.id } })).twin).toBeNull()

    // The same sheet again: each row is the partner whose name it bears.
    const again = await bring(dana, csv)
    const found = await rows(again.body.id, 'duplicates')
    expect(found.map((row) => [row.legal_name, row.duplicate_of?.legal_name])).toEqual([
      ['Apart Labs Ltd', 'Apart Labs Ltd'],
      ['Two Rows Ltd', 'Two Rows Ltd'],
      ['Two Rows Inc', 'Two Rows Inc'],
    ])
    await dana.does(cancelImport, { params: { import: again.body.id } })

    await dana.does(undoAct, { params: { act: done.act?.id ?? '' } })
    expect(await pairs()).toEqual([])
    expect(await everything()).toBe(before)
  })

  test('is undone also where the other company may only be looked at', async () => {
    const looked = await dana.does(addPartner, {
      body: {
        legal_name: 'Only Looked At',
        email: 'a@only-looked.example',
        access: {
          team_access: 'picked',
          members: [{ member_id: ira_id, level: 'view' }],
          permissions: presets.shared.rows,
        },
      },
    })
    const { body } = await bring(ira, 'Company,E-mail\nOnly Looked At GmbH,b@only-looked-at.example\n')
    await ira.does(checkImport, {
      params: { import: body.id },
      body: { version: body.version, group: { show: 'duplicates', decision: 'import' } },
    })
    const decided = await now(body.id, ira)
    await ira.does(runImport, { params: { import: body.id }, body: { version: decided.version } })
    await world.settle()
    expect(await pairs()).toEqual(['Only Looked At / Only Looked At GmbH'])
    const { act } = await now(body.id, ira)
    expect((await ira.does(undoAct, { params: { act: act?.id ?? '' } })).kept).toEqual([])
    expect(await pairs()).toEqual([])
    await world.admin.query('delete from partners where id = $1', [looked.id])
  })
})

describe('A duplicate that is brought up to date', () => {
  test('takes what the sheet says and what differs, adds who is new, keeps the name, and is shown before', async () => {
    const there = await dana.does(addPartner, {
      body: { legal_name: 'Heron Data GmbH', email: 'hanna@herondata.example', type: 'agency' },
    })
    const { body } = await bring(
      dana,
      'Company,Email,Contact,Type,Phone\nHeron Data,hanna@herondata.example,Hanna Kurz,Reseller,+49 30 5551234\n',
    )
    expect((await rows(body.id, 'duplicates'))[0]).toMatchObject({
      decision: 'skip',
      duplicate_of: {
        can_update: true,
        changes: [
          { field: 'type', from: 'agency', to: 'reseller' },
          { field: 'phone', from: null, to: '+49 30 5551234' },
        ],
      },
    })
    const before = await everything()
    const decided = await say(body, { group: { show: 'duplicates', decision: 'update' } })
    expect(decided.counts).toMatchObject({ will_add: 0, will_update: 1 })
    const done = await run(decided)
    expect(done.result).toMatchObject({ added: 0, updated: 1 })
    const now = await dana.does(getPartner, { params: { slug: there.slug } })
    expect(now).toMatchObject({
      legal_name: 'Heron Data GmbH',
      status: 'onboarding',
      type: 'reseller',
      phone: '+49 30 5551234',
    })
    await dana.does(undoAct, { params: { act: done.act?.id ?? '' } })
    expect(await everything()).toBe(before)
  })
  test('stays what it is where whoever imports may only look at it', async () => {
    await dana.does(addPartner, {
      body: {
        legal_name: 'Lantern Ltd',
        email: 'leo@lantern.example',
        access: {
          team_access: 'picked',
          members: [{ member_id: ira_id, level: 'view' }],
          permissions: presets.shared.rows,
        },
      },
    })
    const { body } = await bring(ira, 'Company,Email,Phone\nLantern,leo@lantern.example,+49 30 5550000\n')
    const { items } = await ira.does(listImportRows, { params: { import: body.id }, query: { show: 'duplicates' } })
    expect(items[0]?.duplicate_of).toMatchObject({ can_update: false, changes: [] })
  })
})

describe('A broken row', () => {
  test('is mended in place and joins the others', async () => {
    const { body } = await bring(
      dana,
      'Company,Email\nOsprey Works,osprey(at)works.example\nTern Works,tern@tern.example\n',
    )
    expect(body.counts).toMatchObject({ new: 1, broken: 1 })
    expect((await rows(body.id, 'broken'))[0]).toMatchObject({
      line: 2,
      cells: ['Osprey Works', 'osprey(at)works.example'],
    })
    const mended = await say(body, { rows: [{ line: 2, cells: [{ index: 1, text: 'olga@osprey.example' }] }] })
    expect(mended.counts).toMatchObject({ new: 2, broken: 0, will_add: 2 })
  })
  test('comes back as a file with its reason, and no formula runs from it', async () => {
    const { body } = await bring(dana, 'Company,Email\n"=cmd()",nobody\n')
    const { raw } = await dana.call(getBrokenRows, { params: { import: body.id } })
    expect(raw.body).toContain('What is wrong')
    expect(raw.body).not.toMatch(/(^|,)"?=cmd/m)
  })
})
