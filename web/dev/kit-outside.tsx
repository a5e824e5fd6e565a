import { useState } from 'react'
import { FrameUser } from '../ui/app-frame.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Field } from '../ui/field.tsx'
import { Link } from '../ui/link.tsx'
import { Menu } from '../ui/menu.tsx'
import { OutsideFrame, ViewAsFrame } from '../ui/outside-frame.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { Select } from '../ui/select.tsx'
import { TextInput } from '../ui/text-input.tsx'
import './kit.css'

const STAGES = ['New', 'Working', 'Proposal'].map((label) => ({ value: label, label }))

/** The partner's side. */
export function KitOutside() {
  const [stage, setStage] = useState<string | null>('Proposal')
  return (
    <OutsideFrame
      company={{ name: 'Halden Software' }}
      withName="Nordlicht GmbH"
      tabs={[
        { href: '/dev/kit?show=portal', label: 'Deals', current: true },
        { href: '/dev/kit?show=view-as', label: 'Shared with you' },
        { href: '/dev/kit?show=sign-in', label: 'Your team' },
      ]}
      menu={
        <Menu
          label="Ana Lindner"
          align="end"
          trigger={<FrameUser name="Ana Lindner" />}
          items={[{ label: 'Sign out' }]}
        />
      }
      foot={
        <p>
          Halden sees only what you write and change here. <Link href="/dev/kit?show=list">Fewer emails</Link>
        </p>
      }
    >
      <PageHeader title="Deals">
        <Button size="form">Send a deal</Button>
      </PageHeader>
      <div className="ui-stack">
        <h2>
          Waiting for you <span className="ui-muted">2</span>
        </h2>
        <Card>
          <article className="kit-deal">
            <header>
              <h3>Klinikum Elbe</h3>
              <span className="ui-muted">Since 20 November</span>
            </header>
            <p className="ui-muted">Dana Reyes asks: introduce us to the head of purchasing by mid December.</p>
          </article>
          <div className="ui-row ui-wrap">
            <Button variant="primary" size="form">
              Accept
            </Button>
            <Button size="form">Not relevant for us</Button>
            <Button variant="quiet" size="form">
              Decline with a reason
            </Button>
          </div>
        </Card>
        <h2>In progress</h2>
        <Card>
          <div className="ui-row ui-wrap">
            <h3 className="ui-grow">Hafen Terminal AG</h3>
            <span className="kit-140">
              <Select label="Stage of Hafen Terminal AG" value={stage} onChange={setStage} options={STAGES} />
            </span>
          </div>
        </Card>
      </div>
    </OutsideFrame>
  )
}

/** The same, in the amber frame. */
export function KitViewAs() {
  return (
    <ViewAsFrame title="This is Acme as Ana sees it. Read-only." onExit={() => location.assign('/dev/kit')}>
      <KitOutside />
    </ViewAsFrame>
  )
}

/** A page with one short form. */
export function KitSignIn() {
  return (
    <OutsideFrame
      company={{ name: 'Halden Software' }}
      narrow
      foot={<p>Trouble signing in? Write to the person who invited you.</p>}
    >
      <div className="ui-stack">
        <h1>Sign in</h1>
        <Field label="Email" required>
          <TextInput type="email" autoComplete="username" />
        </Field>
        <Field label="Password" required>
          <TextInput type="password" autoComplete="current-password" />
        </Field>
        <Button variant="primary" size="form">
          Sign in
        </Button>
        <Button variant="quiet" size="form">
          Email me a code instead
        </Button>
      </div>
    </OutsideFrame>
  )
}
