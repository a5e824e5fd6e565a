import { Inbox } from 'lucide-react'
import type { ReceivedRow } from '#shared/answering.ts'
import { calledName, listNames } from '../../shell/deal-words.ts'
import { Banner } from '../../ui/banner.tsx'
import { TextButton } from '../../ui/button.tsx'
import './received.css'

const most_named = 3

/** Above the pipeline: what partners sent and nobody has answered. */
export function WaitingNote({ rows, onOpen }: { rows: ReceivedRow[] | undefined; onOpen: () => void }) {
  const waiting = rows?.filter((row) => row.turn === 'us') ?? []
  if (waiting.length === 0) return null
  const names = [...new Set(waiting.map((row) => calledName(row.partner.legal_name)))]
  const who = names.length > most_named ? `${names.length} partners` : listNames(names)
  const what = waiting.length === 1 ? 'a deal that waits' : `${waiting.length} deals that wait`
  return (
    <div className="deals-waiting">
      <Banner tone="info" icon={<Inbox />}>
        {who} sent you {what} for your answer.{' '}
        <TextButton onClick={onOpen}>{waiting.length === 1 ? 'Answer it' : 'Answer them'}</TextButton>
      </Banner>
    </div>
  )
}
