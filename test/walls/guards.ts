import { readFileSync } from 'node:fs'
import type pg from 'pg'
import { changes } from './changes.ts'
import { idOf, now, ours, twin } from './ids.ts'
import { attempt, type Look, type Standing, standingAs } from './standing.ts'

const member = (word: string, team_role: string): Standing => ({
  role: 'partnered_team',
  member: idOf(`m_${word}`),
  team_role,
})
const contact = (word: string, partner: string): Standing => ({
  role: 'partnered_contact',
  contact: idOf(`${word}_${partner}`),
  partner: idOf(`p_${partner}`),
  channel: 'portal',
})

/** Every change leaves its line in the log, its time and its version. */
async function checkKeeping(client: pg.Client): Promise<string[]> {
  const problems: string[] = []
  const { rows: versioned } = await client.query(
    "select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid where a.attname = 'version' and c.relnamespace = 'public'::regnamespace and c.relkind = 'r'",
  )
  for (const [table, change] of Object.entries(changes)) {
    await client.query('savepoint keeping')
    await client.query(
      "select set_config('app.org', $1, true), set_config('app.member', $2, true), set_config('app.team_role', 'admin', true), set_config('app.clock', $3, true)",
      [ours, idOf('m_admin'), now],
    )
    const sum = versioned.some(({ name }) => name === table)
      ? `(select sum(version)::int from ${table} where org_id = '${ours}')`
      : '0'
    const count = async () =>
      (
        await client.query(
          `select (select count(*)::int from audit_rows where table_name = $1 and org_id = $2) as lines, ${sum} as versions`,
          [table, ours],
        )
      ).rows[0]
    const before = await count()
    await client.query(`${change}${change.includes(' where ') ? ' and' : ' where'} org_id = '${ours}'`)
    const after = await count()
    if (after.lines <= before.lines) problems.push(`a change of ${table} leaves no line in the log`)
    if (sum !== '0' && after.versions <= before.versions) problems.push(`a change of ${table} leaves its version`)
    await client.query('rollback to savepoint keeping')
  }
  return problems
}

/** One act of the owner's, that touched a partner they may or may not work with. */
const acted = (partner: string, until: 'later' | 'past' = 'later') => `
  insert into act_changes (org_id, act_id, step, table_name, action, before, after)
  select '${ours}', '${idOf('act_owner')}', 1, 'partners', 'update', to_jsonb(p), to_jsonb(p) from partners p where p.org_id = '${ours}' and p.id = '${idOf(`p_${partner}`)}';
  update acts set undo_until = ${until === 'later' ? `'${now}'::timestamptz + interval '1 hour'` : `'${now}'::timestamptz - interval '1 minute'`} where org_id = '${ours}' and id = '${idOf('act_owner')}'`
const undo = `select * from app.undo_act('${idOf('act_owner')}')`
const merging = `select app.begin_act('${idOf('new_act')}', 'merge', 'x', interval '1 hour'), app.merge_partners('${idOf('p_open')}', '${idOf('p_masked')}', '{}')`

