import { paths } from '../paths.ts'

const pages: [RegExp, string][] = [
  [/^\/partners\/(new|import)/, 'add'],
  [/^\/partners\/[^/]+\/(access|preview)/, 'access'],
  [/^\/partners\/[^/]+\/contacts/, 'invite'],
  [/^\/partners\/[^/]+\/(deals|share)/, 'deals'],
  [/^\/partners\/[^/]+/, 'partners'],
  [/^\/partners$/, 'organise'],
  [/^\/(deals|inbox)/, 'deals'],
  [/^\/review/, 'review'],
  [/^\/access/, 'access'],
  [/^\/settings\/notifications/, 'deals'],
  [/^\/settings\/email/, 'invite'],
  [/^\/settings\/tags/, 'organise'],
]

/** The help page of a screen; the list where a screen has none of its own. */
export const helpFor = (path: string): string => paths.help(pages.find(([of]) => of.test(path))?.[1])
