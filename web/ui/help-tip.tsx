import { CircleHelp } from 'lucide-react'
import { lazy, type PointerEvent, type ReactNode, Suspense, useEffect, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import './tooltip.css'

type Shown = 'no' | 'hover' | 'pressed'

const OPEN_MS = 200
const LINGER_MS = 120
const load = () => import('./help-popup.tsx').then((file) => ({ default: file.HelpPopup }))
const HelpPopup = lazy(load)

/** The (?) button: opens its explanation on hover, focus click and touch. The explanation's box is fetched on the way. */
export function HelpTip({ label, children }: { label: string; children: ReactNode }) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [shown, setShown] = useState<Shown>('no')
  const [used, setUsed] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const show = (next: Shown) => {
    clearTimeout(timer.current)
    setUsed(true)
    setShown(next)
  }
  const leave = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setShown((now) => (now === 'hover' ? 'no' : now)), LINGER_MS)
  }
  const open = shown !== 'no'
  // Taken out before the focus moves: the box stands between the button and what comes next.
  const goOn = () => {
    clearTimeout(timer.current)
    flushSync(() => {
      setShown('no')
      setUsed(false)
    })
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="ui-help"
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        data-popup-open={open ? '' : undefined}
        onPointerEnter={(event: PointerEvent) => {
          load()
          clearTimeout(timer.current)
          if (event.pointerType !== 'touch' && !open) timer.current = setTimeout(() => show('hover'), OPEN_MS)
        }}
        onPointerLeave={leave}
        onFocus={load}
        onKeyDown={(event) => event.key === 'Tab' && open && goOn()}
        onClick={() => show(shown === 'pressed' ? 'no' : 'pressed')}
      >
        <CircleHelp />
      </button>
      {used && (
        <Suspense>
          <HelpPopup
            id={id}
            label={label}
            open={open}
            anchor={button}
            keep={() => clearTimeout(timer.current)}
            leave={leave}
            close={() => show('no')}
            goOn={goOn}
          >
            {children}
          </HelpPopup>
        </Suspense>
      )}
    </>
  )
}
