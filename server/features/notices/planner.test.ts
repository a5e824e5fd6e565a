import { expect, test } from 'vitest'
import { presets, unchosen } from '#shared/notices.ts'
import { contactChoice, memberChoice } from './chosen.ts'
import { mailsOf } from './last-week.ts'
import { planMail, type Waiting } from './planner.ts'

const calm = memberChoice(null, 'Europe/Berlin', [])
const at = (iso: string) => new Date(`2026-11-${iso}:00+01:00`)
let count = 0
const it = (when: string, more: Partial<Waiting> = {}): Waiting => ({
  id: `n${++count}`,
  class: 'replied',
  partner_id: 'acme',
  deal_id: 'D-1',
  at: at(when),
  read_at: null,
  digest_from: null,
  ...more,
})

test('what happens on a deal within ten minutes is one mail, and what waited about it for the digest goes along', () => {
  const waiting = [it('25T10:00'), it('25T10:04', { class: 'moved' }), it('25T10:09')]
  expect(planMail(at('25T10:09'), calm, waiting, [])).toMatchObject({ mails: [], wake: at('25T10:10') })
  expect(planMail(at('25T10:10'), calm, waiting, []).mails.map(({ ids }) => ids.toSorted())).toEqual([
    waiting.map(({ id }) => id),
  ])
})
test('two deals are two mails', () => {
  const waiting = [it('25T10:00'), it('25T10:01', { deal_id: 'D-2' })]
  expect(planMail(at('25T10:11'), calm, waiting, []).mails).toHaveLength(2)
})
test('the fifth mail of a day says how much is left for the digest, which leaves the next morning', () => {
  const happened = Array.from({ length: 9 }, (_, n) => it('25T10:00', { deal_id: `D-${n}` }))
  const mails = mailsOf(calm, happened, at('27T00:00'))
  expect(mails.map(({ kind, more }) => [kind, more])).toEqual([
    ...Array(4).fill(['notice', null]),
    ['notice', 4],
    ['digest', null],
  ])
  expect(mails.at(-1)).toMatchObject({ at: at('26T08:30'), ids: happened.slice(5).map(({ id }) => id) })
})
test('a new day is a new five, but what was left for the digest stays there', () => {
  const happened = Array.from({ length: 7 }, (_, n) => it('25T17:00', { deal_id: `D-${n}` }))
  const more = Array.from({ length: 5 }, (_, n) => it('26T08:05', { deal_id: `D-n${n}` }))
  const mails = mailsOf(calm, [...happened, ...more], at('26T20:00'))
  expect(mails.filter(({ at: left }) => left > at('26T00:00')).map(({ kind, ids }) => [kind, ids.length])).toEqual([
    ...Array(5).fill(['notice', 1]),
    ['digest', 2],
  ])
})
test('access is told at once, at night too, on a full day too, muted or not', () => {
  const full = Array(5).fill(at('25T12:00'))
  const chosen = { ...calm, muted: ['acme'] }
  expect(
    planMail(at('25T23:00'), chosen, [it('25T23:00', { class: 'access', deal_id: null })], full).mails,
  ).toHaveLength(1)
})
test('what was read is mailed no more, nor what is off or muted', () => {
  const read = it('25T10:00', { read_at: at('25T10:05') })
  const off = it('25T10:00', { class: 'sent', deal_id: 'D-2' })
  const muted = it('25T10:00', { deal_id: 'D-3' })
  const chosen = { ...memberChoice({ ...unchosen, sent: 'off' }, 'UTC', ['D-3']) }
  expect(planMail(at('25T10:30'), chosen, [read, off, muted], [])).toEqual({
    mails: [],
    to_digest: [],
    passed: [read.id, off.id, muted.id],
    wake: null,
  })
})
test('an empty digest is not sent', () => {
  const moved = it('25T10:00', { class: 'moved', read_at: at('25T18:00') })
  expect(mailsOf(calm, [moved], at('30T00:00'))).toEqual([])
})
test('with everything on, last week would have brought more mails than the calm way, and the calm way more than being asked alone', () => {
  const happened = [
    ...['23T10:00', '23T15:00', '24T09:00'].map((when) => it(when, { class: 'moved' })),
    it('24T11:00', { class: 'replied' }),
    it('24T14:00', { class: 'assigned' }),
  ]
  const count = (preset: keyof typeof presets) =>
    mailsOf(memberChoice({ ...unchosen, ...presets[preset] }, 'UTC', []), happened, at('28T00:00')).length
  expect([count('asked'), count('calm'), count('everything')]).toEqual([1, 3, 5])
})
test('a contact is mailed when something needs them, else once a day and on Monday', () => {
  const chosen = contactChoice(null, 'Europe/Berlin')
  const happened = [
    it('25T10:00', { class: 'asked' }),
    it('25T11:00', { class: 'asked', deal_id: 'D-2' }),
    it('25T12:00', { class: 'closed', deal_id: 'D-3' }),
    it('25T13:00', { class: 'closed', deal_id: 'D-4' }),
    it('25T14:00', { class: 'changed', deal_id: 'D-5' }),
  ]
  const mails = mailsOf(chosen, happened, at('30T12:00'))
  expect(mails.map(({ kind, at }) => [kind, at.toISOString()])).toEqual([
    ['urgent', at('25T10:10').toISOString()],
    ['urgent', at('25T11:10').toISOString()],
    ['notice', at('25T12:10').toISOString()],
    ['digest', at('30T08:30').toISOString()],
  ])
  expect(mailsOf(contactChoice('weekly', 'Europe/Berlin'), happened, at('30T12:00'))).toHaveLength(1)
  expect(mailsOf(contactChoice('only_asked', 'Europe/Berlin'), happened.slice(4), at('30T12:00'))).toHaveLength(0)
  expect(mailsOf(contactChoice('none', 'Europe/Berlin'), happened, at('30T12:00'))).toHaveLength(0)
})
