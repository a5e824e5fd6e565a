import { useEffect, useRef } from 'react'

/** A deal that changed, by its two names; nothing of it. */
export type Told = { id: string; ref: string }

// The page is drawn first; then it listens.
const begin_ms = 2000
const gone_ms = 30_000

/**
 * Hears of deals that change while the page is open: one stream for all pages of a browser. In: the stream's address, or null
 * for none; what to do with what was heard. No deals: something changed, nobody knows what.
 */
export function useLive(address: string | null, onHeard: (deals: Told[]) => void): void {
  const heard = useRef(onHeard)
  useEffect(() => {
    heard.current = onHeard
  })
  useEffect(() => {
    if (!address || typeof EventSource === 'undefined') return
    const stopping = new AbortController()
    const others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`live ${address}`)
    if (others) others.onmessage = ({ data }) => heard.current(data as Told[])
    const tell = (deals: Told[]) => {
      heard.current(deals)
      others?.postMessage(deals)
    }
    const begin = setTimeout(() => {
      // Whoever holds the lock listens for all the others; it goes on to the next when its page is left.
      if (navigator.locks)
        void navigator.locks
          .request(`live ${address}`, { signal: stopping.signal }, () => listen(address, tell, stopping.signal))
          .catch(() => {})
      else void listen(address, tell, stopping.signal)
    }, begin_ms)
    return () => {
      clearTimeout(begin)
      stopping.abort()
      others?.close()
    }
  }, [address])
}

/** Listens until it is stopped or the server has let go. What happened while the line was down is told as "something changed". */
function listen(address: string, tell: (deals: Told[]) => void, stopping: AbortSignal): Promise<void> {
  return new Promise((done) => {
    let source: EventSource | undefined
    let later: ReturnType<typeof setTimeout> | undefined
    const over = () => {
      clearTimeout(later)
      source?.close()
      done()
    }
    const open = (again: boolean) => {
      const it = new EventSource(address)
      source = it
      let lost = again
      it.onopen = () => {
        if (lost) tell([])
        lost = false
      }
      it.onerror = () => {
        lost = true
        if (it.readyState === EventSource.CLOSED && !stopping.aborted) later = setTimeout(() => open(true), gone_ms)
      }
      it.addEventListener('deal', ({ data }) => tell(JSON.parse(data) as Told[]))
      it.addEventListener('all', () => tell([]))
      it.addEventListener('over', () => {
        tell([])
        over()
      })
    }
    if (stopping.aborted) return done()
    stopping.addEventListener('abort', over)
    open(false)
  })
}
