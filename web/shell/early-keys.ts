/**
 * What is typed while a field is still on its way is kept for it. In: nothing. Out: what stops listening and tells the text.
 */
export function catchKeys(): () => string {
  let text = ''
  const listen = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (event.key === 'Backspace') text = text.slice(0, -1)
    else if (event.key.length === 1) text += event.key
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  window.addEventListener('keydown', listen, { capture: true })
  return () => {
    window.removeEventListener('keydown', listen, { capture: true })
    return text
  }
}
