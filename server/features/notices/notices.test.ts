import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { declineDeal } from '#shared/answering.ts'
import { editMember, listMembers } from '#shared/company.ts'
import { addDeal, editDeal, getDeal, stopSharingDeal } from '#shared/deals.ts'
import { addDealEntry } from '#shared/entries.ts'
import { countInbox, listInbox, readInbox } from '#shared/inbox.ts'
import { addMute, changeNotices, chooseMail, getMailChoice, getNotices, presets, removeMute } from '#shared/notices.ts'
import { addPortalEntry, sendDeal } from '#shared/portal.ts'
import { addSampleData } from '#shared/session.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, minutes, seconds } from '#test/world.ts'

let cast: Cast
type Mail = { kind: string; state: string; to_email: string; subject: string; body: string; sent_at: Date }
const mails = async (): Promise<Mail[]> =>
  (
    await cast.world.admin.query(
      "select kind, state, to_email, subject, body, sent_at from outbox where kind <> 'invitation' order by coalesce(sent_at, updated_at), id",
    )
  ).rows
/** To the next Monday at ten in Berlin, and whatever is due until then has left. */
const monday = async () => {
  const { rows } = await cast.world.admin.query(
    `select (date_trunc('week', $1::timestamptz at time zone 'Europe/Berlin') + interval '7 days 10 hours') at time zone 'Europe/Berlin' as at`,
    [cast.world.now()],
  )
  await cast.world.pass(rows[0].at.getTime() - cast.world.now().getTime())
  await cast.world.settle()
}
const wait = async (minutes_: number) => {
  await cast.world.pass(minutes(minutes_))
  await cast.world.settle()
}
const shared = async (customer_company: string) => {
  const { id, ref } = await cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: { kind: 'lead', customer_company, ask: 'Call them', share: true, their_owner_id: cast.ana.contact_id },
  })
  await cast.world.pass(seconds(11))
  await cast.world.settle()
  return { id, ref }
}
const says = (ref: string, body: string) =>
  cast.ana.does(addPortalEntry, { params: { workspace: cast.nordlicht.workspace, ref }, body: { body } })

beforeAll(async () => {
  cast = await createCast()
  await cast.world.admin.query(`update auth.session set "expiresAt" = now() + interval '1 year'`)
})
afterAll(() => cast.world.close())
beforeEach(async () => {
  await monday()
  await cast.world.admin.query('update notifications set told_at = created_at where told_at is null')
  await cast.world.admin.query("delete from outbox where kind <> 'invitation'")
  await cast.world.admin.query('delete from notice_settings; delete from mutes; delete from contact_choices')
})

