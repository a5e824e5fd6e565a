import { isIP } from 'node:net'
import { z } from 'zod'

const parse = (text: string) => (URL.canParse(text) ? new URL(text) : null)
const scheme = (text: string, ...allowed: string[]) => allowed.includes(parse(text)?.protocol ?? '')

/** The address people open: scheme, name and port, nothing behind them. */
export const httpUrl = z
  .string()
  .refine((text) => scheme(text, 'http:', 'https:'), 'must be a web address such as https://partners.example.com.')
  .refine((text) => {
    const url = parse(text)
    return !url || (url.pathname === '/' && !url.search && !url.hash && !url.username)
  }, 'must end after the name and port: Partnered does not run below a path.')
  .transform((text) => new URL(text).origin)

export const postgresUrl = z
  .string()
  .refine((text) => scheme(text, 'postgres:', 'postgresql:') && Boolean(parse(text)?.username), {
    message:
      'must look like postgres://LOGIN:PASSWORD@HOST:5432/DATABASE. Percent-encode special characters of the password.',
  })

export const smtpUrl = z
  .string()
  .refine(
    (text) => scheme(text, 'smtp:', 'smtps:') && Boolean(parse(text)?.hostname),
    'must look like smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST.',
  )

export const address = z
  .string()
  .regex(
    /^(?:[^<>\r\n]+ )?<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/,
    'must be an address such as partners@example.com, or Name <partners@example.com>.',
  )

const isNetwork = (text: string) => {
  const [ip = '', bits, ...more] = text.split('/')
  const most = isIP(ip) === 6 ? 128 : 32
  return isIP(ip) > 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
}

/** off, on, a number of proxies, or their addresses. */
export const proxies = z
  .string()
  .refine((text) => /^(off|on|\d{1,2})$/.test(text) || text.split(',').every((part) => isNetwork(part.trim())), {
    message: 'must be off, on, the number of proxies in front, or their addresses (10.0.0.1, 10.0.0.0/8).',
  })
  .transform((text): boolean | number | string => {
    if (text === 'off' || text === 'on') return text === 'on'
    return /^\d+$/.test(text) ? Number(text) : text
  })
