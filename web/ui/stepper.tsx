import { Check } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Tooltip } from './tooltip.tsx'
import './stepper.css'

type Step = { label: string; state: 'done' | 'now' | 'next'; onSelect?: () => void; reason?: string }

/** Where a thing stands on its way. A step with `onSelect` can be pressed; one with `reason` says why it cannot. */
export function Stepper({ label, steps }: { label: string; steps: Step[] }) {
  const list = useRef<HTMLOListElement>(null)
  const at = steps.findIndex((step) => step.state === 'now')
  useEffect(() => {
    const now = list.current?.children[at] as HTMLElement | undefined
    // Only this list scrolls, never the page.
    if (list.current && now) list.current.scrollLeft = now.offsetLeft - (list.current.clientWidth - now.offsetWidth) / 2
  }, [at])
  return (
    <ol ref={list} className="ui-stepper" aria-label={label}>
      {steps.map((step) => (
        <li
          key={step.label}
          className={`ui-step-${step.state}`}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          {stepBody(step)}
        </li>
      ))}
    </ol>
  )
}

function stepBody(step: Step) {
  const words = (
    <>
      {step.state === 'done' && <Check />}
      {step.label}
      {step.state === 'done' && <span className="ui-vh">, done</span>}
    </>
  )
  if (step.reason) {
    return (
      <Tooltip content={step.reason} describe>
        <button type="button" aria-disabled="true">
          {words}
        </button>
      </Tooltip>
    )
  }
  if (!step.onSelect) return <span>{words}</span>
  return (
    <button type="button" onClick={step.onSelect}>
      {words}
    </button>
  )
}
