import type { FastifyInstance, FastifyReply } from 'fastify'
import { asNobody } from '#server/acting.ts'
import { sql } from '#server/db/sql.ts'
import { hashToken } from '#server/features/session/session.ts'
import { readForms, sendPlainPage } from '#server/http/plain-page.ts'
import type { Product } from '#server/product.ts'
import { type Choice, type Class, choices, classes, type NoticeSettings, unchosen, ways } from '#shared/notices.ts'
import { goneBody, type Prefs, prefsBody } from './prefs-page.ts'

type Change = { settings: NoticeSettings | null; mute: boolean | null; choice: Choice | null }
type Form = Record<string, string>
const title = 'Fewer emails like this'

const readPrefs = (product: Product, token: string): Promise<Prefs | null> =>
  asNobody(
    product,
    async (tx) =>
      (await tx.row<{ prefs: Prefs | null }>(sql`select app.prefs_of(${hashToken(token)}) as prefs`))?.prefs ?? null,
  )

const withoutDigest = (settings: NoticeSettings): NoticeSettings => ({
  ...settings,
  ...Object.fromEntries(classes.flatMap((one) => (settings[one] === 'digest' ? [[one, 'off']] : []))),
})
const without: Record<Choice, Choice> = { asked: 'only_asked', weekly: 'none', only_asked: 'only_asked', none: 'none' }

/** What a form, or a mail program by itself, wants changed. Null: nothing that this link may change. */
function changeOf(it: Prefs, form: Form): Change | null {
  const is = it.settings ?? unchosen
  const nothing: Change = { settings: null, mute: null, choice: null }
  if (form['List-Unsubscribe'] === 'One-Click') {
    if (it.class !== 'digest') return null
    return it.who === 'contact'
      ? { ...nothing, choice: without[it.choice ?? 'asked'] }
      : { ...nothing, settings: withoutDigest(is) }
  }
  if (it.who === 'contact') {
    const choice = choices.find((one) => one === form.choice)
    return choice ? { ...nothing, choice } : null
  }
  if (it.class === 'digest')
    return form.digest === 'off' ? { ...nothing, settings: withoutDigest(is) } : form.digest === 'keep' ? nothing : null
  const way = ways.find((one) => one === form.way)
  if (!way) return null
  return {
    ...nothing,
    settings: { ...is, [it.class as Class]: way },
    mute: form.muting === 'yes' ? form.mute === 'yes' : null,
  }
}

/** /prefs/TOKEN: looking changes nothing, however often a mail scanner does; sending the form does. No sign-in, no cookie, no script. */
export function prefsRoutes(app: FastifyInstance, product: Product): void {
  const gone = (reply: FastifyReply) =>
    sendPlainPage(reply, { status: 404, title: 'This link has expired', company: 'Partnered', body: goneBody })
  const show = (reply: FastifyReply, it: Prefs, done: boolean) =>
    sendPlainPage(reply, { title: `${title}, ${it.company}`, company: it.company, body: prefsBody(it, done) })

  app.register(async (part) => {
    readForms(part)
    part.get<{ Params: { token: string } }>('/prefs/:token', async ({ params }, reply) => {
      const it = await readPrefs(product, params.token)
      return it ? show(reply, it, false) : gone(reply)
    })
    part.post<{ Params: { token: string } }>('/prefs/:token', async ({ params, body }, reply) => {
      const it = await readPrefs(product, params.token)
      if (!it) return gone(reply)
      const change = changeOf(it, (body ?? {}) as Form)
      if (!change) return reply.status(400).type('text/plain; charset=utf-8').send('This cannot be changed here.\n')
      const { settings, mute, choice } = change
      await asNobody(product, (tx) =>
        tx.run(
          sql`select app.change_prefs(${hashToken(params.token)}, ${settings && JSON.stringify(settings)}::jsonb, ${mute}::boolean, ${choice})`,
        ),
      )
      return show(reply, (await readPrefs(product, params.token)) ?? it, true)
    })
  })
}
