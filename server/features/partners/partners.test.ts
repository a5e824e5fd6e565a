import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addMember, editMember } from '#shared/company.ts'
import { addPartner, editPartner, editPartnerAccess, getPartner, type Partner } from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import { addTag } from '#shared/tags.ts'
import { type Cast, createCast } from '#test/cast.ts'
import type { Person } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

const fetch = (person: Person, slug: string) => person.does(getPartner, { params: { slug } })
const edit = (person: Person, partner: Partner, body: object) =>
  person.call(editPartner, { params: { partner: partner.id }, body: { version: partner.version, ...body } })

test('a partner is added with its main contact, owned by whoever added it', async () => {
  const added = await cast.ira.does(addPartner, {
    body: { legal_name: 'Café Böhm & Söhne GmbH', email: 'clara.vogt@cafe-boehm.de' },
  })
  expect(added).toMatchObject({
    slug: 'cafe-bohm-and-sohne-gmbh',
    domain: 'cafe-boehm.de',
    status: 'onboarding',
    works_via: 'internal',
    team_access: 'everyone',
    permissions: presets.shared.rows,
    owner: { id: cast.ids.ira, name: 'Ira Novak' },
    main_contact: { name: 'Clara Vogt', email: 'clara.vogt@cafe-boehm.de' },
    open_deals: 0,
    can: { work: true, decide: true },
  })
  expect(added.workspace).toMatch(/^cafe-bohm-and-sohne-gmbh-[a-z0-9]{6}$/)
  expect(added.activity_weeks).toHaveLength(12)
})

test('adding sends nothing to anyone', async () => {
  const { rows } = await cast.world.admin.query("select count(*)::int as n from outbox where kind <> 'invitation'")
  expect(rows[0].n).toBe(0)
})

test('a read-only member adds nothing', async () => {
  const reply = await cast.mei.call(addPartner, { body: { legal_name: 'Quiet Ltd', email: 'q@quiet.example' } })
  expect(reply.status).toBe(403)
  const { rows } = await cast.world.admin.query("select 1 from partners where legal_name = 'Quiet Ltd'")
  expect(rows).toEqual([])
})

test('a partner can be limited to picked people from the start', async () => {
  const added = await cast.ira.does(addPartner, {
    body: {
      legal_name: 'Secret Systems',
      email: 'x@secret-systems.example',
      access: {
        team_access: 'picked',
        members: [{ member_id: cast.ids.mei, level: 'view' }],
        permissions: presets.nothing.rows,
      },
    },
  })
  expect(added.permissions).toEqual(presets.nothing.rows)
  expect((await fetch(cast.mei, added.slug)).can).toEqual({ work: false, decide: false })
  expect((await cast.lee.call(getPartner, { params: { slug: added.slug } })).status).toBe(404)
})

test('an unknown tag or colleague is refused and nothing is kept', async () => {
  const body = { legal_name: 'Half Done', email: 'h@half-done.example' }
  const tag = await cast.dana.call(addPartner, { body: { ...body, tag_ids: [randomUUID()] } })
  expect([tag.status, tag.problem.errors?.[0]?.field]).toEqual([422, 'tag_ids'])
  const access = {
    team_access: 'picked' as const,
    members: [{ member_id: randomUUID(), level: 'view' as const }],
    permissions: presets.shared.rows,
  }
  const member = await cast.dana.call(addPartner, { body: { ...body, access } })
  expect([member.status, member.problem.errors?.[0]?.field]).toEqual([422, 'members'])
  const { rows } = await cast.world.admin.query("select 1 from partners where legal_name = 'Half Done'")
  expect(rows).toEqual([])
})

test('two partners with the same name get two slugs', async () => {
  const names = { legal_name: 'Twin', email: 'a@twin-one.example' }
  const one = await cast.dana.does(addPartner, { body: names })
  const two = await cast.dana.does(addPartner, { body: { ...names, email: 'a@twin-two.example' } })
  expect([one.slug, two.slug]).toEqual(['twin', 'twin-2'])
})

test('a partner is found by its slug, an earlier slug and its id; a foreign one and an unknown one by none', async () => {
  const before = await cast.dana.does(addPartner, { body: { legal_name: 'Old Name AG', email: 'o@old-name.example' } })
  const renamed = await edit(cast.dana, before, { legal_name: 'New Name AG' })
  expect(renamed.body).toMatchObject({ slug: 'new-name-ag', legal_name: 'New Name AG', version: before.version + 1 })
  for (const slug of ['new-name-ag', 'old-name-ag', before.id])
    expect((await fetch(cast.dana, slug)).id).toBe(before.id)
  const next = await cast.dana.does(addPartner, { body: { legal_name: 'Old Name', email: 'o@other-old.example' } })
  expect((await edit(cast.dana, next, { legal_name: 'Old Name AG' })).body.slug).toBe('old-name-ag-2')
  const problems = await Promise.all(
    [cast.delta.id, cast.delta.slug, randomUUID(), 'nobody'].map(async (slug) => {
      const reply = await cast.dana.call(getPartner, { params: { slug } })
      return [reply.status, reply.problem.detail]
    }),
  )
  expect(new Set(problems.map(String)).size).toBe(1)
  expect(problems[0]?.[0]).toBe(404)
})

