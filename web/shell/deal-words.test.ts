import { expect, test } from 'vitest'
import { quietEvidence } from '#shared/quiet.ts'
import { answerWords, calledName, closeWords, quietWords, sumWords, turnWords } from './deal-words.ts'

test('a partner is called without its legal form', () => {
  const names = {
    'Nordlicht GmbH': 'Nordlicht',
    'Castellan Consulting S.L.': 'Castellan Consulting',
    'Fjordkraft Data AS': 'Fjordkraft Data',
    'Maruyama Trading K.K.': 'Maruyama Trading',
    'Pinecrest Solutions, Inc.': 'Pinecrest Solutions',
    'Weber GmbH & Co. KG': 'Weber',
    'Ostrava IT s.r.o.': 'Ostrava IT',
    'Tallinn Cloud OÜ': 'Tallinn Cloud',
    Texas: 'Texas',
    AG: 'AG',
  }
  expect(Object.fromEntries(Object.keys(names).map((name) => [name, calledName(name)]))).toEqual(names)
})

const partner = { id: 'p', slug: 'nordlicht', legal_name: 'Nordlicht GmbH' }
const our_owner = { id: 'dana', name: 'Dana Reyes' }

test('says whose turn it is', () => {
  const deal = { turn: 'us', partner, our_owner, their_owner_name: 'Ana Lindner' } as const
  expect(turnWords(deal, 'dana')).toBe('Your turn')
  expect(turnWords(deal, 'ira')).toBe("Dana's turn")
  expect(turnWords({ ...deal, turn: 'them' })).toBe("Ana's turn")
  expect(turnWords({ ...deal, turn: 'them', their_owner_name: null })).toBe("Nordlicht's turn")
  expect(turnWords({ ...deal, turn: 'nobody' })).toBeNull()
})

test('says the answer, and nothing while there is nobody to answer', () => {
  expect(answerWords({ answer: 'accepted', shared: true, partner })?.text).toBe('Accepted by Nordlicht')
  expect(answerWords({ answer: 'pending', shared: true, partner })?.text).toBe('Waiting for Nordlicht')
  expect(answerWords({ answer: 'pending', shared: false, partner })).toBeNull()
})

test('a deal is quiet when the server says so, for as many days, and never before', () => {
  expect(quietWords({ quiet: null })).toBeNull()
  expect(quietWords({ quiet: { days: 14, limit: 14, won_within: null } })).toBe('Quiet 14 days')
  expect(quietEvidence({ days: 34, limit: 30, won_within: 21 })).toBe(
    'No change for 34 days; your won deals leave this stage within 21.',
  )
  expect(quietEvidence({ days: 1, limit: 1, won_within: null })).toBe(
    'No change for 1 day; the limit in this stage is 1.',
  )
})

test('sums by currency and names quarters', () => {
  const eur = (value_minor: number) => ({ value_minor, currency: 'EUR' })
  expect(sumWords([eur(10_000), eur(5_050), { value_minor: 20_000, currency: 'GBP' }])).toBe('€150.50 + £200')
  expect(sumWords([{ value_minor: null, currency: null }])).toBe('')
  expect(closeWords('2027-03-31')).toBe('Q1 2027')
  expect(closeWords('2027-03-30')).toBe('30 March 2027')
  expect(closeWords(null)).toBeNull()
})
