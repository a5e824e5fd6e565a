/** One column of a view: the rule it is hidden by, or null when it is always there. */
export type ViewColumn = { name: string; shown_when: string | null }

/** Walks SQL outside of parentheses, quotes and CASE; `at` is told each place and may stop the walk. */
function walk(text: string, at: (place: number) => boolean | undefined) {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]
    if (letter === "'" || letter === '"') {
      i = text.indexOf(letter, i + 1)
      if (i < 0) return
    } else if (letter === '(') depth++
    else if (letter === ')') depth--
    else if (depth === 0 && at(i)) return
  }
}

function keyword(text: string, word: string): number {
  let found = -1
  walk(text, (i) => {
    if (text.startsWith(word, i) && /\s/.test(text[i - 1] ?? ' ') && /\s/.test(text[i + word.length] ?? ' ')) {
      found = i
      return true
    }
  })
  return found
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

function split(list: string): string[] {
  const cuts: number[] = []
  walk(list, (i) => {
    if (list[i] === ',') cuts.push(i)
    return false
  })
  return [...cuts, list.length].map((end, n) => list.slice(n === 0 ? 0 : (cuts[n - 1] ?? 0) + 1, end))
}

/**
 * Takes a view apart.
 * In: its definition as PostgreSQL prints it, and the names of its columns. Out: the columns, and the condition on its rows; null when it is not one plain select.
 */
export function readView(definition: string, names: string[]): { columns: ViewColumn[]; rows: string | null } | null {
  const text = definition.trim().replace(/;$/, '')
  const from = keyword(text, 'FROM')
  if (!text.startsWith('SELECT') || from < 0 || keyword(text, 'UNION') >= 0) return null
  const expressions = split(text.slice('SELECT'.length, from))
  if (expressions.length !== names.length) return null
  const where = keyword(text, 'WHERE')
  return {
    columns: names
      .map((name, n) => ({
        name,
        shown_when: /^\s*CASE\s+WHEN\s+([\s\S]+?)\s+THEN\s/.exec(expressions[n] ?? '')?.[1] ?? null,
      }))
      .map((column) => ({
        ...column,
        shown_when: column.shown_when && oneLine(column.shown_when),
      })),
    rows: where < 0 ? null : oneLine(text.slice(where + 'WHERE'.length)),
  }
}