describe('A member', () => {
  test('is told in one mail what a partner said on a deal within ten minutes', async () => {
    const { ref } = await shared('Hafen Terminal')
    await says(ref, 'The board liked it.')
    await cast.world.pass(minutes(4))
    await says(ref, 'Can we meet?')
    await wait(5)
    expect((await mails()).filter(({ kind }) => kind === 'notice')).toEqual([])
    await wait(2)
    const [mail, ...more] = (await mails()).filter(({ kind }) => kind === 'notice')
    expect(more).toEqual([])
    expect(mail).toMatchObject({ to_email: 'dana@halden.example', subject: 'Ana Lindner commented: Hafen Terminal' })
    expect(mail?.body).toContain('The board liked it.')
    expect(mail?.body).toContain(`http://localhost:3000/deals/${ref}`)
    // The link to fewer of them is its reader's alone.
    expect(mail?.body).toContain('Fewer emails like this: (a link')
  })
  test('gets no mail of what they read meanwhile', async () => {
    const { ref } = await shared('Elbe Kliniken')
    await says(ref, 'One moment.')
    await cast.world.pass(minutes(5))
    await cast.dana.does(readInbox, { body: { read: true } })
    await wait(10)
    expect((await mails()).filter(({ kind }) => kind === 'notice')).toEqual([])
  })
  test('who does not see the partner any more when the mail is due gets none', async () => {
    const deal = await cast.ira.does(addDeal, {
      params: { partner: cast.fjordkraft.id },
      body: {
        kind: 'lead',
        customer_company: 'Bergen Havn',
        ask: 'Call',
        share: true,
        their_owner_id: cast.henrik.contact_id,
      },
    })
    await cast.world.pass(seconds(11))
    await cast.henrik.does(addPortalEntry, {
      params: { workspace: cast.fjordkraft.workspace, ref: deal.ref },
      body: { body: 'For the eyes of Ira' },
    })
    await cast.world.admin.query('delete from partner_members where member_id = $1', [cast.ids.ira])
    await wait(11)
    expect((await mails()).filter(({ to_email }) => to_email === 'ira@halden.example')).toEqual([])
    expect(JSON.stringify(await mails())).not.toContain('For the eyes of Ira')
    await cast.world.admin.query(
      "insert into partner_members (org_id, partner_id, member_id, level, created_at) select org_id, id, $2, 'work', now() from partners where id = $1",
      [cast.fjordkraft.id, cast.ids.ira],
    )
  })
  test('whose mail is tried again is told what is still so: not what they read, muted or switched off between the tries', async () => {
    const { id, ref } = await shared('Tried again')
    const again = async (between: () => Promise<unknown>) => {
      await cast.world.admin.query("delete from outbox where kind = 'notice'")
      await says(ref, 'Are you there?')
      await wait(11)
      expect((await mails()).filter(({ kind }) => kind === 'notice')).toMatchObject([{ state: 'held' }])
      await between()
      await cast.world.admin.query(
        "update outbox set state = 'due', queued_at = null, sent_at = null, subject = null where kind = 'notice'",
      )
      await cast.world.settle()
      return (await mails()).filter(({ kind }) => kind === 'notice').map(({ state }) => state)
    }
    expect(await again(async () => {})).toEqual(['held'])
    expect(await again(() => cast.dana.does(readInbox, { body: { read: true } }))).toEqual(['dropped'])
    expect(await again(() => cast.dana.does(changeNotices, { body: { replied: 'off' } }))).toEqual(['dropped'])
    await cast.dana.does(changeNotices, { body: { replied: 'now' } })
    expect(await again(() => cast.dana.does(addMute, { body: { deal: id } }))).toEqual(['dropped'])
    const { muted } = await cast.dana.does(getNotices, {})
    await cast.dana.does(removeMute, { params: { mute: muted[0]?.id ?? '' } })
    // Into the evening: it waits for the morning.
    expect(await again(() => cast.world.pass(minutes(10 * 60)))).toEqual(['due'])
    await wait(14 * 60)
    expect((await mails()).filter(({ kind }) => kind === 'notice').map(({ state }) => state)).toEqual(['held'])
  })
  test('is told of a deal that a colleague gave them, not of one they gave themselves', async () => {
    const { id } = await shared('Kiel Yards')
    const { version } = await cast.dana.does(getDeal, { params: { ref: (await ref(id)) as string } })
    await cast.dana.does(editDeal, { params: { deal: id }, body: { version, our_owner_id: cast.ids.lee } })
    const { items } = await cast.lee.does(listInbox, {})
    expect(items[0]).toMatchObject({
      sentence: 'Dana Reyes made you the owner',
      deal: { customer_company: 'Kiel Yards' },
    })
    await wait(11)
    expect((await mails()).filter(({ kind }) => kind === 'notice')).toMatchObject([
      { to_email: 'lee@halden.example', subject: 'Dana Reyes made you the owner: Kiel Yards' },
    ])
  })
  test('rests in the evening: what is held leaves in the morning, and what they read until then never', async () => {
    const { ref } = await shared('Night Owl')
    await cast.world.pass(minutes(10 * 60))
    await says(ref, 'A late word.')
    await wait(30)
    expect((await mails()).filter(({ kind }) => kind === 'notice')).toEqual([])
    await wait(11 * 60 + 31)
    const [mail] = (await mails()).filter(({ kind }) => kind === 'notice')
    expect(mail?.sent_at.getTime()).toBeGreaterThan(0)
    expect(mail?.subject).toBe('Ana Lindner commented: Night Owl')
  })
  test('gets what moved in a digest on the next weekday morning, with what unsubscribes from it', async () => {
    const { id } = await shared('Digest One')
    const { version } = await cast.ira.does(getDeal, { params: { ref: (await ref(id)) as string } })
    await cast.ira.does(editDeal, { params: { deal: id }, body: { version, stage: 'Working' } })
    await wait(60)
    expect((await mails()).filter(({ kind }) => kind !== 'deal_shared')).toEqual([])
    await wait(22 * 60)
    const own = (await mails()).filter(({ to_email }) => to_email === 'dana@halden.example')
    expect(own).toMatchObject([{ kind: 'digest', subject: 'Your digest: Digest One' }])
    expect(own[0]?.body).toContain('Ira Novak moved it to Working.')
  })
  test('whose role another changed is told at once, at any hour', async () => {
    await cast.world.pass(minutes(13 * 60))
    const { items } = await cast.dana.does(listMembers, {})
    const lee = items.find(({ id }) => id === cast.ids.lee)
    await cast.dana.does(editMember, {
      params: { member: cast.ids.lee },
      body: { version: lee?.version ?? 1, role: 'admin' },
    })
    await cast.world.settle()
    expect(await mails()).toMatchObject([
      { kind: 'role_changed', to_email: 'lee@halden.example', subject: 'You are now an admin at Halden Software' },
    ])
    await cast.dana.does(editMember, {
      params: { member: cast.ids.lee },
      body: { version: (lee?.version ?? 1) + 1, role: 'member' },
    })
  })
})

