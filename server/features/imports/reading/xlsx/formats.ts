import { attribute, type Walker } from './xml.ts'

/** How a number is meant to be read. */
export type Format = { kind: 'plain' | 'date' | 'time' | 'percent'; currency: string | null }

const plain: Format = { kind: 'plain', currency: null }
const builtInDates = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58])
const builtInTimes = new Set([18, 19, 20, 21, 32, 33, 45, 46, 47])

function readFormat(code: string): Format {
  const named = /\[\$([^\]-]{1,5})(?:-[^\]]*)?\]/.exec(code)?.[1]
  // What is quoted, escaped or in brackets is shown as it stands; elapsed hours are a time.
  const elapsed = /\[[hms]+\]/i.test(code)
  const bare = code
    .split(';')[0]!
    .replace(/"[^"]*"|\\.|_.|\*./g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .toLowerCase()
  if (/general|@/.test(bare)) return plain
  if (/[yd年月日]|mmm/.test(bare) && !/[#0]/.test(bare.replace(/0+$/, ''))) return { kind: 'date', currency: null }
  if (elapsed || /[hs]/.test(bare)) return { kind: 'time', currency: null }
  if (/%/.test(bare)) return { kind: 'percent', currency: null }
  const symbol = named ?? /€|£|¥|₹|\$|zł|Kč|CHF|EUR|USD|GBP/.exec(code)?.[0] ?? null
  return { kind: 'plain', currency: symbol }
}

/** The formats of a workbook's cells, gathered from its styles. */
export function gatherFormats(): { walker: Walker; formatOf: (style: number) => Format } {
  const codes = new Map<number, Format>()
  const styles: number[] = []
  let inside = false
  return {
    walker: {
      open(name, attributes) {
        if (name === 'cellXfs') inside = true
        else if (name === 'xf' && inside && styles.length < 100_000)
          styles.push(Number(attribute(attributes, 'numFmtId') ?? 0))
        else if (name === 'numFmt' && codes.size < 10_000) {
          const code = attribute(attributes, 'formatCode') ?? ''
          codes.set(Number(attribute(attributes, 'numFmtId')), readFormat(code.slice(0, 500)))
        }
      },
      close(name) {
        if (name === 'cellXfs') inside = false
      },
      text() {},
    },
    formatOf(style) {
      const id = styles[style] ?? 0
      const own = codes.get(id)
      if (own) return own
      if (builtInDates.has(id)) return { kind: 'date', currency: null }
      if (builtInTimes.has(id)) return { kind: 'time', currency: null }
      return id === 9 || id === 10 ? { kind: 'percent', currency: null } : plain
    },
  }
}

/** A number as people would have typed it. `from1904`: how this workbook counts its days. */
export function showNumber(written: string, format: Format, from1904: boolean): string {
  const value = Number(written)
  if (!Number.isFinite(value)) return written
  const tidy = (number: number) => String(Number(number.toPrecision(15)))
  if (format.kind === 'percent') return `${tidy(value * 100)}%`
  if (format.kind === 'date' && value >= 1 && value < 2_958_466) return dayOf(Math.floor(value) + (from1904 ? 1462 : 0))
  if (format.kind === 'time' && value >= 0 && value < 1) {
    const minutes = Math.round(value * 1440)
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  }
  if (format.currency) return `${tidy(value)} ${format.currency}`
  return Math.abs(value) >= 1e15 && Number.isInteger(value)
    ? value.toLocaleString('en', { useGrouping: false })
    : tidy(value)
}

/** The calendar that Excel counts has a 29 February 1900, which was none. */
function dayOf(serial: number): string {
  const days = serial < 60 ? serial + 1 : serial
  return new Date(Date.UTC(1899, 11, 30 + days - (serial < 60 ? 0 : 0))).toISOString().slice(0, 10)
}
