import { useMemo } from 'react'
import type { NoticeSettings } from '#shared/notices.ts'
import { Card } from '../../ui/card.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { zoneOptions } from '../session/region.ts'
import { SavedMark } from './saved-mark.tsx'
import type { ChangeNotices, Outcome } from './use-notices.ts'

const times = Array.from({ length: 48 }, (_, n) => {
  const value = `${String(Math.floor(n / 2)).padStart(2, '0')}:${n % 2 ? '30' : '00'}`
  return { value, label: value }
})
const withOwn = (value: string) =>
  times.some((it) => it.value === value) ? times : [...times, { value, label: value }]
const company = 'company'

type Props = { settings: NoticeSettings; company_zone: string; change: ChangeNotices; outcome: Outcome | null }

/** When mail may come: quiet hours, the digest's time, and on whose clock. */
export function NoticeHours({ settings: is, company_zone, change, outcome }: Props) {
  const zones = useMemo(
    () => [{ value: company, label: `As the company: ${company_zone.replaceAll('_', ' ')}` }, ...zoneOptions()],
    [company_zone],
  )
  return (
    <Card title="When" action={<SavedMark outcome={outcome} row="hours" />}>
      <div className="notices-hours">
        <div className="notices-quiet">
          <Checkbox
            label="Quiet hours"
            hint="Mail waits until they are over. What you read meanwhile is not mailed."
            checked={is.quiet_hours}
            onChange={(event) => void change('hours', { quiet_hours: event.target.checked })}
          />
          <div className="notices-times">
            <Field label="From">
              <Select
                value={is.quiet_from}
                options={withOwn(is.quiet_from)}
                disabled={!is.quiet_hours}
                onChange={(quiet_from) => void change('hours', { quiet_from })}
              />
            </Field>
            <Field label="To">
              <Select
                value={is.quiet_to}
                options={withOwn(is.quiet_to)}
                disabled={!is.quiet_hours}
                onChange={(quiet_to) => void change('hours', { quiet_to })}
              />
            </Field>
          </div>
          <Checkbox
            label="Quiet weekends"
            hint="From Saturday to Sunday, all day."
            checked={is.quiet_weekends}
            onChange={(event) => void change('hours', { quiet_weekends: event.target.checked })}
          />
        </div>
        <div className="notices-digest">
          <Field label="Digest at" hint="On weekdays. Nothing new: no mail.">
            <Select
              value={is.digest_at}
              options={withOwn(is.digest_at)}
              onChange={(digest_at) => void change('hours', { digest_at })}
            />
          </Field>
          <Field label="Time zone">
            <Combobox
              options={zones}
              value={zones.find(({ value }) => value === (is.time_zone ?? company)) ?? null}
              onChange={(zone) =>
                zone && void change('hours', { time_zone: zone.value === company ? null : zone.value })
              }
              searchLabel="Search time zones"
            />
          </Field>
        </div>
      </div>
    </Card>
  )
}
