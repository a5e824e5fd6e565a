import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { RadioCards } from '../ui/choices.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { Select } from '../ui/select.tsx'
import { SidePanel } from '../ui/side-panel.tsx'
import { TextArea } from '../ui/text-input.tsx'
import { useToast } from '../ui/toast.tsx'
import { Tooltip } from '../ui/tooltip.tsx'

/** Everything that opens over the page. */
export function KitLayers() {
  const [dialog, setDialog] = useState(false)
  const [panel, setPanel] = useState(false)
  const [way, setWay] = useState('invite')
  const [role, setRole] = useState<string | null>('sales')
  const toast = useToast()
  return (
    <>
      <PageHeader title="Layers" />
      <div className="ui-page ui-stack">
        <div className="ui-row ui-wrap">
          <Button onClick={() => setDialog(true)}>Open dialog</Button>
          <Button onClick={() => setPanel(true)}>Open side panel</Button>
          <Button onClick={() => toast.show({ text: 'Kyoto Precision moved to Proposal, 2 of 3.', undo: () => {} })}>
            Toast with undo
          </Button>
          <Button onClick={() => toast.show({ text: 'Sharing with Nordlicht.', undo: () => {}, holdSeconds: 10 })}>
            Hold for 10 seconds
          </Button>
          <Button onClick={() => toast.show({ text: "We couldn't move the deal.", tone: 'danger' })}>
            Failed toast
          </Button>
          <Menu
            label="Actions"
            trigger={<IconButton label="Actions" icon={<Ellipsis />} variant="plain" />}
            items={[
              { label: 'Open', keys: 'Enter', href: '/dev/kit?show=record' },
              { label: 'Mute', checked: true },
              'separator',
              { label: 'Archive', danger: true },
              { label: 'Merge', reason: 'Only admins can merge partners.' },
            ]}
          />
          <Tooltip content="Opens in a new tab">
            <Button>With a hint</Button>
          </Tooltip>
        </div>
      </div>
      <Dialog
        open={dialog}
        onOpenChange={setDialog}
        title="Invite Noor de Wit"
        footnote="Sends after 10 seconds, with Undo."
        actions={
          <>
            <Button size="form" onClick={() => setDialog(false)}>
              Cancel
            </Button>
            <Button size="form" variant="primary" onClick={() => setDialog(false)}>
              Invite Noor
            </Button>
          </>
        }
      >
        <RadioCards
          label="How to work with Lumen"
          hideLabel
          name="way"
          value={way}
          onChange={setWay}
          options={[
            { value: 'invite', label: 'Invite Noor into Partnered', hint: 'She sees what you share, and can answer.' },
            { value: 'internal', label: 'Keep it internal', hint: 'Nothing is sent. You can email a report later.' },
          ]}
        />
        <Field label="Role">
          <Select
            value={role}
            onChange={setRole}
            options={[
              { value: 'sales', label: 'Sales' },
              { value: 'tech', label: 'Tech' },
            ]}
          />
        </Field>
        <Field label="Your message" required hint="No template. People answer messages that sound like you.">
          <TextArea rows={5} />
        </Field>
      </Dialog>
      <SidePanel open={panel} onOpenChange={setPanel} title="Nordlicht GmbH" footer={<Button>Open page</Button>}>
        <p>A look at one record beside the list. The list stays usable.</p>
      </SidePanel>
    </>
  )
}
