import { lazy, Suspense, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import type { AnswerPanel } from '../deals/answer-panel.ts'

const AnswerFromRow = lazy(() => import('../deals/answer-panels.tsx').then((m) => ({ default: m.AnswerFromRow })))

/** What a partner sent is answered from its row. */
export function InboxAnswer({ dealRef, customer }: { dealRef: string; customer: string }) {
  const [panel, open] = useState<AnswerPanel | null>(null)
  const about = <span className="ui-vh"> {customer}</span>
  return (
    <div className="inbox-answer ui-row ui-wrap">
      <Button size="small" onClick={() => open('accept')}>
        Accept{about}
      </Button>
      <Button size="small" onClick={() => open('ask')}>
        Ask back<span className="ui-vh"> about {customer}</span>
      </Button>
      <Button size="small" onClick={() => open('decline')}>
        Decline{about}
      </Button>
      {panel && (
        <Suspense>
          <AnswerFromRow dealRef={dealRef} panel={panel} onClose={() => open(null)} />
        </Suspense>
      )}
    </div>
  )
}
