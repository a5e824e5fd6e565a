import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeName } from './names.ts'

test.each([
  ['plan.pdf', 'plan.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\windows\\system.ini', 'system.ini'],
  ['..', 'file'],
  ['...', 'file'],
  ['a/', 'file'],
  ['.htaccess', 'htaccess'],
  ['name.txt.', 'name.txt'],
  ['  spaced \t out  .txt ', 'spaced out.txt'],
  ['a\u0000b\u0007c\r\n.txt', 'abc.txt'],
  // Written the other way round it would look like a picture.
  ['invoice\u202Egnp.exe', 'invoicegnp.exe'],
  ['zero\u200Bwidth\uFEFF.txt', 'zerowidth.txt'],
  ['what?<is>"this"|*.txt', 'what__is__this___.txt'],
  ['C:stream.txt', 'C_stream.txt'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['com1.tar.gz', '_com1.tar.gz'],
  ['console.log', 'console.log'],
  ['U\u0308bersicht.pdf', '\u00DCbersicht.pdf'],
  ['見積書.xlsx', '見積書.xlsx'],
  [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(146)}.pdf`],
  [`${'書'.repeat(300)}.pdf`, `${'書'.repeat(72)}.pdf`],
])('%j is kept as %j', (given, kept) => {
  expect(safeName(given)).toBe(kept)
})

test('any name becomes one that leads nowhere and hides nothing, and stays so', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ unit: 'grapheme', maxLength: 400 })),
      (given) => {
        const name = safeName(given)
        expect(name.length).toBeGreaterThan(0)
        expect(name.length).toBeLessThanOrEqual(200)
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
        expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|^[. ]|[. ]$/u)
        expect(name.isWellFormed()).toBe(true)
        expect(safeName(name)).toBe(name)
      },
    ),
    { numRuns: 2000 },
  )
})
