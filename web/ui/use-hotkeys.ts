import { createContext, use, useEffect, useRef } from 'react'

type Bindings = Record<string, (event: KeyboardEvent) => unknown>
type Layer = { current: { bindings: Bindings; inFields: boolean; singleKeys: boolean } }

export const SingleKeysContext = createContext(true)

const SEQUENCE_MS = 1200
const layers: Layer[] = []
let pending = ''
let pendingTimer: ReturnType<typeof setTimeout> | undefined

/**
 * Keys for as long as the component is mounted: 'n', '?', 'g p', 'mod+k' (Ctrl or Cmd), 'alt+enter', 'escape', 'space'.
 * The last mounted wins. Never in text fields, unless the key has mod or alt, or `inFields` says so. Single characters
 * rest while the person has switched them off. A binding that returns false passes the key on.
 */
export function useHotkeys(bindings: Bindings, options: { enabled?: boolean; inFields?: boolean } = {}) {
  const { enabled = true, inFields = false } = options
  const singleKeys = use(SingleKeysContext)
  const layer = useRef({ bindings, inFields, singleKeys })
  useEffect(() => {
    layer.current = { bindings, inFields, singleKeys }
  })
  useEffect(() => {
    if (!enabled) return
    if (layers.length === 0) document.addEventListener('keydown', onKey)
    layers.push(layer)
    return () => {
      layers.splice(layers.indexOf(layer), 1)
      if (layers.length === 0) document.removeEventListener('keydown', onKey)
    }
  }, [enabled])
}

/** The name of a pressed key as bindings spell it. */
export function keyName(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase()
  if (event.getModifierState('AltGraph')) return key
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : ''
  const alt = event.altKey ? 'alt+' : ''
  const shift = event.shiftKey && (key.length > 1 || /\p{Letter}/u.test(key)) ? 'shift+' : ''
  return mod + alt + shift + key
}

function onKey(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || /^(Control|Shift|Alt|Meta|AltGraph|Dead)$/.test(event.key)) return
  const key = keyName(event)
  const typed = pending ? `${pending} ${key}` : key
  const usable = layers.filter((layer) => mayUse(layer, key, event.target)).toReversed()
  clearTimeout(pendingTimer)
  pending = ''
  for (const { current } of usable) {
    const run = current.bindings[typed]
    if (!run || run(event) === false) continue
    event.preventDefault()
    return
  }
  if (!usable.some(({ current }) => Object.keys(current.bindings).some((name) => name.startsWith(`${typed} `)))) return
  pending = typed
  pendingTimer = setTimeout(() => {
    pending = ''
  }, SEQUENCE_MS)
}

function mayUse({ current }: Layer, key: string, target: EventTarget | null) {
  const modified = key.startsWith('mod+') || key.startsWith('alt+')
  if (modified) return true
  if (key.length === 1 && !current.singleKeys) return false
  const element = target instanceof Element ? target : null
  if (element?.closest('[role="menu"], [role="listbox"], [role="combobox"]')) return false
  if (document.querySelector('.ui-dialog[data-open]')) return current.inFields
  const writes = element?.closest('textarea, select, [contenteditable=true], input:not([type=checkbox], [type=radio])')
  return !writes || current.inFields
}
