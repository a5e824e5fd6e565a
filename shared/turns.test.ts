import { describe, expect, test } from 'vitest'
import { dayWords, turnWords } from './turns.ts'

const now = new Date(2026, 10, 26, 15)
const on = (month: number, day: number, year = 2026) => new Date(year, month - 1, day, 9).toISOString()
const it = (
  turn: 'us' | 'them' | 'nobody',
  turn_why: string,
  turn_since: string,
  paused_until: string | null = null,
) => ({
  ...{ turn, turn_why, turn_since, paused_until },
})
const said = (...given: Parameters<typeof turnWords>) => {
  const { lead, rest } = turnWords(given[0], given[1], now)
  return `${lead} ${rest}`.trim()
}

describe('Whose turn it is, in words', () => {
  test('as the team reads it', () => {
    const team = { us: null, them: 'Acme', by: 'Ana' }
    expect(said(it('them', 'accepted', on(11, 3)), team)).toBe("Acme's turn since 3 November: Ana accepted it.")
    expect(said(it('us', 'commented', on(11, 25)), { ...team, by: 'Acme' })).toBe(
      'Your turn since yesterday: Acme commented.',
    )
    expect(said(it('us', 'declined', on(11, 26)), { ...team, us: 'Ira' })).toBe(
      "Ira's turn since today: Ana declined it.",
    )
    expect(said(it('them', 'asked', on(12, 30, 2025)), { ...team, by: null })).toBe(
      "Acme's turn since 30 December 2025: you asked for an answer.",
    )
    expect(said(it('us', 'not_shared', on(11, 3)), team)).toBe('Your turn since 3 November.')
  })
  test('as the partner reads it', () => {
    const partner = { us: 'Dana', them: null, by: 'Dana' }
    expect(said(it('them', 'shared', on(11, 20)), partner)).toBe('Your turn since 20 November: Dana shared it.')
    expect(said(it('us', 'sent', on(11, 26)), { ...partner, by: null })).toBe("Dana's turn since today: you sent it.")
    expect(said(it('us', 'sent', on(11, 26)), { ...partner, us: 'Jens' })).toBe("Jens' turn since today: Dana sent it.")
  })
  test('when it is nobody’s', () => {
    const sides = { us: 'Dana', them: null, by: 'Dana' }
    expect(said(it('nobody', 'paused', on(11, 20), '2026-12-03'), sides)).toBe(
      'Paused until 3 December. Nobody has to move until then.',
    )
    expect(said(it('nobody', 'paused', on(11, 20), '2026-11-27'), sides)).toContain('Paused until tomorrow.')
    expect(said(it('nobody', 'refused', on(11, 20)), sides)).toBe("Nobody's turn since 20 November: Dana declined it.")
  })
  test('a day without its year only in this one', () => {
    expect(dayWords('2027-01-04', now)).toBe('4 January 2027')
  })
})
