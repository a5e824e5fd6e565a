import { WifiOff } from 'lucide-react'
import { type ReactNode, useSyncExternalStore } from 'react'
import { Banner } from '../../ui/banner.tsx'
import { OutsideFrame } from '../../ui/outside-frame.tsx'
import { usePortal, type WorkspaceAnswer } from './portal.tsx'
import { useLiveDeals } from './use-live-deals.ts'
import type { View } from './workspace-view.tsx'
import './around.css'
import './portal.css'

type Props = { workspace: WorkspaceAnswer; view: View | null; menu?: ReactNode; children: ReactNode }

/** The company's name on top, three items, what they see of you at the foot. */
export function WorkspaceFrame({ workspace, view, menu, children }: Props) {
  const { hrefs } = usePortal()
  useLiveDeals()
  const at = view?.at === 'deal' || view?.at === 'send' ? 'deals' : view?.at
  const tab = (name: 'deals' | 'shared' | 'people', label: string) => ({
    href: hrefs[name],
    label,
    current: at === name,
  })
  return (
    <OutsideFrame
      company={{ name: workspace.company_name }}
      withName={workspace.partner_name}
      {...(view && { tabs: [tab('deals', 'Deals'), tab('shared', 'Shared with you'), tab('people', 'Your team')] })}
      narrow={!view}
      menu={menu}
      foot={<p>{workspace.company_name} sees only what you write and change here.</p>}
    >
      <Offline />
      <div className="portal-body">{children}</div>
    </OutsideFrame>
  )
}

const watchLine = (tell: () => void) => {
  window.addEventListener('online', tell)
  window.addEventListener('offline', tell)
  return () => {
    window.removeEventListener('online', tell)
    window.removeEventListener('offline', tell)
  }
}

function Offline() {
  const online = useSyncExternalStore(watchLine, () => navigator.onLine)
  if (online) return null
  return (
    <div className="portal-offline">
      <Banner tone="warn" icon={<WifiOff />} role="status">
        You're offline. We'll send your changes when you're back.
      </Banner>
    </div>
  )
}
