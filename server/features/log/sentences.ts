import { exportWords } from './export-words.ts'
import { type Changed, changesInWords, fieldList, type Names, valueWords } from './words.ts'

/** A row of the log with the names around it. */
export type Logged = {
  action: 'insert' | 'update' | 'delete' | 'event'
  table_name: string
  record_id: string | null
  changes: Changed
  who: string
  partner_name: string | null
  customer: string | null
  /** Of which file a share is. */
  file_name?: string | null
  currency: string | null
}
type Said = (it: Words) => string
type Words = Logged & {
  names: Names
  /** What changed, as a list of field names. */
  what: string
  /** The name of the record itself. */
  name: string
  partner: string
  deal: string
  was(field: string): string
  is(field: string): string
  /** Went from nothing to something. */
  came(field: string): boolean
  /** Went back to nothing. */
  went(field: string): boolean
  has(field: string): boolean
}

const listed = (it: Words, kind: string): string =>
  it.came('archived_at')
    ? `archived the ${kind} ${it.name}`
    : it.went('archived_at')
      ? `restored the ${kind} ${it.name}`
      : it.has('name')
        ? `renamed the ${kind} ${it.was('name')} to ${it.is('name')}`
        : `changed ${it.what} of the ${kind} ${it.name}`
const ruleNames: Record<string, string> = {
  legal_name: 'Legal name required',
  type: 'Type required',
  owner: 'Owner required',
  tags: 'Number of tags',
  main_contact: 'Main contact confirmed',
  quiet: 'Quiet',
}
/** What a share is of: a deal, a note, or a file by its name. */
const shared = (it: Words): string => {
  const file = it.file_name ?? it.names[String(it.changes.file_id?.[0] ?? it.changes.file_id?.[1] ?? '')]
  if (file || it.changes.file_id) return `the file ${file ?? 'no longer here'}`
  return it.changes.entry_id || !it.customer ? 'a note' : it.deal
}
const paused = (it: Words): string =>
  it.changes.paused_until?.[1]
    ? `paused ${it.deal} until ${it.is('paused_until')}`
    : it.went('paused_until')
      ? `ended the pause of ${it.deal}`
      : it.changes.protected_until?.[1]
        ? `protected ${it.deal} until ${it.is('protected_until')}`
        : it.went('protected_until')
          ? `ended the protection of ${it.deal}`
          : ''
const countDays = (n: number): string => `${n} ${n === 1 ? 'day' : 'days'}`
const theFile = (it: Words): string => `the file ${it.names[it.record_id ?? ''] ?? 'no longer here'}`

const valueSaid = (it: Words): string =>
  ['text_value', 'number_value', 'date_value', 'yes_value']
    .flatMap((field) => (it.has(field) ? it.is(field) : []))
    .find((it) => it !== 'nothing') ?? 'nothing'

