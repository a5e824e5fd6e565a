import { Card } from '../../ui/card.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { FieldsSection } from './fields-section.tsx'
import { ListSection } from './list-section.tsx'
import { RulesSection } from './rules-section.tsx'
import { SettingsFrame } from './settings-frame.tsx'
import { TagsSection } from './tags-section.tsx'
import './tags-and-rules.css'

const statuses = [
  ['onboarding', 'You are setting this up together: contract, contacts, first deal.'],
  ['active', 'You work together. What a healthy partner is.'],
  ['dormant', 'Nothing happens at the moment. May be quiet without a reminder.'],
  ['archived', 'Out of the daily lists. Its people cannot get in; everything is kept and can be restored.'],
] as const

/** /settings/tags-and-rules: the words your company sorts partners by, and what it wants of each of them. */
export function TagsAndRulesPage() {
  return (
    <SettingsFrame page="tags-and-rules">
      <div className="ui-stack rules-page">
        <TagsSection />
        <div className="rules-pair">
          <ListSection list="types" title="Types" note="What kind of partner it is" />
          <ListSection list="roles" title="Roles" note="What a contact does there" />
        </div>
        <ListSection
          list="stages"
          title="Stages"
          note="Where a deal stands before it is won or lost. Partners read these names too."
        />
        <Card title="Statuses" note="The same for everyone">
          <dl className="rules-statuses">
            {statuses.map(([status, means]) => (
              <div key={status}>
                <dt>
                  <StatusDot status={status} />
                </dt>
                <dd>{means}</dd>
              </div>
            ))}
          </dl>
        </Card>
        <RulesSection />
        <FieldsSection />
      </div>
    </SettingsFrame>
  )
}
