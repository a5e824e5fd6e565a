import { plainWords } from './cells.ts'

type BuiltInType = 'reseller' | 'distributor' | 'agency' | 'technology' | 'referral'
export type SheetStatus = 'onboarding' | 'active' | 'dormant' | 'archived'

// Beginnings of words. Those with a dot are whole words. The first that occurs in a cell decides.
const typeWords: Record<BuiltInType, string> = {
  reseller:
    'resell re-sell systemhaus var. vars. resale wiederverk handler. haendler. handelspartner fachhandel revend revente revendedor rivend wederverk dealer 販売代理店 再販 リセラー 販売店 販売パートナー 특약점',
  distributor:
    'distri disti. distis. wholesale grosshand grosshandel grossist grossiste mayorista groothandel vertriebspartner 卸 ディストリ 販社 流通',
  agency:
    'agenc agency agentur agence agencia agenzia agentschap marketing werbe 代理店 エージェンシー 広告 マーケティング',
  technology:
    'tech techn isv. isvs. technolog integrat software logiciel editeur vendor. tecnol tecnico technologie 技術 テクノロジー テック ソフトウェア 連携 インテグレ',
  referral:
    'referr referal referer refer. refers. introducer affiliat vermittl empfehl tippgeber apporteur prescri recommand recomiend parrain referen refere recomend doorverw segnalat 紹介 リファラル 送客',
}

const statusWords: Record<SheetStatus, string> = {
  onboarding:
    'onboard on-boarding. einarb aufnahme einfuhrung anlauf. integration. integracion. incorpor alta. accueil ramp. ramping new. neu. nouveau. nuevo. signing. starting. setup. prospect. pipeline. pending. negotiat オンボーディング 導入 準備 新規 立ち上げ',
  dormant:
    'dormant inactiv inaktiv inattiv inactief on-hold. hold. pause paus sleep schlaf ruh ruhend stillgelegt. en-pause. sommeil dorm veille suspend durmiente pausa espera quiet. stale. idle. nicht-aktiv. not-active. non-actif. no-activo. 休眠 停止 休止 保留 非アクティブ 一時停止',
  archived:
    'archiv no-longer. nicht-mehr. ya-no. ne-plus. dead. terminat ended. end. closed. cancel churn lost. former. ex. gone. expired. stopped. gekundigt kundig beendet ausgeschieden geschlossen tot. termin resili ferme. fini. clos. cloture rescind finaliz cerrado baja. cancelad extint muerto. mort. verloren. abgelaufen 終了 解約 解除 アーカイブ 廃止 契約終了',
  active:
    'active activ. aktiv actif active activo activa attivo actief live. running. current. ok. good. laufend. en-cours. vigente 有効 稼働 アクティブ 契約中 取引中 活動中 現役',
}

const roleWords: Record<string, string> = {
  sales: 'sale sales vertrieb verkauf vente vents commercial comercial venta ventas account. bizdev. 営業 販売',
  tech: 'tech. technic techni technolog engineer it. support. technik tecnico tecnica entwickl develop solution architect 技術 エンジニア 開発',
  exec_sponsor:
    'exec executive sponsor ceo. cto. coo. founder. owner. managing president chair geschaftsfuhr vorstand inhaber. gerant dirigeant direction. fondateur patrocinador director. gerente 役員 社長 代表 経営',
  marketing: 'marketing market. werb communic kommunik mercadotecnia マーケティング 広報',
  finance:
    'financ finanz billing. invoice. account. accounts. accounting buchhalt compta contab tesorer 経理 財務 会計',
  other: 'other. sonstige andere autre otro otra その他',
}
const viaWords: Record<'portal' | 'email' | 'internal', string> = {
  portal: 'portal portail portale ポータル',
  email: 'email. e-mail. mail. correo courriel メール',
  internal: 'internal intern. interne. interno interna 社内 内部',
}

export type Rule<Kind> = { kind: Kind; word: string; whole: boolean; bare: boolean }

