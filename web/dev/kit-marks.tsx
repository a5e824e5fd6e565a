import { Ellipsis, Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Avatar } from '../ui/avatar.tsx'
import { Button, TextButton } from '../ui/button.tsx'
import { BarChart, Sparkline } from '../ui/chart.tsx'
import { Chip, Tags, VisibilityChip } from '../ui/chip.tsx'
import { HelpTip } from '../ui/help-tip.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { Money } from '../ui/money.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { Quiet, StatusDot } from '../ui/status-dot.tsx'
import { Day, Time } from '../ui/time.tsx'
import './kit.css'

const NAMES = [
  'Dana Reyes',
  'Ira Novak',
  'Tomas Berg',
  'Mei Sato',
  'Ana Lindner',
  'Jonas Weber',
  'Noor de Wit',
  'Kenji Maruyama',
]
const HOUR = 3_600_000
const ago = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString()

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="kit-section">
      <h2>{title}</h2>
      <div className="ui-row ui-wrap">{children}</div>
    </section>
  )
}

/** Buttons, chips, dots, faces, numbers. */
export function KitMarks() {
  return (
    <>
      <PageHeader title="Marks" />
      <div className="ui-page ui-stack">
        <Section title="Buttons">
          <Button variant="primary" icon={<Plus />}>
            Add partner
          </Button>
          <Button>Send reply</Button>
          <Button variant="quiet">Cancel</Button>
          <Button variant="danger" icon={<Trash2 />}>
            Remove access
          </Button>
          <Button keys="D">Dormant</Button>
          <Button variant="primary" keys="Y">
            Looks good
          </Button>
          <Button size="small">Open it</Button>
          <Button size="form" variant="primary">
            Continue
          </Button>
          <Button busy>Saving</Button>
          <Button reason="Only admins can export the log.">Export</Button>
          <Button href="/dev/kit?show=list">A link</Button>
          <IconButton label="More actions" icon={<Ellipsis />} />
          <TextButton>Show numbers</TextButton>
          <HelpTip label="About deal value">Off: they see Value hidden. You can also hide it on a single deal.</HelpTip>
        </Section>
        <Section title="Chips">
          <VisibilityChip sharedWith={null} />
          <VisibilityChip sharedWith="Acme" />
          <VisibilityChip sharedWith="Acme" short />
          <Chip>New</Chip>
          <Chip tone="ok">Accepted</Chip>
          <Chip tone="warn">Bounced</Chip>
          <Chip tone="danger">Failed</Chip>
          <Chip tone="info">Sent</Chip>
          <Tags items={['DACH', 'Gold', 'Cloud', 'Legal']} />
        </Section>
        <Section title="Status">
          <StatusDot status="active" />
          <StatusDot status="onboarding" />
          <StatusDot status="dormant" />
          <StatusDot status="archived" />
          <Quiet>Quiet 15 days</Quiet>
        </Section>
        <Section title="People and companies">
          {NAMES.map((name, index) => (
            <Avatar key={name} name={name} size={32} outside={index > 3} />
          ))}
          {NAMES.map((name) => (
            <Avatar key={name} name={name} size={40} kind="company" />
          ))}
          <Avatar name="Łukasz Żak" size={24} />
          <Avatar name="北極星" size={24} kind="company" />
        </Section>
        <Section title="Words for time and money">
          <Time value={ago(0.1)} />
          <Time value={ago(26)} />
          <Time value={ago(100)} form="ago" />
          <Time value={ago(9000)} quiet />
          <Day value="2026-12-07" />
          <Money minor={4800000} currency="EUR" />
          <Money minor={1999} currency="USD" />
          <Money minor={83000} currency="JPY" />
          <Kbd keys="Ctrl K" />
          <Kbd keys="/" />
        </Section>
        <Section title="Charts">
          <div className="ui-grow">
            <BarChart
              label="Open deals by stage"
              bars={[
                { label: 'New', value: 5, text: '5, €141,500' },
                { label: 'Working', value: 6, text: '6, €319,000' },
                { label: 'Proposal', value: 3, text: '3, €163,000' },
              ]}
            />
          </div>
          <div className="ui-grow">
            <Sparkline
              label="Events per week"
              points={[3, 5, 2, 4, 1, 0, 2, 6].map((value, index) => ({ label: `Week ${index + 1}`, value }))}
              summary="23 events"
            />
          </div>
        </Section>
      </div>
    </>
  )
}
