import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { ConfigProblem, keepSecret, readConfig } from './config.ts'

const secretOf = () => 'made-for-this-test-made-for-this-test'
const read = (env: Record<string, string>, demo = false) => readConfig(env, { demo, secretOf })
const problem = (env: Record<string, string>, demo = false) => {
  try {
    read(env, demo)
  } catch (error) {
    if (error instanceof ConfigProblem) return error.message
    throw error
  }
  throw new Error('These settings were taken.')
}

describe('settings', () => {
  test('nothing set is a whole configuration', () => {
    const config = read({})
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      url: 'http://localhost:3000',
      database_url: null,
      smtp_url: null,
      mail_from: 'Partnered <partnered@localhost>',
      secret: secretOf(),
      trust_proxy: false,
      role: 'all',
      log_level: 'info',
      demo: false,
    })
    expect(config.data).toMatch(/[/\\]data$/)
  })

  test('the demo keeps its data apart and stays on this machine', () => {
    expect(read({}, true).data).toMatch(/data[/\\]demo$/)
    expect(problem({ HOST: '0.0.0.0' }, true)).toContain('HOST must be 127.0.0.1 for the demo')
    expect(read({ HOST: '0.0.0.0' }).host).toBe('0.0.0.0')
  })

  test('an empty value is the same as none', () => {
    expect(read({ PORT: '', DATABASE_URL: '', PARTNERED_SECRET: '' }).port).toBe(3000)
  })

  test('values arrive as what they mean', () => {
    const config = read({
      PORT: '8080',
      PARTNERED_URL: 'https://Partners.Example.com/',
      PARTNERED_DATA: '/srv/partnered',
      PARTNERED_ROLE: 'worker',
      MAIL_FROM: 'Northwind <partners@example.com>',
      SMTP_URL: 'smtp://u:p@mail.example.com:587',
    })
    expect(config).toMatchObject({
      port: 8080,
      url: 'https://partners.example.com',
      data: '/srv/partnered',
      role: 'worker',
    })
  })

  test.each([
    ['off', false],
    ['on', true],
    ['2', 2],
    ['10.0.0.0/8, ::1', '10.0.0.0/8, ::1'],
  ])('PARTNERED_TRUST_PROXY %s', (text, is) => {
    expect(read({ PARTNERED_TRUST_PROXY: text }).trust_proxy).toEqual(is)
  })

  test.each([
    ['PORT', 'high'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['HOST', 'a b'],
    ['PARTNERED_URL', 'partners.example.com'],
    ['PARTNERED_URL', 'ftp://partners.example.com'],
    ['PARTNERED_URL', 'https://example.com/partners'],
    ['SMTP_URL', 'mail.example.com:25'],
    ['MAIL_FROM', 'partners'],
    ['MAIL_FROM', 'A <a@b.c>\nBcc: x@y.z'],
    ['PARTNERED_SECRET', 'short'],
    ['PARTNERED_TRUST_PROXY', 'yes please'],
    ['PARTNERED_TRUST_PROXY', '10.0.0.0/99'],
    ['PARTNERED_ROLE', 'both'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(problem({ [name]: value })).toMatch(new RegExp(`^${name} must .+\\.$`, 'm'))
  })

  test('every problem is told at once', () => {
    const lines = problem({ PORT: 'x', LOG_LEVEL: 'x', PARTNERED_ROLE: 'x' }).split('\n')
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['PORT', 'PARTNERED_ROLE', 'LOG_LEVEL'])
  })

  test('one database address alone says what to create', () => {
    const url = 'postgres://someone:pw@db.example.com/partnered'
    expect(problem({ DATABASE_URL: url })).toContain('create role partnered_admin login createrole')
    expect(problem({ DATABASE_ADMIN_URL: url })).toContain('create role partnered_app login noinherit')
    expect(read({ DATABASE_URL: url, DATABASE_ADMIN_URL: url }).database_url).toBe(url)
  })
})

describe('the kept secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'partnered-secret-'))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('is made once, for this user only', () => {
    const secret = keepSecret(folder)
    expect(secret.length).toBeGreaterThanOrEqual(32)
    expect(keepSecret(folder)).toBe(secret)
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
  })

  test('is not replaced when it is too short', () => {
    keepSecret(folder)
    writeFileSync(join(folder, 'secret'), 'short')
    expect(() => keepSecret(folder)).toThrow(/too short/)
  })
})