const agreed = readFileSync(new URL('../../db/schema.sql', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('CREATE TRIGGER '))

/** The triggers that keep, log and remember stand on every table where the printed structure says so, word for word. */
async function checkTriggers(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query(
    "select pg_get_triggerdef(t.oid, true) || ';' as line from pg_trigger t join pg_class c on c.oid = t.tgrelid where not t.tgisinternal and c.relnamespace in ('public'::regnamespace, 'auth'::regnamespace) and not c.relispartition",
  )
  const there = new Set(rows.map(({ line }) => line))
  return agreed.filter((line) => !there.has(line)).map((line) => `missing: ${line}`)
}

type Check = { what: string; who: Standing; before?: string; act: string; refused?: string; leaves?: string }
const gone = `update members set deactivated_at = app.now() where id = '${idOf('m_viewer')}' and org_id = '${ours}'`

const checks: Check[] = [
  {
    what: 'a sixth view is pinned',
    who: member('worker', 'member'),
    before: `insert into view_pins (org_id, member_id, view_id, created_at) select '${ours}', '${idOf('m_worker')}', gen_random_uuid(), app.now() from generate_series(1, 5)`,
    act: `insert into view_pins (org_id, member_id, view_id, created_at) values ('${ours}', '${idOf('m_worker')}', '${idOf('v_shared')}', app.now())`,
    refused: 'P0422',
  },
  {
    what: 'an act of somebody else is undone',
    who: member('worker', 'member'),
    before: acted('open'),
    act: undo,
    refused: 'P0404',
  },
  {
    what: 'a read-only member undoes',
    who: member('owner', 'read_only'),
    before: acted('open'),
    act: undo,
    refused: 'P0404',
  },
  {
    what: 'an act is undone too late',
    who: member('owner', 'member'),
    before: acted('open', 'past'),
    act: undo,
    refused: 'P0409',
  },
  {
    what: 'an act on a partner of others is undone',
    who: member('owner', 'member'),
    before: acted('picked2'),
    act: undo,
    refused: '42501',
  },
  {
    what: 'an act is undone twice',
    who: member('admin', 'admin'),
    before: `${acted('open')}; update acts set undone_at = app.now()`,
    act: undo,
    refused: 'P0409',
  },
  {
    what: 'a read-only member begins an act',
    who: member('reader', 'read_only'),
    act: `select app.begin_act('${idOf('new_act')}', 'bulk', 'x', interval '1 hour')`,
    refused: '42501',
  },
  {
    what: 'a member who does not own both merges them',
    who: member('worker', 'member'),
    act: merging,
    refused: '42501',
  },
  {
    what: 'partners that are not seen are merged',
    who: member('outsider', 'member'),
    act: merging.replace(idOf('p_masked'), idOf('p_picked')),
    refused: 'P0404',
  },
  {
    what: 'a member leads views of others on',
    who: member('owner', 'member'),
    act: `select app.begin_act('${idOf('new_act')}', 'bulk', 'x', interval '1 hour'), app.lead_views_on(gen_random_uuid(), gen_random_uuid())`,
    refused: '42501',
  },
  {
    what: 'views are led on without an act',
    who: member('admin', 'admin'),
    act: 'select app.lead_views_on(gen_random_uuid(), gen_random_uuid())',
    refused: '42501',
  },
  {
    what: 'a merge is no act',
    who: member('admin', 'admin'),
    act: `select app.merge_partners('${idOf('p_open')}', '${idOf('p_masked')}', '{}')`,
    refused: '42501',
  },
  {
    what: 'a member who does not own a partner changes what it may see',
    who: member('worker', 'member'),
    act: `update partners set sees_value = not sees_value where id = '${idOf('p_open')}'`,
    refused: '42501',
  },
  {
    what: 'a partner is handed to someone who left',
    who: member('admin', 'admin'),
    before: gone,
    act: `update partners set owner_id = '${idOf('m_viewer')}' where id = '${idOf('p_open')}'`,
    refused: 'P0422',
  },
  ...(
    [
      ['partners', 'type', 'partner_types', 'reseller', 'p_open'],
      ['contacts', 'role', 'contact_roles', 'unworn', 'all_open'],
      ['deals', 'stage', 'deal_stages', 'Proposal', 'dnever_open'],
    ] as const
  ).map(([table, column, list, key, record]) => ({
    what: `a ${column} that is archived is given to another record`,
    who: member('admin', 'admin'),
    before: `update ${list} set archived_at = '${now}' where org_id = '${ours}' and key = '${key}'`,
    act: `update ${table} set ${column} = '${key}' where id = '${idOf(record)}'`,
    refused: 'P0422',
  })),
  {
    what: 'a deal is handed to someone who left',
    who: member('admin', 'admin'),
    before: gone,
    act: `update deals set our_owner_id = '${idOf('m_viewer')}' where id = '${idOf('dnever_open')}'`,
    refused: 'P0422',
  },
  {
    what: 'the only admin stops being one',
    who: member('admin', 'admin'),
    act: `update members set role = 'member' where id = '${idOf('m_admin')}'`,
    refused: 'P0422',
  },
  {
    what: 'a contact answers a deal twice',
    who: contact('all', 'open'),
    before: `update deals set answer = 'declined' where id = '${idOf('dshared_open')}' and org_id = '${ours}'`,
    act: `update portal.deals set answer = 'accepted' where id = '${idOf('dshared_open')}'`,
    refused: 'P0409',
  },
  {
    what: 'an earlier address of a partner is forgotten',
    who: member('admin', 'admin'),
    act: `update partners set slug = 'renamed' where id = '${idOf('p_open')}'`,
    leaves: "select from partner_slugs where slug = 'open'",
  },
  {
    what: 'a new deal does not wake its partner',
    who: member('owner', 'member'),
    act: `insert into deals (org_id, id, ref, partner_id, kind, customer_company, ask, our_owner_id, created_at, last_activity_at, stage_since, turn_since) values ('${ours}', '${idOf('new_deal')}', 'D-new', '${idOf('p_open')}', 'lead', 'x', 'x', '${idOf('m_owner')}', '${now}', '${now}', '${now}', '${now}')`,
    leaves: `select from partners where id = '${idOf('p_open')}' and last_activity_at = '${now}'`,
  },
  {
    what: 'a move leaves no line on the timeline',
    who: member('owner', 'member'),
    act: `update deals set stage = 'Proposal' where id = '${idOf('dshared_open')}'`,
    leaves: `select from entries where deal_id = '${idOf('dshared_open')}' and kind = 'stage'`,
  },
  {
    what: 'how a line read before is forgotten',
    who: member('owner', 'member'),
    act: `update entries set body = 'Better' where id = '${idOf('mine_owner_open')}'`,
    leaves: `select from entry_versions v join entries e on e.org_id = v.org_id and e.id = v.entry_id and e.edited_at is not null
      where v.org_id = '${ours}' and v.entry_id = '${idOf('mine_owner_open')}' and v.body like 'mk mine_owner%'`,
  },
  {
    what: 'what was removed keeps its words',
    who: member('owner', 'member'),
    before: `update entries set member_id = '${idOf('m_owner')}' where org_id = '${ours}' and id = '${idOf('nteam_open')}'`,
    act: `update entries set removed_at = app.now() where id = '${idOf('nteam_open')}'`,
    leaves: `select from entries e where e.org_id = '${ours}' and e.id = '${idOf('nteam_open')}' and e.body is null
      and not exists (select from entry_versions v where v.org_id = e.org_id and v.entry_id = e.id)`,
  },
  {
    what: 'the first stage is archived',
    who: member('admin', 'admin'),
    act: `update deal_stages set archived_at = app.now() where key = 'New'`,
    refused: 'P0422',
  },
  {
    what: 'a ninth stage comes into use',
    who: member('admin', 'admin'),
    before: `insert into deal_stages (org_id, id, key, name, place, created_at, updated_at) select '${ours}', gen_random_uuid(), 'more' || n, 'more' || n, n, '${now}', '${now}'
      from generate_series(1, 8 - (select count(*)::int from deal_stages where org_id = '${ours}' and archived_at is null)) n`,
    act: `insert into deal_stages (org_id, id, key, name, place, created_at) values ('${ours}', '${idOf('new_stage')}', 'ninth', 'ninth', 9, '${now}')`,
    refused: 'P0422',
  },
  {
    what: 'what happens on a quiet deal leaves its alert',
    who: member('owner', 'member'),
    before: `update deals set quiet_told = '${now}', last_activity_at = '${now}'::timestamptz - interval '60 days' where org_id = '${ours}' and id = '${idOf('dnever_open')}'`,
    act: `update deals set stage = 'Proposal' where id = '${idOf('dnever_open')}'`,
    leaves: `select from deals where org_id = '${ours}' and id = '${idOf('dnever_open')}' and quiet_told is null`,
  },
  {
    what: 'a mention reaches nobody',
    who: member('owner', 'member'),
    act: `insert into mentions (org_id, entry_id, member_id) values ('${ours}', '${idOf('mine_owner_open')}', '${idOf('m_worker')}')`,
    leaves: `select from notifications where entry_id = '${idOf('mine_owner_open')}' and member_id = '${idOf('m_worker')}'`,
  },
  {
    what: 'someone who left keeps an open deal',
    who: member('owner', 'member'),
    act: `update contacts set left_at = app.now() where id = '${idOf('own_open')}'`,
    leaves: `select from deals where id = '${idOf('dtheirs_open')}' and their_owner_id is null`,
  },
  {
    what: 'an address that changed keeps its access',
    who: member('owner', 'member'),
    act: `update contacts set email = 'another@open.example' where id = '${idOf('all_open')}'`,
    leaves: `select from contacts where id = '${idOf('all_open')}' and person_id is null`,
  },
  {
    what: 'a share shows nothing',
    who: member('owner', 'member'),
    act: `insert into shares (org_id, id, partner_id, deal_id, shared_by, shared_at, effective_at) values ('${ours}', '${idOf('new_share')}', '${idOf('p_open')}', '${idOf('dnever_open')}', '${idOf('m_owner')}', '${now}', '${now}')`,
    leaves: `select from deals where id = '${idOf('dnever_open')}' and shared_from is not null`,
  },
  ...[
    `update partners set owner_id = '${idOf('m_worker')}' where id = '${idOf('p_open')}'`,
    `delete from partner_members where partner_id = '${idOf('p_picked')}'`,
  ].map((act) => ({
    what: 'a change of who sees what leaves the word that this member sees everything',
    who: member('admin', 'admin'),
    act: `select set_config('app.reach', 'all', true); ${act}`,
    leaves: "select where not app.reaches_all() and current_setting('app.reach') = ''",
  })),
  {
    what: 'a share of a file shows nothing',
    who: member('owner', 'member'),
    act: `insert into shares (org_id, id, partner_id, file_id, shared_by, shared_at, effective_at) values ('${ours}', '${idOf('new_share')}', '${idOf('p_open')}', '${idOf('fteam_open')}', '${idOf('m_owner')}', '${now}', '${now}')`,
    leaves: `select from files where id = '${idOf('fteam_open')}' and shared_from is not null`,
  },
  {
    what: 'a file that came in does not wake its partner',
    who: member('owner', 'member'),
    act: `update files set completed_at = app.now(), media_type = 'text/plain', sha256 = '${'0'.repeat(64)}' where id = '${idOf('fpart_owner_open')}'`,
    leaves: `select from partners where id = '${idOf('p_open')}' and last_activity_at = '${now}'`,
  },
  {
    what: 'a contact comments as nobody',
    who: contact('all', 'open'),
    act: `insert into portal.entries (id, deal_id, body) values ('${idOf('new_comment')}', '${idOf('dshared_open')}', 'x')`,
    leaves: `select from portal.entries where id = '${idOf('new_comment')}' and by_partner`,
  },
  ...[
    `select from notifications where deal_id = '${idOf('sent_deal')}' and kind = 'sent' and member_id = '${idOf('m_owner')}'`,
    `select where (select count(*) from notifications) >= 0 and exists (select from deals where id = '${idOf('sent_deal')}' and not in_pipeline and answer = 'pending'
      and turn = 'us' and sent_by_id = '${idOf('all_open')}' and our_owner_id = '${idOf('m_owner')}')`,
    `select where (select count(*) from notifications) >= 0 and exists (select from shares where deal_id = '${idOf('sent_deal')}' and shared_by is null)`,
    `select where (select count(*) from notifications) >= 0 and exists (select from outbox where deal_id = '${idOf('sent_deal')}' and kind = 'deal_received'
      and contact_id = '${idOf('all_open')}')`,
  ].map((leaves) => ({
    what: 'what a contact sends reaches nobody, is in the pipeline, is not theirs to see, or has no receipt',
    who: contact('all', 'open'),
    act: `select portal.send_deal('${idOf('sent_deal')}', 'D-SENT', 'lead', 'x', null, null, null, 'x')`,
    leaves,
  })),
  {
    what: 'a deal that waits for an answer is moved',
    who: member('owner', 'member'),
    act: `update deals set stage = 'Proposal' where id = '${idOf('dsent_open')}'`,
    refused: 'P0409',
  },
  {
    what: 'the team answers what it gave',
    who: member('owner', 'member'),
    act: `update deals set answer = 'accepted' where id = '${idOf('dshared_open')}'`,
    refused: '42501',
  },
  {
    what: 'what a contact says reaches nobody',
    who: contact('all', 'open'),
    act: `insert into portal.entries (id, deal_id, body) values ('${idOf('new_comment')}', '${idOf('dshared_open')}', 'x')`,
    leaves: `select from notifications where entry_id = '${idOf('new_comment')}'`,
  },
  {
    what: 'of what was read, that of nobody and of another company stays, or that of a member does not',
    who: { role: 'partnered_system' },
    before: `insert into members (org_id, id, person_id, name, email, role, created_at, updated_at) values ('${ours}', '${idOf('m_ours')}', 'ours', 'ours', 'ours@x.example', 'member', '${now}', '${now}')`,
    act: `select app.keep_reads('${JSON.stringify(
      [
        [ours, 'm_worker'],
        [ours, 'm_nobody'],
        [twin, 'm_ours'],
      ].map(([org_id, who = '']) => ({
        ...{ org_id, at: now, member_id: idOf(who), kind: 'deal', partner_id: idOf('p_open') },
        ...{ record_ids: [], fields: [], request_id: 'kept' },
      })),
    )}')`,
    leaves: `select from read_records where request_id = 'kept' having array_agg((org_id, member_id)) = array[row('${ours}'::uuid, '${idOf('m_worker')}'::uuid)]`,
  },
]

/** What triggers refuse and what they do by themselves. Out: what is not so. */
export async function checkGuards(client: pg.Client, { first }: Look = {}): Promise<string[]> {
  const problems = await checkTriggers(client)
  if (first && problems.length > 0) return problems
  problems.push(...(await checkKeeping(client)))
  for (const { what, who, before, act, refused, leaves } of checks) {
    if (first && problems.length > 0) return problems
    await client.query('savepoint guard')
    if (before)
      await client
        .query("select set_config('session_replication_role', 'replica', true)")
        .then(() => client.query(before))
        .then(() => client.query("select set_config('session_replication_role', 'origin', true)"))
    await standingAs(client, who, async () => {
      if (refused) {
        const got = await attempt(client, act)
        if (got.refused !== refused) problems.push(`${what}: ${got.refused ?? 'done'}`)
        return
      }
      try {
        await client.query(act)
        if (leaves && /notifications|read_records/.test(leaves))
          await client.query("select set_config('role', 'none', true)")
        const { rowCount } = await client.query(leaves ?? 'select 1')
        if (!rowCount) problems.push(what)
      } catch (error) {
        problems.push(`${what}: ${error instanceof Error ? error.message : error}`)
      }
    })
    await client.query('rollback to savepoint guard')
  }
  return problems
}
