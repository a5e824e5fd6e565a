import { describe, expect, it } from 'vitest'
import { readSheet } from './read.ts'

const members = [
  { id: 'm1', name: 'Dana Whitfield', email: 'dana@us.example' },
  { id: 'm2', name: 'Ira Sandoval', email: 'ira@us.example' },
]
const read = (bytes: Uint8Array) => readSheet(bytes, { members, existing: [] })
const fieldsOf = (sheet: ReturnType<typeof read>) => sheet.columns.map(({ field }) => field)
const partners = (sheet: ReturnType<typeof read>) => sheet.rows.filter(({ state }) => state === 'new')

function utf16(text: string, big: boolean): Uint8Array {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le')
  return big ? bytes.swap16() : bytes
}

describe('sheets in other words', () => {
  it('reads German with semicolons in Windows-1252, under a title', () => {
    const text = `Partnerübersicht Stand März;;;;;;;;;\r
;;;;;;;;;\r
Firma;Partnertyp;Zustand;Ansprechpartner;E-Mail-Adresse;Telefon;Webseite;Betreuer;Vertragsdatum;Bemerkungen\r
Müller & Söhne GmbH;Wiederverkäufer;aktiv;"Groß, Jürgen";juergen.gross@muellersoehne.example;089 / 123 456;www.muellersoehne.example;Whitfield;31.03.2023;"Rabatt 10 %; dann 5"\r
Nordsee Vertrieb AG;Großhändler;ruhend;Anke Weiß;anke.weiss@nordsee.exmaple;;nordsee.example;ira@us.example;1. März 2022;\r
Süddeutsche Werbung OHG;Werbeagentur;gekündigt;Uwe Straßer;uwe@sued.example;;;Niemand;k.A.;\r
Empfehlungsbüro Öhm;Vermittler;Einarbeitung;Öhm;oehm@gmial.com;;;;45454;\r
Gesamt;4;;;;;;;;\r
`
    const sheet = read(Buffer.from(text, 'latin1'))
    expect(fieldsOf(sheet)).toEqual(
      'legal_name type status contact_name email phone website owner agreement_signed notes'.split(' '),
    )
    expect(
      partners(sheet).map(({ line, partner }) => [
        line,
        partner!.legal_name,
        partner!.type,
        partner!.status,
        partner!.archived,
        partner!.owner_id,
        partner!.agreement_signed,
      ]),
    ).toEqual([
      [4, 'Müller & Söhne GmbH', 'reseller', 'active', false, 'm1', '2023-03-31'],
      [5, 'Nordsee Vertrieb AG', 'distributor', 'dormant', false, 'm2', '2022-03-01'],
      [6, 'Süddeutsche Werbung OHG', 'agency', 'dormant', true, null, null],
      [7, 'Empfehlungsbüro Öhm', 'referral', 'onboarding', false, null, '2024-06-11'],
    ])
    expect(partners(sheet).map(({ contacts }) => [contacts[0]!.name, contacts[0]!.email_suggested])).toEqual([
      ['Jürgen Groß', null],
      ['Anke Weiß', 'anke.weiss@nordsee.example'],
      ['Uwe Straßer', null],
      ['Öhm', 'oehm@gmail.com'],
    ])
    expect(partners(sheet)[0]!.partner!.phone).toBe('089 / 123 456')
    expect(partners(sheet)[0]!.notes).toEqual(['Rabatt 10 %; dann 5'])
    expect(partners(sheet)[2]!.problems.map(({ field }) => field)).toEqual(['owner'])
    expect(sheet.rows.filter(({ state }) => state === 'dropped').map(({ line }) => line)).toEqual([1, 8])
    expect(sheet.counts.dropped).toBe(3)
  })

  it('reads French with other contacts and a mistaken address', () => {
    const text = `Date de signature;Raison sociale;Statut;Type de partenaire;Interlocuteur;Courriel;Téléphone;Autres contacts;Site web;Responsable;Remarques
12/02/2024;Étoile Conseil S.A.S.;En pause;Revendeur;"Dupré, Zoé";zoe.dupre@etoile.example;01 23 45 67 89;"Luc Noir <luc@etoile.example>, Anne Roux (compta) anne@etoile.example";http://etoile.example/fr;Dana;à rappeler
25/12/2023;Lumière SARL;actif;Agence;Jean-Paul Petit;jp@lumiere,example;;;;;
03/04/2021;Rivage SA;Intégration;Apporteur d'affaires;Éric Blanc;eric@rivage.example;voir fiche;;;ira;
;ÉTOILE CONSEIL SAS;actif;Revendeur;;contact@etoile.example;;;;;
`
    const sheet = read(Buffer.from(text))
    expect(fieldsOf(sheet)).toEqual(
      'agreement_signed legal_name status type contact_name email phone other_contacts website owner notes'.split(' '),
    )
    const [etoile, lumiere, rivage, again] = sheet.rows
    expect(etoile!.partner).toMatchObject({
      type: 'reseller',
      status: 'dormant',
      archived: false,
      agreement_signed: '2024-02-12',
      owner_id: 'm1',
      domain: 'etoile.example',
    })
    expect(etoile!.contacts.map(({ name, email, title, is_main }) => [name, email, title, is_main])).toEqual([
      ['Zoé Dupré', 'zoe.dupre@etoile.example', null, true],
      ['Luc Noir', 'luc@etoile.example', null, false],
      ['Anne Roux', 'anne@etoile.example', 'compta', false],
    ])
    expect(lumiere).toMatchObject({ state: 'broken', decision: 'skip' })
    expect(lumiere!.problems[0]).toMatchObject({
      field: 'email',
      value: 'jp@lumiere,example',
      suggestion: 'jp@lumiere.example',
    })
    expect(rivage!.partner).toMatchObject({
      type: 'referral',
      status: 'onboarding',
      agreement_signed: '2021-04-03',
      owner_id: 'm2',
      phone: null,
    })
    expect(rivage!.notes).toEqual(['Téléphone: voir fiche'])
    expect(again).toMatchObject({ state: 'duplicate', duplicate_of: { line: 2, legal_name: 'Étoile Conseil S.A.S.' } })
    const taken = readSheet(Buffer.from(text), { members, existing: [], taken: [3] })
    expect(taken.rows[1]).toMatchObject({
      state: 'new',
      contacts: [{ email: 'jp@lumiere.example', email_suggested: null }],
    })
  })

  it('reads Spanish with tabs in UTF-16, both ways round', () => {
    const text = `Empresa\tTipo\tEstado\tContacto\tCorreo electrónico\tTeléfono\tResponsable\tFecha de firma\tEtiquetas
Sol y Mar, S.L.\tDistribuidor\tActivo\tSantiago Ramón y Cajal\tsantiago@solymar.example\t+34 91 555 01 10\tIra\t28 de abril de 2024\tsur, costa
Nube Azul S.A. de C.V.\tRevendedor\tInactivo\tPilar Núñez / Iván Ortiz\tpilar@nubeazul.example; ivan@nubeazul.example\t\tDana Whitfield\t05.11.2022\t
`
    for (const big of [false, true]) {
      const sheet = read(utf16(text, big))
      expect(fieldsOf(sheet)).toEqual(
        'legal_name type status contact_name email phone owner agreement_signed tags'.split(' '),
      )
      const [sol, nube] = partners(sheet)
      expect(sol!.partner).toMatchObject({
        legal_name: 'Sol y Mar, S.L.',
        type: 'distributor',
        status: 'active',
        owner_id: 'm2',
        agreement_signed: '2024-04-28',
        tags: ['sur', 'costa'],
      })
      expect(sol!.contacts.map(({ name }) => name)).toEqual(['Santiago Ramón y Cajal'])
      expect(nube!.partner).toMatchObject({
        type: 'reseller',
        status: 'dormant',
        owner_id: 'm1',
        agreement_signed: '2022-11-05',
      })
      expect(nube!.contacts.map(({ name, email }) => [name, email])).toEqual([
        ['Pilar Núñez', 'pilar@nubeazul.example'],
        ['Iván Ortiz', 'ivan@nubeazul.example'],
      ])
    }
  })

  it('reads Japanese, and knows one company by its two ways of writing the legal form', () => {
    const text = `会社名,種別,状態,担当者,メールアドレス,電話番号,ウェブサイト,自社担当,契約日,備考
株式会社さくら商事,販売代理店,契約中,山田 太郎,yamada@sakura-shoji.example,03-1234-5678,https://sakura-shoji.example,Dana,2024年5月26日,
みなと広告合同会社,広告代理店,休止,佐藤 花子,sato@minato.example,,,ira@us.example,令和5年4月1日,要確認
さくら商事（株）,販売代理店,契約中,,info@sakura-shoji.example,,,,未定,
`
    const sheet = read(Buffer.from(text))
    expect(fieldsOf(sheet)).toEqual(
      'legal_name type status contact_name email phone website owner agreement_signed notes'.split(' '),
    )
    expect(
      partners(sheet).map(({ partner }) => [
        partner!.legal_name,
        partner!.type,
        partner!.status,
        partner!.owner_id,
        partner!.agreement_signed,
      ]),
    ).toEqual([
      ['株式会社さくら商事', 'reseller', 'active', 'm1', '2024-05-26'],
      ['みなと広告合同会社', 'agency', 'dormant', 'm2', '2023-04-01'],
    ])
    expect(sheet.rows[2]).toMatchObject({ state: 'duplicate', decision: 'skip', duplicate_of: { line: 2 } })
  })

  it('reads Shift_JIS as Excel in Japan writes it', () => {
    // 会社名,電話 / さくら,03-1234-5678
    const bytes = Buffer.from('89ef8ed096bc2c936498620d0a82b382ad82e72c30332d313233342d353637380d0a', 'hex')
    const sheet = read(bytes)
    expect(sheet.columns.map(({ heading, field }) => [heading, field])).toEqual([
      ['会社名', 'legal_name'],
      ['電話', 'phone'],
    ])
    expect(sheet.rows[0]!.partner).toMatchObject({ legal_name: 'さくら', phone: '03-1234-5678' })
  })

  it('tells fields by their values where headings say little', () => {
    const text = `Org,Name,Reach at,Who looks after them,Level,Page
Harbour Cloud Ltd,Ana Silva,ana.silva@harbour.example,Dana,Reseller,harbour.example
Quay Data Inc,Tom Reed,tom.reed@quay.example,Ira,Referral,https://quay.example
`
    expect(fieldsOf(read(Buffer.from(text)))).toEqual([
      'legal_name',
      'contact_name',
      'email',
      'owner',
      'type',
      'website',
    ])
  })

  it('reads a list without headings, and one with first and last names apart', () => {
    const bare = read(
      Buffer.from(
        'Harbour Cloud Ltd,ana@harbour.example,harbour.example\nQuay Data Inc,tom@quay.example,quay.example\n',
      ),
    )
    expect(fieldsOf(bare)).toEqual(['legal_name', 'email', 'website'])
    expect(bare.counts.new).toBe(2)
    const apart = read(
      Buffer.from('Company,Last name,First name,Email\nHarbour Cloud Ltd,Silva,Ana,ana@harbour.example\n'),
    )
    expect(apart.rows[0]!.contacts[0]!.name).toBe('Ana Silva')
  })

  it('decides day and month by the column', () => {
    const dates = (...cells: string[]) =>
      read(
        Buffer.from(`Company,Signed\n${cells.map((cell, at) => `Firm ${'abcdef'[at]}${at} Ltd,${cell}`).join('\n')}\n`),
      ).rows
    expect(dates('03/04/2024', '12/31/2023').map(({ partner }) => partner!.agreement_signed)).toEqual([
      '2024-03-04',
      '2023-12-31',
    ])
    expect(dates('03/04/2024', '31/12/2023').map(({ partner }) => partner!.agreement_signed)).toEqual([
      '2024-04-03',
      '2023-12-31',
    ])
    const unsure = dates('03/04/2024', '2024-02-30')
    expect(unsure[0]!.problems[0]?.problem).toContain('2024-04-03')
    expect(unsure[1]).toMatchObject({ partner: { agreement_signed: null }, notes: ['Signed: 2024-02-30'] })
  })

  it('takes the columns as the person matched them', () => {
    const text = 'Company,Region,Comment\nHarbour Cloud Ltd,Coast,hello\n'
    const sheet = readSheet(Buffer.from(text), { members, existing: [], mapping: [undefined, 'tags', null] })
    expect(sheet.rows[0]).toMatchObject({ partner: { legal_name: 'Harbour Cloud Ltd', tags: ['Coast'] }, notes: [] })
    expect(sheet.columns.map(({ confidence }) => confidence)).toEqual(['sure', 'sure', 'skip'])
  })

  it('finds partners that are here already, whatever is kept in the sheet', () => {
    const existing = [
      {
        id: 'p1',
        legal_name: 'Harbour Cloud Limited',
        name_key: 'harbourcloud',
        domain: 'harbour.example',
        emails: [],
      },
    ]
    const sheet = readSheet(
      Buffer.from(
        'Company,Website\n"Harbour Cloud, Ltd.",https://www.harbour.example/en\nQuay Data Inc,quay.example\n',
      ),
      { members, existing },
    )
    expect(sheet.rows[0]).toMatchObject({
      state: 'duplicate',
      decision: 'skip',
      duplicate_of: { partner_id: 'p1', line: null },
    })
    expect(sheet.rows[0]!.duplicate_of!.why).toBe('Same name and same domain, harbour.example')
    expect(sheet.counts).toMatchObject({ new: 1, duplicates: 1, will_add: 1 })
  })

  it('keeps the row without a mark, even where the marked one says more', () => {
    const text = `Company,Type,Email,Website,Notes
(old) Harbour Cloud Ltd,Reseller,ana@harbour.example,harbour.example,ring first
Harbour Cloud Ltd,Reseller,,harbour.example,
`
    const { rows } = read(Buffer.from(text))
    expect(rows.map(({ state, duplicate_of }) => [state, duplicate_of?.line ?? null])).toEqual([
      ['duplicate', 3],
      ['new', null],
    ])
  })

  it('takes neither our own address nor a shared host for a sign of one company', () => {
    const rows = ['Ash Ltd', 'Birch Ltd', 'Cedar Ltd'].map(
      (name) => `${name},dana@us.example,https://linkedin.com/company/x`,
    )
    expect(read(Buffer.from(`Company,Email,Website\n${rows.join('\n')}\n`)).counts).toMatchObject({
      new: 3,
      duplicates: 0,
    })
  })

  it('takes an owner only where one member answers to the name', () => {
    const team = [
      ...members,
      { id: 'm3', name: 'Lee Dana', email: 'lee@us.example' },
      { id: 'm4', name: 'Ira Moss', email: 'im@us.example' },
    ]
    const cells = ['Dana', 'Ira', 'ira sandoval', 'Moss, Ira', 'Lee <lee@us.example>', 'LEE', 'Somebody', 'n/a']
    const text = `Company,Owner\n${cells.map((cell, at) => `Firm ${at} Ltd,"${cell}"`).join('\n')}\n`
    const { rows } = readSheet(Buffer.from(text), { members: team, existing: [] })
    expect(rows.map(({ partner }) => partner!.owner_id)).toEqual(['m1', null, 'm2', 'm4', 'm3', 'm3', null, null])
    expect(rows.filter(({ problems }) => problems.length > 0).map(({ partner }) => partner!.owner_text)).toEqual([
      'Ira',
      'Somebody',
    ])
  })

  it('says when a comma shifted the cells of a row', () => {
    const rows = ['Harbour Cloud Ltd,Reseller', 'Quay Data, Inc,Reseller', 'Pier Ltd,Agency']
    const sheet = read(Buffer.from(`Company,Type\n${rows.join('\n')}\n`))
    expect(sheet.rows.map(({ state }) => state)).toEqual(['new', 'broken', 'new'])
  })
})
