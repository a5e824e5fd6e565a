import type pg from 'pg'

export type Mutation = {
  name: string
  wall: 'team' | 'policies' | 'views' | 'both' | 'grants' | 'guards'
  text: string
  /** Where the thing shows first: the table, the view, or the tables that lean on a function. */
  at: string[]
}

/** The other wall taken away: every row of every table is open to the owner of the views. */
export async function takePoliciesAway(client: pg.Client): Promise<void> {
  const { rows } = await client.query("select tablename from pg_tables where schemaname = 'public' and rowsecurity")
  await client.query(rows.map(({ tablename }) => `alter table ${tablename} disable row level security`).join(';'))
}

/** Every condition in a printed expression, with the text in which it is made `true`: operands of AND, and the whole of a WHERE or WHEN. */
export function weakened(text: string): { condition: string; text: string }[] {
  const groups: { start: number; ands: number[]; end: number }[] = []
  const open: { start: number; ands: number[] }[] = []
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "'") quoted = !quoted
    if (quoted) continue
    if (text[at] === '(') open.push({ start: at + 1, ands: [] })
    else if (text[at] === ')') {
      const group = open.pop()
      if (group) groups.push({ ...group, end: at })
    } else if (text.startsWith(' AND ', at)) open.at(-1)?.ands.push(at)
  }
  const spans = groups.flatMap(({ start, ands, end }) => {
    if (ands.length > 0) {
      const edges = [start, ...ands.flatMap((and) => [and, and + 5]), end]
      return ands.concat(-1).map((_, n) => [edges[2 * n] ?? start, edges[2 * n + 1] ?? end] as const)
    }
    return /(where|when)\s*\($/i.test(text.slice(0, start)) ? [[start, end] as const] : []
  })
  return spans.map(([from, to]) => ({
    condition: text.slice(from, to).replace(/\s+/g, ' ').trim(),
    text: `${text.slice(0, from)}true${text.slice(to)}`,
  }))
}

async function policyMutations(client: pg.Client): Promise<Mutation[]> {
  const { rows } = await client.query(`
    select p.polname as name, p.polrelid::regclass::text as "table", pg_get_expr(p.polqual, p.polrelid) as qual, pg_get_expr(p.polwithcheck, p.polrelid) as "check",
      p.polpermissive as permissive,
      has_any_column_privilege('partnered_team', p.polrelid, 'select') or has_any_column_privilege('partnered_views', p.polrelid, 'select') as readable,
      (select has_column_privilege('partnered_team', p.polrelid, a.attnum, 'insert') or has_column_privilege('partnered_views', p.polrelid, a.attnum, 'insert')
        from pg_attribute a where a.attrelid = p.polrelid and a.attname = 'org_id') as writable, array(select r::regrole::text from unnest(p.polroles) r) as roles
    from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace = 'public'::regnamespace and not c.relispartition`)
  return rows.flatMap((row): Mutation[] => {
    const wall = row.permissive ? (row.roles.includes('partnered_views') ? 'policies' : 'team') : 'both'
    const named = `policy ${row.name} on ${row.table}`
    const dropped: Mutation = {
      name: `${named} dropped`,
      wall,
      text: `drop policy ${row.name} on ${row.table}`,
      at: [row.table],
    }
    const parts = [
      ['using', row.qual],
      ['with check', row.check],
    ].flatMap(([clause, text]) =>
      text && text !== 'true'
        ? [...weakened(`(${text})`), { condition: 'all of it', text: 'true' }].map(
            (one): Mutation => ({
              name: `${named} ${clause} without ${one.condition}`,
              wall,
              text: `alter policy ${row.name} on ${row.table} ${clause} (${one.text})`,
              at: [row.table],
            }),
          )
        : [],
    )
    // Where no role of requests may read, or say of which company a row is, there is nothing that the company's rule could open.
    const reachable = (one: Mutation) =>
      row.permissive || (one.name.includes(' with check ') ? row.writable : row.readable)
    return [dropped, ...parts].filter(reachable)
  })
}

async function viewMutations(client: pg.Client): Promise<Mutation[]> {
  const { rows } = await client.query(
    // Those in an order of their own are made from the others, word for word; the walls' test says so.
    "select c.oid::regclass::text as name, pg_get_viewdef(c.oid) as text from pg_class c where c.relnamespace = 'portal'::regnamespace and c.relkind = 'v' and c.relname not like 'newest%'",
  )
  return rows.flatMap(({ name, text }) =>
    weakened(text.replace(/;\s*$/, '')).map(
      (one): Mutation => ({
        name: `view ${name} without ${one.condition}`,
        wall: 'views',
        text: `create or replace view ${name} with (security_barrier) as ${one.text}`,
        at: [name.replace('portal.', '')],
      }),
    ),
  )
}

const sight = [
  'hidden_partners',
  'hidden_from',
  'view_only_partners',
  'view_only_to',
  'changes_things',
  'can_work_with',
  'can_decide_on',
  'permits',
  'contact_sees',
  'known_members',
  'keep_reads',
]
const walls: Record<string, Mutation['wall']> = { keep_reads: 'guards' }

async function functionMutations(client: pg.Client): Promise<Mutation[]> {
  const { rows } = await client.query(
    "select p.proname as name, p.pronamespace = 'portal'::regnamespace as portal, pg_get_functiondef(p.oid) as text from pg_proc p where p.pronamespace = 'portal'::regnamespace or (p.pronamespace = 'app'::regnamespace and p.proname = any($1))",
    [sight],
  )
  return rows.flatMap(({ name, portal, text }) =>
    weakened(text).map(
      (one): Mutation => ({
        name: `function ${name} without ${one.condition}`,
        wall: portal ? 'views' : (walls[name] ?? 'both'),
        text: one.text,
        at: portal ? ['workspace', 'deals'] : ['partners', 'partner_members', 'deals', 'members'],
      }),
    ),
  )
}

async function guardMutations(client: pg.Client): Promise<Mutation[]> {
  const { rows } = await client.query(
    'select t.tgname as name, c.relname as "table" from pg_trigger t join pg_class c on c.oid = t.tgrelid where not t.tgisinternal and c.relnamespace = \'public\'::regnamespace order by 2, 1',
  )
  return rows.map(({ name, table }) => ({
    name: `guard ${name} on ${table} dropped`,
    wall: 'guards',
    text: `drop trigger ${name} on ${table}`,
    at: [table],
  }))
}

/** Every policy, view condition and sight function, with one thing taken out of it. */
export async function allMutations(client: pg.Client): Promise<Mutation[]> {
  return [
    ...(await policyMutations(client)),
    ...(await viewMutations(client)),
    ...(await functionMutations(client)),
    ...(await guardMutations(client)),
  ]
}
