import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { currency, email, id, moment, text, word } from './fields.ts'

export const TeamRole = z.enum(['admin', 'member', 'read_only'])
export type TeamRole = z.output<typeof TeamRole>

export const Session = z.object({
  person: z.nullable(z.object({ name: z.string(), email: z.string() })),
  members: z.array(
    z.object({
      org_id: z.string(),
      member_id: z.string(),
      name: z.string(),
      role: TeamRole,
      company: z.string(),
      currency: z.string(),
      time_zone: z.string(),
    }),
  ),
  workspaces: z.array(z.object({ workspace: z.string(), partner: z.string(), company: z.string() })),
  setup_open: z.boolean(),
  mail_works: z.boolean(),
  demo: z.boolean(),
})
export type Session = z.output<typeof Session>

const password = () =>
  z
    .string('Write a password.')
    .check(z.minLength(10, 'Use at least 10 characters.'), z.maxLength(128, 'Use at most 128 characters.'))

export const getSession = endpoint({
  id: 'get_session',
  method: 'GET',
  path: '/api/v1/session',
  caller: 'anyone',
  says: 'Who is signed in, on which team and in which workspaces.',
  output: Session,
})
export const signInWithPassword = endpoint({
  id: 'sign_in_with_password',
  method: 'POST',
  path: '/api/v1/session/password',
  caller: 'anyone',
  says: 'Sign in with email and password. Right or wrong, the answer never tells whether the address is known.',
  body: z.strictObject({
    email: email(),
    password: z.string('Write your password.').check(z.minLength(1, 'Write your password.'), z.maxLength(128)),
  }),
  output: Session,
})
export const sendCode = endpoint({
  id: 'send_code',
  method: 'POST',
  path: '/api/v1/session/code',
  caller: 'anyone',
  says: 'Send a 6-digit code to an address, if someone with that address may sign in. The answer is the same either way.',
  body: z.strictObject({ email: email() }),
  output: null,
})
export const signInWithCode = endpoint({
  id: 'sign_in_with_code',
  method: 'POST',
  path: '/api/v1/session/code/check',
  caller: 'anyone',
  says: 'Sign in with the code that was sent.',
  body: z.strictObject({
    email: email(),
    code: z.string('Write the code.').check(z.regex(/^\d{6}$/, 'The code has 6 digits.')),
  }),
  output: Session,
})
export const signOut = endpoint({
  id: 'sign_out',
  method: 'DELETE',
  path: '/api/v1/session',
  caller: 'anyone',
  says: 'Sign out on this device.',
  output: null,
})
export const listSessions = endpoint({
  id: 'list_sessions',
  method: 'GET',
  path: '/api/v1/sessions',
  caller: 'person',
  says: 'Where this person is signed in.',
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        device: z.string(),
        current: z.boolean(),
        created_at: moment(),
        expires_at: moment(),
      }),
    ),
  }),
})
export const endSession = endpoint({
  id: 'end_session',
  method: 'DELETE',
  path: '/api/v1/sessions/:session',
  caller: 'person',
  says: 'Sign out on another device.',
  params: z.object({ session: word() }),
  output: null,
})

export const getSetup = endpoint({
  id: 'get_setup',
  method: 'POST',
  path: '/api/v1/setup/check',
  caller: 'anyone',
  says: 'Whether a one-time setup link is still good.',
  body: z.strictObject({ token: word(200) }),
  output: z.object({ open: z.boolean() }),
})
export const setUpCompany = endpoint({
  id: 'set_up_company',
  method: 'POST',
  path: '/api/v1/setup',
  caller: 'anyone',
  says: 'Found the company with its first admin, once, with the printed link.',
  body: z.strictObject({
    token: word(200),
    name: text(),
    email: email(),
    password: password(),
    company: text(),
    time_zone: text(60),
    currency: currency(),
  }),
  output: Session,
})
export const addSampleData = endpoint({
  id: 'add_sample_data',
  method: 'POST',
  path: '/api/v1/sample_data',
  caller: 'team',
  says: 'Add sample partners to look around with.',
  output: z.object({ partners: z.int() }),
})
export const removeSampleData = endpoint({
  id: 'remove_sample_data',
  method: 'DELETE',
  path: '/api/v1/sample_data',
  caller: 'team',
  says: 'Remove every sample partner and all that belongs to it.',
  output: z.object({ partners: z.int() }),
})
export const sessionEndpoints = [
  getSession,
  signInWithPassword,
  sendCode,
  signInWithCode,
  signOut,
  listSessions,
  endSession,
  getSetup,
  setUpCompany,
  addSampleData,
  removeSampleData,
]
export const memberRef = () => z.object({ id: id(), name: z.string() })
