// Every check of the project, one after the other, stopping at the first that fails. --torture: the same with many more cases.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from './browser.mjs'
import { modules, node24, project } from './node24.mjs'

const torture = process.argv.includes('--torture')
const patience = torture ? ['--testTimeout=1200000'] : []
const bin = (...parts) => join('node_modules', ...parts)
const e2e = join('test', 'e2e', 'vitest.config.ts')

const steps = [
  ['types', bin('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'tsconfig.json'],
  ['lint', bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.'],
  ['schema', join('bin', 'schema.ts'), '--check'],
  ['tests', bin('vitest', 'vitest.mjs'), 'run', ...patience],
  ...(existsSync(join(project, e2e))
    ? [['browser', bin('vitest', 'vitest.mjs'), 'run', '--config', e2e, ...patience]]
    : []),
]

// Whatever a step starts by the name of node is the one that the product runs on.
const env = {
  ...process.env,
  PATH: `${join(modules, '.bin')}:${process.env.PATH}`,
  ...(torture ? { TORTURE: '1' } : {}),
}
const browser = findBrowser()
if (browser) env.CHROME_PATH = browser

let passed = 0
let failed = 0
for (const [name, ...command] of steps) {
  console.log(`\n── ${name}`)
  const from = Date.now()
  const { status } = spawnSync(node24, command, { cwd: project, env, stdio: ['ignore', 'inherit', 'inherit'] })
  const took = `${((Date.now() - from) / 1000).toFixed(1)} s`
  if (status === 0) {
    passed++
    console.log(`── ${name}: passed, ${took}`)
    continue
  }
  failed++
  console.log(
    `── ${name}: FAILED after ${took}. This step alone:\n   ${torture ? 'TORTURE=1 ' : ''}node_modules/.bin/node ${command.join(' ')}`,
  )
  break
}
if (failed > 0 && passed + failed < steps.length)
  console.log(
    `Not run: ${steps
      .slice(passed + failed)
      .map(([name]) => name)
      .join(', ')}`,
  )
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
