import { randomInt } from 'node:crypto'
import { fold } from './spelling.ts'

/** A name as it stands in an address: plain letters, digits and hyphens; 'partner' where nothing of it is left. */
export function slugOf(legal_name: string): string {
  const plain = fold(legal_name)
    .replace(/&/g, ' and ')
    .replace(/['’`´.]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
  return plain || 'partner'
}

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** The address of a partner's workspace: its slug and six letters that nobody can count through. */
export const workspaceOf = (slug: string): string =>
  `${slug}-${Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('')}`

/** In: an address like ana.lindner@acme.com. Out: the name it seems to carry, Ana Lindner. */
export function nameFromEmail(email: string): string {
  const words = email
    .slice(0, email.lastIndexOf('@'))
    .replace(/\+.*$/, '')
    .split(/[._\-\d]+/)
    .filter(Boolean)
  const name = words.map((word) => word[0]!.toUpperCase() + word.slice(1).toLowerCase()).join(' ')
  return name || email
}
