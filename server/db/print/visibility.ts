import type pg from 'pg'
import { type Grant, groups, named, ours, type Policy, policies, rowsOf, tableGrants } from './catalog.ts'
import { ruleComments } from './rule-comments.ts'
import { functionGrants } from './schema.ts'
import { readView } from './view-columns.ts'

const verbs: Record<string, string> = {
  select: 'Reads',
  insert: 'Adds',
  update: 'Changes',
  delete: 'Removes',
  all: 'Everything',
}
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
/** A condition as a person would write it: without what PostgreSQL adds when it prints. */
const plain = (text: string) =>
  oneLine(text)
    .replace(/\( SELECT (app\.\w+\([^()]*\)) AS \w+\)/g, '$1')
    .replaceAll('::text', '')
    .replace(/\((app\.\w+\([^()]*\))\)/g, '$1')
    .replace(/<> ALL \(ARRAY\[([^\]]*)\]\)/g, 'not in ($1)')
    .replace(/= ANY \(ARRAY\[([^\]]*)\]\)/g, 'in ($1)')
const code = (text: string) => `\`${plain(text)}\``

function conditionOf(policy: Policy): string {
  const { using, check } = policy
  if (using && check && using !== check) return `${code(using)}, and afterwards ${code(check)}`
  return code(using ?? check ?? 'true')
}

function columnsOf(grants: Grant[], command: string): string {
  const mine = grants.filter((grant) => grant.privilege === command)
  if (mine.length === 0) return ' No column: nothing, whatever the rule says.'
  if (mine.some((grant) => grant.columns === null)) return ''
  return ` Columns: ${mine.map((grant) => grant.columns).join(', ')}.`
}

/** One role: each table it has a right or a rule on. */
function roleSection(role: string, rules: Policy[], grants: Grant[], comments: Map<string, string>): string[] {
  const mine = rules.filter((rule) => rule.roles.includes(role))
  const held = groups(
    grants.filter((grant) => grant.grantee === role && !grant.object.startsWith('portal.')),
    (grant) => grant.object,
  )
  const byTable = groups(mine, (rule) => rule.table)
  return [...new Set([...byTable.keys(), ...held.keys()])].sort().map((table) => {
    const rights = held.get(table) ?? []
    const lines = (byTable.get(table) ?? []).map((rule) => {
      const why = rule.comment ?? comments.get(`policy ${table}.${rule.name}`)
      return `- **${verbs[rule.command]}** (\`${rule.name}\`)${why ? `: ${why}` : ''}${columnsOf(rights, rule.command)}<br>${conditionOf(rule)}`
    })
    return [
      `### ${table}`,
      '',
      ...(lines.length > 0 ? lines : ['- Rights without a rule: no row is ever there.']),
    ].join('\n')
  })
}

type View = { object: string; definition: string; names: string[] }

// What the views in an order of their own ask once, before everything, is read where it is used.
const inPlace = (definition: string): string =>
  definition
    .replace(/^\s*WITH eyes_once AS MATERIALIZED \(.*?\n\s*\)\n/s, '')
    .replaceAll('eyes_once w', 'portal.eyes() w')

async function viewSection(client: pg.Client, grants: Grant[], comments: Map<string, string>): Promise<string[]> {
  const views = await rowsOf<View>(
    client,
    `select ${named('n.nspname', 'c.relname')} as object, pg_get_viewdef(c.oid, true) as definition,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as names
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'portal' and c.relkind = 'v' order by c.relname`,
  )
  return views.map((view) => {
    const parts = readView(inPlace(view.definition), view.names)
    const comment = comments.get(`view ${view.object}`)
    const writes = grants
      .filter(
        (grant) =>
          grant.object === view.object && grant.grantee === 'partnered_contact' && grant.privilege !== 'select',
      )
      .map((grant) => `- **${verbs[grant.privilege]}**: ${grant.columns ?? 'every column'}.`)
    const head = [`### ${view.object}`, '', ...(comment ? [comment, ''] : [])]
    if (!parts) return [...head, '```sql', view.definition.trim(), '```', ...writes].join('\n')
    const open = parts.columns.filter((column) => !column.shown_when).map((column) => column.name)
    const hidden = [
      ...groups(
        parts.columns.filter((column) => column.shown_when),
        (column) => column.shown_when ?? '',
      ),
    ]
    return [
      ...head,
      `- **Always there**: ${open.join(', ')}.`,
      ...hidden.map(
        ([when, columns]) =>
          `- **Hidden unless** its rule holds: ${columns.map((column) => column.name).join(', ')}.<br>${code(when)}`,
      ),
      ...writes,
      ...(parts.rows ? [`- **Rows**: ${code(parts.rows)}`] : []),
    ].join('\n')
  })
}

/**
 * The page that says who sees what, made of the rules in force.
 * In: a connection to a migrated database. Out: Markdown. Errors: the database's own.
 */
export async function printVisibility(client: pg.Client): Promise<string> {
  await client.query('set search_path = public')
  const [rules, grants, comments] = [await policies(client), await tableGrants(client), await ruleComments()]
  const walls = rules.filter((rule) => rule.restrictive)
  const tables = await rowsOf<{ object: string; row_security: boolean }>(
    client,
    `select ${named('n.nspname', 'c.relname')} as object, c.relrowsecurity as row_security from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${ours('n.nspname')} and n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  )
  const walled = new Set(walls.map((rule) => rule.table))
  const outside = tables
    .filter((table) => !walled.has(table.object) || !table.row_security)
    .map((table) => table.object)
  const calls = groups(await functionGrants(client), (row) => row.grantee)
  const callable = (role: string) =>
    [...new Set((calls.get(role) ?? []).map((row) => row.name.replace(/\(.*/, '')))]
      .map((name) => `\`${name}\``)
      .join(', ')
  const wall = walls.find((rule) => rule.name === 'company')
  const parts = [
    '# Who sees what',
    'Printed from the rules in force by `npm run schema`. Change `db/rules`, not this page.',
    '## Everyone',
    `Every table holds rows of many companies. ${wall?.comment ?? ''} This stands before every other rule, for every role: ${code(wall?.using ?? '')}.${outside.length > 0 ? ` Not behind it: ${outside.join(', ')}.` : ' No table is outside it.'}`,
    '## The team (`partnered_team`)',
    'A member of the company. A table that is not named here cannot be reached.',
    ...roleSection('partnered_team', rules, grants, comments),
    `May call: ${callable('partnered_team')}.`,
    '## A contact (`partnered_contact`)',
    'A person at a partner. They have no right on any table; what they read and write are these views. View as and the preview of what a partner will see read the same views as the same contact.',
    ...(await viewSection(client, grants, comments)),
    `May call: ${callable('partnered_contact')}.`,
    '## The second wall (`partnered_views`)',
    'The owner of those views. Whatever a view says, it gets no row and no column beyond these.',
    ...roleSection('partnered_views', rules, grants, comments),
  ]
  return `${parts.join('\n\n')}\n`
}
