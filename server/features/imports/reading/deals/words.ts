import { firstKind, type ListItem, listReader, rules } from '../kinds.ts'
import type { DealKind } from './rows.ts'

// Beginnings of words. Those with a dot are whole words; a hyphen stands for a space. The first that occurs in a cell decides.
const kindWords: Record<DealKind, string> = {
  lead: 'lead piste. pistes. interessent kontaktanfrage prospecto oportunidad リード 引き合い 見込み客 見込客',
  referral:
    'referr referal refer. referred. intro. introduc empfehl vermittl weiterempf tipp. recommand apport prescri parrain recomend referid referenci derivad segnalat 紹介 リファラル 送客',
  co_sell:
    'co-sell co-selling. cosell cosale co-sale joint jointly. together. both. gemeinsam co-verkauf. co-vertrieb. conjoint co-vente. covente ensemble. venta-conjunta. co-venta. coventa conjunt 共同 協業 コセル コセリング 同行',
}

const stageWords = {
  New: 'new. neu. neue. neuer. nouveau nouvelle nuevo nueva open. offen. identified inbound. incoming. fresh. unqualified to-do. todo. backlog a-contacter. por-contactar. 新規 未着手 初期 新着',
  Working:
    'qualif working work. discover meeting. demo evaluat evaluier poc. pilot pilote piloto in-progress. progress. in-arbeit. arbeit laufend. en-cours. en-curso. en-proceso. engaged develop contacted. kontaktiert contact-pris. contactado bearbeit analys active. aktiv. 進行 商談中 対応中 検討 ヒアリング デモ 有望 評価 案件化 アプローチ',
  Proposal:
    'propos angebot offre oferta presupuesto devis quot offer. negoti verhandl negoc contract. contrat. contrato. vertrag legal. commit verbal procurement shortlist. finale. 提案 見積 交渉 契約 稟議 最終 内示',
  won: 'won. win. gewonnen. auftrag. signed. gagne gagnee remporte ganad ganado ganada firmado firmada vinto vinta 受注 成約 獲得',
  lost: 'lost. lose. losing. verloren perdu perdue perdid perso persa dead. no-decision. cancel abgesagt abgelehnt declin rejected. disqualif abandon descartad 失注 敗退 見送 中止 辞退',
}

const directionWords: Record<'given' | 'received', string> = {
  given:
    'us. we. our. ours. me. wir. uns. unser von-uns. nous. notre nosotros nuestro nuestra own. self. selbst. internal outbound outgoing. given. sent. gave. abgegeben donne dado enviado 自社 当社 弊社 社内 我々',
  received:
    'them. they. their theirs. partner partenaire socio sie. ihnen. ihr. ihrer. die. eux. leur ellos ellas suyo suya el-socio. le-partenaire. inbound incoming. received. got. erhalten recu recibido reseller revendeur revendedor handler 先方 パートナー 代理店 相手 他社',
}

const kindRules = rules(kindWords)
const stageRules = rules(stageWords)
const directionRules = rules(directionWords)

/** In: a cell such as "co-sell" or "Empfehlung". Out: the kind it names, or null. */
export const readKind = (cell: string): DealKind | null => firstKind(kindRules, cell)?.kind ?? null

export const usualStages: readonly ListItem[] = ['New', 'Working', 'Proposal'].map((key) => ({ key, name: key }))
const outcomes: readonly ListItem[] = [
  { key: 'won', name: 'Won' },
  { key: 'lost', name: 'Lost' },
]
/** In: the company's stages, where it has its own. Out: what reads a cell such as "negotiation" or "closed won" into the key of a stage or an outcome. */
export const stageReader = (stages: readonly ListItem[] = usualStages) =>
  listReader(stageRules, [...stages, ...outcomes])

/** In: a cell such as "us", "partner" or "先方". Out: who gave the deal to whom, or null. */
export const readDirection = (cell: string): 'given' | 'received' | null =>
  firstKind(directionRules, cell)?.kind ?? null
