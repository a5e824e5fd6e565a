import { Mail } from 'lucide-react'
import { type Notices, type Preset, presetNames, presetOf, presets } from '#shared/notices.ts'
import { Banner } from '../../ui/banner.tsx'
import { RadioCards } from '../../ui/choices.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { MutedList } from './muted-list.tsx'
import { NoticeHours } from './notice-hours.tsx'
import { NoticeRows } from './notice-rows.tsx'
import { SavedMark } from './saved-mark.tsx'
import { SettingsFrame } from './settings-frame.tsx'
import { useNotices } from './use-notices.ts'
import './notifications.css'

/** /settings/notifications: how you are told by email. Yours alone, saved as you choose. */
export function NotificationsPage() {
  const { data, isError, refetch, change, outcome } = useNotices()
  return (
    <SettingsFrame page="notifications">
      {isError && !data && (
        <ErrorState
          title="We couldn't load your notifications."
          safe="Nothing was lost."
          onRetry={() => void refetch()}
        />
      )}
      {!data && !isError && <Skeleton kind="card" />}
      {data && (
        <div className="ui-stack notices-page">
          <LastWeek notices={data} />
          <div className="notices-presets">
            <RadioCards
              label="How much mail"
              name="preset"
              value={presetOf(data.settings) ?? 'custom'}
              onChange={(name) => void change('preset', presets[name as Preset])}
              options={presetNames.map((name) => ({ value: name, ...words[name], hint: hint(name, data) }))}
            />
            <p className="ui-cap ui-muted">
              {presetOf(data.settings) ? 'Choosing one sets the rows below.' : 'Custom: the rows below are your own.'}{' '}
              <SavedMark outcome={outcome} row="preset" />
            </p>
          </div>
          <NoticeRows settings={data.settings} change={change} outcome={outcome} />
          <NoticeHours {...{ settings: data.settings, company_zone: data.company_zone, change, outcome }} />
          <MutedList muted={data.muted} />
        </div>
      )}
    </SettingsFrame>
  )
}

const words: Record<Preset, { label: string; says: string }> = {
  calm: { label: 'Calm', says: 'What is for you and what partners say, at once. The rest in one mail a morning.' },
  asked: { label: 'Only when asked', says: 'When a colleague needs you. All else waits in your inbox.' },
  everything: { label: 'Everything', says: 'Each thing at once, five mails a day at most.' },
}
const emails = (n: number) => (n === 1 ? '1 email' : `${n} emails`)
const hint = (name: Preset, { last_week }: Notices) => `${words[name].says} Last week: ${emails(last_week[name])}.`

function LastWeek({ notices: { last_week, mail_works } }: { notices: Notices }) {
  return mail_works ? (
    <Banner tone="neutral" icon={<Mail />} role="status">
      With these settings you would have had <b>{emails(last_week.yours)}</b> last week.
    </Banner>
  ) : (
    <Banner tone="warn" role="status">
      Email is not set up here, so nothing leaves yet. With these settings you would have had{' '}
      <b>{emails(last_week.yours)}</b> last week.
    </Banner>
  )
}
