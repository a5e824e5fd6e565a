import { useState } from 'react'
import { classNames } from './class-names.ts'
import './avatar.css'

type Props = {
  name: string
  kind?: 'person' | 'company'
  size?: 20 | 24 | 28 | 32 | 40
  src?: string
  outside?: boolean
}

/** A person (round) or a company (rounded square): picture or initials on one of eight hues. Decoration: write the name beside it. */
export function Avatar({ name, kind = 'person', size = 20, src, outside }: Props) {
  const [broken, setBroken] = useState(false)
  const look = classNames(
    'ui-avatar',
    `ui-avatar-${size}`,
    kind === 'company' && 'ui-avatar-company',
    outside && 'ui-avatar-outside',
    `ui-hue-${hue(name)}`,
  )
  return (
    <span className={look} aria-hidden="true">
      {src && !broken ? <img src={src} alt="" onError={() => setBroken(true)} /> : initials(name, kind)}
    </span>
  )
}

function initials(name: string, kind: 'person' | 'company') {
  const words = name.split(/[\s.@_-]+/u).filter((word) => /^[\p{Letter}\p{Number}]/u.test(word))
  const first = Array.from(words[0] ?? '?')[0] ?? '?'
  const last = kind === 'person' && words.length > 1 ? (Array.from(words.at(-1) ?? '')[0] ?? '') : ''
  return (first + last).toUpperCase()
}

function hue(name: string) {
  let hash = 0x811c9dc5
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return ((hash >>> 11) % 8) + 1
}
