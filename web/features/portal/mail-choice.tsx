import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { type Choice, chooseMail, getMailChoice } from '#shared/notices.ts'
import { ApiProblem, call } from '../../api.ts'
import { ask } from '../../query.ts'
import { RadioCards } from '../../ui/choices.tsx'
import { usePortal, type WorkspaceAnswer } from './portal.tsx'

const options: { value: Choice; label: string; hint: string }[] = [
  { value: 'asked', label: 'When something needs me', hint: 'And on Mondays what changed, if anything did.' },
  { value: 'weekly', label: 'Only the weekly digest', hint: 'On Mondays, with what needs you on top.' },
]
// What only the last line of a mail offers.
const otherwise: Partial<Record<Choice, string>> = {
  only_asked: 'You get no digest now: you chose so in a mail.',
  none: 'You get no email now: you chose so in a mail.',
}

/** When this person gets email: saved as they choose. */
export function MailChoice({ workspace }: { workspace: WorkspaceAnswer }) {
  const { workspace: slug, viewAs } = usePortal()
  const asked = ask(getMailChoice, { params: { workspace: slug } }, viewAs)
  const { data } = useQuery(asked)
  const queries = useQueryClient()
  const [said, say] = useState<'saved' | string | null>(null)
  if (!data) return null
  const choose = async (choice: Choice) => {
    queries.setQueryData(asked.queryKey, { choice })
    say(null)
    try {
      await call(chooseMail, { params: { workspace: slug }, body: { choice } })
      say('saved')
    } catch (error) {
      queries.setQueryData(asked.queryKey, data)
      say(error instanceof ApiProblem ? error.problem.detail : 'That did not work. Nothing was lost. Try again.')
    }
  }
  return (
    <section className="portal-mail">
      <h2>Email to you</h2>
      <RadioCards
        label={`When ${workspace.company_name} writes to you`}
        name="mail"
        value={data.choice}
        onChange={(choice) => void choose(choice as Choice)}
        options={options.map((one) => (viewAs ? { ...one, reason: one.hint } : one))}
        hideLabel
      />
      <p className="portal-small" role="status">
        {said === 'saved' ? (
          <span className="portal-saved">
            <Check /> Saved
          </span>
        ) : (
          (said ?? otherwise[data.choice])
        )}
      </p>
    </section>
  )
}
