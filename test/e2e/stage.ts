import { type Browser, chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type Mailbox, openMailbox } from './mailbox.ts'
import { picturePath } from './pictures.ts'
import { type Running, runServer } from './server.ts'
import { type Visitor, visit } from './visitor.ts'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export type Stage = {
  server: Running
  /** The mail server; only with `mail`. */
  mailbox: Mailbox
  visitor(how?: Parameters<typeof visit>[2]): Promise<Visitor>
}

/** Server, browser and whoever visits, for the tests of one file. A test fails when anything goes wrong in a visitor's browser. */
export function setStage({ mail = false }: { mail?: boolean } = {}): Stage {
  const stage = {} as Stage
  const visitors: Visitor[] = []
  let browser: Browser | undefined
  beforeAll(async () => {
    if (mail) stage.mailbox = await openMailbox()
    stage.server = await runServer(mail ? { smtp_url: stage.mailbox.smtp_url } : {})
    browser = await chromium.launch({
      executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
      args: flags,
    })
  })
  stage.visitor = async (how) => {
    if (!browser) throw new Error('No browser before the tests have begun.')
    const visitor = await visit(browser, stage.server, how)
    visitors.push(visitor)
    return visitor
  }
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      for (const [at, { page }] of visitors.entries())
        await page
          .screenshot({ path: picturePath(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}-${at}`) })
          .catch(() => {})
    expect(visitors.flatMap(({ faults }) => faults.splice(0))).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await stage.server?.close()
    await stage.mailbox?.close()
  })
  return stage
}
