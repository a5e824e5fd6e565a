/** Where people keep personal addresses. The first of each family is what a typo is measured against. */
const families: Record<string, string> = {
  gmail: 'gmail.com',
  googlemail: 'googlemail.com googlemail.de',
  outlook: 'outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.jp outlook.pt outlook.be outlook.dk',
  hotmail: 'hotmail.com hotmail.de hotmail.fr hotmail.es hotmail.it hotmail.co.uk hotmail.co.jp hotmail.be hotmail.nl',
  yahoo:
    'yahoo.com yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.co.uk yahoo.co.jp yahoo.co.in yahoo.com.br yahoo.com.mx yahoo.ca yahoo.com.au',
  icloud: 'icloud.com',
  protonmail: 'protonmail.com protonmail.ch',
  aol: 'aol.com aol.de aol.fr',
  live: 'live.com live.de live.fr live.co.uk live.nl msn.com me.com mac.com ymail.com rocketmail.com mail.com email.com',
  proton: 'proton.me pm.me tutanota.com fastmail.com zoho.com hey.com posteo.de mailbox.org',
  german: 'gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de arcor.de 1und1.de',
  french: 'orange.fr wanadoo.fr free.fr laposte.net sfr.fr bbox.fr neuf.fr',
  others:
    'libero.it virgilio.it tiscali.it telefonica.net ziggo.nl kpnmail.nl bluewin.ch wp.pl onet.pl o2.pl seznam.cz mail.ru yandex.ru yandex.com qq.com 163.com 126.com sina.com naver.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com comcast.net verizon.net att.net btinternet.com sky.com bigpond.com rediffmail.com uol.com.br bol.com.br',
}

export const freeMail = new Set(Object.values(families).flatMap((names) => names.split(' ')))

/** Long enough that a name one or two letters away is a slip and not another company. */
export const commonProviders = [
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'yahoo.com',
  'icloud.com',
  'googlemail.com',
  'protonmail.com',
  'fastmail.com',
  'hotmail.co.uk',
  'yahoo.co.uk',
  'yahoo.co.jp',
  't-online.de',
  'freenet.de',
  'laposte.net',
  'wanadoo.fr',
  'orange.fr',
]

/** Pages there belong to many companies, so the address says nothing about which one. */
export const sharedHosts = new Set(
  'linkedin.com facebook.com instagram.com twitter.com x.com youtube.com xing.com google.com sharepoint.com github.com medium.com crunchbase.com linktr.ee'.split(
    ' ',
  ),
)

/** Endings a mistyped one is measured against, commonest first. */
export const commonEndings =
  'com net org example de fr es it nl jp uk eu io ch at be se fi dk no pl pt ie us ca au br mx info biz cloud tech software digital agency solutions'.split(
    ' ',
  )

/** Kept free for use inside a network or in documentation, so no slip of the hand. */
export const reservedEndings = new Set(['example', 'test', 'invalid', 'localhost', 'local', 'internal', 'lan'])
