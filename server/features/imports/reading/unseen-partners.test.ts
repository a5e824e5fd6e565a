import { describe, expect, it } from 'vitest'
import { readSheet } from './read.ts'

const members = [
  { id: 'm1', name: 'Dana Whitfield', email: 'dana@us.example' },
  { id: 'm2', name: 'Ira Sandoval', email: 'ira@us.example' },
  { id: 'm3', name: 'Lee Chandra', email: 'lee@us.example' },
]
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')

/** name, type, status, owner, main contact, its address, phone, domain, agreement, further addresses */
type Wanted = [
  string,
  string | null,
  string,
  string | null,
  string | null,
  string | null,
  string | null,
  string | null,
  string | null,
  string,
]
type Case = {
  title: string
  input: Uint8Array | string
  wanted: Wanted[]
  duplicates: string[]
  dropped: number
  broken: number
}

const cases: Case[] = [
  {
    title: 'German, Windows-1252, semicolons, sections by region, a total',
    input: Buffer.from(
      `Vertragsbeginn;Hauptansprechpartner;Firmierung;Rufnummer;Internetseite;Partnerart;Phase;Betreut von;E-Mail-Adresse;Sonstige Kontakte;Hinweise\r
NORD;;;;;;;;;;\r
01.04.2021;Frau Dr. Ute Brandt;Küstenwerk Datentechnik GmbH & Co. KG;+49 (0)40 123-456;www.kuestenwerk.example;Systemhaus / Wiederverkäufer;laufend;Dana;brandt@kuestenwerk.example;"Olaf Meier <meier@kuestenwerk.example>; Ines Voß (Buchhaltung) voss@kuestenwerk.example";zahlt spät\r
;Köhler, Jan;Deichblick Agentur e.K.;0421 / 99 88 77;;Werbeagentur;pausiert;ira@us.example;jan.koehler@deichblick.example;;\r
SÜD;;;;;;;;;;\r
3. Feb. 2020;Sepp Huber;Alpenrand IT AG;089 5550199;https://alpenrand.example/partner;Großhandel;gekündigt;Chandra, Lee;huber@alpenrand.example;;\r
44927;Eva Roth;Isartal Software UG (haftungsbeschränkt);;isartal.example;Technologie;Einarbeitung;keiner;eva.roth@isartal.example;;\r
;;ALPENRAND IT;;alpenrand.example;;;;;;siehe oben\r
Summe;;5;;;;;;;;\r
`,
      'latin1',
    ),
    wanted: [
      [
        'Küstenwerk Datentechnik GmbH & Co. KG',
        'reseller',
        'active',
        'm1',
        'Frau Dr. Ute Brandt',
        'brandt@kuestenwerk.example',
        '+49 (0)40 123-456',
        'kuestenwerk.example',
        '2021-04-01',
        'meier@kuestenwerk.example voss@kuestenwerk.example',
      ],
      [
        'Deichblick Agentur e.K.',
        'agency',
        'dormant',
        'm2',
        'Jan Köhler',
        'jan.koehler@deichblick.example',
        '0421 / 99 88 77',
        null,
        null,
        '',
      ],
      [
        'Alpenrand IT AG',
        'distributor',
        'archived',
        'm3',
        'Sepp Huber',
        'huber@alpenrand.example',
        '089 5550199',
        'alpenrand.example',
        '2020-02-03',
        '',
      ],
      [
        'Isartal Software UG (haftungsbeschränkt)',
        'technology',
        'onboarding',
        null,
        'Eva Roth',
        'eva.roth@isartal.example',
        null,
        'isartal.example',
        '2023-01-01',
        '',
      ],
    ],
    duplicates: ['ALPENRAND IT'],
    dropped: 3,
    broken: 0,
  },
  {
    title: 'French, UTF-16 with tabs, columns in another order',
    input: utf16(
      `Chez nous\tStatut\tRaison sociale\tGenre\tCourriel\tInterlocuteur\tTél.\tSite internet\tSigné le\tObservations\n
Ira Sandoval\tactif\tAtelier du Port S.A.S.\tRevendeur agréé\tclaire.morel@atelierduport.example\tMorel, Claire\t02 40 55 01 02\thttp://www.atelierduport.example\t14 juillet 2022\t\n
dana\ten veille\tSoleil Levant SARL\tApporteur d'affaires\tpaul@soleillevant.exmaple\tPaul Noël\t\tsoleillevant.example\t03/09/2021\tà relancer en mai\n
\trésilié\tGroupe Méridien SA\tAgence de communication\t\tSylvie Leroux\t+33 1 55 55 01 99\t\t31/12/2019\t\n
Lee\tintégration\tÉtabli Numérique\tÉditeur de logiciel\tcontact@etabli.example\t\t\tetabli.example\ts/o\t\n
`,
    ),
    wanted: [
      [
        'Atelier du Port S.A.S.',
        'reseller',
        'active',
        'm2',
        'Claire Morel',
        'claire.morel@atelierduport.example',
        '02 40 55 01 02',
        'atelierduport.example',
        '2022-07-14',
        '',
      ],
      [
        'Soleil Levant SARL',
        'referral',
        'dormant',
        'm1',
        'Paul Noël',
        'paul@soleillevant.exmaple',
        null,
        'soleillevant.example',
        '2021-09-03',
        '',
      ],
      [
        'Groupe Méridien SA',
        'agency',
        'archived',
        null,
        'Sylvie Leroux',
        null,
        '+33 1 55 55 01 99',
        null,
        '2019-12-31',
        '',
      ],
      [
        'Établi Numérique',
        'technology',
        'onboarding',
        'm3',
        'contact@etabli.example',
        'contact@etabli.example',
        null,
        'etabli.example',
        null,
        '',
      ],
    ],
    duplicates: [],
    dropped: 0,
    broken: 0,
  },
  {
    title: 'Spanish, pasted, with a broken address and a repeated heading row',
    input: `Socio\tClase\tSituación\tPersona de contacto\tCorreo\tMóvil\tPágina web\tEncargado\tFirmado el\tMás contactos
Viento Norte S.L.U.\tDistribuidor oficial\tActivo\tLucía Gómez de la Torre\tlucia@vientonorte.example\t+34 600 555 010\tvientonorte.example\tDana Whitfield\t1 de marzo de 2023\tRaúl Peña raul@vientonorte.example
Socio\tClase\tSituación\tPersona de contacto\tCorreo\tMóvil\tPágina web\tEncargado\tFirmado el\tMás contactos
Cumbre Digital S.A.\tAgencia de marketing\tEn pausa\tMarco Ruiz\tmarco@@cumbre\t\t\tira@us.example\t\t
Faro Consultores S.C.\tRecomienda clientes\tNuevo\tInés Vidal y Hugo Sáez\tines@faro.example, hugo@faro.example\t\tfaro.example\tAlguien\t15/08/2022\t
`,
    wanted: [
      [
        'Viento Norte S.L.U.',
        'distributor',
        'active',
        'm1',
        'Lucía Gómez de la Torre',
        'lucia@vientonorte.example',
        '+34 600 555 010',
        'vientonorte.example',
        '2023-03-01',
        'raul@vientonorte.example',
      ],
      [
        'Faro Consultores S.C.',
        'referral',
        'onboarding',
        null,
        'Inés Vidal',
        'ines@faro.example',
        null,
        'faro.example',
        '2022-08-15',
        'hugo@faro.example',
      ],
    ],
    duplicates: [],
    dropped: 1,
    broken: 1,
  },
  {
    title: 'Japanese, commas, eras and full-width digits',
    input: `契約締結日,企業名,ご担当者,電子メール,電話,パートナー区分,契約状況,弊社担当,ホームページ,備考
２０２３年４月１日,青空システム株式会社,高橋 健一,takahashi@aozora-sys.example,０３－５５５５－０１０１,技術連携,契約中,ira@us.example,https://www.aozora-sys.example,
令和3年10月15日,有限会社みどり販売,鈴木 美咲,suzuki@midori.example,,再販パートナー,休止中,Dana,midori.example,値引き10%
未定,合同会社ひかり,,info@hikari.example,,紹介,新規,,,
■関西,,,,,,,,,
2022/06/30,株式会社大阪広告社,田中,tanaka@osaka-ad.example,06-5555-0102,広告代理店,解約済み,Lee,,
`,
    wanted: [
      [
        '青空システム株式会社',
        'technology',
        'active',
        'm2',
        '高橋 健一',
        'takahashi@aozora-sys.example',
        '０３－５５５５－０１０１',
        'aozora-sys.example',
        '2023-04-01',
        '',
      ],
      [
        '有限会社みどり販売',
        'reseller',
        'dormant',
        'm1',
        '鈴木 美咲',
        'suzuki@midori.example',
        null,
        'midori.example',
        '2021-10-15',
        '',
      ],
      [
        '合同会社ひかり',
        'referral',
        'onboarding',
        null,
        'info@hikari.example',
        'info@hikari.example',
        null,
        null,
        null,
        '',
      ],
      [
        '株式会社大阪広告社',
        'agency',
        'archived',
        'm3',
        '田中',
        'tanaka@osaka-ad.example',
        '06-5555-0102',
        null,
        '2022-06-30',
        '',
      ],
    ],
    duplicates: [],
    dropped: 1,
    broken: 0,
  },
  {
    title: 'English as a CRM exports it: capitals, pipes, ISO moments',
    input: `ACCOUNT_ID|ACCOUNT_NAME|PARTNER_TYPE|LIFECYCLE|PRIMARY_CONTACT|PRIMARY_CONTACT_EMAIL|PHONE|WEB_ADDRESS|PARTNER_MANAGER|EFFECTIVE_DATE|CREATED_AT
0014|Pinecrest Partners, LLC|VAR|Live|Gale Osborn|gale@pinecrest.example|(415) 555-0142|HTTPS://PINECREST.EXAMPLE|dana@us.example|2021-05-04T00:00:00Z|2020-01-01
0015|Brightwater Inc|ISV Partner|Churned|Tom O'Neil|tom.oneil@brightwater.example|415.555.0143 ext. 7|brightwater.example|Ira Sandoval|2019-11-30T00:00:00Z|2020-01-01
0016|Pinecrest Partners|VAR|Live|Gale Osborn|gale@pinecrest.example|||dana@us.example||2020-01-02
`,
    wanted: [
      [
        'Pinecrest Partners, LLC',
        'reseller',
        'active',
        'm1',
        'Gale Osborn',
        'gale@pinecrest.example',
        '(415) 555-0142',
        'pinecrest.example',
        '2021-05-04',
        '',
      ],
      [
        'Brightwater Inc',
        'technology',
        'archived',
        'm2',
        "Tom O'Neil",
        'tom.oneil@brightwater.example',
        '415.555.0143 ext. 7',
        'brightwater.example',
        '2019-11-30',
        '',
      ],
    ],
    duplicates: ['Pinecrest Partners'],
    dropped: 0,
    broken: 0,
  },
  {
    title: 'pasted without headings',
    input: `Harbour Cloud Ltd\tReseller\tActive\tAna Silva\tana.silva@harbour.example\t+1 415 555 0101\tharbour.example\tDana Whitfield
Quay Data Inc\tReferral\tDormant\tTom Reed\ttom.reed@quay.example\t+1 415 555 0102\tquay.example\tIra Sandoval
Pier Works GmbH\tAgency\tOnboarding\tUwe Kranz\tuwe.kranz@pier.example\t+49 30 555 0103\tpier.example\tLee
`,
    wanted: [
      [
        'Harbour Cloud Ltd',
        'reseller',
        'active',
        'm1',
        'Ana Silva',
        'ana.silva@harbour.example',
        '+1 415 555 0101',
        'harbour.example',
        null,
        '',
      ],
      [
        'Quay Data Inc',
        'referral',
        'dormant',
        'm2',
        'Tom Reed',
        'tom.reed@quay.example',
        '+1 415 555 0102',
        'quay.example',
        null,
        '',
      ],
      [
        'Pier Works GmbH',
        'agency',
        'onboarding',
        'm3',
        'Uwe Kranz',
        'uwe.kranz@pier.example',
        '+49 30 555 0103',
        'pier.example',
        null,
        '',
      ],
    ],
    duplicates: [],
    dropped: 0,
    broken: 0,
  },
]

describe('sheets of partners not seen before', () => {
  it.each(cases)('reads $title', ({ input, wanted, duplicates, dropped, broken }) => {
    const sheet = readSheet(input, { members, existing: [] })
    expect(sheet.refused).toBe(null)
    const read = sheet.rows
      .filter(({ state }) => state === 'new')
      .map(({ partner, contacts }): Wanted => {
        const main = contacts.find(({ is_main }) => is_main)
        const others = contacts.filter(({ is_main }) => !is_main).map(({ email }) => email)
        const { legal_name, type, owner_id, phone, domain, agreement_signed } = partner!
        const status = partner!.archived ? 'archived' : partner!.status
        return [
          legal_name,
          type,
          status,
          owner_id,
          main?.name ?? null,
          main?.email ?? null,
          phone,
          domain,
          agreement_signed,
          others.join(' '),
        ]
      })
    expect(read).toEqual(wanted)
    const again = sheet.rows.filter(({ state }) => state === 'duplicate').map(({ partner }) => partner!.legal_name)
    expect(again).toEqual(duplicates)
    expect(sheet.rows.filter(({ state }) => state === 'dropped').length).toBe(dropped)
    expect(sheet.counts.broken).toBe(broken)
  })
})
