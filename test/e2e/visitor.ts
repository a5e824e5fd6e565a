import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { picturePath } from './pictures.ts'
import { password, type Running } from './server.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const wide = { width: 1280, height: 800 }
const phone = { width: 390, height: 844 }
const all = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }
const daily = [
  { size: wide, scheme: 'light' },
  { size: phone, scheme: 'dark' },
] as const
const rest = [
  { size: wide, scheme: 'dark' },
  { size: phone, scheme: 'light' },
] as const
const today = Math.floor(Date.now() / 86_400_000)
/** All four in torture; in every other run one of the daily two, the other one tomorrow. */
const looksAt = (name: string) =>
  process.env.TORTURE ? [...daily, ...rest] : [daily[(name.length + today) % 2] ?? daily[0]]
const tallest = 2000

type Words = string | RegExp

/** Someone at a browser. Everything is found as a person finds it: by its role and its name. */
export type Visitor = {
  page: Page
  /** What went wrong in their browser so far: errors on the console, refused or failed requests. */
  faults: string[]
  open(path: string): Promise<void>
  signIn(email: string): Promise<void>
  /** Waits until the address is this one. */
  arrivesAt(path: Words): Promise<void>
  sees(text: Words, within?: Locator): Promise<void>
  button(name: Words): Locator
  /** A button that opens a list to choose from. */
  picker(name: Words): Locator
  link(name: Words): Locator
  field(label: Words): Locator
  heading(name: Words): Locator
  /** How often they pressed the mouse since the last time one asked. */
  presses(): Promise<number>
  /** No accessibility rule broken, wide in the light or on a phone in the dark, in turn by day (torture: both, and the other two); pictures kept; nothing to scroll sideways at 320. */
  looksRight(name: string): Promise<void>
  leave(): Promise<void>
}

/** A visitor with a browser of their own: no cookie but the given session's. Requests that `refused` names may be refused. */
export async function visit(
  browser: Browser,
  server: Running,
  { session, refused }: { session?: string; refused?: RegExp } = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: wide,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  // A share leaves ten seconds after it was made.
  context.setDefaultTimeout(15_000)
  if (session) await context.addCookies([{ name: 'partnered', value: session, url: server.url }])
  await context.addInitScript(() => {
    addEventListener('pointerdown', () => {
      sessionStorage.setItem('test.presses', String(Number(sessionStorage.getItem('test.presses')) + 1))
    })
  })
  const page = await context.newPage()
  const faults = watch(page, server.url, refused)
  const heading: Visitor['heading'] = (name) => page.getByRole('heading', { name })
  return {
    page,
    faults,
    heading,
    async open(path) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
    },
    async signIn(email) {
      await page.goto('/sign-in')
      await page.getByLabel('Email').fill(email)
      await page.getByRole('button', { name: 'Use my password' }).click()
      await page.getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.waitForURL((url) => url.pathname !== '/sign-in')
    },
    async arrivesAt(path) {
      const here = () => page.url().slice(server.url.length)
      const poll = expect.poll(here, { timeout: 15_000, message: 'the address' })
      await (typeof path === 'string' ? poll.toBe(path) : poll.toMatch(path))
    },
    async sees(text, within) {
      await (within ?? page).getByText(text).filter({ visible: true }).first().waitFor()
    },
    button: (name) => page.getByRole('button', { name }),
    picker: (name) => page.getByRole('combobox', { name }),
    link: (name) => page.getByRole('link', { name }),
    field: (label) => page.getByLabel(label),
    presses: () =>
      page.evaluate(() => {
        const many = Number(sessionStorage.getItem('test.presses'))
        sessionStorage.removeItem('test.presses')
        return many
      }),
    async looksRight(name) {
      await page.evaluate(axeSource)
      const broken: string[] = []
      for (const { size, scheme } of looksAt(name)) {
        await page.setViewportSize(size)
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
        await drawn(page)
        const where = `${name}-${size.width}-${scheme}`
        broken.push(...(await brokenRules(page)).map((rule) => `${where}: ${rule}`))
        await picture(page, where)
      }
      await page.setViewportSize({ width: 320, height: 800 })
      await drawn(page)
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (over > 0) broken.push(`${name}: ${over} px too wide at 320`)
      await page.setViewportSize(wide)
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      expect(broken).toEqual([])
    },
    leave: () => context.close(),
  }
}

async function picture(page: Page, name: string): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  const whole = height <= tallest && (await page.getByRole('dialog').count()) === 0
  await page.screenshot({ path: picturePath(name), fullPage: whole, animations: 'disabled' })
}

const drawn = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))

type Rule = { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }

async function brokenRules(page: Page): Promise<string[]> {
  const violations = await page.evaluate(async (only) => {
    const axe = (globalThis as unknown as { axe: { run(on: Document, how: object): Promise<{ violations: Rule[] }> } })
      .axe
    const found = await axe.run(document, { runOnly: only, resultTypes: ['violations'] })
    return found.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
    }))
  }, all)
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}. ${nodes.length} times, first ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary?.slice(0, 300)}`,
  )
}

function watch(page: Page, url: string, refused: RegExp | undefined): string[] {
  const faults: string[] = []
  const ours = (address: string) => address.startsWith(url)
  page.on('pageerror', (error) => faults.push(`error: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    // A refused request is told below, with its address.
    const told = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !told) faults.push(`console: ${message.text()}`)
  })
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // A page that is left takes its open requests with it.
    if (ours(request.url()) && why !== 'net::ERR_ABORTED') faults.push(`request: ${request.url()} ${why}`)
  })
  page.on('response', (response) => {
    const line = `${response.status()} ${response.request().method()} ${response.url().slice(url.length)}`
    if (ours(response.url()) && response.status() >= 400 && !refused?.test(line)) faults.push(`refused: ${line}`)
  })
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !ours(request.url())) faults.push(`another site: ${request.url()}`)
  })
  return faults
}
