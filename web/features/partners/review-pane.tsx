import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import type { Member } from '#shared/company.ts'
import { listTags } from '#shared/tags.ts'
import { ask } from '../../query.ts'
import { listNames } from '../../shell/deal-words.ts'
import { useLists } from '../../shell/lists.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button, TextButton } from '../../ui/button.tsx'
import { type AddDraft, openRows, type Pane, presetWords } from './add-form.ts'

type Props = {
  draft: AddDraft
  members: Member[]
  problem: { said: string; href?: string } | null
  busy: boolean
  onEdit: (pane: Pane, field?: keyof AddDraft) => void
}

export function ReviewPane({ draft, members, problem, busy, onEdit }: Props) {
  const id = useId()
  const { typeName } = useLists()
  const { data: tags } = useQuery(ask(listTags, {}))
  const worn = tags?.items.filter((tag) => draft.tag_ids.includes(tag.id)).map((tag) => tag.name) ?? []
  const picked = draft.members.flatMap(({ member_id }) => members.find(({ id }) => id === member_id)?.name ?? [])
  const team =
    draft.team_access === 'everyone' ? 'Everyone, owner you' : `Only ${listNames(['you', ...picked])}, owner you`
  const sees = openRows(draft.permissions)
  const lines: [string, ReactNode, Pane, keyof AddDraft | undefined][] = [
    ['Company', draft.legal_name, 'company', 'legal_name'],
    ['Type', typeName(draft.type || null) ?? 'None yet', 'company', undefined],
    ['Website', draft.website, 'company', 'website'],
    ['Phone', draft.phone, 'company', 'phone'],
    ['Tags', worn.join(', '), 'company', undefined],
    ['Description', draft.description, 'company', 'description'],
    ['Your team', team, 'access', undefined],
    [
      'If invited',
      sees ? `${presetWords(draft.permissions)}: ${sees}` : presetWords(draft.permissions),
      'access',
      undefined,
    ],
  ]
  return (
    <>
      <dl className="partners-facts">
        {lines.map(
          ([label, value, pane, field]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
                <dd>
                  <TextButton aria-label={`Edit ${label}`} onClick={() => onEdit(pane, field)}>
                    Edit
                  </TextButton>
                </dd>
              </div>
            ),
        )}
      </dl>
      <div>
        <p className="ui-label">
          Is this address right?{' '}
          <TextButton aria-label="Edit email" onClick={() => onEdit('company', 'email')}>
            Edit
          </TextButton>
        </p>
        <p id={id} className="partners-email">
          {draft.email.trim()}
        </p>
      </div>
      {problem && (
        <Banner
          tone="danger"
          role="alert"
          action={
            problem.href && (
              <Button size="small" href={problem.href}>
                Open it
              </Button>
            )
          }
        >
          {problem.said} What you typed is kept.
        </Banner>
      )}
      <div className="partners-pane-foot">
        <Button variant="primary" size="form" type="submit" busy={busy} aria-describedby={id} data-first>
          Add partner
        </Button>
        <span className="ui-cap ui-muted">Nothing is emailed.</span>
      </div>
    </>
  )
}
