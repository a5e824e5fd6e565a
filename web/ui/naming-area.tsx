import { type ComponentProps, type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react'
import { Avatar } from './avatar.tsx'
import { type Place, placeOf } from './caret-place.ts'
import { type Named, nameBefore, peopleLike } from './names-in.ts'
import { useCaret } from './use-caret.ts'
import './menu.css'
import './naming.css'

type Props = Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'ref'> & {
  value: string
  onChange: (text: string) => void
  /** Who can be named. Nothing while they are on their way. */
  people: readonly Named[] | undefined
  /** What is said when nobody is called so. In: what was typed. */
  nobody: (typed: string) => string
  text: RefObject<HTMLTextAreaElement | null>
}
type Typing = { from: number; typed: string; place: Place }

/** A text in which @ names people: a list opens at the caret, arrows and Enter choose, Esc closes. */
export function NamingArea({ value, onChange, people, nobody, text, onKeyDown, ...rest }: Props) {
  const id = useId()
  const [typing, setTyping] = useState<Typing | null>(null)
  const [at, setAt] = useState(0)
  const found = typing && people ? peopleLike(people, typing.typed) : []
  const strange = typing && people && found.length === 0 && /^\S{2,}$/.test(typing.typed) ? typing.typed : null
  const open = found.length > 0
  const active = Math.min(at, found.length - 1)

  const look = (area: HTMLTextAreaElement) => {
    const caret = area.selectionStart
    const it = caret === area.selectionEnd ? nameBefore(area.value, caret) : null
    setTyping(it && { ...it, place: placeOf(area, it.from) })
    setAt(0)
  }
  const isTyping = typing !== null
  useEffect(() => {
    if (!isTyping) return
    const move = () => {
      const area = text.current
      if (area) setTyping((it) => it && { ...it, place: placeOf(area, it.from) })
    }
    window.addEventListener('resize', move)
    return () => window.removeEventListener('resize', move)
  }, [isTyping, text])
  const putCaret = useCaret(text)
  const choose = (person: Named | undefined) => {
    const area = text.current
    if (!area || !typing || !person) return
    const caret = typing.from + person.name.length + 2
    onChange(`${value.slice(0, typing.from)}@${person.name} ${value.slice(area.selectionStart).replace(/^ /, '')}`)
    setTyping(null)
    putCaret(caret)
  }
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (typing && event.key === 'Escape') setTyping(null)
    else if (open && move) setAt((active + move + found.length) % found.length)
    else if (open && ['Enter', 'Tab'].includes(event.key) && !event.ctrlKey && !event.metaKey && !event.shiftKey)
      choose(found[active])
    else return onKeyDown?.(event)
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="ui-naming">
      <textarea
        {...rest}
        ref={text}
        value={value}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={open ? id : undefined}
        aria-activedescendant={open ? `${id}-${active}` : undefined}
        onChange={(event) => {
          onChange(event.target.value)
          look(event.target)
        }}
        onClick={(event) => look(event.currentTarget)}
        onBlur={() => setTyping(null)}
        onKeyDown={keys}
      />
      {typing && open && (
        <div id={id} role="listbox" aria-label="Colleagues" className="ui-popup ui-naming-list" style={typing.place}>
          {found.map((person, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the text above
            <div
              key={person.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              data-highlighted={index === active ? '' : undefined}
              className="ui-item"
              onPointerMove={() => setAt(index)}
              // The text keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(person)}
            >
              <Avatar name={person.name} size={20} />
              <span className="ui-menu-label">{person.name}</span>
            </div>
          ))}
        </div>
      )}
      {typing && strange && (
        <div className="ui-popup ui-naming-list ui-naming-nobody" style={typing.place}>
          {nobody(strange)}
        </div>
      )}
      <span className="ui-vh" role="status">
        {open ? `${found.length} ${found.length === 1 ? 'colleague' : 'colleagues'}` : strange ? nobody(strange) : ''}
      </span>
    </div>
  )
}
