import { CircleAlert, CircleCheck, Eye, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import './banner.css'

type Tone = 'neutral' | 'info' | 'ok' | 'warn' | 'danger' | 'shared'
type Props = { tone: Tone; icon?: ReactNode; children: ReactNode; role?: 'status' | 'alert'; id?: string }

const ICONS = {
  neutral: <Info />,
  info: <Info />,
  ok: <CircleCheck />,
  warn: <TriangleAlert />,
  danger: <CircleAlert />,
  shared: <Eye />,
}

/** A message in a box, with its icon; `action` holds the buttons that answer it. */
export function Banner({ tone, icon, action, role, id, children }: Props & { action?: ReactNode }) {
  return (
    <div className={classNames('ui-banner', `ui-banner-${tone}`)} role={role} id={id}>
      {icon ?? ICONS[tone]}
      <div className="ui-banner-body">
        <div>{children}</div>
        {action && <div className="ui-row ui-wrap">{action}</div>}
      </div>
    </div>
  )
}

/** A message as a full-width line under a header or on top of the page. */
export function Strip({ tone, icon, end, role, id, children }: Props & { end?: ReactNode }) {
  return (
    <div className={classNames('ui-strip', `ui-banner-${tone}`)} role={role} id={id}>
      {icon ?? ICONS[tone]}
      <div className="ui-banner-body">
        <div>{children}</div>
      </div>
      {end && <div className="ui-strip-end">{end}</div>}
    </div>
  )
}
