import { X } from 'lucide-react'
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { classNames } from './class-names.ts'
import { Link } from './link.tsx'
import './toast.css'

export type ToastOptions = {
  text: string
  undo?: () => void
  undoLabel?: string
  holdSeconds?: number
  onElapsed?: () => void
  action?: { label: string; href?: string; run?: () => void }
  tone?: 'neutral' | 'danger'
}
type Toast = ToastOptions & { id: number }
type Toasts = { show: (toast: ToastOptions) => number; dismiss: (id: number) => void }

const ToastContext = createContext<Toasts | null>(null)
const STAY_MS = 6000
const STAY_WITH_UNDO_MS = 10_000

/**
 * Messages at the edge of the page, read out politely. `holdSeconds` counts down and then calls `onElapsed`, unless the
 * person presses Undo; other toasts go by themselves and wait while pointed at or focused.
 */
export function useToast(): Toasts {
  const toasts = use(ToastContext)
  if (!toasts) throw new Error('useToast needs UiProvider around it')
  return toasts
}

// A message that only says something makes way for the next one; what can still be undone stays, one beside the newest.
const undoable = ({ undo, action, holdSeconds }: Toast) =>
  holdSeconds === undefined && (undo !== undefined || action !== undefined)

export function ToastProvider({ children }: { children: ReactNode }) {
  const [list, setList] = useState<Toast[]>([])
  const last = useRef(0)
  const dismiss = useCallback((id: number) => setList((all) => all.filter((toast) => toast.id !== id)), [])
  const toasts = useMemo<Toasts>(
    () => ({
      show: (toast) => {
        last.current += 1
        const id = last.current
        setList((all) => [
          ...all.filter((one) => one.holdSeconds !== undefined),
          ...all.filter(undoable).slice(-1),
          { ...toast, id },
        ])
        return id
      },
      dismiss,
    }),
    [dismiss],
  )
  return (
    <ToastContext value={toasts}>
      {children}
      <section className="ui-toasts" aria-label="Messages">
        <div role="status" aria-live="polite">
          <ul>
            {list.map((toast) => (
              <ToastItem key={toast.id} toast={toast} onDone={() => dismiss(toast.id)} />
            ))}
          </ul>
        </div>
      </section>
    </ToastContext>
  )
}

function ToastItem({ toast, onDone }: { toast: Toast; onDone: () => void }) {
  const { text, undo, undoLabel = 'Undo', holdSeconds, onElapsed, action, tone } = toast
  const [paused, setPaused] = useState(false)
  const left = useCountdown(holdSeconds)
  const finish = useRef({ onDone, onElapsed })
  useEffect(() => {
    finish.current = { onDone, onElapsed }
  })
  useEffect(() => {
    if (holdSeconds !== undefined) {
      if (left === 0) {
        finish.current.onElapsed?.()
        finish.current.onDone()
      }
      return
    }
    if (paused) return
    const timer = setTimeout(() => finish.current.onDone(), undo || action ? STAY_WITH_UNDO_MS : STAY_MS)
    return () => clearTimeout(timer)
  }, [holdSeconds, left, paused, undo, action])
  return (
    <li
      className={classNames('ui-toast', tone === 'danger' && 'ui-toast-danger')}
      onPointerEnter={() => setPaused(true)}
      onPointerLeave={() => setPaused(false)}
      onFocus={() => setPaused(true)}
      onBlur={() => setPaused(false)}
    >
      <span className="ui-grow">{text}</span>
      {holdSeconds !== undefined && (
        <span className="ui-toast-count" aria-hidden="true">
          {left} s
        </span>
      )}
      {undo && (
        <button
          type="button"
          onClick={() => {
            undo()
            onDone()
          }}
        >
          {undoLabel}
        </button>
      )}
      {action?.href && <Link href={action.href}>{action.label}</Link>}
      {action?.run && (
        <button type="button" onClick={action.run}>
          {action.label}
        </button>
      )}
      {holdSeconds === undefined && (
        <button type="button" className="ui-toast-close" aria-label="Dismiss message" onClick={onDone}>
          <X />
        </button>
      )}
    </li>
  )
}

function useCountdown(seconds: number | undefined) {
  const [left, setLeft] = useState(seconds ?? 0)
  useEffect(() => {
    if (seconds === undefined) return
    const end = Date.now() + seconds * 1000
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000))), 250)
    return () => clearInterval(timer)
  }, [seconds])
  return left
}
