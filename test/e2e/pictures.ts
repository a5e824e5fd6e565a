import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = new URL('../results/', import.meta.url)

/** Where a picture of this name is kept. */
export const picturePath = (name: string): string => fileURLToPath(new URL(`${name}.png`, folder))

/** Before a run: the pages have to be built, and pictures of an older run must not be taken for this one's. */
export default function setup(): void {
  if (!existsSync(new URL('index.html', builtPages())))
    throw new Error('The pages are not built. "npm test" builds them; this step alone needs "npm run build" before it.')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
}

/** The folder of the built pages: dist/web, or E2E_DIST. */
export function builtPages(): URL {
  const given = process.env.E2E_DIST
  return given ? new URL(`file://${given.replace(/\/?$/, '/')}`) : new URL('../../dist/web/', import.meta.url)
}
