import { Check } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'

type Props = {
  number: number
  title: string
  summary: string
  state: 'open' | 'done' | 'later'
  onOpen?: () => void
  onNext: () => void
  onBack?: () => void
  /** The name of the field to start in. */
  focus?: string
  children: ReactNode
}

/** One of the panes of a form in steps. Enter goes on, Shift Enter goes back; a pane that was opened takes the focus. */
export function Pane({ number, title, summary, state, onOpen, onNext, onBack, focus, children }: Props) {
  const id = useId()
  const body = useRef<HTMLFormElement>(null)
  const open = state === 'open'
  useEffect(() => {
    if (!open) return
    const find = (selector: string) => body.current?.querySelector<HTMLElement>(selector)
    const first = (focus && find(`[name="${focus}"]`)) || find('[data-first]') || find('input:checked')
    first?.focus({ preventScroll: true })
    body.current?.parentElement?.scrollIntoView({ block: 'nearest' })
  }, [open, focus])
  const onKeyDown = (event: KeyboardEvent) => {
    const control = event.target as HTMLElement
    // A list that this form opened is its child for React, not in the page.
    if (event.key !== 'Enter' || !event.currentTarget.contains(control)) return
    if (event.repeat && !(control instanceof HTMLTextAreaElement)) event.preventDefault()
    else if (event.shiftKey && !(control instanceof HTMLTextAreaElement)) {
      event.preventDefault()
      onBack?.()
    } else if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      onNext()
    } else if (control instanceof HTMLInputElement && !event.altKey) {
      event.preventDefault()
      onNext()
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onNext()
  }
  return (
    <section className={open ? 'partners-pane partners-pane-open' : 'partners-pane'} aria-labelledby={id}>
      <header>
        <span className="partners-pane-number">{state === 'done' ? <Check aria-label="Done" /> : number}</span>
        <h2 id={id}>
          {open || !onOpen ? (
            title
          ) : (
            <button type="button" aria-expanded="false" onClick={onOpen}>
              {title}
            </button>
          )}
        </h2>
        {!open && <span className="ui-muted ui-trunc">{summary}</span>}
      </header>
      {open && (
        <form ref={body} className="partners-pane-body" noValidate onSubmit={submit} onKeyDown={onKeyDown}>
          {children}
        </form>
      )}
    </section>
  )
}
