import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { invalid } from '#server/http/errors.ts'
import type { Given } from '#shared/endpoint.ts'
import {
  classOf,
  type changeNotices as endpoint,
  type Mute,
  type NoticeSettings,
  type Notices,
  presets,
  unchosen,
} from '#shared/notices.ts'
import { memberChoice } from './chosen.ts'
import { mailsOf } from './last-week.ts'
import type { Waiting } from './planner.ts'

const week_ms = 7 * 24 * 3600_000

type Mine = { settings: NoticeSettings | null; company_zone: string; muted: Mute[] }
type Row = Omit<Waiting, 'class' | 'at' | 'read_at' | 'digest_from'> & {
  kind: string
  at: string
  read_at: string | null
}

const readMine = (tx: Tx) =>
  tx.row<Mine>(sql`
    select o.time_zone as company_zone,
      (select to_jsonb(s) - '{org_id, member_id, updated_at}'::text[] from notice_settings s where s.member_id = app.member()) as settings,
      (select coalesce(json_agg(m order by m.legal_name, m.customer_company nulls first), '[]') from (
        select u.id, p.legal_name, d.customer_company, json_build_object('id', p.id, 'slug', p.slug, 'legal_name', p.legal_name) as partner,
          case when d.id is not null then json_build_object('id', d.id, 'ref', d.ref, 'customer_company', d.customer_company) end as deal
        from mutes u join partners p on p.org_id = u.org_id and p.id = u.partner_id left join deals d on d.org_id = u.org_id and d.id = u.deal_id
        where u.member_id = app.member()) m) as muted
    from organizations o`)

const readWeek = (tx: Tx) =>
  tx.rows<Row>(sql`
    select n.id, n.kind, n.partner_id, n.deal_id, n.created_at as at, n.read_at
    from notifications n
    where n.member_id = app.member() and n.created_at > ${new Date(tx.now().getTime() - week_ms).toISOString()}::timestamptz
    order by n.created_at, n.id limit 1000`)

/** How the caller is told, and how many mails the last seven days would have brought, by the planner that sends them. */
export async function readNotices(tx: Tx): Promise<Omit<Notices, 'mail_works'>> {
  const [mine, rows] = await Promise.all([readMine(tx), readWeek(tx)])
  const { settings, company_zone, muted } = mine ?? { settings: null, company_zone: 'UTC', muted: [] }
  const now = tx.now()
  const happened = rows.map(
    ({ kind, at, read_at, ...row }): Waiting => ({
      ...row,
      class: classOf(kind),
      at: new Date(at),
      read_at: read_at ? new Date(read_at) : null,
      digest_from: null,
    }),
  )
  const is = settings ?? unchosen
  const things = muted.map(({ partner, deal }) => deal?.id ?? partner.id)
  const count = (it: NoticeSettings) => mailsOf(memberChoice(it, company_zone, things), happened, now).length
  return {
    settings: is,
    company_zone,
    muted,
    last_week: {
      yours: count(is),
      calm: count({ ...is, ...presets.calm }),
      asked: count({ ...is, ...presets.asked }),
      everything: count({ ...is, ...presets.everything }),
    },
  }
}

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** Changes how the caller is told; what is not named stays as it was. */
export async function changeNotices(
  tx: Tx,
  changes: Given<typeof endpoint>['body'],
): Promise<Omit<Notices, 'mail_works'>> {
  if (changes.time_zone && !isZone(changes.time_zone))
    throw invalid('time_zone', 'There is no such time zone. Choose one like Europe/Berlin.')
  const mine = await readMine(tx)
  const is = { ...(mine?.settings ?? unchosen), ...changes }
  if (is.quiet_hours && is.quiet_from === is.quiet_to)
    throw invalid(changes.quiet_to ? 'quiet_to' : 'quiet_from', 'Quiet hours need an end. Choose another time.')
  await tx.run(sql`
    insert into notice_settings (org_id, member_id, assigned, replied, moved, quiet, sent, invites, access,
      quiet_hours, quiet_from, quiet_to, quiet_weekends, digest_at, time_zone, updated_at)
    values (app.org(), app.member(), ${is.assigned}, ${is.replied}, ${is.moved}, ${is.quiet}, ${is.sent}, ${is.invites}, ${is.access},
      ${is.quiet_hours}, ${is.quiet_from}, ${is.quiet_to}, ${is.quiet_weekends}, ${is.digest_at}, ${is.time_zone}, app.now())
    on conflict (org_id, member_id) do update set
      (assigned, replied, moved, quiet, sent, invites, access, quiet_hours, quiet_from, quiet_to, quiet_weekends, digest_at, time_zone, updated_at)
      = (excluded.assigned, excluded.replied, excluded.moved, excluded.quiet, excluded.sent, excluded.invites, excluded.access,
        excluded.quiet_hours, excluded.quiet_from, excluded.quiet_to, excluded.quiet_weekends, excluded.digest_at, excluded.time_zone, excluded.updated_at)`)
  return readNotices(tx)
}
