import type { ReactNode } from 'react'
import { paths, type SettingsPage, settingsPages } from '../../paths.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useTitle } from '../../ui/use-title.ts'
import './settings.css'

const labels: Record<SettingsPage, string> = {
  company: 'Company',
  people: 'People',
  'tags-and-rules': 'Tags and ground rules',
  notifications: 'Notifications',
  email: 'Email',
  data: 'Data',
}

/** The frame of every settings page. */
export function SettingsFrame({
  page,
  actions,
  children,
}: {
  page: SettingsPage
  actions?: ReactNode
  children: ReactNode
}) {
  useTitle(`${labels[page]} · Settings`)
  return (
    <>
      <PageHeader title="Settings">{actions}</PageHeader>
      <Tabs
        label="Settings"
        items={settingsPages.map((one) => ({ href: paths.settings(one), label: labels[one], current: one === page }))}
      />
      <div className="ui-page">{children}</div>
    </>
  )
}
