const candidates = [',', ';', '\t', '|'] as const

/** Cells per line for one delimiter, leaving quoted text aside. */
function widths(text: string, delimiter: string): number[] {
  const found: number[] = []
  let cells = 1
  let filled = false
  let quoted = false
  let fresh = true
  for (const char of text) {
    if (char === '"' && (quoted || fresh)) quoted = !quoted
    else if (!quoted && char === delimiter) cells++
    else if (!quoted && (char === '\n' || char === '\r')) {
      if (filled) found.push(cells)
      cells = 1
      filled = false
    } else if (char.trim()) filled = true
    fresh = char === delimiter || char === '\n' || char === '\r' || (quoted && char === '"')
    if (found.length >= 100) return found
  }
  if (filled) found.push(cells)
  return found
}

/** The delimiter that cuts most lines into the same number of cells, and into more than one. */
export function guessDelimiter(text: string): string {
  const start = text.slice(0, 200_000)
  let best: string = ','
  let highest = 0
  for (const delimiter of candidates) {
    const all = widths(start, delimiter)
    const counts = new Map<number, number>()
    for (const width of all) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1)
    const [width, lines] = [...counts].sort((a, b) => b[1] * Math.log2(b[0]) - a[1] * Math.log2(a[0]))[0] ?? [1, 0]
    const score = all.length ? (lines / all.length) * Math.log2(width + 1) : 0
    if (width > 1 && score > highest) {
      best = delimiter
      highest = score
    }
  }
  return best
}
