import { randomInt } from 'node:crypto'

// Without vowels, so that no word appears, and without letters and digits that look alike.
const letters = '346789CDFGHJKMNPQRTVWX'

/** A deal's public name, like D-7K3QFM: random, so that it tells nothing about how many there are. */
export const newRef = (): string => `D-${Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('')}`
