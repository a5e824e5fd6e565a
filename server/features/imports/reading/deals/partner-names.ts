import { companyDomain, nameKey } from '#server/features/partners/identity.ts'
import { fold, slips } from '#server/features/partners/spelling.ts'
import { isWebsite } from '../addresses.ts'
import type { ExistingPartner } from '../duplicates.ts'
import type { NamedPartner } from './rows.ts'

/** Found: the one partner it is. Several: more than one answers to it. Otherwise unknown, perhaps with names close to it. */
export type Found = { partner: NamedPartner | null; several: boolean; candidates: NamedPartner[] }

const unknown: Found = { partner: null, several: false, candidates: [] }
const names_compared = 500

function several(list: readonly NamedPartner[]): Found {
  return list.length === 1
    ? { partner: list[0]!, several: false, candidates: [] }
    : { partner: null, several: true, candidates: list.slice(0, 5) }
}

/** In: the partners there are. Out: what finds the one a cell names, by its name as the contract has it or without its legal form, or by its domain. */
export function partnersByName(existing: readonly ExistingPartner[]): (cell: string) => Found {
  const byKey = new Map<string, ExistingPartner[]>()
  const byDomain = new Map<string, ExistingPartner[]>()
  const put = (map: Map<string, ExistingPartner[]>, key: string | null, partner: ExistingPartner) => {
    if (key) map.set(key, [...(map.get(key) ?? []), partner])
  }
  for (const partner of existing) {
    put(byKey, partner.name_key, partner)
    put(byDomain, companyDomain(partner.domain), partner)
  }
  const named = ({ id, legal_name }: ExistingPartner): NamedPartner => ({ id, legal_name })
  let compared = 0

  function near(key: string): NamedPartner[] {
    const allowed = key.length >= 12 ? 2 : key.length >= 7 ? 1 : 0
    if (allowed === 0 || ++compared > names_compared) return []
    const close = existing.filter(
      ({ name_key }) =>
        (Math.abs(name_key.length - key.length) <= allowed && slips(key, name_key, allowed) <= allowed) ||
        (key.length >= 5 && name_key.startsWith(key)) ||
        (name_key.length >= 5 && key.startsWith(name_key)),
    )
    return close.slice(0, 5).map(named)
  }

  function find(cell: string): Found {
    const key = nameKey(cell)
    const same = byKey.get(key) ?? []
    if (same.length > 1) {
      const exact = same.filter(({ legal_name }) => fold(legal_name).trim() === fold(cell).trim())
      return several((exact.length === 1 ? exact : same).map(named))
    }
    if (same.length === 1) return several(same.map(named))
    const domain = isWebsite(cell) || cell.includes('@') ? companyDomain(cell) : null
    const there = domain ? (byDomain.get(domain) ?? []) : []
    if (there.length > 0) return several(there.map(named))
    const candidates = near(key)
    return candidates.length > 0 ? { ...unknown, candidates } : unknown
  }

  const known = new Map<string, Found>()
  return (cell) => {
    const text = cell.slice(0, 300)
    let found = known.get(text)
    if (!found) {
      found = find(text)
      if (known.size < 20_000) known.set(text, found)
    }
    return found
  }
}
