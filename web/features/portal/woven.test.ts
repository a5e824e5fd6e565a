import fc from 'fast-check'
import { expect, test } from 'vitest'
import { woven } from './woven.ts'

type Dated = { id: string; created_at: string }
const page = (all: Dated[], size: number, pages: number) => ({
  items: all.slice(0, size * pages),
  more: all.length > size * pages,
})
const order = (all: Dated[]) =>
  [...all].sort((a, b) =>
    a.created_at === b.created_at ? (a.id < b.id ? 1 : -1) : a.created_at < b.created_at ? 1 : -1,
  )

test('nothing that is shown is later pushed aside, and in the end all of it is there in order', () => {
  const moments = fc.array(fc.integer({ min: 10, max: 40 }), { maxLength: 30 })
  fc.assert(
    fc.property(moments, moments, fc.integer({ min: 1, max: 4 }), (left, right, size) => {
      const dated = (list: number[], word: string) =>
        order(list.map((at, n) => ({ id: `${word}${String(n).padStart(2, '0')}`, created_at: String(at) })))
      const [notes, files] = [dated(left, 'n'), dated(right, 'f')]
      let [a, b] = [1, 1]
      let before: Dated[] = []
      for (let n = 0; n < 100; n++) {
        const { shown, one_more, other_more } = woven(page(notes, size, a), page(files, size, b))
        expect(shown.slice(0, before.length)).toEqual(before)
        before = shown
        if (!one_more && !other_more) break
        if (one_more) a++
        if (other_more) b++
      }
      expect(before).toEqual(order([...notes, ...files]))
    }),
  )
})
