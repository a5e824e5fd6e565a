import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const project = dirname(dirname(fileURLToPath(import.meta.url)))
export const modules = join(project, 'node_modules')

// Passwords are hashed by a function that came with 24.7.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
export const newEnough = major > 24 || (major === 24 && minor >= 7)
/** The Node that runs the product: this one when it is new enough, else the one that the package `node` brings. */
export const node24 = newEnough ? process.execPath : join(modules, '.bin', 'node')

/** Whether that Node starts. */
export function node24Starts() {
  return newEnough || spawnSync(node24, ['--version'], { stdio: 'ignore' }).status === 0
}

/** Ends with a message and no stack. */
export function giveUp(message) {
  console.error(`\n${message}`)
  process.exit(1)
}
