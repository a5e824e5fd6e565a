import { idOf as id, past, type Row, soon, type Tables } from './ids.ts'

export const members = [
  ['admin', 'admin'],
  ['owner', 'member'],
  ['worker', 'member'],
  ['viewer', 'member'],
  ['outsider', 'member'],
  ['reader', 'read_only'],
  ['readpick', 'read_only'],
] as const
const all = {
  sees_deals: true,
  sees_value: true,
  sees_customer_contact: true,
  sees_notes: true,
  updates_deals: true,
  sends_deals: true,
}
export const partners: Record<string, Row> = {
  open: { ...all },
  masked: { ...all, sees_value: false, sees_customer_contact: false },
  // Of one website with two more: one is picked, one archived.
  nodeals: { ...all, sees_deals: false, domain: 'alike.example' },
  nonotes: { ...all, sees_notes: false, sends_deals: false, updates_deals: false },
  noupdate: { ...all, updates_deals: false },
  archived: { ...all, archived_at: past, domain: 'alike.example' },
  // Its twin is open and lets everybody see everything.
  closed: { ...Object.fromEntries(Object.keys(all).map((row) => [row, false])), archived_at: past },
  picked: { ...all, team_access: 'picked', domain: 'alike.example' },
  picked2: { ...all, team_access: 'picked', owner_id: id('m_worker') },
  readers: { ...all, owner_id: id('m_reader') },
  sampled: { ...all, sample: true },
}
const contacts: Record<string, Row> = {
  all: { sees: 'all', is_main: true, role: 'sales' },
  own: { sees: 'own', role: 'tech' },
  left: { sees: 'all', left_at: past, role: 'finance' },
  removed: { sees: 'all', access_removed_at: past },
}