/** In: for each kind its words. Out: what `firstKind` looks for. */
export function rules<Kind extends string>(words: Record<Kind, string>): Rule<Kind>[] {
  return (Object.keys(words) as Kind[]).flatMap((kind) =>
    words[kind].split(' ').map((word) => {
      const whole = word.endsWith('.')
      const text = (whole ? word.slice(0, -1) : word).replaceAll('-', ' ')
      return { kind, word: text, whole, bare: /[^\x20-\x7e]/.test(text) }
    }),
  )
}

const typeRules: readonly Rule<string>[] = rules(typeWords)
const roleRules: readonly Rule<string>[] = rules(roleWords)
const statusRules = rules(statusWords)
const viaRules = rules(viaWords)

/** The kind whose word comes first in the cell; among words at one place the longest decides. */
export function firstKind<Kind extends string>(
  all: readonly Rule<Kind>[],
  cell: string,
): { kind: Kind; whole: boolean } | null {
  const text = ` ${plainWords(cell)} `
  if (text.length > 120) return null
  let best: { kind: Kind; at: number; length: number } | null = null
  for (const { kind, word, whole, bare } of all) {
    const at = bare ? text.indexOf(word) : text.indexOf(whole ? ` ${word} ` : ` ${word}`) + 1
    if (bare ? at < 0 : at < 1) continue
    if (!best || at < best.at || (at === best.at && word.length > best.length)) best = { kind, at, length: word.length }
  }
  return best ? { kind: best.kind, whole: text.trim().split(' ').length <= 2 } : null
}

const known = <Found>(read: (cell: string) => Found) => {
  const seen = new Map<string, Found>()
  return (cell: string): Found => {
    const before = seen.get(cell)
    if (before !== undefined || seen.has(cell)) return before as Found
    const found = read(cell)
    if (seen.size < 2000 && cell.length < 60) seen.set(cell, found)
    return found
  }
}

/** In: a cell such as "VAR / reseller" or "Agentur". Out: the type it names, or null. */
export const readType = known((cell: string): string | null => firstKind(typeRules, cell)?.kind ?? null)

/** One of a list that a company edits: what records hold, and what people read. */
export type ListItem = { key: string; name: string; archived?: boolean }

/** A reader for a list of the company's own: its exact names first, then its names and the usual words for what it holds, whichever comes first. */
export function listReader(
  usual: readonly Rule<string>[],
  items: readonly ListItem[],
): (cell: string) => string | null {
  const live = items.filter(({ archived }) => !archived)
  const keys = new Set(live.map(({ key }) => key))
  const exact = new Map(
    live.flatMap(
      ({ key, name }) =>
        [
          [plainWords(key), key],
          [plainWords(name), key],
        ] as const,
    ),
  )
  const own = live
    .map(({ key, name }) => ({
      kind: key,
      word: plainWords(name),
      whole: true,
      bare: /[^\x20-\x7e]/.test(plainWords(name)),
    }))
    .filter(({ word }) => word.length > 1)
  const all = [...own, ...usual.filter(({ kind }) => keys.has(kind))]
  return known((cell) => exact.get(plainWords(cell)) ?? firstKind(all, cell)?.kind ?? null)
}

/** In: the company's types, where it has its own. Out: what reads a cell such as "VAR / reseller" into the key of one. */
export const typeReader = (types?: readonly ListItem[]) => (types ? listReader(typeRules, types) : readType)
/** In: the company's roles of contacts. Out: what reads a cell such as "Head of sales" into the key of one. */
export const roleReader = (roles?: readonly ListItem[]) =>
  listReader(roleRules, roles ?? Object.keys(roleWords).map((key) => ({ key, name: key.replace('_', ' ') })))

/** In: a cell such as "Portal" or "Internal only". Out: how the partner takes part, or null. */
export const readVia = (cell: string) => firstKind(viaRules, cell)?.kind ?? null

/** In: a cell such as "Onboarding - waiting on legal" or "dead". Out: the status, and whether the cell says no more than that. */
export const readStatus = known((cell: string): { status: SheetStatus; whole: boolean } | null => {
  const text = ` ${plainWords(cell)} `
  const denied =
    /^ (?:not|no|non|nicht|pas|nao|niet) (?:active|actif|activo|activa|aktiv|live|current|attivo|actief) $/.test(text)
  if (denied) return { status: 'dormant', whole: true }
  const found = firstKind(statusRules, cell)
  return found && { status: found.kind, whole: found.whole }
})
