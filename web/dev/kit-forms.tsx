import { useState } from 'react'
import { Banner } from '../ui/banner.tsx'
import { Button, TextButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Checkbox, CheckRow, CheckRows } from '../ui/checkbox.tsx'
import { ChoiceChips, RadioCards } from '../ui/choices.tsx'
import { Combobox, MultiCombobox } from '../ui/combobox.tsx'
import { Field, FieldSet } from '../ui/field.tsx'
import { Kbd } from '../ui/kbd.tsx'
import type { Option } from '../ui/option.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Select } from '../ui/select.tsx'
import { TextArea, TextInput } from '../ui/text-input.tsx'

const STAGES = ['New', 'Working', 'Proposal'].map((label) => ({ value: label.toLowerCase(), label }))
const PEOPLE: Option[] = ['Ana Lindner', 'Jonas Weber', 'Lucía Marín', 'Noor de Wit'].map((label) => ({
  value: label,
  label,
  hint: `${label.split(' ')[0]?.toLowerCase()}@partner.example`,
}))
const find = async (query: string) => PEOPLE.filter(({ label }) => label.toLowerCase().includes(query.toLowerCase()))

/** Every control, in a form. */
export function KitForms() {
  const [way, setWay] = useState('invite')
  const [type, setType] = useState('technology')
  const [team, setTeam] = useState<'all' | 'pick'>('all')
  const [stage, setStage] = useState<string | null>(null)
  const [person, setPerson] = useState<Option | null>(PEOPLE[0] ?? null)
  const [tags, setTags] = useState<Option[]>([])
  return (
    <>
      <PageHeader title="Add partner">
        <span className="ui-cap ui-muted">Draft saved on this device</span>
        <Button variant="quiet">Cancel</Button>
      </PageHeader>
      <div className="ui-read ui-stack">
        <Card title="Company">
          <div className="ui-stack">
            <Field
              label="Legal company name"
              required
              hint="As in the contract, not the nickname."
              after={
                <Banner
                  tone="warn"
                  action={
                    <>
                      <Button size="small">Open it</Button>
                      <Button size="small">This is a different company</Button>
                    </>
                  }
                >
                  <b>Brightwater Systems Ltd</b> is already here, owner Ira Novak.
                </Banner>
              }
            >
              <TextInput defaultValue="Brightwater Systems Limited" />
            </Field>
            <Field
              label="Main contact email"
              required
              after={
                <Banner tone="neutral">
                  <span className="ui-row ui-wrap">
                    Did you mean <TextButton>owen@brightwater.example</TextButton>
                    <span className="ui-grow ui-desk" />
                    <Kbd keys="Alt Enter" />
                  </span>
                </Banner>
              }
            >
              <TextInput type="email" defaultValue="owen@brigthwater.example" />
            </Field>
            <FieldSet legend="Type" optional>
              <ChoiceChips
                label="Type"
                name="type"
                value={type}
                onChange={setType}
                options={['Reseller', 'Distributor', 'Technology', 'Agency', 'Referral'].map((label) => ({
                  value: label.toLowerCase(),
                  label,
                }))}
              />
            </FieldSet>
            <Field
              label="Website"
              optional
              error="That is not a web address. Leave it empty, or write brightwater.example."
            >
              <TextInput defaultValue="bright water" />
            </Field>
            <Field label="Stage">
              <Select value={stage} onChange={setStage} options={STAGES} placeholder="New" />
            </Field>
            <Field label="Their owner">
              <Combobox value={person} onChange={setPerson} load={find} clearable searchLabel="Name or email" />
            </Field>
            <Field label="Tags" optional>
              <MultiCombobox
                value={tags}
                onChange={setTags}
                options={PEOPLE}
                onCreate={() => {}}
                placeholder="Add tags"
              />
            </Field>
            <Field label="Your message" required hint="No template. People answer messages that sound like you.">
              <TextArea rows={4} />
            </Field>
            <Field label="Reference">
              <TextInput readOnly value="D-118" />
            </Field>
            <Checkbox label="Remind once after 5 working days" hint="Off by default." />
            <div className="ui-row ui-wrap">
              <Button variant="primary" size="form">
                Continue to access
              </Button>
              <span className="ui-cap ui-muted ui-desk">
                or press <Kbd keys="Enter" />
              </span>
            </div>
          </div>
        </Card>
        <Card title="What Nordlicht may see and do" flush>
          <CheckRows>
            <CheckRow
              label="Deals you share"
              line="They see a deal only after you share it."
              help="Sharing one deal never opens the rest of your pipeline."
              defaultChecked
            />
            <CheckRow
              label="Deal value"
              line="The amount on those deals."
              help="Off: they see Value hidden."
              mark="Will turn on"
              changed
              defaultChecked
            />
            <CheckRow label="Customer contact details" line="Name, email and phone of the customer." />
          </CheckRows>
        </Card>
        <Card title="Access">
          <div className="ui-stack">
            <RadioCards
              label="How to work with Lumen"
              name="way"
              value={way}
              onChange={setWay}
              options={[
                {
                  value: 'invite',
                  label: 'Invite Noor into Partnered',
                  hint: 'She sees what you share, and can answer.',
                },
                {
                  value: 'internal',
                  label: 'Keep it internal',
                  hint: 'Nothing is sent. You can email a report later.',
                },
              ]}
            />
            <FieldSet legend="Who on your team?">
              <Segmented
                label="Who on your team?"
                value={team}
                onChange={setTeam}
                options={[
                  { value: 'all', label: 'Everyone' },
                  { value: 'pick', label: 'People I pick' },
                ]}
              />
            </FieldSet>
          </div>
        </Card>
      </div>
    </>
  )
}
