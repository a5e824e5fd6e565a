import { createHash, randomUUID } from 'node:crypto'
import { isIP } from 'node:net'
import { asNobody } from '#server/acting.ts'
import type { SignedIn } from '#server/auth/auth.ts'
import { sql } from '#server/db/sql.ts'
import { invalid, Refusal, tooMany } from '#server/http/errors.ts'
import type { Product } from '#server/product.ts'
import type { Session } from '#shared/session.ts'

export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex')
const window = '15 minutes'
const window_seconds = 15 * 60
const tries_per_account = 5
const tries_per_network = 50

/** The network a try comes from: one IPv4 address, or the /64 that a single IPv6 customer holds. */
export function networkOf(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/, '')
  if (isIP(plain) !== 6) return plain
  const [head = '', tail = ''] = plain.split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail.split(':').filter(Boolean)
  const whole = plain.includes('::') ? [...left, ...Array(8 - left.length - right.length).fill('0'), ...right] : left
  return whole
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':')
}

export async function whereabouts(product: Product, token: string): Promise<Session> {
  return asNobody(product, async (tx) => {
    const found = await tx.row<{ it: Omit<Session, 'setup_open' | 'mail_works' | 'demo'> | null; setup_open: boolean }>(
      sql`select app.whereabouts(${token}) as it, app.setup_open() as setup_open`,
    )
    const nobody = { person: null, members: [], workspaces: [] }
    return {
      ...(found?.it ?? nobody),
      setup_open: found?.setup_open ?? false,
      mail_works: product.courier.works,
      demo: product.config.demo,
    }
  })
}

/** Counts the try by account and by network, then looks. One at a time for each account, so a code works once. */
async function tryToSignIn(
  product: Product,
  kind: string,
  address: string,
  ip: string,
  look: () => Promise<SignedIn | null>,
): Promise<SignedIn> {
  const account = address.toLowerCase()
  const outcome = await asNobody(product, async (tx) => {
    const allowed = await tx.row<{ account: boolean; network: boolean }>(sql`
      select app.try_allowed(${kind}, ${account}, ${tries_per_account}, ${window}::interval) as account,
        app.try_allowed(${`${kind}:network`}, ${networkOf(ip)}, ${tries_per_network}, ${window}::interval) as network`)
    if (!allowed?.account || !allowed.network) return 'too_many' as const
    const signed_in = await look()
    if (signed_in) await tx.run(sql`select app.clear_tries(${kind}, ${account})`)
    return signed_in
  })
  if (outcome === 'too_many') throw tooMany(window_seconds)
  if (!outcome) {
    throw new Refusal({
      status: 401,
      code: 'wrong_sign_in',
      title: 'Not signed in',
      detail:
        kind === 'code'
          ? 'This code is wrong or too old. Ask for a new one.'
          : 'The email address or the password is wrong.',
    })
  }
  return outcome
}

export const signInWithPassword = (product: Product, address: string, password: string, ip: string) =>
  tryToSignIn(product, 'password', address, ip, () => product.auth.checkPassword(address, password))

export const signInWithCode = (product: Product, address: string, code: string, ip: string) =>
  tryToSignIn(product, 'code', address, ip, () => product.auth.checkCode(address, code))

/** Sends a code if someone with this address may sign in. The answer never tells. */
export async function sendCode(product: Product, address: string, ip: string): Promise<void> {
  const may = await asNobody(product, async (tx) => {
    const answer = await tx.row<{ account: boolean; network: boolean; may: boolean }>(sql`
      select app.try_allowed('ask_code', ${address.toLowerCase()}, ${tries_per_account}, ${window}::interval) as account,
        app.try_allowed('ask_code:network', ${networkOf(ip)}, ${tries_per_network}, ${window}::interval) as network,
        app.may_sign_in(${address}) as may`)
    if (!answer?.account || !answer.network) throw tooMany(window_seconds)
    return answer.may
  })
  // Made and sent after the answer has left, so that its time tells nothing either.
  if (may)
    setImmediate(() =>
      product.auth
        .makeCode(address)
        .catch((error: Error) => product.say(`A sign-in code could not be sent: ${error.message}`)),
    )
}

export type Founding = {
  token: string
  name: string
  email: string
  password: string
  company: string
  time_zone: string
  currency: string
}

/** Zones have several names; whatever the runtime can reckon with is one. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}

/** Founds the company with its first admin; the link works once. */
export async function setUpCompany(product: Product, it: Founding): Promise<SignedIn> {
  if (!isTimeZone(it.time_zone)) throw invalid('time_zone', 'Choose a time zone like Europe/Berlin.')
  if (!(await setupLinkLives(product, it.token)))
    throw new Refusal({
      status: 410,
      code: 'gone',
      title: 'No longer open',
      detail: 'This setup link was used already, or it is an old one.',
    })
  const person = await product.auth.personWithPassword(it.email, it.name, it.password).catch(() => {
    throw invalid('email', 'Someone with this address is here already.')
  })
  await asNobody(product, (tx) =>
    tx.run(sql`select app.found_company(${hashToken(it.token)}, ${randomUUID()}::uuid, ${it.company}, ${it.time_zone}, ${it.currency},
      ${randomUUID()}::uuid, ${person}, ${it.name}, ${it.email.toLowerCase()})`),
  )
  return product.auth.startSession(person)
}

export const setupLinkLives = (product: Product, token: string) =>
  asNobody(
    product,
    async (tx) =>
      (await tx.row<{ lives: boolean }>(sql`select app.setup_link_lives(${hashToken(token)}) as lives`))?.lives ??
      false,
  )

/** A fresh one-time setup link while nobody is in yet. Out: its token, or null once someone is. */
export async function openSetup(product: Product, token: string): Promise<boolean> {
  return asNobody(
    product,
    async (tx) =>
      (await tx.row<{ open: boolean }>(sql`select app.renew_setup(${hashToken(token)}) as open`))?.open ?? false,
  )
}

export const listSessions = (product: Product, token: string) =>
  asNobody(product, async (tx) =>
    tx.rows<{ id: string; device: string; current: boolean; created_at: string; expires_at: string }>(
      sql`select * from app.sessions_of(${token})`,
    ),
  )

export async function endSession(product: Product, token: string, session: string): Promise<boolean> {
  return asNobody(
    product,
    async (tx) =>
      (await tx.row<{ ended: boolean }>(sql`select app.end_session(${token}, ${session}) as ended`))?.ended ?? false,
  )
}
