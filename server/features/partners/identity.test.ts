import { describe, expect, it } from 'vitest'
import { isEmail, suggestEmail } from './email-typos.ts'
import { isFreeMail, nameKey, registrableDomain, sameCompany } from './identity.ts'
import { slips } from './spelling.ts'

describe('the key of a name', () => {
  it.each([
    ['Granite Systems', 'Granite Systems Oy'],
    ['(old) Xylem Data B.V.', 'XYLEM DATA BV'],
    ['Lantern Data, Inc', 'Lantern Data Inc.'],
    ['THISTLE SOFTWARE SAS', 'Thistle Software S.A.S.'],
    ['Thistle Software S. A. S.', 'Thistle Software'],
    ['Müller & Söhne GmbH & Co. KG', 'muller und sohne'],
    ['Nube Azul S.A. de C.V.', 'Nube Azul, S. de R.L. de C.V.'],
    ['Kowalski Sp. z o.o.', 'Kowalski'],
    ['株式会社さくら', 'さくら（株）'],
    ['Hanabi K.K.', 'Hanabi Kabushiki Kaisha'],
    ['Pike Works Pty Ltd', 'Pikeworks'],
    ['Acme [duplicate] Ltd', 'Acme'],
    ['Şirket Işık A.Ş.', 'Sirket Isik'],
  ])('%s is %s', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other))
  })
  it.each([
    ['Vantage Networks', 'Vantage Software'],
    ['Granite Systems', 'Granite Networks'],
    ['AG', 'KG'],
    ['ガイア', 'カイア'],
    ['Acme (UK) Ltd', 'Acme (France) Ltd'],
  ])('%s is not %s', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other))
  })
  it('is never empty for a name', () => {
    for (const name of ['Limited', '株式会社', '***', 'A.', 'The Co']) expect(nameKey(name)).not.toBe('')
  })
})

describe('domains', () => {
  it.each([
    ['https://www.acme.co.uk/partners?x=1', 'acme.co.uk'],
    ['acme.example', 'acme.example'],
    ['ana@mail.acme.example', 'acme.example'],
    ['http://acme.example:8080', 'acme.example'],
    ['https://user:pass@acme.example/@x', 'acme.example'],
    ['https://acme.github.io', 'acme.github.io'],
    ['http://10.0.0.1/', null],
    ['localhost', null],
    ['not a site', null],
    ['', null],
  ])('%s -> %s', (address, domain) => {
    expect(registrableDomain(address)).toBe(domain)
  })
  it('knows free mail', () => {
    expect(['gmail.com', 'GMX.de', 'web.de', 'yahoo.co.jp', 'acme.example'].map(isFreeMail)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ])
  })
})

describe('mistyped addresses', () => {
  it.each([
    ['ana@gmial.com', {}, 'ana@gmail.com'],
    ['ana@gmail.con', {}, 'ana@gmail.com'],
    ['ana@gmail.co', {}, 'ana@gmail.com'],
    ['ana@gnail.com', {}, 'ana@gmail.com'],
    ['ana@hotmial.com', {}, 'ana@hotmail.com'],
    ['ana@outlok.com', {}, 'ana@outlook.com'],
    ['ana@yaho.com', {}, 'ana@yahoo.com'],
    ['ana@yahoo.co', {}, 'ana@yahoo.com'],
    ['ana@icloud.co', {}, 'ana@icloud.com'],
    ['ana@mosaicdata.exmaple', { partner_domain: 'mosaicdata.example' }, 'ana@mosaicdata.example'],
    ['ana@mosiacdata.example', { partner_domain: 'mosaicdata.example' }, 'ana@mosaicdata.example'],
    ['ana@mail.mosaicdta.example', { partner_domain: 'mosaicdata.example' }, 'ana@mail.mosaicdata.example'],
    ['ana@mosaicdata.exmaple', { company: 'Mosaic Data B.V.' }, 'ana@mosaicdata.example'],
    ['ana@something.con', {}, 'ana@something.com'],
    ['pat(at)broken.example', {}, 'pat@broken.example'],
    ['pat @ broken,example', {}, 'pat@broken.example'],
    ['pat@@gmial.com', {}, 'pat@gmail.com'],
  ])('%s %o -> %s', (email, row, meant) => {
    expect(suggestEmail(email, row)).toBe(meant)
  })
  it.each([
    ['ana@gmail.com', {}],
    ['ana@mail.com', {}],
    ['ana@googlemail.com', {}],
    ['ana@yahoo.fr', {}],
    ['ana@outlook.de', {}],
    ['ana@outlook.sk', {}],
    ['ana@proton.me', {}],
    ['ana@acme.fr', { partner_domain: 'acme.de' }],
    ['ana@bmw.example', { partner_domain: 'bmv.example' }],
    ['ana@mosaicdata.example', { partner_domain: 'mosaicdata.exmaple' }],
    ['ana@uk.mosaicdata.example', { partner_domain: 'mosaicdata.example' }],
    ['x@nowhere.exmaple', { company: 'Mosaic Data B.V.' }],
    ['nonsense', {}],
  ])('%s %o is left alone', (email, row) => {
    expect(suggestEmail(email, row)).toBe(null)
  })
  it('knows an address from other text', () => {
    for (const good of ['a@b.example', "o'hara+x@mail.acme.co.uk", 'josé@müller.example'])
      expect(isEmail(good)).toBe(true)
    for (const bad of [
      'a@b',
      'a b@c.example',
      '@c.example',
      'a@c..example',
      'a@-c.example',
      '.a@c.example',
      'a@c.example.',
      'a@b@c.example',
      'a@c,example',
      '',
    ]) {
      expect(isEmail(bad)).toBe(false)
    }
  })
  it('counts swapped letters as one slip', () => {
    expect([
      slips('gmial', 'gmail'),
      slips('exmaple', 'example'),
      slips('abc', 'abc'),
      slips('abcdef', 'uvwxyz'),
    ]).toEqual([1, 1, 0, 3])
  })
})

describe('one company or two', () => {
  const acme = { legal_name: 'Acme Data GmbH', domain: 'acme.example' }
  it('is sure with name and domain, careful with less', () => {
    expect(sameCompany(acme, { legal_name: 'ACME DATA', emails: ['info@acme.example'] })).toBe('same')
    expect(sameCompany(acme, { legal_name: 'Acme Data Ltd' })).toBe('likely')
    expect(sameCompany(acme, { legal_name: 'Acme Services', domain: 'acme.example' })).toBe('likely')
    expect(sameCompany(acme, { legal_name: 'Acme Dtaa AG' })).toBe('likely')
    expect(sameCompany(acme, { legal_name: 'Acme Date GmbH', domain: 'acmedate.example' })).toBe(null)
    expect(sameCompany(acme, { legal_name: 'Zenith', domain: 'zenith.example' })).toBe(null)
  })
  it('does not take free mail or a shared host for a sign', () => {
    expect(
      sameCompany({ legal_name: 'Ash', emails: ['a@gmail.com'] }, { legal_name: 'Birch', emails: ['b@gmail.com'] }),
    ).toBe(null)
    expect(
      sameCompany({ legal_name: 'Ash', domain: 'linkedin.com' }, { legal_name: 'Birch', domain: 'linkedin.com' }),
    ).toBe(null)
    expect(
      sameCompany({ legal_name: 'Ash', emails: ['a@gmail.com'] }, { legal_name: 'Birch', emails: ['A@gmail.com'] }),
    ).toBe('likely')
  })
})
