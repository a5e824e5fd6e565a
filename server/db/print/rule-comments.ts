import { readdir, readFile } from 'node:fs/promises'

const folder = new URL('../../../db/rules/', import.meta.url)

/**
 * The sentences that stand above policies and views in db/rules: what each is for, in English.
 * Out: by `policy table.name` and `view schema.name`. A comment speaks for every policy in its paragraph.
 */
export async function ruleComments(): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort())
    read(await readFile(new URL(file, folder), 'utf8'), found)
  return found
}

function read(text: string, found: Map<string, string>) {
  let comment: string[] = []
  let open = false
  let body = false
  for (const line of text.split('\n')) {
    if (!body && line.startsWith('--')) {
      if (!open) comment = []
      open = true
      comment.push(line.replace(/^--\s?/, ''))
      continue
    }
    open = false
    // Blank lines and comments inside a function's body end nothing.
    if ((line.match(/\$\$/g)?.length ?? 0) % 2 === 1) body = !body
    if (body) continue
    if (line.trim() === '') {
      comment = []
      continue
    }
    const policy = /^create policy (\w+) on ([\w."]+)/.exec(line)
    if (policy && comment.length > 0) {
      found.set(`policy ${policy[2]}.${policy[1]}`, comment.join(' '))
    }
    const view = /^create (?:or replace )?view ([\w."]+)/.exec(line)
    if (view && comment.length > 0) found.set(`view ${view[1]}`, comment.join(' '))
  }
}