const edits: Record<string, Said> = {
  organizations: (it) => `changed the company's ${it.what}`,
  members: (it) =>
    it.came('deactivated_at')
      ? `deactivated ${it.name}`
      : it.went('deactivated_at')
        ? `brought ${it.name} back`
        : it.has('role')
          ? `made ${it.name} ${it.is('role')}`
          : `changed ${it.what} of ${it.name}`,
  partners: (it) =>
    it.came('archived_at')
      ? `archived ${it.partner}`
      : it.went('archived_at')
        ? `restored ${it.partner}`
        : it.came('reviewed_at')
          ? `reviewed ${it.partner}`
          : it.went('reviewed_at')
            ? `put ${it.partner} back into the review`
            : it.has('legal_name')
              ? `renamed ${it.was('legal_name')} to ${it.is('legal_name')}`
              : it.has('reviewed_at')
                ? `reviewed ${it.partner}`
                : it.has('status')
                  ? `moved ${it.partner} to ${it.is('status')}`
                  : it.has('owner_id')
                    ? `made ${it.is('owner_id')} the owner of ${it.partner}`
                    : `changed ${it.what} of ${it.partner}`,
  partner_members: (it) =>
    `set ${it.names[String(it.changes.member_id?.[1] ?? '')] ?? 'someone'} to ${it.is('level').toLowerCase()} with ${it.partner}`,
  contacts: (it) =>
    it.came('access_removed_at')
      ? `removed the access of ${it.name} at ${it.partner}`
      : it.went('access_removed_at')
        ? `gave ${it.name} at ${it.partner} access again`
        : it.came('left_at')
          ? `noted that ${it.name} left ${it.partner}`
          : it.went('left_at')
            ? `noted that ${it.name} is back at ${it.partner}`
            : it.has('email') && it.went('person_id')
              ? `changed the email of ${it.name} at ${it.partner}, which ended the sign-in with the one before`
              : it.came('person_id')
                ? `came into the workspace of ${it.partner}`
                : it.changes.is_main?.[1] === true
                  ? `made ${it.name} the main contact of ${it.partner}`
                  : it.has('confirmed_at')
                    ? `confirmed ${it.name} at ${it.partner}`
                    : `changed ${it.what} of ${it.name} at ${it.partner}`,
  invitations: (it) =>
    it.came('accepted_at')
      ? `accepted the invitation to ${it.partner}`
      : it.came('declined_at')
        ? 'declined the invitation'
        : it.came('prefers_email_at')
          ? 'prefers email to the portal'
          : it.came('withdrawn_at')
            ? `withdrew an invitation at ${it.partner}`
            : `changed an invitation at ${it.partner}`,
  tags: (it) => listed(it, 'tag'),
  partner_types: (it) => listed(it, 'type'),
  contact_roles: (it) => listed(it, 'role'),
  deal_stages: (it) =>
    it.has('quiet_days')
      ? `made the stage ${it.name} quiet after ${it.changes.quiet_days?.[1] ? countDays(Number(it.changes.quiet_days[1])) : 'what the ground rule says'}`
      : listed(it, 'stage'),
  custom_fields: (it) => listed(it, 'field'),
  custom_values: (it) => `set ${it.is('field_id')} of ${it.partner} to ${valueSaid(it)}`,
  ground_rules: (it) => {
    const rule = ruleNames[String(it.changes.rule?.[1])] ?? 'a ground rule'
    if (it.has('is_on')) return `turned the rule ${rule} ${it.changes.is_on?.[1] ? 'on' : 'off'}`
    return `set the number of the rule ${rule} to ${it.is('amount')}`
  },
  imports: (it) =>
    it.changes.state?.[1] === 'done'
      ? 'imported a file'
      : it.changes.state?.[1] === 'running'
        ? 'started an import'
        : 'worked on an import',
  deals: (it) =>
    it.changes.answer?.[1] === 'accepted'
      ? `accepted ${it.deal}`
      : it.changes.answer?.[1] === 'declined'
        ? `declined ${it.deal}`
        : it.has('outcome')
          ? it.went('outcome')
            ? `opened ${it.deal} again`
            : `closed ${it.deal} as ${it.is('outcome')}`
          : it.has('stage')
            ? `moved ${it.deal} to ${it.is('stage')}`
            : it.has('paused_until') || it.has('protected_until')
              ? paused(it)
              : it.has('our_owner_id')
                ? `made ${it.is('our_owner_id')} our owner of ${it.deal}`
                : it.has('their_owner_id')
                  ? it.went('their_owner_id')
                    ? `left ${it.deal} without an owner at ${it.partner}`
                    : `made ${it.is('their_owner_id')} their owner of ${it.deal}`
                  : `changed ${it.what} of ${it.deal}`,
  entries: (it) => {
    const line = it.customer ? `comment on ${it.deal}` : `note on ${it.partner}`
    return it.came('removed_at')
      ? `removed a ${line}`
      : it.has('body')
        ? `edited a ${line}`
        : `changed a line about ${it.partner}`
  },
  files: (it) =>
    it.came('completed_at')
      ? `added ${theFile(it)} to ${it.partner}`
      : it.came('removed_at')
        ? `removed ${theFile(it)} from ${it.partner}`
        : it.went('removed_at')
          ? `put ${theFile(it)} back at ${it.partner}`
          : `changed ${theFile(it)} of ${it.partner}`,
  notice_settings: () => 'changed how they are told by email',
  contact_choices: () => 'changed when they get email',
  shares: (it) =>
    it.came('stopped_at')
      ? `stopped sharing ${shared(it)} with ${it.partner}`
      : `changed what ${it.partner} sees of ${it.deal}`,
}

