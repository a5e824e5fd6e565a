import { expect, test } from 'vitest'
import { keptByPartner, sayUntil, standing } from './act-words.ts'

const now = new Date('2026-11-26T12:00:00')
const act = { by: 'Dana Reyes', undone_at: null, undone_by: null, undo_until: '2026-12-12T12:00:00' }

test('how long something can be undone has its hour while that is near', () => {
  expect(sayUntil('2026-11-26T18:40:00', now)).toBe('today, 18:40')
  expect(sayUntil('2026-11-27T11:59:00', now)).toBe('tomorrow, 11:59')
  expect(sayUntil('2026-12-12T12:00:00', now)).toBe('12 December')
  expect(sayUntil('2027-01-05T12:00:00', now)).toBe('5 January 2027')
})

test('an act can be undone, could be, or was', () => {
  expect(standing(act, now)).toBe('Can be undone until 12 December')
  expect(standing(act, new Date('2026-12-13'))).toBe('Could be undone until 12 December')
  const undone = { ...act, undone_at: '2026-11-26T11:00:00' }
  expect(standing({ ...undone, undone_by: 'Dana Reyes' }, now)).toBe('Undone')
  expect(standing({ ...undone, undone_by: 'Ira Novak' }, now)).toBe('Undone by Ira Novak')
})

test('what stayed is told partner by partner, without what follows by itself', () => {
  const acme = { id: 'a', slug: 'acme', legal_name: 'Acme GmbH' }
  expect(
    keptByPartner([
      { table: 'tags', id: 't', partner: null, field: 'name' },
      { table: 'partners', id: 'a', partner: acme, field: 'status' },
      { table: 'partners', id: 'a', partner: acme, field: 'last_activity_at' },
      { table: 'partners', id: 'a', partner: acme, field: 'owner_id' },
      { table: 'contacts', id: 'c', partner: acme, field: 'title' },
      { table: 'deals', id: 'd', partner: acme, field: null },
    ]),
  ).toEqual([
    { slug: 'acme', name: 'Acme GmbH', what: ['status', 'owner', 'title of a contact', 'a deal'] },
    { slug: null, name: null, what: ['name of something'] },
  ])
})