test('an edit names the version it saw', async () => {
  const partner = await fetch(cast.dana, cast.nordlicht.slug)
  expect((await edit(cast.dana, partner, { phone: '+47 22 00 00 00' })).body.phone).toBe('+47 22 00 00 00')
  const late = await edit(cast.ira, partner, { phone: '+47 33' })
  expect(late.status).toBe(409)
  expect(late.problem.current).toMatchObject({ phone: '+47 22 00 00 00', version: partner.version + 1 })
})

test('who may only look is told so, who does not see it finds nothing', async () => {
  const partner = await fetch(cast.dana, cast.fjordkraft.slug)
  expect((await edit(cast.lee, partner, { phone: '1' })).status).toBe(404)
  const open = await fetch(cast.mei, cast.nordlicht.slug)
  expect((await edit(cast.mei, open, { phone: '1' })).status).toBe(403)
  expect((await edit(cast.uma, open, { phone: '1' })).status).toBe(404)
  expect((await fetch(cast.dana, cast.nordlicht.slug)).phone).not.toBe('1')
})

test('only an admin or the owner hands a partner over', async () => {
  const partner = await fetch(cast.ira, cast.nordlicht.slug)
  expect((await edit(cast.ira, partner, { owner_id: cast.ids.ira })).status).toBe(403)
  const handed = await edit(cast.dana, partner, { owner_id: cast.ids.ira })
  expect(handed.body).toMatchObject({ owner: { name: 'Ira Novak' } })
  const back = await edit(cast.ira, handed.body, { owner_id: cast.ids.dana })
  expect(back.body.owner?.name).toBe('Dana Reyes')
})

test('whoever hands over a partner of picked people still sees it', async () => {
  const mine = await cast.ira.does(addPartner, {
    body: {
      legal_name: 'Handed Over',
      email: 'h@handed-over.example',
      access: { team_access: 'picked', members: [], permissions: presets.shared.rows },
    },
  })
  const handed = await edit(cast.ira, mine, { owner_id: cast.ids.lee })
  expect(handed.status).toBe(200)
  expect(handed.body).toMatchObject({ owner: { name: 'Lee Park' }, can: { work: true, decide: false } })
})

test('an owner is someone who is still there', async () => {
  const gone = await cast.dana.does(addMember, { body: { name: 'Gus', email: 'gus@halden.example', role: 'member' } })
  await cast.dana.does(editMember, { params: { member: gone.id }, body: { version: gone.version, deactivated: true } })
  const partner = await fetch(cast.dana, cast.nordlicht.slug)
  const reply = await edit(cast.dana, partner, { owner_id: gone.id })
  expect([reply.status, reply.problem.errors?.[0]?.field]).toEqual([422, 'owner_id'])
  expect((await edit(cast.dana, partner, { owner_id: randomUUID() })).status).toBe(422)
})

test('tags are replaced as named', async () => {
  const [gold, north] = await Promise.all(['Gold', 'North'].map((name) => cast.dana.does(addTag, { body: { name } })))
  const first = await fetch(cast.ira, cast.nordlicht.slug)
  await edit(cast.ira, first, { tag_ids: [gold!.id, north!.id] })
  const both = await fetch(cast.ira, first.slug)
  expect(both.tags.map((tag) => tag.name)).toEqual(['Gold', 'North'])
  expect((await edit(cast.ira, both, { tag_ids: [north!.id] })).body.tags.map((tag) => tag.name)).toEqual(['North'])
})

test('the domain follows the website, and the main contact where there is none', async () => {
  const partner = await fetch(cast.dana, cast.nordlicht.slug)
  const moved = await edit(cast.dana, partner, { website: 'https://www.nordlicht-group.com/en' })
  expect(moved.body.domain).toBe('nordlicht-group.com')
  expect((await edit(cast.dana, moved.body, { website: '' })).body).toMatchObject({
    website: null,
    domain: 'nordlicht.example',
  })
})

test('someone with view rights reads and changes nothing', async () => {
  const partner = await fetch(cast.dana, cast.fjordkraft.slug)
  await cast.dana.does(editPartnerAccess, {
    params: { partner: partner.id },
    body: {
      version: partner.version,
      team_access: 'picked',
      members: [
        { member_id: cast.ids.ira, level: 'work' },
        { member_id: cast.ids.lee, level: 'view' },
      ],
      permissions: partner.permissions,
    },
  })
  const seen = await fetch(cast.lee, partner.slug)
  expect(seen.can).toEqual({ work: false, decide: false })
  expect((await edit(cast.lee, seen, { phone: '1' })).status).toBe(403)
})

test('every change leaves its line in the log', async () => {
  const { rows } = await cast.world.admin.query(
    "select member_id, changes from audit_rows where table_name = 'partners' and record_id = $1 and changes ? 'phone'",
    [cast.nordlicht.id],
  )
  expect(rows).toEqual([{ member_id: cast.ids.dana, changes: { phone: [null, '+47 22 00 00 00'] } }])
})
