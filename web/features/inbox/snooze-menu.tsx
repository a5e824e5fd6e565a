import { AlarmClock } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'

const SnoozeDialog = lazy(() => import('./snooze-dialog.tsx').then((m) => ({ default: m.SnoozeDialog })))

const morning_hour = 8
/** The morning of a day so many days from now, by the clock on the wall here. */
function morning(days: number): Date {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, morning_hour)
}
const monday = () => morning(((8 - new Date().getDay()) % 7) + (new Date().getDay() === 1 ? 7 : 0))
const said = (at: Date) =>
  at.toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' })

type Props = { about: string; onSnooze: (until: string) => void }

/** Puts a row out of the way until a morning; `h` presses it. */
export function SnoozeMenu({ about, onSnooze }: Props) {
  const [picking, pick] = useState(false)
  const until = (label: string, at: Date) => ({
    label,
    hint: said(at),
    onSelect: () => onSnooze(at.toISOString()),
  })
  return (
    <>
      <Menu
        label="Snooze until"
        align="end"
        trigger={<IconButton size="small" label="Snooze" keys="h" icon={<AlarmClock />} data-snooze="" />}
        items={[
          until('Tomorrow', morning(1)),
          until('Next week', monday()),
          { label: 'Pick a day', onSelect: () => pick(true) },
        ]}
      />
      {picking && (
        <Suspense>
          <SnoozeDialog
            about={about}
            onClose={() => pick(false)}
            onPick={(day) => {
              const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
              onSnooze(new Date(year, month - 1, date, morning_hour).toISOString())
            }}
          />
        </Suspense>
      )}
    </>
  )
}
