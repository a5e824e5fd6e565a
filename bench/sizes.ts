/** How much is in a company: the measured one and, smaller and smaller, those beside it. */
export type CompanySize = {
  partners: number
  contacts: number
  logins: number
  members: number
  deals: number
  open: number
  entries: number
  reads: number
}
export type Size = { name: string; companies: CompanySize[] }

const measured: Record<'small' | 'mid', { companies: number; of: CompanySize; entries: number; reads: number }> = {
  small: {
    companies: 1,
    of: { partners: 40, contacts: 120, logins: 30, members: 6, deals: 300, open: 60, entries: 6_000, reads: 40_000 },
    entries: 6_000,
    reads: 40_000,
  },
  mid: {
    companies: 20,
    of: { partners: 600, contacts: 3_000, logins: 900, members: 60, deals: 12_000, open: 2_000, entries: 0, reads: 0 },
    entries: 300_000,
    reads: 2_000_000,
  },
}

/** In: small or mid. Out: its companies, the measured one first; the n-th holds an n-th of what the first one does. */
export function sizeOf(name: 'small' | 'mid'): Size {
  const { companies, of, entries, reads } = measured[name]
  const places = Array.from({ length: companies }, (_, at) => at + 1)
  const whole = places.reduce((sum, place) => sum + 1 / place, 0)
  return {
    name,
    companies: places.map((place) => {
      const part = (n: number, least: number) => Math.max(least, Math.round(n / place))
      return {
        // Every company of this size has as many partners; what they bring differs.
        partners: of.partners,
        contacts: part(of.contacts, of.partners),
        logins: part(of.logins, 10),
        members: part(of.members, 3),
        deals: part(of.deals, 100),
        open: part(of.open, 20),
        entries: Math.round(entries / place / whole),
        reads: Math.round(reads / place / whole),
      }
    }),
  }
}
