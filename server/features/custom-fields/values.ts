import type { Tx } from '#server/db/actor.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { conflict, forbidden, invalid, notFound } from '#server/http/errors.ts'
import type { CustomValue, editCustomValues as endpoint } from '#shared/custom-fields.ts'
import type { Answer, Given } from '#shared/endpoint.ts'

type Value = CustomValue['value']

/** What stands in the fields of a partner `p`, in their order; archived fields are left out and keep what they have. */
export const customOf = sql`(select coalesce(json_agg(json_build_object('field_id', f.id, 'name', f.name, 'purpose', f.purpose, 'kind', f.kind,
    'choices', f.choices, 'value', case f.kind when 'number' then to_json(v.number_value) when 'date' then to_json(v.date_value)
      when 'yes_no' then to_json(v.yes_value) else to_json(v.text_value) end) order by f.place, f.id), '[]')
  from custom_fields f left join custom_values v on v.org_id = f.org_id and v.partner_id = p.id and v.field_id = f.id
  where f.archived_at is null) as custom`

function linkOf(typed: string): string | null {
  const written = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`
  const url = URL.canParse(written) ? new URL(written) : null
  return url && /^https?:$/.test(url.protocol) && url.hostname.includes('.') && written.length <= 500 ? written : null
}

const day = /^\d{4}-\d\d-\d\d$/
const isDay = (typed: string) =>
  day.test(typed) && !Number.isNaN(Date.parse(typed)) && new Date(typed).toISOString().startsWith(typed)

/** The value as it is kept. In: the field, what was typed. Errors: 422 that names the field. */
function read(field: CustomValue, typed: Value): Value {
  const refuse = (detail: string): never => {
    throw invalid(field.field_id, `${field.name}: ${detail}`)
  }
  const value = typeof typed === 'string' ? typed.trim() : typed
  if (value === null || value === '') return null
  if (field.kind === 'yes_no') return typeof value === 'boolean' ? value : refuse('choose yes or no.')
  if (field.kind === 'number')
    return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e15
      ? value
      : refuse('write a number.')
  if (typeof value !== 'string') return refuse('write some text.')
  if (value.includes('\0') || !value.isWellFormed()) return refuse('use plain text only.')
  if (field.kind === 'date') return isDay(value) ? value : refuse('write a date like 2026-11-23.')
  if (field.kind === 'link') return linkOf(value) ?? refuse('write a web address like https://example.com.')
  if (field.kind === 'choice' && value !== field.value && !field.choices.includes(value))
    return refuse('choose one of its choices.')
  return value.length <= 500 ? value : refuse('use at most 500 characters.')
}

function columns(kind: CustomValue['kind'], value: Value): Sql {
  const of = (wanted: boolean) => (wanted ? value : null)
  return sql`${of(!['number', 'date', 'yes_no'].includes(kind))}::text, ${of(kind === 'number')}::numeric, ${of(kind === 'date')}::date, ${of(kind === 'yes_no')}::boolean`
}

async function customValues(tx: Tx, partner: string): Promise<{ custom: CustomValue[]; work: boolean }> {
  const it = await tx.row<{ custom: CustomValue[]; work: boolean }>(sql`
    select ${customOf}, app.can_work_with(p.id) as work from partners p where p.id = ${partner}::uuid`)
  if (!it) throw notFound()
  return it
}

/** Fills in fields; an empty value clears one. Nothing is changed where one of them is another than the caller saw. */
export async function editCustomValues(
  tx: Tx,
  partner: string,
  values: Given<typeof endpoint>['body']['values'],
): Promise<Answer<typeof endpoint>> {
  // Two people who fill in the same partner wait for each other.
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('custom ' || ${partner}, 0))`)
  const { custom, work } = await customValues(tx, partner)
  if (!work) throw forbidden()
  for (const { field_id, value, was } of values) {
    const field = custom.find((one) => one.field_id === field_id)
    if (!field) throw notFound()
    if (field.value !== was) throw conflict('Someone filled this in since you opened it.', { custom })
    const kept = read(field, value)
    if (kept === null)
      await tx.run(sql`delete from custom_values where partner_id = ${partner}::uuid and field_id = ${field_id}::uuid`)
    else if (kept !== field.value)
      await tx.run(sql`
        insert into custom_values (org_id, partner_id, field_id, text_value, number_value, date_value, yes_value, updated_at)
        values (app.org(), ${partner}::uuid, ${field_id}::uuid, ${columns(field.kind, kept)}, app.now())
        on conflict (org_id, partner_id, field_id) do update set text_value = excluded.text_value, number_value = excluded.number_value,
          date_value = excluded.date_value, yes_value = excluded.yes_value, updated_at = excluded.updated_at`)
  }
  return { custom: (await customValues(tx, partner)).custom }
}
