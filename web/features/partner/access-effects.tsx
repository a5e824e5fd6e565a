import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Exposure } from '#shared/partners.ts'
import { listNames } from '../../shell/deal-words.ts'
import './access.css'

const about_people = /\b(is|are) affected\.$/

/** Who is affected, as the server says it; empty when nobody is. */
export const affected = (exposure: Exposure): string =>
  exposure.sentences.find((sentence) => about_people.test(sentence)) ?? ''

/** What will be different, in the server's sentences, and which records, by person. */
export function AccessEffects({ exposure }: { exposure: Exposure }) {
  const sentences = exposure.sentences.filter((sentence) => !about_people.test(sentence))
  return (
    <>
      <ul className="partner-effects" aria-label="What will be different">
        {sentences.map((sentence) => (
          <Effect key={sentence} sentence={sentence} />
        ))}
      </ul>
      {exposure.contacts.map((group) => (
        <Records key={group.names.join()} group={group} />
      ))}
    </>
  )
}

const turning = /\b(will no longer|will now)( (?:see|be able to))?/

function Effect({ sentence }: { sentence: string }) {
  const turn = turning.exec(sentence)
  if (!turn) return <li className="ui-muted">{sentence}</li>
  const less = turn[1] === 'will no longer'
  return (
    <li className={less ? 'partner-loses' : 'partner-gains'}>
      {less ? <X /> : <Plus />}
      <span>
        {sentence.slice(0, turn.index)}
        <b>{turn[0]}</b>
        {sentence.slice(turn.index + turn[0].length)}
        {less && <span className="ui-cap ui-muted"> At once, also on pages that are open now.</span>}
      </span>
    </li>
  )
}

type Group = Exposure['contacts'][number]

function Records({ group }: { group: Group }) {
  const { appears, disappears } = group
  const count = appears.length + disappears.length
  if (count === 0) return null
  return (
    <details className="partner-records">
      <summary>
        {listNames(group.names)}:{' '}
        {count === 1 ? 'the one record' : count === 2 ? 'both records' : `all ${count} records`}
      </summary>
      <dl>
        <Things label="Will see" things={appears} />
        <Things label="Will no longer see" things={disappears} />
      </dl>
    </details>
  )
}

function Things({ label, things }: { label: string; things: Group['appears'] }): ReactNode {
  if (things.length === 0) return null
  return (
    <div>
      <dt>{label}</dt>
      {things.map((thing, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two deals may have the same customer, and the list never moves
        <dd key={at}>
          {thing.label}
          {thing.field && <span className="ui-muted">, {thing.field}</span>}
          {thing.what !== 'deal' && <span className="ui-muted">, {thing.what}</span>}
        </dd>
      ))}
    </div>
  )
}
