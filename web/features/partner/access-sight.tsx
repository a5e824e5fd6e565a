import { useState } from 'react'
import type { Exposure, Partner } from '#shared/partners.ts'
import { calledName } from '../../shell/deal-words.ts'
import { PreviewFrame } from '../../ui/card.tsx'
import { Select } from '../../ui/select.tsx'
import { ErrorState } from '../../ui/states.tsx'
import type { Access, Draft } from './access-draft.ts'
import { SightOf } from './sight.tsx'

type Props = { partner: Partner; access: Access; draft: Draft; change: Exposure | null; failed: boolean }

/** What one of their people sees, with the changes on this page drawn in. */
export function AccessSight({ partner, access, draft, change, failed }: Props) {
  const called = calledName(partner.legal_name)
  const people = access.people.filter(({ state }) => state !== 'access_removed')
  const [chosen, choose] = useState<string | null>(null)
  const eyes = people.find(({ contact_id }) => contact_id === chosen) ?? people[0]
  const difference = change?.contacts.find(({ names }) => eyes && names.includes(eyes.name))
  return (
    <div className="partner-preview">
      <PreviewFrame
        title={`What ${called} will see`}
        end={
          people.length > 1 && (
            <Select
              compact
              label="As whom"
              value={eyes?.contact_id ?? null}
              onChange={choose}
              options={people.map(({ contact_id, name }) => ({ value: contact_id, label: `As ${name}` }))}
            />
          )
        }
      >
        {failed ? (
          <ErrorState title="Can't build the preview." safe="Don't apply changes yet." />
        ) : (
          <SightOf
            partner={partner}
            contact={eyes?.contact_id}
            permissions={draft.permissions}
            difference={difference}
          />
        )}
      </PreviewFrame>
    </div>
  )
}
