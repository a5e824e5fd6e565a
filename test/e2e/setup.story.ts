import { beforeAll, expect, test } from 'vitest'
import { setStage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const stage = setStage()
let dana: Visitor
let printed: string
beforeAll(async () => {
  printed = await stage.server.printSetupLink()
  dana = await stage.visitor()
})

test('the printed link opens the first of three screens', async () => {
  await dana.open(printed)
  await dana.sees('Step 1 of 3')
  await dana.looksRight('setup-1-you')
  await dana.button('Next: your company').click()
  await dana.sees('Use at least 10 characters.')
  await dana.looksRight('setup-1-you-missing')
})

test('name, address and password, then the company, then the choice how to begin', async () => {
  await dana.field('Your name').fill('Dana Reyes')
  await dana.field('Email').fill('dana@halden.example')
  await dana.field('Password').fill('a long enough password')
  await dana.page.keyboard.press('Enter')
  await dana.sees('Step 2 of 3')
  await expect.poll(() => dana.field('Time zone').textContent()).toContain('Berlin')
  await dana.looksRight('setup-2-company')
  await dana.field('Company name').fill('Halden Software')
  await dana.button('Create company').click()
  await dana.sees('Step 3 of 3')
  await dana.arrivesAt('/setup?step=start')
  await dana.sees("Email isn't set up. Invites will be links you copy.")
  await dana.looksRight('setup-3-begin')
})

test('the link is dead afterwards, and says so', async () => {
  const other = await stage.visitor()
  await other.open(printed)
  await other.sees('This is set up already')
  await other.looksRight('setup-over')
  await other.button('Sign in').click()
  await other.arrivesAt('/sign-in')
})

test('sample data comes with one click and goes with one', async () => {
  await dana.button('Look around with sample data').click()
  await dana.arrivesAt('/')
  await dana.sees('Recent partners')
  expect(await stage.server.count('partners')).toBeGreaterThan(2)
  await dana.open('/settings/data')
  await dana.button('Remove sample data').click()
  await expect.poll(() => stage.server.count('partners')).toBe(0)
})

test('Dana signs in with her password at the real form', async () => {
  const again = await stage.visitor()
  await again.signIn('dana@halden.example')
  await again.arrivesAt('/')
  await again.sees('Nothing needs you.')
  await again.looksRight('home-empty')
})
