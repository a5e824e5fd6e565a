import { hasLegalForm } from '#server/features/partners/identity.ts'
import { plainWords } from './cells.ts'
import { readStatus, readType } from './kinds.ts'

const areas = new Set(
  `emea,apac,amer,amers,americas,latam,dach,nordics,benelux,uki,mena,anz,global,international,other,others,rest of world,row,europe,asia,africa,oceania,north america,south america,
  latin america,europa,asien,afrika,nordamerika,sudamerika,sonstige,amerique du nord,amerique du sud,afrique,asie,autres,america del norte,america latina,otros,partners,partner list,
  partnerliste,partenaires,socios,ヨーロッパ,欧州,アジア,北米,南米,アメリカ,日本,中国,国内,海外,その他,アフリカ`
    .split(',')
    .map((area) => area.trim()),
)

/** In: a row with one filled cell, and whether that cell also occurs in another column. Out: why it is no partner, or null. */
export function whyNoPartner(cell: string, occursElsewhere: boolean): string | null {
  const words = plainWords(cell)
  if (!words) return 'A line between sections'
  if (/^\s*[-=*#_~•–—>]{2,}|[-=*#_~–—]{2,}\s*$|^\s*[-=*#~•–—>[(【■●◆▼].*[-=*#~–—\])】]\s*$|^\s*[■●◆▼►▶#*]/u.test(cell))
    return 'A section heading'
  if (/[:：]\s*$/.test(cell)) return 'A section heading'
  if (
    /^(?:sub ?total|total|totals|sum|summe|gesamt|somme|suma|totale|count|anzahl|合計|小計|計)\b|^(?:合計|小計)/iu.test(
      words,
    )
  )
    return 'A total'
  if (/^\d+ (?:partners?|rows?|companies|partenaires|socios|zeilen)$/.test(words)) return 'A total'
  if (hasLegalForm(cell)) return null
  if (areas.has(words) || occursElsewhere) return 'A section heading'
  return words.split(' ').length <= 2 && (readType(cell) || readStatus(cell)?.whole) && /s$|^\p{Lu}+$/u.test(cell)
    ? 'A section heading'
    : null
}
