// Makes everything ready that a command needs: packages, the built pages (--build), a browser (--browser).
// Plain JavaScript for an old Node: nothing is installed yet when it starts.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser, installBrowser } from './browser.mjs'
import { giveUp, modules, node24, node24Starts, project } from './node24.mjs'

const at = (...parts) => join(project, ...parts)
const text = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null)

function addFolder(hash, folder) {
  if (!existsSync(folder)) return
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) addFolder(hash, path)
    else
      hash
        .update(`${path.slice(project.length)}\0`)
        .update(readFileSync(path))
        .update('\0')
  }
}

/** Whether what is installed is what the lock file names, however it came there. */
function installedAsLocked(lock) {
  const installed = text(join(modules, '.package-lock.json'))
  if (!installed) return false
  const found = JSON.parse(installed).packages
  return Object.entries(JSON.parse(lock).packages).every(
    ([path, wanted]) =>
      path === '' || wanted.link || (found[path] ? found[path].version === wanted.version : wanted.optional),
  )
}

function npm(args, folder) {
  // Started by npm, its own file is known; otherwise it is on the path.
  const own =
    process.env.npm_execpath && /npm-cli\.c?js$/.test(process.env.npm_execpath) ? process.env.npm_execpath : null
  const [program, first] = own ? [process.execPath, [own]] : ['npm', []]
  const shell = !own && process.platform === 'win32'
  return (
    spawnSync(program, [...first, ...args], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], shell }).status ===
    0
  )
}

function installPackages() {
  const lock = text(at('package-lock.json'))
  if (lock === null)
    giveUp(
      'package-lock.json is missing. Get the whole project again, for example with "git checkout package-lock.json".',
    )
  const stamp = join(modules, '.partnered-lock')
  const now = createHash('sha256').update(lock).digest('hex')
  if (text(stamp) === now) return
  if (!installedAsLocked(lock)) {
    console.log('Installing packages. This takes a minute, once.')
    if (!npm(['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional'], project))
      giveUp(
        'The packages could not be installed; the reason is above. Check that this machine reaches the npm registry, then run the command again.',
      )
  }
  writeFileSync(stamp, now)
}

function checkNode() {
  if (node24Starts()) return
  // npm was told not to run install scripts, or does not know which ones it may.
  const version = text(join(modules, 'node', 'package.json'))
    ? JSON.parse(text(join(modules, 'node', 'package.json'))).version
    : ''
  console.log(`Fetching Node ${version}, which the product runs on.`)
  const fetched = spawnSync(process.execPath, ['installArchSpecificPackage.js'], {
    cwd: join(modules, 'node'),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (fetched.status === 0 && node24Starts()) return
  rmSync(join(modules, '.partnered-lock'), { force: true })
  giveUp(
    `Partnered runs on Node 24, and the one in ${node24} does not start.\nEither install Node 24 or newer (https://nodejs.org) and run the command with it,\nor run "npm rebuild node" in ${project} and try again.`,
  )
}

function build() {
  const hash = createHash('sha256').update(process.env.NODE_ENV ?? '')
  for (const folder of ['web', 'shared']) addFolder(hash, at(folder))
  for (const file of ['package-lock.json', 'vite.config.ts']) hash.update(text(at(file)) ?? '')
  const now = hash.digest('hex')
  const stamp = at('dist', 'web.stamp')
  if (text(stamp) === now && existsSync(at('dist', 'web', 'index.html'))) return
  console.log('Building the pages.')
  rmSync(stamp, { force: true })
  const built = spawnSync(node24, [join(modules, 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: project,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (built.status !== 0) giveUp('The pages could not be built; the reason is above.')
  mkdirSync(at('dist'), { recursive: true })
  writeFileSync(stamp, now)
}

function readyBrowser() {
  if (findBrowser() ?? (process.env.CHROME_PATH ? null : installBrowser())) return
  giveUp(
    process.env.CHROME_PATH
      ? `The browser tests need Chrome or Chromium. CHROME_PATH is ${process.env.CHROME_PATH}, and no file is there.`
      : 'The browser tests need Chrome or Chromium, and none was found. Install one (Debian: apt-get install chromium), or set CHROME_PATH to it.',
  )
}

installPackages()
checkNode()
if (process.argv.includes('--build')) build()
if (process.argv.includes('--browser')) readyBrowser()
