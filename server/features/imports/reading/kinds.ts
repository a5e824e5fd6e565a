import { plainWords } from './cells.ts'

export type PartnerType = 'reseller' | 'distributor' | 'agency' | 'technology' | 'referral'
export type SheetStatus = 'onboarding' | 'active' | 'dormant' | 'archived'

// Beginnings of words. Those with a dot are whole words. The first that occurs in a cell decides.
const typeWords: Record<PartnerType, string> = {
  reseller:
    'resell re-sell var. vars. resale wiederverk handler. haendler. handelspartner fachhandel revend revente revendedor rivend wederverk dealer 販売代理店 再販 リセラー 販売店 販売パートナー 특약점',
  distributor:
    'distri disti. distis. wholesale grosshand grosshandel grossist grossiste mayorista groothandel vertriebspartner 卸 ディストリ 販社 流通',
  agency:
    'agenc agency agentur agence agencia agenzia agentschap marketing werbe 代理店 エージェンシー 広告 マーケティング',
  technology:
    'tech techn isv. isvs. technolog integrat software vendor. tecnol tecnico technologie 技術 テクノロジー テック ソフトウェア 連携 インテグレ',
  referral:
    'referr referal referer refer. refers. introducer affiliat vermittl empfehl tippgeber apporteur prescri recommand parrain referen refere recomend doorverw segnalat 紹介 リファラル 送客',
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

type Rule<Kind> = { kind: Kind; word: string; whole: boolean; bare: boolean }

function rules<Kind extends string>(words: Record<Kind, string>): Rule<Kind>[] {
  return (Object.keys(words) as Kind[]).flatMap((kind) =>
    words[kind].split(' ').map((word) => {
      const whole = word.endsWith('.')
      const text = (whole ? word.slice(0, -1) : word).replaceAll('-', ' ')
      return { kind, word: text, whole, bare: /[^\x20-\x7e]/.test(text) }
    }),
  )
}

const typeRules = rules(typeWords)
const statusRules = rules(statusWords)

/** The kind whose word comes first in the cell; among words at one place the longest decides. */
function firstKind<Kind extends string>(
  all: readonly Rule<Kind>[],
  cell: string,
): { kind: Kind; whole: boolean } | null {
  const text = ` ${plainWords(cell)} `
  if (text.length > 120) return null
  let best: { kind: Kind; at: number; length: number; word: string } | null = null
  for (const { kind, word, whole, bare } of all) {
    const at = bare ? text.indexOf(word) : text.indexOf(whole ? ` ${word} ` : ` ${word}`) + 1
    if (bare ? at < 0 : at < 1) continue
    if (!best || at < best.at || (at === best.at && word.length > best.length))
      best = { kind, at, length: word.length, word }
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
export const readType = known((cell: string): PartnerType | null => firstKind(typeRules, cell)?.kind ?? null)

/** In: a cell such as "Onboarding - waiting on legal" or "dead". Out: the status, and whether the cell says no more than that. */
export const readStatus = known((cell: string): { status: SheetStatus; whole: boolean } | null => {
  const text = ` ${plainWords(cell)} `
  const denied =
    /^ (?:not|no|non|nicht|pas|nao|niet) (?:active|actif|activo|activa|aktiv|live|current|attivo|actief) $/.test(text)
  if (denied) return { status: 'dormant', whole: true }
  const found = firstKind(statusRules, cell)
  return found && { status: found.kind, whole: found.whole }
})
