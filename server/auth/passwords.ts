import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)
// OWASP's floor for Argon2id: 19 MiB, two passes, one lane.
const cost = { parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 }

/** In: a password. Out: what is kept of it: `argon2id$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const hash = await derive('argon2id', { ...cost, message: password, nonce })
  return `argon2id$${nonce.toString('base64url')}$${hash.toString('base64url')}`
}

/** Whether a password is the one that was kept. */
export async function verifyPassword({ hash: kept, password }: { hash: string; password: string }): Promise<boolean> {
  const [kind, salt = '', hash = ''] = kept.split('$')
  if (kind !== 'argon2id') return false
  const nonce = Buffer.from(salt, 'base64url')
  const wanted = Buffer.from(hash, 'base64url')
  const found = await derive('argon2id', { ...cost, message: password, nonce })
  return wanted.length === found.length && timingSafeEqual(wanted, found)
}