test('Of sample data nobody is mailed, on neither side', async () => {
  await cast.uma.does(addSampleData, {})
  const { rowCount } = await cast.world.admin.query(
    `insert into entries (org_id, id, partner_id, deal_id, kind, audience, body, needs_answer, member_id, contact_id, created_at)
     select d.org_id, gen_random_uuid(), d.partner_id, d.id, 'comment', 'partner', 'A sample of what is said.', by.team,
       case when by.team then d.our_owner_id end, case when not by.team then d.their_owner_id end, $1
     from deals d join partners p on p.org_id = d.org_id and p.id = d.partner_id and p.sample, (values (true), (false)) by (team)
     where d.shared_from is not null and d.their_owner_id is not null`,
    [cast.world.now()],
  )
  expect(rowCount).toBeGreaterThan(1)
  await monday()
  await monday()
  const { rows } = await cast.world.admin.query(
    "select o.kind from outbox o join organizations c on c.org_id = o.org_id where c.name = 'Umbra Labs' and o.kind <> 'invitation'",
  )
  expect(rows).toEqual([])
})

const ref = async (id: string) =>
  (await cast.world.admin.query('select ref from deals where id = $1', [id])).rows[0].ref

describe('Settings', () => {
  test('are calm for whoever never chose, and change one by one', async () => {
    const before = await cast.dana.does(getNotices, {})
    expect(before.settings).toMatchObject({ ...presets.calm, quiet_hours: true, digest_at: '08:30', time_zone: null })
    const after = await cast.dana.does(changeNotices, { body: { moved: 'now', time_zone: 'Asia/Tokyo' } })
    expect(after.settings).toEqual({ ...before.settings, moved: 'now', time_zone: 'Asia/Tokyo' })
    expect((await cast.dana.does(getNotices, {})).settings).toEqual(after.settings)
    // Nobody else's.
    expect((await cast.ira.does(getNotices, {})).settings).toEqual(before.settings)
  })
  test('refuse what is no zone, no quarter of an hour, and a day that is quiet all round', async () => {
    const fields = async (body: Parameters<typeof cast.dana.does<typeof changeNotices>>[1]['body']) =>
      (await cast.dana.call(changeNotices, { body })).problem.errors?.map(({ field }) => field)
    expect(await fields({ time_zone: 'Atlantis/Capital' })).toEqual(['time_zone'])
    expect(await fields({ digest_at: '08:31' })).toEqual(['digest_at'])
    expect(await fields({ quiet_to: '18:00' })).toEqual(['quiet_to'])
    expect(await fields({ moved: 'sometimes' as never })).toEqual(['moved'])
    expect((await cast.world.admin.query('select from notice_settings')).rowCount).toBe(0)
  })
  test('say how many mails last week would have brought, by the planner that sends them', async () => {
    const { ref } = await shared('Counted')
    for (const word of ['One', 'Two', 'Three']) {
      await says(ref, word)
      await wait(20)
    }
    await cast.world.pass(days(1))
    await cast.world.settle()
    const real = (await mails()).filter(({ to_email }) => to_email === 'dana@halden.example').length
    const { last_week } = await cast.dana.does(getNotices, {})
    expect(real).toBe(3)
    expect(last_week).toEqual({ yours: 3, calm: 3, asked: 0, everything: 3 })
    expect((await cast.dana.does(changeNotices, { body: { replied: 'digest' } })).last_week.yours).toBe(1)
  })
  test('mute a deal: no mail of it, and the inbox has it', async () => {
    const { id, ref } = await shared('Muted')
    const mute = await cast.dana.does(addMute, { body: { deal: id } })
    expect(await cast.dana.does(addMute, { body: { deal: id } })).toEqual(mute)
    expect((await cast.dana.does(getNotices, {})).muted).toEqual([mute])
    await says(ref, 'Hello?')
    await wait(11)
    expect((await mails()).filter(({ kind }) => kind === 'notice')).toEqual([])
    expect((await cast.dana.does(countInbox, {})).unread).toBeGreaterThan(0)
    expect((await cast.ira.call(removeMute, { params: { mute: mute.id } })).status).toBe(404)
    await cast.dana.does(removeMute, { params: { mute: mute.id } })
    await says(ref, 'Still there?')
    await wait(11)
    expect((await mails()).filter(({ kind }) => kind === 'notice')).toHaveLength(1)
  })
  test('mute nothing that is hidden, nothing at all, and not two things at once', async () => {
    expect((await cast.lee.call(addMute, { body: { partner: cast.fjordkraft.id } })).status).toBe(404)
    expect((await cast.uma.call(addMute, { body: { partner: cast.nordlicht.id } })).status).toBe(404)
    expect((await cast.dana.call(addMute, { body: {} })).status).toBe(422)
  })
})

