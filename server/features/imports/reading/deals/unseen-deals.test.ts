import { describe, expect, it } from 'vitest'
import { nameKey } from '#server/features/partners/identity.ts'
import { kindOf } from '../kind-of.ts'
import { readDeals } from './read.ts'

const members = [
  { id: 'm1', name: 'Dana Whitfield', email: 'dana@us.example' },
  { id: 'm2', name: 'Ira Sandoval', email: 'ira@us.example' },
]
const existing = [
  'Küstenwerk Datentechnik GmbH',
  'Atelier du Port S.A.S.',
  'Viento Norte S.L.',
  '青空システム株式会社',
  'Pinecrest Partners, LLC',
  'Twin Oaks Ltd',
  'Twin Oaks Inc',
].map((legal_name, at) => ({
  id: `p${at + 1}`,
  legal_name,
  name_key: nameKey(legal_name),
  domain: legal_name.startsWith('Pinecrest') ? 'pinecrest.example' : null,
  emails: [],
}))
const around = { members, existing, currency: 'EUR' }

/** customer, partner, kind, direction, stage, outcome, value and currency, close, owner, their owner, state */
type Wanted = [
  string,
  string | null,
  string | null,
  string,
  string,
  string | null,
  string | null,
  string | null,
  string | null,
  string | null,
  string,
]
const cases: { title: string; input: Uint8Array | string; wanted: Wanted[] }[] = [
  {
    title: 'German in Windows-1252',
    input: Buffer.from(
      `Auftragswert;Endkunde;Vertriebspartner;Art;Herkunft;Phase;Voraussichtlicher Abschluss;Zuständig;Partneransprechpartner;Aktueller Stand\r
1,2 Mio. EUR;Stadtwerke Öhringen;Küstenwerk Datentechnik;Empfehlung;Partner;Angebot;31.03.2027;Dana;Ute Brandt;wartet auf Gremium\r
250 TEUR;Möbel Krause GmbH;KÜSTENWERK DATENTECHNIK GMBH;gemeinsam;wir;gewonnen;1. Juni 2026;ira@us.example;Brandt;\r
ca. 80.000;Bäckerei Süß;Unbekannte Firma GmbH;Lead;wir;neu;Q2 2027;Niemand;;\r
10-20k;Gärtnerei Groß;Küstenwerk Datentechnik;Lead;uns;Verhandlung;k.A.;Dana;;Budget unklar\r
`,
      'latin1',
    ),
    wanted: [
      [
        'Stadtwerke Öhringen',
        'p1',
        'referral',
        'received',
        'Proposal',
        null,
        '120000000 EUR',
        '2027-03-31',
        'm1',
        'Ute Brandt',
        'new',
      ],
      [
        'Möbel Krause GmbH',
        'p1',
        'co_sell',
        'given',
        'Proposal',
        'won',
        '25000000 EUR',
        '2026-06-01',
        'm2',
        'Brandt',
        'new',
      ],
      ['Bäckerei Süß', null, 'lead', 'given', 'New', null, '8000000 EUR', '2027-06-30', null, null, 'parked'],
      ['Gärtnerei Groß', 'p1', 'lead', 'given', 'Proposal', null, null, null, 'm1', null, 'new'],
    ],
  },
  {
    title: 'French, pasted',
    input: `Client\tSite du client\tPartenaire\tNature\tApporté par\tÉtape\tMontant\tClôture prévue\tNotre commercial\tContact partenaire\tRemarques
Mairie de Lys\tlys.example\tATELIER DU PORT\tRecommandation\teux\tqualifié\t1 250 000,50 €\t15/02/2027\tIra\tClaire Morel\t
Hôtel Bellevue\tbellevue.example\tAtelier du Port SAS\tCo-vente\tnous\tperdu\t45 k€\t30 avril 2026\tDana\t\ttrop cher
`,
    wanted: [
      [
        'Mairie de Lys',
        'p2',
        'referral',
        'received',
        'Working',
        null,
        '125000050 EUR',
        '2027-02-15',
        'm2',
        'Claire Morel',
        'new',
      ],
      ['Hôtel Bellevue', 'p2', 'co_sell', 'given', 'Proposal', 'lost', '4500000 EUR', '2026-04-30', 'm1', null, 'new'],
    ],
  },
  {
    title: 'Spanish in UTF-16, a currency column',
    input: Buffer.from(
      `\uFEFFSocio\tCliente final\tImporte\tMoneda\tFecha de cierre\tEtapa\tTipo de negocio\tQuién lo trajo\tNuestro comercial\tSu comercial\tNovedades\n
Viento Norte\tBodegas Luna\t300.000\tMXN\t12/05/2027\tnegociación\tventa conjunta\tnosotros\tDana Whitfield\tLucía Gómez\tesperan presupuesto\n
Viento Norte S.L.\tPuerto Seco\t12.500,75\t€\t28/02/2027\tganado\treferido\tsocio\tira@us.example\t\t\n
`,
      'utf16le',
    ),
    wanted: [
      [
        'Bodegas Luna',
        'p3',
        'co_sell',
        'given',
        'Proposal',
        null,
        '30000000 MXN',
        '2027-05-12',
        'm1',
        'Lucía Gómez',
        'new',
      ],
      ['Puerto Seco', 'p3', 'referral', 'received', 'Proposal', 'won', '1250075 EUR', '2027-02-28', 'm2', null, 'new'],
    ],
  },
  {
    title: 'Japanese',
    input: `顧客名,パートナー企業,案件種別,案件元,商談ステージ,見込金額,受注予定日,自社担当,パートナー担当,最新状況
東西電機,青空システム（株）,紹介,先方,提案中,1200万円,2027年3月31日,Dana,高橋 健一,見積提出済み
南北商事,青空システム株式会社,共同提案,当社,失注,"¥3,500,000",2026/12/15,ira@us.example,,
`,
    wanted: [
      [
        '東西電機',
        'p4',
        'referral',
        'received',
        'Proposal',
        null,
        '12000000 JPY',
        '2027-03-31',
        'm1',
        '高橋 健一',
        'new',
      ],
      ['南北商事', 'p4', 'co_sell', 'given', 'Proposal', 'lost', '3500000 JPY', '2026-12-15', 'm2', null, 'new'],
    ],
  },
  {
    title: 'English as a CRM exports it, months first',
    input: `Opportunity Name,Channel Partner,Deal Type,Source,Sales Stage,Amount,Close Date,Opportunity Owner,Partner Contact,Next Step
Redrock Mining,pinecrest.example,Joint,Inbound,Discovery,"$1,250,000.00",12/31/2026,Dana Whitfield,Gale,send paper
Ashford Schools,Pinecrest Partners LLC,Deal reg,Outbound,Closed Won,1.2M,01/05/2027,dana@us.example,,
Oldtown Council,Twin Oaks,Referral,Outbound,Commit,(5000),02/03/2027,Dana,,
Newtown Council,Pinecrest Prtners,Referral,Outbound,On hold,"5,000",02/03/2027,Dana,,
`,
    wanted: [
      [
        'Redrock Mining',
        'p5',
        'co_sell',
        'received',
        'Working',
        null,
        '125000000 USD',
        '2026-12-31',
        'm1',
        'Gale',
        'new',
      ],
      ['Ashford Schools', 'p5', null, 'given', 'Proposal', 'won', '120000000 EUR', '2027-01-05', 'm1', null, 'broken'],
      ['Oldtown Council', null, 'referral', 'given', 'Proposal', null, null, '2027-02-03', 'm1', null, 'broken'],
      ['Newtown Council', null, 'referral', 'given', 'New', null, '500000 EUR', '2027-02-03', 'm1', null, 'parked'],
    ],
  },
]

