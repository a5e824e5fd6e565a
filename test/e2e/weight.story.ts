import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { people } from '#db/seed/world.ts'
import { seedDemo } from '#server/features/sample/demo.ts'
import { setStage } from './stage.ts'

const stage = setStage()
const kilobyte = 1000
let dana = ''
let ana = ''
let workspace = ''
beforeAll(async () => {
  const { server } = stage
  await seedDemo(server.product)
  dana = await server.session(people.dana.email, people.dana.name)
  ana = await server.session('ana.lindner@nordlicht.example', 'Ana Lindner')
  const { rows } = await server.admin.query("select workspace from partners where slug = 'nordlicht-gmbh'")
  workspace = `/p/${rows[0].workspace}`
})

/** All that a first visit loads of one kind, until nothing more comes, gzipped. */
async function loaded(path: string, session: string): Promise<{ script: number; stylesheet: number; font: number }> {
  const visitor = await stage.visitor(session ? { session } : {})
  const weights = { script: 0, stylesheet: 0, font: 0 }
  const bodies: Promise<void>[] = []
  visitor.page.on('response', (response) => {
    const kind = response.request().resourceType() as keyof typeof weights
    if (!(kind in weights)) return
    bodies.push(
      response.body().then((body) => {
        weights[kind] += (kind === 'font' ? body : gzipSync(body)).length / kilobyte
      }),
    )
  })
  await visitor.open(path)
  await visitor.page.waitForLoadState('networkidle')
  await Promise.all(bodies)
  await visitor.leave()
  console.log(
    `${path}: ${Object.entries(weights)
      .map(([kind, kB]) => `${kind} ${kB.toFixed(1)} kB`)
      .join(', ')}`,
  )
  return weights
}

test('the first page of the team loads at most 170 kB of script', async () => {
  const home = await loaded('/', dana)
  expect(home.script).toBeGreaterThan(30)
  expect(home.script).toBeLessThanOrEqual(170)
  expect(home.stylesheet).toBeLessThanOrEqual(20)
  expect(home.font).toBeLessThanOrEqual(50)
})

test('the portal loads at most 130 kB of script, signed in and signed out', async () => {
  for (const [path, session] of [
    [workspace, ana],
    ['/sign-in', ''],
  ] as const) {
    const page = await loaded(path, session)
    expect(page.script).toBeGreaterThan(30)
    expect(page.script).toBeLessThanOrEqual(130)
  }
})
