import type { Tx } from '#server/db/actor.ts'
import { inDraft } from '#server/db/exposure.ts'
import { sql } from '#server/db/sql.ts'
import { difference, isAnything } from '#server/features/access/difference.ts'
import { classesOf, type Seen, seenBy, seesNothing } from '#server/features/access/eyes.ts'
import { counted } from '#server/features/access/sentences.ts'
import { beginAct } from '#server/features/acts/acts.ts'
import { conflict, invalid } from '#server/http/errors.ts'
import type * as api from '#shared/contacts.ts'
import type { Contact } from '#shared/contacts.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import { contactToChange, makeMain, readContact } from './contacts.ts'

type Handover = Given<typeof api.previewContactLeft>['body']
type Taking = { deals: Contact | null; main: Contact | null }
const days_to_undo = 30

/** Whoever takes over is there: at the same partner, and not gone themselves. */
async function takerOf(
  tx: Tx,
  contact: Contact,
  id: string | null | undefined,
  field: string,
): Promise<Contact | null> {
  if (!id) return null
  const refused = invalid(field, 'Choose someone who is at this partner.')
  const taker = await readContact(tx, id).catch(() => {
    throw refused
  })
  if (taker.partner_id !== contact.partner_id || taker.left_at || taker.id === contact.id) throw refused
  return taker
}

async function takingOf(tx: Tx, contact: Contact, { successor_id, main_id }: Handover): Promise<Taking> {
  if (contact.left_at) throw conflict(`${contact.name} has left already.`, contact)
  if (main_id && !contact.is_main) throw invalid('main_id', `${contact.name} is not the main contact.`)
  return {
    deals: await takerOf(tx, contact, successor_id, 'successor_id'),
    main: await takerOf(tx, contact, main_id, 'main_id'),
  }
}

async function leave(tx: Tx, contact: Contact, { deals, main }: Taking): Promise<void> {
  if (deals)
    await tx.run(sql`
      update deals set their_owner_id = ${deals.id}::uuid where their_owner_id = ${contact.id}::uuid and outcome is null`)
  await tx.run(sql`update contacts set left_at = app.now() where id = ${contact.id}::uuid`)
  if (main) await makeMain(tx, contact.partner_id, main.id)
}

const openDeals = (tx: Tx, owner: string) =>
  tx.rows<Answer<typeof api.previewContactLeft>['deals'][number]>(sql`
    select id, ref, customer_company, stage from deals
    where their_owner_id = ${owner}::uuid and outcome is null order by last_activity_at desc, id desc`)

const deals = (n: number) => `${n} open ${n === 1 ? 'deal' : 'deals'}`
const moves = (n: number, to: Contact | null) =>
  to
    ? `${deals(n)} ${n === 1 ? 'moves' : 'move'} to ${to.name}.`
    : `${deals(n)} ${n === 1 ? 'stays' : 'stay'} without an owner there.`

/** What leaving would do: deals that move, what each colleague there sees more or less, what ends. Changes nothing. */
export async function previewContactLeft(
  tx: Tx,
  id: string,
  handover: Handover,
): Promise<Answer<typeof api.previewContactLeft>> {
  const contact = await contactToChange(tx, id)
  const taking = await takingOf(tx, contact, handover)
  const owned = await openDeals(tx, id)
  const classes = await classesOf(tx, contact.partner_id, [id, ...(taking.deals ? [taking.deals.id] : [])])
  const others = classes.filter(({ asked }) => asked !== id)
  const look = async () => {
    const seen: Seen[] = []
    for (const { asked } of others) seen.push(await seenBy(tx, asked))
    return seen
  }
  const before = await look()
  const after = await inDraft(tx, async () => {
    await leave(tx, contact, taking)
    return look()
  })
  const changes = others
    .map(({ names }, at) => difference(names, before[at] ?? seesNothing, after[at] ?? seesNothing))
    .filter(isAnything)
  const { state } = contact.invitation
  const who = (names: string[]) => names.join(' and ')
  return {
    deals: owned,
    sentences: [
      ...(owned.length ? [moves(owned.length, taking.deals)] : []),
      ...changes.flatMap(({ names, appears, disappears }) => [
        ...counted([appears]).map((what) => `${who(names)} will now see ${what}.`),
        ...counted([disappears]).map((what) => `${who(names)} will no longer see ${what}.`),
      ]),
      ...(taking.main
        ? [`${taking.main.name} becomes the main contact.`]
        : contact.is_main
          ? ['Nobody is the main contact then.']
          : []),
      ...(contact.can_sign_in ? [`${contact.name} is signed out now and won't be told.`] : []),
      ...(state === 'sending' || state === 'sent' || state === 'bounced'
        ? ['The open invitation is withdrawn. Its link ends at once.']
        : []),
      `What ${contact.name} wrote and did stays, under that name.`,
    ],
  }
}

/** They left. Open deals go to whom one names, else they have no owner there; all of it is one act that can be undone. */
export async function contactLeft(
  tx: Tx,
  id: string,
  { version, ...handover }: Given<typeof api.contactLeft>['body'],
): Promise<Answer<typeof api.contactLeft>> {
  const contact = await contactToChange(tx, id)
  if (contact.version !== version) throw conflict('Someone changed this contact since you opened it.', contact)
  const taking = await takingOf(tx, contact, handover)
  const owned = await openDeals(tx, id)
  const said = `Noted that ${contact.name} left.${owned.length ? ` ${moves(owned.length, taking.deals)}` : ''}`
  const act = await beginAct(tx, 'left', said, days_to_undo * 24)
  await leave(tx, contact, taking)
  return { contact: await readContact(tx, id), act }
}

/** They are there again, with the access they had. What went to others stays with them. */
export async function contactCameBack(tx: Tx, id: string): Promise<Contact> {
  await contactToChange(tx, id)
  await tx.run(sql`update contacts set left_at = null where id = ${id}::uuid and left_at is not null`)
  return readContact(tx, id)
}
