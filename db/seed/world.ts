/** The sample world: one company, its people and fourteen partners in every state. Demo, tests and "Look around" share it. */
export type SampleContact = { name: string; email: string; role?: string; title?: string; phone?: string }
export type SampleDeal = {
  kind: 'lead' | 'referral' | 'co_sell'
  customer: string
  domain: string
  contact?: { name: string; email: string; phone?: string }
  value?: number
  currency?: string
  ask: string
  stage?: 'New' | 'Working' | 'Proposal'
  outcome?: 'won' | 'lost'
  shared: boolean
  days_ago: number
  said?: { body: string; audience: 'team' | 'partner'; days_ago: number }[]
}
export type SamplePartner = {
  name: string
  type: string
  status: 'onboarding' | 'active' | 'dormant'
  domain: string
  owner: 'dana' | 'ira' | 'tomas'
  tags: string[]
  quiet_days: number
  permissions?: 'nothing' | 'shared' | 'together'
  contacts: SampleContact[]
  notes?: { body: string; shared: boolean; days_ago: number }[]
  deals?: SampleDeal[]
}

export const company = { name: 'Halden Software', time_zone: 'Europe/Berlin', currency: 'EUR' }
export const people = {
  dana: { name: 'Dana Reyes', email: 'dana@halden.example', role: 'admin' },
  ira: { name: 'Ira Novak', email: 'ira@halden.example', role: 'member' },
  tomas: { name: 'Tomas Berg', email: 'tomas@halden.example', role: 'member' },
  mei: { name: 'Mei Sato', email: 'mei@halden.example', role: 'read_only' },
} as const
export const tags = [
  { name: 'DACH', meaning: 'Sells in Germany, Austria, Switzerland', colour: 4 },
  { name: 'Nordics', meaning: 'Sells in the Nordic countries', colour: 7 },
  { name: 'Gold', meaning: 'Agreement at the gold level', colour: 8 },
  { name: 'Integration', meaning: 'Builds on our product', colour: 5 },
  { name: 'Public sector', meaning: 'Listed for public tenders', colour: 2 },
]

