import { Component, type ReactNode } from 'react'
import { OutsideFrame } from '../../ui/outside-frame.tsx'
import { ErrorState } from '../../ui/states.tsx'

/** What people see when a page fails to load or to draw. */
export class PageFault extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError() {
    return { failed: true }
  }
  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <OutsideFrame company={{ name: 'Partnered' }} narrow>
        <h1 className="ui-vh">Something failed</h1>
        <ErrorState title="We couldn't show this page." onRetry={() => window.location.reload()} />
      </OutsideFrame>
    )
  }
}
