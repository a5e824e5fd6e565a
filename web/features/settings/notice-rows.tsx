import { classes, classWords, type NoticeSettings } from '#shared/notices.ts'
import { Card } from '../../ui/card.tsx'
import { SavedMark } from './saved-mark.tsx'
import type { ChangeNotices, Outcome } from './use-notices.ts'
import { WayChoice } from './way-choice.tsx'

type Props = { settings: NoticeSettings; change: ChangeNotices; outcome: Outcome | null }

/** Seven things that can happen, and whether each is mailed now, in the digest, or not at all. */
export function NoticeRows({ settings, change, outcome }: Props) {
  return (
    <Card title="What you are mailed about" note="Everything reaches your inbox, whatever you choose" flush>
      <ul className="notices-rows">
        {classes.map((one) => (
          <li key={one}>
            <div className="notices-what">
              <span className="notices-name">{classWords[one].name}</span>
              <span className="ui-cap ui-muted">{classWords[one].hint}</span>
            </div>
            <SavedMark outcome={outcome} row={one} />
            <WayChoice
              of={classWords[one].name}
              way={settings[one]}
              onChange={(way) => void change(one, { [one]: way })}
            />
          </li>
        ))}
      </ul>
    </Card>
  )
}
