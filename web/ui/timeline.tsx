import type { ReactNode } from 'react'
import './timeline.css'

/** Things that happened, newest first. */
export function Timeline({ children }: { children: ReactNode }) {
  return <ol className="ui-timeline">{children}</ol>
}

type Props = {
  avatar?: ReactNode
  icon?: ReactNode
  chip?: ReactNode
  time: ReactNode
  say?: ReactNode
  children: ReactNode
}

/** One thing: who (picture or icon), what in a sentence, the chip who can see it, what was said, when. */
export function TimelineItem({ avatar, icon, chip, time, say, children }: Props) {
  return (
    <li>
      {avatar ?? <span className="ui-timeline-icon">{icon}</span>}
      <div className="ui-timeline-what">
        <div className="ui-timeline-line">
          <span>{children}</span>
          {chip}
        </div>
        {say && <div className="ui-timeline-say">{say}</div>}
      </div>
      <span className="ui-timeline-time">{time}</span>
    </li>
  )
}
