import { useQuery } from '@tanstack/react-query'
import { Circle, CircleCheck, X } from 'lucide-react'
import { useState } from 'react'
import type { Answer } from '#shared/endpoint.ts'
import type { getHome } from '#shared/inbox.ts'
import { listPartners } from '#shared/partners.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useSession } from '../../shell/session.tsx'
import { Card } from '../../ui/card.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Link } from '../../ui/link.tsx'

type Home = Answer<typeof getHome>

/** The first four steps, until they are done or the person sends them away. */
export function Checklist({ home }: { home: Home }) {
  const { member } = useSession()
  const name = `checklist:${member?.member_id}`
  const [away, setAway] = useState(() => readFlag(name))
  const [mailSeen] = useState(() => readFlag(`${name}:mail`))
  const { partner, looked, deal } = home.checklist
  const first = useQuery({
    ...ask(listPartners, { query: { limit: '1' } }),
    enabled: !away && partner && !(looked && deal),
  }).data?.items[0]
  const steps = [
    { done: partner, label: 'Add your first partner', href: paths.addPartner },
    {
      done: looked,
      label: 'Check what they see',
      href: first ? paths.preview(first.slug) : paths.partners,
    },
    { done: deal, label: 'Share your first deal', href: first ? paths.shareDeal(first.slug, 'lead') : paths.deals },
    { done: mailSeen, label: 'Check that mail leaves', href: paths.settings('email') },
  ]
  const left = steps.filter((step) => !step.done)
  if (away || left.length === 0) return null
  return (
    <Card
      title="First steps"
      note={`${steps.length - left.length} of ${steps.length} done`}
      flush
      action={
        <IconButton
          size="small"
          label="Hide first steps"
          icon={<X />}
          onClick={() => {
            writeFlag(name)
            setAway(true)
          }}
        />
      }
    >
      <ul className="home-rows home-steps">
        {steps.map((step) => (
          <li key={step.label} className={step.done ? 'home-done' : undefined}>
            {step.done ? <CircleCheck /> : <Circle />}
            {step.done ? (
              <span>
                {step.label}
                <span className="ui-vh">, done</span>
              </span>
            ) : (
              <Link href={step.href} onClick={() => step.href === paths.settings('email') && writeFlag(`${name}:mail`)}>
                {step.label}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function readFlag(name: string): boolean {
  try {
    return localStorage.getItem(name) !== null
  } catch {
    return false
  }
}

function writeFlag(name: string): void {
  try {
    localStorage.setItem(name, '1')
  } catch {
    /* it comes back on the next visit */
  }
}
