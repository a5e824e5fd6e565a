import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyReply } from 'fastify'

const style = readFileSync(new URL('plain-page.css', import.meta.url), 'utf8')
const style_hash = createHash('sha256').update(style).digest('base64')

/** Pages that a link in a mail opens: nothing runs, nothing is fetched, no cookie is set, and forms go here alone. */
const policy = `default-src 'none'; style-src 'sha256-${style_hash}'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`

const escaped: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Markup. Only `html` makes it, so that no name is ever taken for markup. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}
const put = (value: unknown): string => {
  if (value instanceof Html) return value.text
  if (Array.isArray(value)) return value.map(put).join('')
  if (value === null || value === undefined || value === false) return ''
  return String(value).replace(/[&<>"']/g, (sign) => escaped[sign] ?? sign)
}
/** Tagged HTML: what is put in is text, unless `html` made it. */
export const html = (parts: TemplateStringsArray, ...inserts: readonly unknown[]): Html =>
  new Html(parts.map((part, at) => part + (at < inserts.length ? put(inserts[at]) : '')).join(''))

/** Sends a whole page without JavaScript. In: its title, the company on top, what stands on it. */
export function sendPlainPage(
  reply: FastifyReply,
  { status = 200, title, company, body }: { status?: number; title: string; company: string; body: Html },
): FastifyReply {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="/icon.svg">
<style>${new Html(style)}</style>
</head>
<body>
<header>${company}</header>
<main>
${body}
</main>
</body>
</html>
`
  return reply
    .status(status)
    .headers({
      'content-security-policy': policy,
      // With none at all a browser would not say where its form comes from.
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    })
    .type('text/html; charset=utf-8')
    .send(page.text)
}

/** What forms and mail programs send, for the routes of this part of the app alone. Out: the fields, the last of each name. */
export function readForms(app: FastifyInstance): void {
  const most = { parseAs: 'string', bodyLimit: 8192 } as const
  app.addContentTypeParser('application/x-www-form-urlencoded', most, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
  )
  app.addContentTypeParser('multipart/form-data', most, (_request, body, done) => {
    const field = /name="([^"\r\n]*)"(?:\r?\n[^\r\n]+)*\r?\n\r?\n([^\r\n]*)/g
    done(null, Object.fromEntries([...body.toString().matchAll(field)].map(([, name, value]) => [name, value])))
  })
}
