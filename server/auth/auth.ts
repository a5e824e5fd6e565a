import { betterAuth } from 'better-auth'
import { emailOTP } from 'better-auth/plugins/email-otp'
import type { Pool } from 'pg'
import { hashPassword, verifyPassword } from './passwords.ts'

export type SignedIn = { token: string; expires: Date }
const days = 24 * 3600
const session_days = 30

/** How people sign in. Every session is a row that is looked up at each request and dies when it is deleted. */
export type Auth = {
  /** The person with this address, made when there is none. `proven`: their address is known to be theirs. Out: their id. */
  person(address: string, name: string, proven?: boolean): Promise<string>
  /** A new person with a password. Out: their id. Errors: the address is taken. */
  personWithPassword(address: string, name: string, password: string): Promise<string>
  checkPassword(address: string, password: string): Promise<SignedIn | null>
  /** Makes a code and hands it to `deliverCode`. */
  makeCode(address: string): Promise<void>
  checkCode(address: string, code: string): Promise<SignedIn | null>
  startSession(person: string): Promise<SignedIn>
  endSession(token: string): Promise<void>
}

/** In: the pool with rights on schema `auth`, a secret, the public address, how a code reaches its person. */
export function createAuth({
  pool,
  secret,
  url,
  deliverCode,
}: {
  pool: Pool
  secret: string
  url: string
  deliverCode(address: string, code: string): Promise<void>
}): Auth {
  const library = betterAuth({
    database: pool,
    secret,
    baseURL: url,
    telemetry: { enabled: false },
    logger: { disabled: true },
    session: { expiresIn: session_days * days, updateAge: session_days * days, cookieCache: { enabled: false } },
    emailAndPassword: { enabled: true, disableSignUp: true, password: { hash: hashPassword, verify: verifyPassword } },
    rateLimit: { enabled: false },
    plugins: [
      emailOTP({
        otpLength: 6,
        expiresIn: 600,
        allowedAttempts: 5,
        storeOTP: 'hashed',
        sendVerificationOTP: ({ email, otp }) => deliverCode(email, otp),
      }),
    ],
  })
  const keep = async () => (await library.$context).internalAdapter
  const signedIn = (token: string): SignedIn => ({ token, expires: new Date(Date.now() + session_days * days * 1000) })

  return {
    async person(address, name, proven = false) {
      const found = await (await keep()).findUserByEmail(address.toLowerCase())
      return found
        ? found.user.id
        : (
            await (
              await keep()
            ).createUser({ email: address.toLowerCase(), name, emailVerified: proven }, { method: 'email-otp' })
          ).id
    },
    async personWithPassword(address, name, password) {
      const user = await (await keep()).createUser(
        { email: address.toLowerCase(), name, emailVerified: true },
        { method: 'email-password' },
      )
      await (await keep()).linkAccount({
        userId: user.id,
        providerId: 'credential',
        accountId: user.id,
        password: await hashPassword(password),
      })
      return user.id
    },
    async checkPassword(address, password) {
      const answer = await library.api
        .signInEmail({ body: { email: address.toLowerCase(), password } })
        .catch(() => null)
      return answer ? signedIn(answer.token) : null
    },
    async makeCode(address) {
      await library.api.sendVerificationOTP({ body: { email: address.toLowerCase(), type: 'sign-in' } })
    },
    async checkCode(address, code) {
      const answer = await library.api
        .signInEmailOTP({ body: { email: address.toLowerCase(), otp: code } })
        .catch(() => null)
      return answer ? signedIn(answer.token) : null
    },
    async startSession(person) {
      const session = await (await keep()).createSession(person)
      return { token: session.token, expires: session.expiresAt }
    },
    async endSession(token) {
      await (await keep()).deleteSession(token)
    },
  }
}
