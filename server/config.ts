import { randomBytes } from 'node:crypto'
import { chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { address, httpUrl, postgresUrl, proxies, smtpUrl } from './config-values.ts'

export type Config = {
  port: number
  host: string
  /** The folder of everything that is kept outside a database of one's own. */
  data: string
  /** The address people reach it at, without a slash at the end. Every link is made from it. */
  url: string
  database_url: string | null
  database_admin_url: string | null
  smtp_url: string | null
  mail_from: string
  secret: string
  /** Whose word about the caller's address counts: nobody's, everyone's, so many proxies', or these addresses'. */
  trust_proxy: boolean | number | string
  role: 'all' | 'web' | 'worker'
  log_level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  demo: boolean
}

/** Settings that cannot be used. The message has one sentence a problem; print it and leave with `exit_code`. */
export class ConfigProblem extends Error {
  override name = 'ConfigProblem'
  readonly exit_code = 2
}

const project = fileURLToPath(new URL('..', import.meta.url))
const roles = ['all', 'web', 'worker'] as const
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const oneOf = (values: readonly string[]) => `must be one of ${values.join(', ')}.`

/** Every setting. An empty value is the same as none. */
const settings = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a whole number from 1 to 65535.')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, 'must be a whole number from 1 to 65535.')
    .default(3000)
    .describe('The port it listens on.'),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be an address or a name of this machine, such as 127.0.0.1 or 0.0.0.0.')
    .default('127.0.0.1')
    .describe('The address it listens on. 0.0.0.0 lets other machines in.'),
  PARTNERED_DATA: z.string().optional().describe('The folder for its data. Default: data/ in the project.'),
  PARTNERED_URL: httpUrl.optional().describe('The address people open. Default: http://localhost and the port.'),
  DATABASE_URL: postgresUrl.optional().describe('A PostgreSQL of your own, 15 or newer: the login of the app.'),
  DATABASE_ADMIN_URL: postgresUrl
    .optional()
    .describe('The same database for its administrator. Used at the start only, to bring it up to date.'),
  SMTP_URL: smtpUrl.optional().describe('The mail server. Without it messages wait in Settings, Email.'),
  MAIL_FROM: address.optional().describe('The sender of its messages.'),
  PARTNERED_SECRET: z
    .string()
    .min(32, 'must have 32 characters or more. Leave it out to have one made and kept in the data folder.')
    .optional()
    .describe('The secret of the sign-in library. The same for every process of one installation.'),
  PARTNERED_TRUST_PROXY: proxies
    .default(false)
    .describe('Whether a proxy in front says who is calling: off, on, how many, or their addresses.'),
  PARTNERED_ROLE: z
    .enum(roles, oneOf(roles))
    .default('all')
    .describe('What this process does: serve, work off jobs, or both.'),
  LOG_LEVEL: z.enum(levels, oneOf(levels)).default('info').describe('How much it logs.'),
})

const here = new Set(['127.0.0.1', 'localhost', '::1'])

const missingDatabase = {
  DATABASE_URL: `DATABASE_URL is missing beside DATABASE_ADMIN_URL. Create the login of the app as the administrator, then set DATABASE_URL=postgres://partnered_app:PASSWORD@HOST/DATABASE:
    create role partnered_app login noinherit password 'PASSWORD';`,
  DATABASE_ADMIN_URL: `DATABASE_ADMIN_URL is missing beside DATABASE_URL. Create an administrator who owns the database, then set DATABASE_ADMIN_URL=postgres://partnered_admin:PASSWORD@HOST/DATABASE:
    create role partnered_admin login createrole password 'PASSWORD';
    create database partnered owner partnered_admin;
  For a database that is there already, instead of the last line:
    alter database DATABASE owner to partnered_admin;`,
}

/**
 * Reads the settings.
 * In: the environment; whether it is the demo; how a secret that is not set is come by. Out: the settings. Errors: ConfigProblem.
 */
export function readConfig(
  env: NodeJS.ProcessEnv,
  { demo = false, secretOf = keepSecret }: { demo?: boolean; secretOf?: (data: string) => string } = {},
): Config {
  const given = Object.fromEntries(
    Object.keys(settings.shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  )
  const read = settings.safeParse(given)
  const problems = read.error?.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`) ?? []
  if (Boolean(env.DATABASE_URL) !== Boolean(env.DATABASE_ADMIN_URL))
    problems.push(missingDatabase[env.DATABASE_URL ? 'DATABASE_ADMIN_URL' : 'DATABASE_URL'])
  if (demo && env.HOST && !here.has(env.HOST))
    problems.push('HOST must be 127.0.0.1 for the demo: its passwords are public. Leave HOST out.')
  if (!read.success || problems.length > 0) throw new ConfigProblem(problems.join('\n'))
  const { data: is } = read
  const url = is.PARTNERED_URL ?? `http://localhost${is.PORT === 80 ? '' : `:${is.PORT}`}`
  const data = resolve(is.PARTNERED_DATA ?? join(project, 'data', demo ? 'demo' : ''))
  return {
    port: is.PORT,
    host: is.HOST,
    data,
    url,
    database_url: is.DATABASE_URL ?? null,
    database_admin_url: is.DATABASE_ADMIN_URL ?? null,
    smtp_url: is.SMTP_URL ?? null,
    mail_from: is.MAIL_FROM ?? `Partnered <partnered@${new URL(url).hostname}>`,
    secret: is.PARTNERED_SECRET ?? secretOf(data),
    trust_proxy: is.PARTNERED_TRUST_PROXY,
    role: is.PARTNERED_ROLE,
    log_level: is.LOG_LEVEL,
    demo,
  }
}

/** The secret in the data folder, made at the first start and readable by this user only. Errors: ConfigProblem when the folder cannot be used. */
export function keepSecret(data: string): string {
  const path = join(data, 'secret')
  try {
    mkdirSync(data, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    try {
      writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
      const { uid, gid } = statSync(data)
      if (process.getuid?.() === 0) chownSync(path, uid, gid)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const secret = readFileSync(path, 'utf8').trim()
    if (secret.length >= 32) return secret
  } catch (error) {
    throw new ConfigProblem(
      `Partnered cannot write to its data folder ${data} (${(error as NodeJS.ErrnoException).code}). Give the user that starts it write access, or set PARTNERED_DATA to another folder.`,
    )
  }
  throw new ConfigProblem(`The secret in ${path} is too short. Remove the file to have one made.`)
}
