export type Place = { top: number; left: number }

const copied = [
  'font',
  'letterSpacing',
  'lineHeight',
  'padding',
  'border',
  'boxSizing',
  'textIndent',
  'tabSize',
] as const
const widest = 240

/** Where a character of a text stands, below its line and inside the text's own box. In: the text and which character. */
export function placeOf(area: HTMLTextAreaElement, at: number): Place {
  const twin = document.createElement('div')
  const style = getComputedStyle(area)
  for (const name of copied) twin.style[name] = style[name]
  Object.assign(twin.style, {
    position: 'absolute',
    visibility: 'hidden',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'break-word',
    width: `${area.clientWidth}px`,
  })
  twin.textContent = area.value.slice(0, at)
  const mark = document.createElement('span')
  mark.textContent = '@'
  twin.append(mark)
  document.body.append(twin)
  const line = mark.offsetHeight
  const place = {
    top: mark.offsetTop - area.scrollTop + line + 4,
    left: Math.max(0, Math.min(mark.offsetLeft, area.clientWidth - widest)),
  }
  twin.remove()
  return place
}
