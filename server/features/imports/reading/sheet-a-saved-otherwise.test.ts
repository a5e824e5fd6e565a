import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { readSheet } from './read.ts'

const text = readFileSync(new URL('../../../../test/fixtures/sheet-a/partners.csv', import.meta.url), 'utf8')
const members = ['Dana', 'Ira', 'Lee'].map((name) => ({ id: name, name, email: `${name.toLowerCase()}@us.example` }))
const table: string[][] = parse(text, { relax_column_count: true })
const plain = (bytes: Uint8Array) =>
  readSheet(bytes, { members, existing: [] }).rows.map(({ line, state, partner, contacts, duplicate_of }) => {
    return { line, state, partner, contacts, duplicate_of }
  })
const saved = (rows: string[][], delimiter = ',', end = '\n') =>
  rows
    .map((cells) =>
      cells.map((cell) => (/["\n;,\t|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter),
    )
    .join(end)
const wanted = plain(Buffer.from(text))

const headings = {
  german:
    'Firmenname,Partnerart,Stand,Gebiet,Ansprechpartner,E-Mail,Telefonnummer,Weitere Kontakte,Webseite,Unser Ansprechpartner,Vertrag unterzeichnet,Letzter Kontakt,Anmerkungen',
  french:
    "Nom de l'entreprise,Catégorie,État,Région,Contact principal,Adresse e-mail,Tél.,Autres contacts,Site internet,Suivi par,Date de signature,Dernier contact,Commentaires",
  spanish:
    'Razón social,Tipo de socio,Situación,País,Persona de contacto,Correo,Teléfono,Otros contactos,Página web,Nuestro responsable,Contrato firmado,Último contacto,Observaciones',
  japanese:
    '企業名,パートナー種別,ステータス,地域,先方担当者,メール,電話,その他の連絡先,ホームページ,当社担当,契約締結日,最終連絡日,メモ',
  other:
    'Organisation,Kind,Stage,Territory,Who to talk to,Reach them at,Call,Also there,Web,Looked after by,Contract date,Last call,Remarks',
  shouting:
    'PARTNER_NAME,PARTNER_TYPE,PARTNER_STATUS,REGION,CONTACT_NAME,CONTACT_EMAIL,CONTACT_PHONE,OTHER_CONTACTS,WEBSITE_URL,ACCOUNT_OWNER,AGREEMENT_DATE,LAST_TOUCH,NOTES',
}

describe('sheet-a saved otherwise', () => {
  it.each([';', '\t', '|'])('reads the same with %j between cells', (delimiter) => {
    expect(plain(Buffer.from(saved(table, delimiter, '\r\n')))).toEqual(wanted)
  })

  it('reads the same in UTF-16 and with a mark in front', () => {
    expect(plain(Buffer.from(`\uFEFF${saved(table, '\t')}`, 'utf16le'))).toEqual(wanted)
    expect(plain(Buffer.from(saved(table), 'utf16le'))).toEqual(wanted)
    expect(plain(Buffer.from(`\uFEFF${saved(table)}`))).toEqual(wanted)
    expect(plain(Buffer.from(`sep=;\n${saved(table, ';')}`))).toEqual(wanted)
  })

  it('reads the same in Windows-1252, which has no dotless i', () => {
    const european = table.map((cells) => cells.map((cell) => cell.replaceAll('ı', 'i')))
    expect(plain(Buffer.from(saved(european, ';', '\r\n'), 'latin1'))).toEqual(plain(Buffer.from(saved(european))))
  })

  it.each(Object.entries(headings))('reads the same under %s headings', (_, line) => {
    const names = line.split(',')
    expect(names.length).toBe(13)
    expect(plain(Buffer.from(saved([names, ...table.slice(1)])))).toEqual(wanted)
  })

  it('reads the same with the columns in any order', () => {
    for (const order of [
      (at: number) => 12 - at,
      (at: number) => (at * 5 + 3) % 13,
      (at: number) => (at * 8 + 1) % 13,
    ]) {
      const turned = table.map((cells) => cells.map((_, at) => cells[order(at)] ?? ''))
      expect(plain(Buffer.from(saved(turned)))).toEqual(wanted)
    }
  })

  it('reads the same under three lines of title', () => {
    const titled = [['Channel partners 2025'], ['exported by Dana on 3 May'], [], ...table]
    const moved = plain(Buffer.from(saved(titled))).filter(({ line }) => line > 4)
    expect(moved.map(({ partner, state }) => ({ partner, state }))).toEqual(
      wanted.map(({ partner, state }) => ({ partner, state })),
    )
  })
})