const additions: Record<string, Said> = {
  organizations: () => 'founded the company',
  members: (it) => `added ${it.name} to the team`,
  partners: (it) => `added ${it.partner}`,
  partner_members: (it) => `let ${it.is('member_id')} ${it.is('level').toLowerCase()} with ${it.partner}`,
  contacts: (it) => `added ${it.name} at ${it.partner}`,
  invitations: (it) => `invited ${it.is('contact_id')} at ${it.partner}`,
  tags: (it) => `made the tag ${it.name}`,
  partner_types: (it) => `added the type ${it.name}`,
  contact_roles: (it) => `added the role ${it.name}`,
  deal_stages: (it) => `added the stage ${it.name}`,
  custom_fields: (it) => `added the field ${it.name}`,
  custom_values: (it) => `set ${it.is('field_id')} of ${it.partner} to ${valueSaid(it)}`,
  notice_settings: () => 'chose how they are told by email',
  contact_choices: () => 'chose when they get email',
  mutes: (it) => `wants no email about ${it.customer ? it.deal : it.partner}`,
  partner_tags: (it) => `tagged ${it.partner} with ${it.is('tag_id')}`,
  imports: (it) => `chose ${it.is('file_name')} for an import`,
  deals: (it) => (it.changes.sent_by_id?.[1] ? `sent ${it.deal} to the company` : `added ${it.deal} for ${it.partner}`),
  entries: (it) =>
    it.changes.copy_of_id
      ? `copied a note of the team for ${it.partner}`
      : it.customer
        ? `commented on ${it.deal}${it.changes.audience?.[1] === 'team' ? ', for the team only' : ''}`
        : `wrote a note on ${it.partner}${it.changes.audience?.[1] === 'team' ? ', for the team only' : ''}`,
  // What a contact brings is theirs from the start: nobody of the team shared it.
  shares: (it) => `shared ${shared(it)} with ${it.changes.shared_by ? it.partner : 'your team'}`,
  different_partners: (it) => `said that ${it.is('one_id')} and ${it.is('other_id')} are different companies`,
}

const removals: Record<string, Said> = {
  partners: (it) =>
    it.was('sample') === 'Yes' ? `removed the sample partner ${it.name}` : `took ${it.name} off the list of partners`,
  contacts: (it) => `took ${it.name} off the contacts of ${it.partner}`,
  partner_members: (it) => `took ${it.was('member_id')} off ${it.partner}`,
  invitations: (it) => `took back the invitation of ${it.was('contact_id')} before it left`,
  mutes: (it) => `wants email about ${it.customer ? it.deal : it.partner} again`,
  custom_values: (it) => `cleared ${it.was('field_id')} of ${it.partner}`,
  partner_tags: (it) => `took the tag ${it.was('tag_id')} off ${it.partner}`,
  shares: (it) => `took back the sharing of ${shared(it)} before it left`,
  different_partners: (it) => `took back that ${it.was('one_id')} and ${it.was('other_id')} are different companies`,
}

const events: Record<string, Said> = {
  merge: (it) => `merged ${String(it.changes.other ?? 'another partner')} into ${it.partner}`,
  access_reason: (it) => `said why the access of ${it.partner} changed: ${String(it.changes.reason ?? '')}`,
  invitation_link: (it) => `copied a new invitation link at ${it.partner}`,
  view_as: (it) => `looked at the portal of ${it.partner} as ${it.name}`,
  list_order: (it) => `put the ${String(it.changes.list)} into another order`,
  export: (it) => exportWords(it.changes, it.names),
  sign_in: () => 'signed in',
}

const kinds = { insert: additions, update: edits, delete: removals, event: events }
const plain: Record<Logged['action'], string> = {
  insert: 'added something',
  update: 'changed something',
  delete: 'removed something',
  event: 'did something',
}

/** The one place that turns a row of the log into words. Out: the sentence, and each field before and after. */
export function sentenceOf(it: Logged, names: Names): { sentence: string; changes: ReturnType<typeof changesInWords> } {
  const changes = changesInWords(it.changes, names, it.currency)
  const at = (field: string, side: 0 | 1) => it.changes[field]?.[side] ?? null
  const own = it.changes.legal_name ?? it.changes.name
  const words: Words = {
    ...it,
    names,
    what: fieldList(changes),
    name: names[it.record_id ?? ''] ?? String(own?.[1] ?? own?.[0] ?? 'someone no longer here'),
    partner: it.partner_name ?? String(it.changes.legal_name?.[1] ?? 'a partner no longer here'),
    deal: it.customer
      ? `the deal ${it.customer}`
      : `the deal ${String(it.changes.customer_company?.[1] ?? it.changes.customer_company?.[0] ?? 'no longer here')}`,
    was: (field) => valueWords(field, at(field, 0), names) ?? 'nothing',
    is: (field) => valueWords(field, at(field, 1), names) ?? 'nothing',
    came: (field) => Boolean(it.changes[field]) && at(field, 0) === null && at(field, 1) !== null,
    went: (field) => Boolean(it.changes[field]) && at(field, 0) !== null && at(field, 1) === null,
    has: (field) => field in it.changes,
  }
  const say = kinds[it.action][it.table_name]
  return { sentence: `${it.who} ${say ? say(words) : plain[it.action]}`, changes }
}