export const partners: SamplePartner[] = [
  {
    name: 'Nordlicht GmbH',
    type: 'reseller',
    status: 'active',
    domain: 'nordlicht.example',
    owner: 'dana',
    tags: ['DACH', 'Gold'],
    quiet_days: 0,
    permissions: 'together',
    contacts: [
      {
        name: 'Ana Lindner',
        email: 'ana.lindner@nordlicht.example',
        role: 'sales',
        title: 'Head of sales',
        phone: '+49 30 5550142',
      },
      { name: 'Jonas Weber', email: 'jonas.weber@nordlicht.example', role: 'tech' },
    ],
    notes: [
      {
        body: 'Renewal of the reseller agreement is due in March. They asked for a longer payment term.',
        shared: false,
        days_ago: 9,
      },
      { body: 'Price list for 2027 is final. Use it for every offer from January on.', shared: true, days_ago: 6 },
    ],
    deals: [
      {
        kind: 'lead',
        customer: 'Hafen Terminal AG',
        domain: 'hafenterminal.example',
        contact: { name: 'Jane Voss', email: 'jane.voss@hafenterminal.example', phone: '+49 40 5550120' },
        value: 48_000_00,
        currency: 'EUR',
        ask: 'A meeting with the IT lead before Christmas',
        stage: 'Proposal',
        shared: true,
        days_ago: 12,
        said: [
          {
            body: 'Which day suits Hafen for the meeting? We keep Thursday and Friday free.',
            audience: 'partner',
            days_ago: 4,
          },
          { body: "We can go to 12 % on phase two. Don't offer it before they ask.", audience: 'team', days_ago: 2 },
        ],
      },
      {
        kind: 'co_sell',
        customer: 'Elbe Kliniken',
        domain: 'elbekliniken.example',
        value: 120_000_00,
        currency: 'EUR',
        ask: 'Join the workshop and cover the rollout',
        stage: 'Working',
        shared: true,
        days_ago: 20,
      },
      {
        kind: 'lead',
        customer: 'Marschland Energie',
        domain: 'marschland.example',
        value: 18_500_00,
        currency: 'EUR',
        ask: 'Call them this week',
        stage: 'New',
        shared: true,
        days_ago: 3,
      },
      {
        kind: 'referral',
        customer: 'Priel Reederei',
        domain: 'priel.example',
        value: 9_000_00,
        currency: 'EUR',
        ask: 'They need someone on site',
        outcome: 'won',
        shared: true,
        days_ago: 40,
      },
    ],
  },
  {
    name: 'Fjordkraft Data AS',
    type: 'distributor',
    status: 'active',
    domain: 'fjordkraftdata.example',
    owner: 'tomas',
    tags: ['Nordics', 'Gold', 'Integration'],
    quiet_days: 1,
    permissions: 'together',
    contacts: [
      { name: 'Henrik Aasen', email: 'henrik.aasen@fjordkraftdata.example', role: 'sales', phone: '+47 22 555 018' },
      { name: 'Ingrid Dahl', email: 'ingrid.dahl@fjordkraftdata.example', role: 'finance' },
    ],
    deals: [
      {
        kind: 'co_sell',
        customer: 'Bergen Havn',
        domain: 'bergenhavn.example',
        contact: { name: 'Lars Vik', email: 'lars.vik@bergenhavn.example' },
        value: 640_000_00,
        currency: 'NOK',
        ask: 'Bring two references from ports',
        stage: 'Working',
        shared: true,
        days_ago: 15,
      },
    ],
  },
  {
    name: 'Brightwater Systems Ltd',
    type: 'technology',
    status: 'active',
    domain: 'brightwater.example',
    owner: 'ira',
    tags: ['Integration'],
    quiet_days: 2,
    contacts: [{ name: 'Owen Pryce', email: 'owen.pryce@brightwater.example', role: 'tech' }],
    deals: [
      {
        kind: 'referral',
        customer: 'Severn Utilities',
        domain: 'severnutilities.example',
        value: 33_000_00,
        currency: 'GBP',
        ask: 'Introduce us to their data team',
        stage: 'New',
        shared: true,
        days_ago: 8,
      },
    ],
  },
  {
    name: 'Castellan Consulting S.L.',
    type: 'agency',
    status: 'active',
    domain: 'castellan.example',
    owner: 'dana',
    tags: ['Public sector'],
    quiet_days: 3,
    contacts: [{ name: 'Lucía Marín', email: 'lucia.marin@castellan.example', role: 'exec_sponsor' }],
    deals: [
      {
        kind: 'lead',
        customer: 'Ayuntamiento de Lorca',
        domain: 'lorca.example',
        value: 27_000_00,
        currency: 'EUR',
        ask: 'Check whether the tender is still open',
        stage: 'New',
        shared: true,
        days_ago: 16,
      },
    ],
  },
  {
    name: 'Kestrel & Rowe LLP',
    type: 'referral',
    status: 'dormant',
    domain: 'kestrelrowe.example',
    owner: 'dana',
    tags: [],
    quiet_days: 47,
    contacts: [{ name: 'Simon Rowe', email: 'simon.rowe@kestrelrowe.example' }],
  },
  {
    name: 'Lumen Analytics B.V.',
    type: 'technology',
    status: 'onboarding',
    domain: 'lumenanalytics.example',
    owner: 'dana',
    tags: ['Integration'],
    quiet_days: 2,
    contacts: [{ name: 'Noor de Wit', email: 'noor.dewit@lumenanalytics.example', role: 'tech' }],
  },
  {
    name: 'Maruyama Trading K.K.',
    type: 'distributor',
    status: 'active',
    domain: 'maruyama.example',
    owner: 'ira',
    tags: ['Gold'],
    quiet_days: 4,
    contacts: [{ name: 'Kenji Maruyama', email: 'kenji@maruyama.example', role: 'exec_sponsor' }],
    deals: [
      {
        kind: 'co_sell',
        customer: 'Hakata Lines',
        domain: 'hakatalines.example',
        value: 9_800_000,
        currency: 'JPY',
        ask: 'Translate the offer',
        stage: 'Proposal',
        shared: false,
        days_ago: 6,
      },
    ],
  },
  {
    name: 'Ostrava IT s.r.o.',
    type: 'reseller',
    status: 'active',
    domain: 'ostravait.example',
    owner: 'tomas',
    tags: [],
    quiet_days: 5,
    contacts: [{ name: 'Jana Dvořáková', email: 'jana.dvorakova@ostravait.example', role: 'sales' }],
  },
  {
    name: 'Pinecrest Solutions Inc.',
    type: 'reseller',
    status: 'onboarding',
    domain: 'pinecrest.example',
    owner: 'tomas',
    tags: ['Gold'],
    quiet_days: 0,
    contacts: [{ name: 'Marcus Hill', email: 'marcus.hill@pinecrest.example', role: 'sales' }],
  },
  {
    name: 'Quillfeather Studio Ltd',
    type: 'agency',
    status: 'active',
    domain: 'quillfeather.example',
    owner: 'ira',
    tags: [],
    quiet_days: 6,
    contacts: [{ name: 'Bea Fenwick', email: 'bea@quillfeather.example', role: 'marketing' }],
  },
  {
    name: 'Ridgeline Partners LLC',
    type: 'referral',
    status: 'active',
    domain: 'ridgeline.example',
    owner: 'dana',
    tags: [],
    quiet_days: 33,
    contacts: [{ name: 'Tara Osei', email: 'tara.osei@ridgeline.example', role: 'sales' }],
    deals: [
      {
        kind: 'referral',
        customer: 'Dune Outdoor',
        domain: 'duneoutdoor.example',
        value: 14_000_00,
        currency: 'USD',
        ask: 'Let us know if they stay interested',
        outcome: 'lost',
        shared: true,
        days_ago: 50,
      },
    ],
  },
  {
    name: 'Sable Networks AB',
    type: 'technology',
    status: 'active',
    domain: 'sablenetworks.example',
    owner: 'tomas',
    tags: ['Nordics', 'Integration'],
    quiet_days: 1,
    contacts: [{ name: 'Elin Sjöberg', email: 'elin.sjoberg@sablenetworks.example', role: 'tech' }],
  },
  {
    name: 'Tallinn Cloud OÜ',
    type: 'reseller',
    status: 'onboarding',
    domain: 'tallinncloud.example',
    owner: 'tomas',
    tags: ['Nordics'],
    quiet_days: 0,
    permissions: 'nothing',
    contacts: [{ name: 'Kaarel Tamm', email: 'kaarel.tamm@tallinncloud.example' }],
  },
  {
    name: 'Verdant Logistics SAS',
    type: 'distributor',
    status: 'active',
    domain: 'verdantlogistics.example',
    owner: 'dana',
    tags: ['Public sector'],
    quiet_days: 3,
    contacts: [{ name: 'Camille Roux', email: 'camille.roux@verdantlogistics.example', role: 'sales' }],
  },
]
