import { useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'

const hold = 10

/** Seconds until something leaves, never more than the ten it waits, whatever this clock says. */
function useSecondsLeft(effective_at: string | null): number {
  const [now, setNow] = useState(Date.now)
  const left = effective_at ? Math.ceil((new Date(effective_at).getTime() - now) / 1000) : 0
  const counting = left > 0
  useEffect(() => {
    if (!counting) return
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [counting])
  return Math.max(0, Math.min(left, hold))
}

type Props = { effective_at: string | null; onUndo: () => void; onGone: () => void }

/** An invitation that has not left yet: how long one can still take it back. */
export function SendingIn({ effective_at, onUndo, onGone }: Props) {
  const left = useSecondsLeft(effective_at)
  const gone = useRef(onGone)
  useEffect(() => {
    gone.current = onGone
  })
  useEffect(() => {
    if (left > 0) return
    const timer = setTimeout(() => gone.current(), 1000)
    return () => clearTimeout(timer)
  }, [left])
  return (
    <span className="ui-row">
      <span className="ui-num" role="timer">
        {left > 0 ? `Sending in ${left} s` : 'Sending'}
      </span>
      {left > 0 && (
        <Button size="small" onClick={onUndo}>
          Undo
        </Button>
      )}
    </span>
  )
}
