import { useQueryClient } from '@tanstack/react-query'
import { Eye, Lock } from 'lucide-react'
import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import type { Deal } from '#shared/deals.ts'
import { addDealEntry } from '#shared/entries.ts'
import { call } from '../../api.ts'
import { calledName, firstName, listNames, whose } from '../../shell/deal-words.ts'
import { useColleagues } from '../../shell/use-colleagues.ts'
import { useTextDraft } from '../../shell/use-draft.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Composer } from '../../ui/composer.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { NamingArea } from '../../ui/naming-area.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { keyName } from '../../ui/use-hotkeys.ts'
import { failureWords } from './sharing.ts'
import { waitsForUs } from './use-answers.ts'

type Props = {
  deal: Deal
  text: RefObject<HTMLTextAreaElement | null>
  /** How often somebody wanted to nudge whoever holds it: words for them are put down, to be sent or said better. */
  nudges: number
}

/** Says something on the deal: to the team, unless the person turns it amber. */
export function DealComposer({ deal, text, nudges }: Props) {
  const called = calledName(deal.partner.legal_name)
  const [body, write] = useTextDraft(`comment:${deal.id}`)
  const colleagues = useColleagues(deal.partner.id, body)
  const [audience, choose] = useState<'team' | 'partner'>('team')
  const [asking, ask] = useState(false)
  const [state, setState] = useState<{ busy?: boolean; failed?: string }>({})
  const queries = useQueryClient()
  const shared = audience === 'partner'
  const over = deal.outcome !== null || (deal.direction === 'received' && deal.answer === 'declined')
  const blocked = shared && !deal.share ? `Share this deal first. Then ${called} can read comments.` : undefined

  const nudge = useEffectEvent(() => {
    const them = deal.turn === 'them'
    choose(them ? 'partner' : 'team')
    ask(them)
    if (body.trim() === '') write(`${them ? 'Any' : `@${deal.our_owner.name}, any`} news on ${deal.customer_company}?`)
    text.current?.focus()
  })
  useEffect(() => {
    if (nudges > 0) nudge()
  }, [nudges])

  const send = async () => {
    if (blocked || state.busy) return
    if (body.trim() === '') return text.current?.focus()
    setState({ busy: true })
    try {
      await call(addDealEntry, {
        params: { deal: deal.id },
        body: {
          body,
          audience,
          mentions: await colleagues.named(),
          ...(shared && asking && !over ? { needs_answer: true } : {}),
        },
      })
      write('')
      choose('team')
      ask(false)
      setState({})
      for (const id of ['list_deal_entries', 'get_deal', 'list_deals', 'get_board'])
        void queries.invalidateQueries({ queryKey: [id] })
    } catch (error) {
      setState({ failed: failureWords(error) })
    }
  }

  return (
    <div className="ui-stack deals-compose">
      <Composer
        shared={shared}
        top={
          <Segmented
            label="Who can see this comment"
            value={audience}
            onChange={choose}
            options={[
              { value: 'team', label: 'Team only', icon: <Lock /> },
              { value: 'partner', label: `${called} can see this`, icon: <Eye />, tone: 'shared' },
            ]}
          />
        }
        foot={
          <>
            <span id="deals-who-reads" role="status">
              {shared ? readersWords(deal, called) : 'Stays with your team. Nothing is emailed.'}
            </span>
            {shared && !blocked && !over && (
              <Checkbox
                label="I need an answer"
                hint={asking ? `It will be ${whoseTurn(deal, called)} turn.` : undefined}
                checked={asking}
                onChange={(event) => ask(event.target.checked)}
              />
            )}
            <span className="ui-desk" aria-hidden="true">
              <Kbd keys="Ctrl Enter" />
            </span>
            <Button
              variant={waitsForUs(deal) ? 'plain' : 'primary'}
              busy={state.busy}
              reason={blocked}
              onClick={() => void send()}
            >
              {shared ? `Share comment with ${called}` : 'Add comment'}
            </Button>
          </>
        }
      >
        <NamingArea
          text={text}
          className="ui-composer-text"
          people={colleagues.people}
          nobody={(typed) => `Nobody called “${typed}” on your team sees ${called}.`}
          rows={2}
          maxLength={10_000}
          aria-label="Comment"
          aria-describedby="deals-who-reads"
          placeholder={shared ? `Write to ${called}` : 'Write to your team. @ tells a colleague.'}
          value={body}
          onChange={write}
          onKeyDown={(event) => {
            if (keyName(event.nativeEvent) !== 'mod+enter') return
            event.preventDefault()
            void send()
          }}
        />
      </Composer>
      {state.failed && (
        <Banner tone="danger" role="alert" action={<Button onClick={() => void send()}>Try again</Button>}>
          {state.failed} Your text is still here.
        </Banner>
      )}
    </div>
  )
}

function readersWords(deal: Deal, called: string): string {
  if (!deal.share) return `Share this deal first. Then ${called} can read comments.`
  const { people } = deal.visible
  if (people.length === 0) return `Nobody at ${called} can get in yet. They will read this once they can.`
  if (people.length === 1) return `${people[0]} at ${called} will read this.`
  const named = people.length > 6 ? [...people.slice(0, 5), `${people.length - 5} more`] : people
  return `${people.length} people at ${called} will read this: ${listNames(named)}.`
}

const whoseTurn = ({ their_owner }: Deal, called: string): string =>
  whose(their_owner ? firstName(their_owner.name) : called)