describe('A contact', () => {
  const to = async (address: string) =>
    (await mails()).filter(({ to_email, kind }) => to_email === address && kind !== 'deal_shared')
  test('is mailed when they are asked, with the question, and not for a word that asks nothing', async () => {
    const { id, ref } = await shared('Asked')
    await cast.dana.does(addDealEntry, {
      params: { deal: id },
      body: { body: 'We think so too.', audience: 'partner' },
    })
    await wait(11)
    expect(await to('ana.lindner@nordlicht.example')).toEqual([])
    await says(ref, 'What now?')
    await cast.dana.does(addDealEntry, {
      params: { deal: id },
      body: { body: 'Will you call them on Friday?', audience: 'partner', needs_answer: true },
    })
    await cast.dana.does(addDealEntry, { params: { deal: id }, body: { body: 'Between us', audience: 'team' } })
    await wait(11)
    const [mail, ...more] = await to('ana.lindner@nordlicht.example')
    expect(more).toEqual([])
    expect(mail).toMatchObject({ subject: 'Dana Reyes needs your answer: Asked' })
    expect(mail?.body).toContain('Dana Reyes: Will you call them on Friday?')
    expect(mail?.body).not.toContain('Between us')
  })
  test('is not mailed about a deal that is shared no more when the mail is due', async () => {
    const { id } = await shared('Stopped')
    await cast.dana.does(addDealEntry, {
      params: { deal: id },
      body: { body: 'Yes or no?', audience: 'partner', needs_answer: true },
    })
    await cast.dana.does(stopSharingDeal, { params: { deal: id } })
    await wait(11)
    expect(await to('ana.lindner@nordlicht.example')).toEqual([])
  })
  test('reads on Monday what changed in the week', async () => {
    const { id } = await shared('Weekly')
    await cast.dana.does(addDealEntry, { params: { deal: id }, body: { body: 'It goes well.', audience: 'partner' } })
    await cast.world.pass(days(1))
    await cast.world.settle()
    expect(await to('ana.lindner@nordlicht.example')).toEqual([])
    await monday()
    expect(await to('ana.lindner@nordlicht.example')).toMatchObject([
      { kind: 'digest', subject: 'Your week with Halden Software: Weekly' },
    ])
  })
  test('is told that a deal was closed, once a day; what else was closed is told on Monday', async () => {
    const close = async (customer: string) => {
      const { id, ref } = await shared(customer)
      const { version } = await cast.dana.does(getDeal, { params: { ref } })
      await cast.dana.does(editDeal, {
        params: { deal: id },
        body: { version, outcome: 'won', outcome_reason: 'Their price' },
      })
      await wait(11)
    }
    await close('First one')
    await close('Second one')
    const before = await to('ana.lindner@nordlicht.example')
    expect(before).toMatchObject([{ subject: 'Closed as won: First one' }])
    // Why is a note of the team.
    expect(before[0]?.body).not.toContain('Their price')
    await monday()
    expect((await to('ana.lindner@nordlicht.example')).map(({ subject }) => subject)).toEqual([
      'Closed as won: First one',
      'Your week with Halden Software: Second one',
    ])
  })
  test('is told at once what became of a deal they sent', async () => {
    await cast.world.admin.query('update partners set sends_deals = true where id = $1', [cast.nordlicht.id])
    const { ref } = await cast.ana.does(sendDeal, {
      params: { workspace: cast.nordlicht.workspace },
      body: { kind: 'lead', customer_company: 'Elbe Kliniken', ask: 'Please quote.' },
    })
    const { id } = await cast.dana.does(getDeal, { params: { ref } })
    await cast.dana.does(declineDeal, { params: { deal: id }, body: { reason: 'We do not serve hospitals.' } })
    await wait(11)
    const [mail] = (await to('ana.lindner@nordlicht.example')).filter(({ kind }) => kind === 'notice')
    expect(mail?.subject).toBe('Halden Software answered: Elbe Kliniken')
    expect(mail?.body).toContain('Dana Reyes declined it. We do not serve hospitals.')
  })
  test('of a partner that is internal only is mailed nothing', async () => {
    const { id } = await shared('Internal')
    await cast.world.admin.query("update partners set works_via = 'internal' where id = $1", [cast.nordlicht.id])
    await cast.dana.does(addDealEntry, {
      params: { deal: id },
      body: { body: 'Anyone?', audience: 'partner', needs_answer: true },
    })
    await monday()
    expect(await to('ana.lindner@nordlicht.example')).toEqual([])
    await cast.world.admin.query("update partners set works_via = 'portal' where id = $1", [cast.nordlicht.id])
  })
  test('who chose the week alone is asked there, and who chose nothing is asked in the portal alone', async () => {
    const where = { params: { workspace: cast.nordlicht.workspace } }
    expect(await cast.ana.does(getMailChoice, where)).toEqual({ choice: 'asked' })
    expect(await cast.ana.does(chooseMail, { ...where, body: { choice: 'weekly' } })).toEqual({ choice: 'weekly' })
    expect(await cast.ana.does(getMailChoice, where)).toEqual({ choice: 'weekly' })
    expect(await cast.ben.does(getMailChoice, where)).toEqual({ choice: 'asked' })
    const { id } = await shared('Patient')
    expect((await mails()).filter(({ state }) => state === 'held')).toEqual([])
    await cast.dana.does(addDealEntry, {
      params: { deal: id },
      body: { body: 'Soon?', audience: 'partner', needs_answer: true },
    })
    await wait(11)
    expect(await to('ana.lindner@nordlicht.example')).toEqual([])
    await monday()
    const [mail] = await to('ana.lindner@nordlicht.example')
    expect(mail?.body).toContain('Soon?')
    await cast.ana.does(chooseMail, { ...where, body: { choice: 'none' } })
    await cast.dana.does(addDealEntry, {
      params: { deal: id },
      body: { body: 'Now?', audience: 'partner', needs_answer: true },
    })
    await monday()
    expect(await to('ana.lindner@nordlicht.example')).toHaveLength(1)
  })
})
