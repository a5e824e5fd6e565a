import * as z from 'zod/mini'

const clean = z.refine(
  (value) => typeof value === 'string' && !value.includes('\0') && value.isWellFormed(),
  'Use plain text only.',
)

/** One line of text, trimmed. In: the most characters. Refuses NUL and broken Unicode, which no field may hold. */
export const text = (most = 200) =>
  z
    .string('Write some text.')
    .check(clean, z.trim(), z.minLength(1, 'Fill this in.'), z.maxLength(most, `Use at most ${most} characters.`))

/** Text that may be left empty; an empty one becomes null. In: the most characters. Out: a string or null. */
export const maybeText = (most = 200) =>
  z.optional(
    z.nullable(
      z.pipe(
        z.string('Write some text.').check(clean, z.trim(), z.maxLength(most, `Use at most ${most} characters.`)),
        z.transform((value: string) => value || null),
      ),
    ),
  )

/** An email address as people write it. Quoted local parts are refused: mail servers disagree about them. */
export const email = () =>
  z
    .string('Write an email address.')
    .check(
      clean,
      z.trim(),
      z.maxLength(254, 'Use at most 254 characters.'),
      z.regex(
        /^[^\s"@,;:<>()[\]\\]+@[^\s"@,;:<>()[\]\\]+\.[^\s"@,;:<>()[\]\\.]+$/,
        'Write an address like ana@company.com.',
      ),
    )

export const id = () => z.uuid('This is not an id.')
export const word = (most = 80) => z.string('Write some text.').check(clean, z.minLength(1), z.maxLength(most))

/** A calendar day, 2026-11-23. */
export const day = () => z.iso.date('Write a date like 2026-11-23.')
export const moment = () => z.string()
export const version = () => z.int('This is not a version.').check(z.positive())

/** Money in minor units (cents), a whole number. */
export const minor = () =>
  z
    .int('Write a whole number of cents.')
    .check(z.nonnegative('Use a positive amount.'), z.maximum(100_000_000_000_000, 'This amount is too large.'))
export const currency = () =>
  z.string('Choose a currency.').check(z.regex(/^[A-Z]{3}$/, 'Use three capital letters, like EUR.'))

/** A list in a query string: `a,b` or repeated. Out: an array of strings. */
export const words = (most = 80) =>
  z.optional(
    z.pipe(
      z.union([z.array(z.string()), z.string()]),
      z.pipe(
        z.transform((value: string | string[]) => (Array.isArray(value) ? value : value.split(',')).filter(Boolean)),
        z.array(word(most)).check(z.maxLength(50)),
      ),
    ),
  )

export const cursor = () => z.optional(z.string().check(clean, z.maxLength(600)))
export const limit = (most = 100) =>
  z.optional(
    z.pipe(
      z.string().check(z.regex(/^\d{1,3}$/, 'Use a number.')),
      z.pipe(
        z.transform((value: string) => Number(value)),
        z.int().check(z.minimum(1), z.maximum(most, `Ask for at most ${most}.`)),
      ),
    ),
  )

/** A page of a list. `next` is the cursor of the page after it, or null at the end. */
export const page = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({ items: z.array(item), next: z.nullable(z.string()) })
