import { Dialog as Base } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Kbd } from './kbd.tsx'
import './dialog.css'
import './menu.css'
import './command-menu.css'

export type Command = {
  id: string
  label: string
  group?: string
  keys?: string
  /** Said under the label. */
  hint?: string
  icon?: ReactNode
  words?: string
  run: () => void
}
type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  commands: Command[]
  /** Asked once the field has the focus: what was typed before. */
  typed?: () => string
  search?: (query: string, signal: AbortSignal) => Promise<Command[]>
}

/** The palette: type to find a place, a thing (`search`) or an act, Enter runs it. Each act shows its own keys. */
export function CommandMenu({ open, onOpenChange, commands, typed, search }: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="ui-scrim" />
        <Base.Viewport className="ui-dialog-place ui-command-place">
          <Base.Popup className="ui-dialog ui-command">
            <Base.Title className="ui-vh">Find or do</Base.Title>
            <Palette commands={commands} typed={typed} search={search} onDone={() => onOpenChange(false)} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

function Palette({
  commands,
  typed,
  search,
  onDone,
}: Pick<Props, 'commands' | 'typed' | 'search'> & { onDone: () => void }) {
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const found = useFound(query, search)
  const list = useRef<HTMLDivElement>(null)
  const asked = useRef(false)
  const takeTyped = () => {
    if (asked.current) return
    asked.current = true
    const early = typed?.() ?? ''
    if (early) setQuery((query) => early + query)
  }
  const id = useId()
  const wanted = query.trim().toLowerCase().split(/\s+/)
  const fits = ({ label, words = '', group = '' }: Command) => {
    const text = `${label} ${words} ${group}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  }
  const shown = [...found, ...commands.filter(fits)]
  const active = Math.min(at, shown.length - 1)

  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [active])

  const run = (command: Command | undefined) => {
    if (!command) return
    onDone()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(shown[active])
    else if (event.key === 'ArrowDown') setAt((active + 1) % Math.max(shown.length, 1))
    else if (event.key === 'ArrowUp') setAt((active - 1 + shown.length) % Math.max(shown.length, 1))
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className="ui-command-search">
        <Search />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={shown[active] ? `${id}-${active}` : undefined}
          aria-label="Find or do"
          placeholder="Find or do"
          value={query}
          onFocus={takeTyped}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
        <Kbd keys="Esc" />
      </div>
      <div id={id} role="listbox" aria-label="Results" className="ui-command-list" ref={list} tabIndex={-1}>
        {shown.map((command, index) => (
          <div key={command.id} role="presentation">
            {command.group && command.group !== shown[index - 1]?.group && (
              <div className="ui-menu-heading" role="presentation">
                {command.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the combobox above */}
            <div
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              data-index={index}
              data-highlighted={index === active ? '' : undefined}
              className="ui-item"
              onPointerMove={() => setAt(index)}
              onClick={() => run(command)}
            >
              {command.icon}
              <span className="ui-menu-label">
                {command.label}
                {command.hint && <span className="ui-menu-hint">{command.hint}</span>}
              </span>
              {command.keys && <Kbd keys={command.keys} />}
            </div>
          </div>
        ))}
      </div>
      <p className="ui-command-none" role="status">
        {shown.length === 0 ? 'Nothing matches.' : <span className="ui-vh">{shown.length} results</span>}
      </p>
    </>
  )
}

function useFound(query: string, search: Props['search']) {
  const [found, setFound] = useState<Command[]>([])
  const ask = useRef(search)
  useEffect(() => {
    ask.current = search
  })
  useEffect(() => {
    const text = query.trim()
    if (text === '') {
      setFound([])
      return
    }
    const stop = new AbortController()
    const timer = setTimeout(() => {
      ask.current?.(text, stop.signal).then(
        (next) => !stop.signal.aborted && setFound(next),
        () => !stop.signal.aborted && setFound([]),
      )
    }, 150)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [query])
  return found
}
