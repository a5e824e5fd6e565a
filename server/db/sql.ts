import { createHash } from 'node:crypto'

/** One statement: text with $1.. places and the values for them. Only `sql` makes them, so no text is ever pasted together from input. */
export class Sql {
  readonly text: string
  readonly values: readonly unknown[]
  constructor(text: string, values: readonly unknown[]) {
    this.text = text
    this.values = values
  }
}

const moved = (text: string, by: number) => text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + by}`)

/**
 * Tagged SQL: `${value}` becomes a parameter, `${sql`...`}` is woven in.
 * In: a template. Out: a statement for `tx.rows`, `tx.row` or `tx.run`.
 */
export function sql(parts: TemplateStringsArray, ...inserts: readonly unknown[]): Sql {
  let text = parts[0] ?? ''
  const values: unknown[] = []
  inserts.forEach((insert, at) => {
    if (insert instanceof Sql) {
      text += values.length === 0 || insert.values.length === 0 ? insert.text : moved(insert.text, values.length)
      values.push(...insert.values)
    } else {
      values.push(insert)
      text += `$${values.length}`
    }
    text += parts[at + 1] ?? ''
  })
  return new Sql(text, values)
}

/** No text, no values: what a condition weaves in when it does not apply. */
export const nothing = new Sql('', [])

/** Joins statements' pieces with one separator, as in `and` between conditions. */
export function join(pieces: readonly Sql[], separator: ' and ' | ', ' | ' or ' | ' union all '): Sql {
  return pieces.reduce((all, piece, at) => (at === 0 ? piece : sql`${all}${new Sql(separator, [])}${piece}`), nothing)
}

const names = new Map<string, string>()

/** The name a statement is prepared under: planning a portal view costs more than running it. */
export function statementName(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = `s_${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`
    names.set(text, name)
  }
  return name
}