/** What stands around one partner. */
export function partnerRows(word: string, more: Row, tables: Tables): void {
  const partner_id = id(`p_${word}`)
  const of = (name: string) => id(`${name}_${word}`)
  const at = { created_at: past, updated_at: past }
  tables.partners?.push({
    id: partner_id,
    slug: word,
    workspace: `${word}-ws`,
    legal_name: `mk ${word}`,
    name_key: word,
    owner_id: id('m_owner'),
    team_access: 'everyone',
    last_activity_at: past,
    ...at,
    ...more,
  })
  tables.partner_slugs?.push({ slug: `old-${word}`, partner_id })
  tables.merged_records?.push({ old_id: of('was'), partner_id, act_id: id('act_owner') })
  tables.partner_tags?.push({ partner_id, tag_id: id('t_gold') })
  tables.custom_values?.push({ partner_id, field_id: id('f_text'), text_value: `mk custom ${word}`, updated_at: past })
  const picks: [string, 'view' | 'work'][] =
    word === 'picked2'
      ? [
          ['m_outsider', 'work'],
          // On this and on picked, where they work with neither.
          ['m_viewer', 'view'],
        ]
      : [
          ['m_worker', 'work'],
          ['m_viewer', 'view'],
          ['m_readpick', 'work'],
        ]
  for (const [who, level] of picks)
    tables.partner_members?.push({ partner_id, member_id: id(who), level, created_at: past })
  for (const [name, row] of Object.entries(contacts))
    tables.contacts?.push({
      id: of(name),
      partner_id,
      name: `mk ${name} ${word}`,
      email: `${name}@${word}.example`,
      person_id: `person_${name}_${word}`,
      is_main: false,
      ...at,
      ...row,
    })
  tables.invitations?.push(
    {
      id: of('inv'),
      partner_id,
      contact_id: of('all'),
      message: `mk invitation of ${word}, long enough`,
      sent_by: id('m_owner'),
      effective_at: past,
      expires_at: soon,
      ...at,
    },
    {
      id: of('invh'),
      partner_id,
      contact_id: of('all'),
      message: `mk held invitation of ${word}`,
      sent_by: id('m_worker'),
      effective_at: soon,
      expires_at: soon,
      ...at,
    },
    {
      id: of('invown'),
      partner_id,
      contact_id: of('own'),
      message: `mk invitation of a colleague at ${word}`,
      sent_by: id('m_invited'),
      effective_at: past,
      expires_at: soon,
      ...at,
    },
  )
  const deal = (name: string, row: Row = {}) =>
    tables.deals?.push({
      id: of(name),
      ref: `D-${name}-${word}`,
      partner_id,
      kind: 'lead',
      customer_company: `mk ${name} ${word}`,
      customer_contact_name: `mk jane ${name} ${word}`,
      customer_contact_email: `jane@${name}.example`,
      customer_contact_phone: `mk phone ${name}`,
      value_minor: 100,
      currency: 'EUR',
      ask: `mk ask ${name} ${word}`,
      our_owner_id: id('m_owner'),
      their_owner_id: null,
      turn_since: past,
      stage_since: past,
      last_activity_at: past,
      shown_activity_at: past,
      ...at,
      ...row,
    })
  const share = (name: string, row: Row) =>
    tables.shares?.push({
      id: of(`s${name}`),
      partner_id,
      shared_by: id('m_owner'),
      shared_at: past,
      effective_at: past,
      updated_at: past,
      ...row,
    })
  deal('dshared', { shared_from: past, turn_by: of('own') })
  share('dshared', { deal_id: of('dshared') })
  deal('dtheirs', { shared_from: past, their_owner_id: of('own') })
  share('dtheirs', { deal_id: of('dtheirs') })
  deal('dhide', { shared_from: past, show_value: false, show_customer_contact: false })
  share('dhide', { deal_id: of('dhide'), show_value: false, show_customer_contact: false })
  deal('dshow', {
    shared_from: past,
    show_value: true,
    show_customer_contact: true,
    our_owner_id: id(`m_at_${word}`),
    turn_by: id(`m_at_${word}`),
  })
  share('dshow', { deal_id: of('dshow'), show_value: true, show_customer_contact: true })
  deal('dheld', { shared_from: soon, our_owner_id: id('m_held') })
  share('dheld', { deal_id: of('dheld'), effective_at: soon })
  deal('dstopped')
  share('dstopped', { deal_id: of('dstopped'), stopped_at: past, stopped_by: id('m_owner') })
  deal('dnever')
  deal('dleft', { shared_from: past, their_owner_id: of('left'), stage: 'Kept' })
  share('dleft', { deal_id: of('dleft') })
  deal('dgone', { shared_from: past, their_owner_id: of('removed'), our_owner_id: id('m_viewer') })
  share('dgone', { deal_id: of('dgone') })
  // Shared, stopped, and shared again.
  share('dbefore', { deal_id: of('dshared'), stopped_at: past, stopped_by: id('m_owner') })
  deal('dwon', { shared_from: past, outcome: 'won', outcome_at: past })
  share('dwon', { deal_id: of('dwon') })
  // They sent these: one waits for our answer, one was taken.
  for (const [name, answer] of [
    ['dsent', 'pending'],
    ['dtaken', 'accepted'],
  ] as const) {
    const in_pipeline = answer === 'accepted'
    const sent = { direction: 'received', answer, in_pipeline, sent_by_id: of('own'), their_owner_id: of('own') }
    deal(name, { ...sent, shared_from: past, show_value: true, show_customer_contact: true })
    share(name, { deal_id: of(name), shared_by: null, show_value: true, show_customer_contact: true })
  }
  const entry = (name: string, row: Row) =>
    tables.entries?.push({
      id: of(name),
      partner_id,
      kind: 'comment',
      audience: 'team',
      body: `mk ${name} ${word}`,
      member_id: id('m_owner'),
      ...at,
      ...row,
    })
  entry('eteam', { deal_id: of('dshared'), member_id: id('m_team') })
  entry('epartner', { deal_id: of('dshared'), audience: 'partner', member_id: id(`m_says_${word}`) })
  entry('eheld', { deal_id: of('dheld'), audience: 'partner', member_id: id('m_saidheld') })
  entry('etheirs', { deal_id: of('dtheirs'), audience: 'partner', member_id: null, contact_id: of('own') })
  entry('ehidden', { deal_id: of('dstopped'), audience: 'partner', member_id: id('m_worker') })
  entry('nteam', { kind: 'note' })
  tables.entry_versions?.push({ id: of('vteam'), entry_id: of('nteam'), body: `mk before ${word}`, at: past })
  // What is theirs to say better, and what only looks so: team only, no comment, removed, on a deal they no longer see.
  const theirs = { deal_id: of('dtheirs'), audience: 'partner', member_id: null, contact_id: of('own') }
  entry('eodd', { ...theirs, audience: 'team' })
  entry('eanswer', { ...theirs, kind: 'answer', body: null })
  entry('egone', { ...theirs, body: null, removed_at: past })
  entry('elost', { ...theirs, deal_id: of('dstopped') })
  // On what they sent themselves, before it was taken and after.
  entry('esent', { ...theirs, deal_id: of('dsent') })
  entry('etaken', { ...theirs, deal_id: of('dtaken') })
  tables.mentions?.push({ entry_id: of('nteam'), member_id: id('m_owner') })
  // Each has written one, so that only what they may do there decides.
  if (['open', 'picked', 'archived'].includes(word))
    for (const [who] of members) {
      entry(`mine_${who}`, { kind: 'note', member_id: id(`m_${who}`) })
      entry(`gone_${who}`, { kind: 'note', member_id: id(`m_${who}`), body: null, removed_at: past })
      entry(`moved_${who}`, { kind: 'stage', member_id: id(`m_${who}`), body: null, deal_id: of('dnever') })
    }
  entry('nshared', { kind: 'note', audience: 'partner', shared_from: past, member_id: id(`m_notes_${word}`) })
  share('nshared', { entry_id: of('nshared') })
  entry('nheld', { kind: 'note', audience: 'partner', shared_from: soon, member_id: id('m_noteheld') })
  share('nheld', { entry_id: of('nheld'), effective_at: soon })
  entry('nstop', { kind: 'note', audience: 'partner', member_id: id('m_notestopped') })
  share('nstop', { entry_id: of('nstop'), stopped_at: past, stopped_by: id('m_owner') })
  const file = (name: string, row: Row, shared?: Row) => {
    tables.files?.push({
      id: of(name),
      partner_id,
      name: `mk ${name} ${word}`,
      media_type: 'text/plain',
      // Of two pieces, the first of which is here.
      size: 300_000,
      sha256: '0'.repeat(64),
      member_id: id('m_owner'),
      completed_at: past,
      ...at,
      ...row,
    })
    tables.file_chunks?.push({ file_id: of(name), place: 0, bytes: `mk ${name} ${word}` })
    if (shared) share(name, { file_id: of(name), ...shared })
  }
  file('fteam', {})
  file('fshared', { shared_from: past, member_id: id(`m_files_${word}`) }, {})
  file('ftheirs', { shared_from: past, member_id: null, contact_id: of('own') }, {})
  file('fheld', { shared_from: soon, member_id: id('m_fileheld') }, { effective_at: soon })
  file('fstop', { member_id: id('m_filestopped') }, { stopped_at: past, stopped_by: id('m_owner') })
  file('fgone', { shared_from: past, removed_at: past, member_id: id('m_filegone') }, {})
  file('fdeal', { deal_id: of('dshared'), shared_from: past, member_id: id(`m_fdeal_${word}`) }, {})
  file('fdealtheirs', { deal_id: of('dtheirs'), shared_from: past }, {})
  file('fdealheld', { deal_id: of('dheld'), shared_from: past, member_id: id('m_fileondheld') }, {})
  file('fdealnever', { deal_id: of('dnever'), shared_from: past, member_id: id('m_fileondnever') }, {})
  for (const [who] of members)
    file(`fpart_${who}`, { media_type: null, sha256: null, completed_at: null, member_id: id(`m_${who}`) })
  tables.notifications?.push(
    { id: of('note_o'), member_id: id('m_owner'), kind: 'comment', partner_id, key: `o ${word}`, created_at: past },
    { id: of('note_x'), member_id: id('m_outsider'), kind: 'comment', partner_id, key: `x ${word}`, created_at: past },
  )
  for (const who of ['owner', 'outsider', 'reader'])
    tables.mutes?.push({ id: of(`mute_${who}`), member_id: id(`m_${who}`), partner_id, created_at: past })
  for (const who of Object.keys(contacts))
    tables.contact_choices?.push({ contact_id: of(who), choice: 'weekly', updated_at: past })
  tables.contact_notices?.push({
    id: of('told'),
    contact_id: of('all'),
    deal_id: of('dshared'),
    kind: 'asked',
    key: 'told',
    created_at: past,
  })
  tables.mail_links?.push({
    id: of('link'),
    purpose: 'prefs',
    token_hash: `hash ${word}`,
    contact_id: of('all'),
    class: 'asked',
    created_at: past,
    expires_at: soon,
  })
  // The history of what became part of it stands under the old id.
  for (const id of [partner_id, of('was')]) {
    tables.audit_rows?.push({
      at: past,
      channel: 'app',
      action: 'event',
      table_name: 'x',
      record_id: of('dshared'),
      partner_id: id,
      changes: '{}',
    })
    tables.read_records?.push({
      at: past,
      channel: 'portal',
      kind: 'deal',
      partner_id: id,
      record_ids: [of('dshared')],
      fields: ['ask'],
    })
  }
  tables.outbox?.push({
    id: of('mail'),
    kind: 'invitation',
    partner_id,
    contact_id: of('all'),
    message_id: `${word}@x`,
    due_at: past,
    ...at,
  })
}
