import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Kbd } from './kbd.tsx'
import { TextInput } from './text-input.tsx'
import { useHotkeys } from './use-hotkeys.ts'

type Props = {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  keys?: string
  wait?: number
}

/** A search field that reports 150 ms after the last key. Its key ("/") puts the cursor in it, Esc empties it. */
export function SearchInput({ label, value, onChange, placeholder, keys = '/', wait = 150 }: Props) {
  const [text, setText] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  const told = useRef(value)
  const report = useRef(onChange)
  useEffect(() => {
    report.current = onChange
  })
  useEffect(() => {
    if (value !== told.current) {
      told.current = value
      setText(value)
    }
  }, [value])
  useEffect(() => {
    if (text === told.current) return
    const timer = setTimeout(() => {
      told.current = text
      report.current(text)
    }, wait)
    return () => clearTimeout(timer)
  }, [text, wait])
  useHotkeys({ [keys]: () => input.current?.focus() })
  return (
    <search className="ui-search">
      <TextInput
        ref={input}
        type="search"
        compact
        icon={<Search />}
        end={text === '' ? <Kbd keys={keys} /> : undefined}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          if (text === '') input.current?.blur()
          else event.stopPropagation()
          setText('')
        }}
      />
    </search>
  )
}
