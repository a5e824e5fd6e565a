import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const project = dirname(dirname(fileURLToPath(import.meta.url)))
export const modules = join(project, 'node_modules')

/** The Node that runs the product: this one when it is new enough, else the one that the package `node` brings. */
export const newEnough = Number(process.versions.node.split('.')[0]) >= 24
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
