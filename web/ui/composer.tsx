import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import './composer.css'

/** The box one writes in: the choice who can see it on top, a `ui-composer-text` textarea, the button below. Amber when shared. */
export function Composer(props: { shared: boolean; top: ReactNode; foot: ReactNode; children: ReactNode }) {
  return (
    <div className={classNames('ui-composer', props.shared && 'ui-composer-shared')}>
      <div className="ui-composer-top">{props.top}</div>
      {props.children}
      <div className="ui-composer-foot">{props.foot}</div>
    </div>
  )
}