describe('sheets of deals not seen before', () => {
  it.each(cases)('reads $title', ({ input, wanted }) => {
    const sheet = readDeals(input, around)
    expect(sheet.refused).toBe(null)
    expect(kindOf(input)).toBe('deals')
    const read = sheet.rows.map(({ state, deal }): Wanted => {
      const { customer_company, partner_id, kind, direction, stage, outcome, expected_close } = deal!
      const value = deal!.value_minor === null ? null : `${deal!.value_minor} ${deal!.currency}`
      return [
        customer_company,
        partner_id,
        kind,
        direction,
        stage,
        outcome,
        value,
        expected_close,
        deal!.our_owner_id,
        deal!.their_owner_name,
        state,
      ]
    })
    expect(read).toEqual(wanted)
  })

  it('offers the partners that may be meant, and takes what the person says about words and cells', () => {
    const { input } = cases[4]!
    const first = readDeals(input, around)
    expect(first.rows.map(({ deal }) => deal!.candidates.map(({ id }) => id))).toEqual([[], [], ['p6', 'p7'], ['p5']])
    expect(first.unknown.map(({ field, word, count }) => [field, word, count])).toEqual([
      ['kind', 'Deal reg', 1],
      ['partner', 'Twin Oaks', 1],
      ['partner', 'Pinecrest Prtners', 1],
      ['stage', 'On hold', 1],
    ])
    const told = readDeals(input, {
      ...around,
      values: [
        { field: 'kind', word: 'deal reg', value: 'lead' },
        { field: 'partner', word: 'Twin Oaks', value: 'p7' },
        { field: 'stage', word: 'On hold', value: 'Working' },
      ],
      edits: [{ line: 5, index: 1, text: 'Pinecrest Partners' }],
    })
    expect(told.rows.map(({ state, deal }) => [state, deal!.partner_id, deal!.kind, deal!.stage])).toEqual([
      ['new', 'p5', 'co_sell', 'Working'],
      ['new', 'p5', 'lead', 'Proposal'],
      ['new', 'p7', 'referral', 'Proposal'],
      ['new', 'p5', 'referral', 'Working'],
    ])
    expect(told.unknown).toEqual([])
  })
})
