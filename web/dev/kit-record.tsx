import { Ellipsis, Eye, Lock, Plus } from 'lucide-react'
import { useState } from 'react'
import { Avatar } from '../ui/avatar.tsx'
import { Strip } from '../ui/banner.tsx'
import { Button, TextButton } from '../ui/button.tsx'
import { Card, KeyValues, PreviewFrame } from '../ui/card.tsx'
import { Sparkline } from '../ui/chart.tsx'
import { Chip, Tag, VisibilityChip } from '../ui/chip.tsx'
import { Composer } from '../ui/composer.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { Menu } from '../ui/menu.tsx'
import { RecordHeader } from '../ui/page-header.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { StatusDot } from '../ui/status-dot.tsx'
import { Stepper } from '../ui/stepper.tsx'
import { StickyBar } from '../ui/sticky-bar.tsx'
import { Table } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import { Timeline, TimelineItem } from '../ui/timeline.tsx'
import './kit.css'

const SHARED = <VisibilityChip sharedWith="Nordlicht" />
const WEEKS = [3, 5, 2, 4, 1, 0, 2, 6, 3, 4, 7, 6].map((value, index) => ({ label: `Week ${36 + index}`, value }))
const NOW = Date.now()

/** One record: header, stepper, composer, timeline, the cards beside it. */
export function KitRecord() {
  const [who, setWho] = useState<'team' | 'shared'>('shared')
  const [filter, setFilter] = useState<'all' | 'shared' | 'team'>('all')
  return (
    <>
      <RecordHeader
        avatar={<Avatar name="Nordlicht GmbH" kind="company" size={40} />}
        title="Nordlicht GmbH"
        meta={
          <>
            <StatusDot status="active" />
            <span>Reseller</span>
            <span className="ui-tags">
              <Tag>DACH</Tag>
              <Tag>Gold</Tag>
            </span>
            <span className="ui-desk">Owner Dana Reyes</span>
            <span className="ui-desk">Works via portal</span>
          </>
        }
      >
        <Button icon={<Eye />} keys="V">
          View as partner
        </Button>
        <Button variant="primary" icon={<Plus />}>
          Share a deal
        </Button>
        <Menu
          label="More actions"
          align="end"
          trigger={<IconButton label="More actions" icon={<Ellipsis />} />}
          items={[
            { label: 'Send report', keys: 'R' },
            { label: 'Archive', danger: true },
            { label: 'Merge', reason: 'Only admins can merge partners.' },
          ]}
        />
      </RecordHeader>
      <div className="ui-row ui-wrap kit-stage">
        <Stepper
          label="Stage"
          steps={[
            { label: 'New', state: 'done', onSelect: () => {} },
            { label: 'Working', state: 'done', onSelect: () => {} },
            { label: 'Proposal', state: 'now' },
            { label: 'Won or Lost', state: 'next', onSelect: () => {} },
          ]}
        />
        <Chip tone="ok">Accepted by Nordlicht</Chip>
      </div>
      <Strip tone="neutral" end="Counts as quiet from 7 December">
        <b>Your turn</b> since today, 10:05. Ana asks to meet this week.
      </Strip>
      <div className="ui-cols">
        <div className="ui-stack">
          <Composer
            shared={who === 'shared'}
            top={
              <Segmented
                label="Who can see this"
                value={who}
                onChange={setWho}
                options={[
                  { value: 'team', label: 'Team only', icon: <Lock /> },
                  { value: 'shared', label: 'Nordlicht can see this', icon: <Eye />, tone: 'shared' },
                ]}
              />
            }
            foot={
              <>
                <span>
                  {who === 'shared'
                    ? 'Ana Lindner and Jonas Weber will see this.'
                    : 'Stays with your team. Nothing is emailed.'}
                </span>
                <Kbd keys="Ctrl Enter" />
                <Button variant="primary">{who === 'shared' ? 'Share comment with Nordlicht' : 'Add comment'}</Button>
              </>
            }
          >
            <textarea
              className="ui-composer-text"
              aria-label="Comment"
              defaultValue="Thanks, Ana. Thursday at 10:00 works for us. I will bring Tomas for the technical part."
            />
          </Composer>
          <section>
            <div className="ui-row">
              <h2 className="ui-grow">Timeline</h2>
              <Segmented
                label="Show"
                value={filter}
                onChange={setFilter}
                options={[
                  { value: 'all', label: 'All' },
                  { value: 'shared', label: 'Shared' },
                  { value: 'team', label: 'Team only' },
                ]}
              />
            </div>
            <Timeline>
              <TimelineItem
                avatar={<Avatar name="Ana Lindner" size={24} outside />}
                chip={SHARED}
                time={<Time value={new Date(NOW).toISOString()} />}
                say="The board liked the pilot. They want the offer split in two phases, and they asked who runs the migration."
              >
                <b>Ana Lindner</b> <span className="ui-muted">Nordlicht</span>
              </TimelineItem>
              <TimelineItem
                avatar={<Avatar name="Ira Novak" size={24} />}
                chip={<VisibilityChip sharedWith={null} />}
                time={<Time value={new Date(NOW - 86_400_000).toISOString()} />}
                say="We can go to 12 % on phase two. Don't offer it before they ask."
              >
                <b>Ira Novak</b>
              </TimelineItem>
              <TimelineItem icon={<Eye />} time={<Time value={new Date(NOW - 5 * 86_400_000).toISOString()} />}>
                <b>Jonas Weber</b> <span className="ui-muted">opened this deal in the portal</span>
              </TimelineItem>
            </Timeline>
          </section>
          <Card title="Open deals" count={4} note="€205,500 in total" action={<TextButton>All deals</TextButton>} flush>
            <Table caption="Open deals" phone="scroll">
              <thead>
                <tr>
                  <th scope="col">Customer</th>
                  <th scope="col">Stage</th>
                  <th scope="col" className="ui-end">
                    Value
                  </th>
                  <th scope="col">Visible to</th>
                </tr>
              </thead>
              <tbody>
                <tr>
                  <th scope="row">Hafen Terminal AG</th>
                  <td>Proposal</td>
                  <td className="ui-end">€48,000</td>
                  <td>
                    <VisibilityChip sharedWith="Nordlicht" short />
                  </td>
                </tr>
                <tr>
                  <th scope="row">Stadtwerke Aue</th>
                  <td>Working</td>
                  <td className="ui-end">€19,000</td>
                  <td>
                    <VisibilityChip sharedWith={null} />
                  </td>
                </tr>
              </tbody>
            </Table>
          </Card>
        </div>
        <aside className="ui-stack" aria-label="Details">
          <Card title="Main contact" action={<TextButton>All 3</TextButton>}>
            <div className="ui-stack">
              <div className="ui-row">
                <Avatar name="Ana Lindner" size={32} outside />
                <div>
                  Ana Lindner
                  <div className="ui-cap ui-muted">Sales, Nordlicht</div>
                </div>
              </div>
              <KeyValues
                items={[
                  [
                    'Email',
                    <a key="mail" href="mailto:ana@nordlicht.example">
                      ana@nordlicht.example
                    </a>,
                  ],
                  ['Phone', '+49 40 555 0142'],
                  ['Portal', 'Last here today, 10:05'],
                ]}
              />
            </div>
          </Card>
          <Card title="Activity" note="12 weeks">
            <Sparkline
              label="Events per week, last 12 weeks"
              points={WEEKS}
              summary={
                <>
                  43 events, <b>6 this week</b>
                </>
              }
            />
          </Card>
          <PreviewFrame title="What Nordlicht will see">
            <KeyValues
              items={[
                ['Deal', 'Hafen Terminal AG'],
                ['Value', 'Value hidden'],
              ]}
            />
          </PreviewFrame>
        </aside>
      </div>
      <StickyBar label="Changes not applied">
        <div className="ui-row ui-wrap">
          <h2>2 changes not applied</h2>
          <span className="ui-cap ui-muted ui-grow">Affects Ana Lindner and Jonas Weber</span>
          <Button>Back</Button>
          <Button variant="primary">Apply 2 changes</Button>
        </div>
      </StickyBar>
    </>
  )
}
