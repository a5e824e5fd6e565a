/**
 * What a valid call of every endpoint looks like, and who gets through with it. `@word` stands for an id: the walker puts the
 * caller's own, another partner's, another company's and nobody's in its place. A route without a contract is a red build.
 */
export type Contract = {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
  bytes?: string
  /** Who succeeds with ids of their own company's first partner. */
  ok: Group
}
export type Group = 'anyone' | 'nobody' | 'person' | 'team' | 'work' | 'decide' | 'admin' | 'contact' | 'updates'

const permissions = {
  sees_deals: true,
  sees_value: true,
  sees_customer_contact: false,
  sees_notes: true,
  updates_deals: true,
  sends_deals: false,
}
const access = { team_access: 'picked', members: [{ member_id: '@member', level: 'view' }], permissions }
const deal = {
  kind: 'lead',
  customer_company: 'A customer',
  ask: 'Call them',
  our_owner_id: '@member',
  their_owner_id: '@contact',
}
const sheet = 'Legal name,Email\nWalker Ltd,walker@walker.example\n'

export const contracts: Record<string, Contract> = {
  get_session: { ok: 'anyone' },
  sign_in_with_password: { body: { email: 'nobody@nowhere.example', password: 'not the password' }, ok: 'nobody' },
  send_code: { body: { email: 'nobody@nowhere.example' }, ok: 'anyone' },
  sign_in_with_code: { body: { email: 'nobody@nowhere.example', code: '000000' }, ok: 'nobody' },
  sign_out: { ok: 'anyone' },
  list_sessions: { ok: 'person' },
  // The session in the bag is the partner's own contact's.
  end_session: { params: { session: '@session' }, ok: 'updates' },
  get_setup: { body: { token: 'no such token' }, ok: 'anyone' },
  set_up_company: {
    body: {
      token: 'no such token',
      name: 'A',
      email: 'a@a.example',
      password: 'long enough to be one',
      company: 'A',
      time_zone: 'UTC',
      currency: 'EUR',
    },
    ok: 'nobody',
  },
  add_sample_data: { ok: 'admin' },
  remove_sample_data: { ok: 'admin' },

  get_company: { ok: 'team' },
  edit_company: { body: { version: 1, name: 'Another name' }, ok: 'admin' },
  list_members: { ok: 'team' },
  add_member: { body: { name: 'New', email: 'new@new.example', role: 'member' }, ok: 'admin' },
  edit_member: { params: { member: '@member' }, body: { version: '#member', name: 'Another name' }, ok: 'admin' },

  list_partners: { query: { tag: '@tag', owner: '@member' }, ok: 'team' },
  count_partners: { ok: 'team' },
  count_matching_partners: { query: { tag: '@tag', owner: '@member', q: 'nord' }, ok: 'team' },
  find: { query: { q: 'nord' }, ok: 'team' },
  preview_bulk: { body: { ids: ['@partner'], change: { add_tag_ids: ['@tag'] } }, ok: 'work' },
  change_many_partners: { body: { ids: ['@partner'], change: { add_tag_ids: ['@tag'] } }, ok: 'work' },
  list_saved_views: { ok: 'team' },
  add_saved_view: { body: { screen: 'partners', name: 'New', query: 'status=active', shared: true }, ok: 'work' },
  edit_saved_view: { params: { view: '@view' }, body: { version: '#view', name: 'New' }, ok: 'admin' },
  remove_saved_view: { params: { view: '@view' }, ok: 'admin' },
  restore_saved_view: { params: { view: '@removed' }, ok: 'admin' },
  pin_saved_view: { params: { view: '@view' }, body: { pinned: true }, ok: 'team' },
  check_partner: { body: { legal_name: 'Nordlicht GmbH', email: 'ana@nordlicht.example' }, ok: 'team' },
  add_partner: { body: { legal_name: 'Walker Ltd', email: 'w@walker.example', tag_ids: ['@tag'], access }, ok: 'work' },
  get_partner: { params: { slug: '@slug' }, ok: 'team' },
  edit_partner: {
    params: { partner: '@partner' },
    body: { version: '#partner', description: 'New', tag_ids: ['@tag'] },
    ok: 'work',
  },
  preview_archive: { params: { partner: '@partner' }, ok: 'decide' },
  archive_partner: { params: { partner: '@partner' }, ok: 'decide' },
  restore_partner: { params: { partner: '@partner' }, ok: 'decide' },
  get_partner_access: { params: { partner: '@partner' }, ok: 'team' },
  preview_partner_access: { params: { partner: '@partner' }, body: access, ok: 'decide' },
  edit_partner_access: { params: { partner: '@partner' }, body: { version: '#partner', ...access }, ok: 'decide' },
  get_partner_sight: { params: { partner: '@partner' }, query: { contact: '@contact' }, ok: 'team' },

  list_contacts: { params: { partner: '@partner' }, ok: 'team' },
  add_contact: { params: { partner: '@partner' }, body: { name: 'New', email: 'new@new.example' }, ok: 'work' },
  edit_contact: { params: { contact: '@contact' }, body: { version: '#contact', title: 'New' }, ok: 'work' },
  preview_contact_left: { params: { contact: '@contact' }, body: { successor_id: '@newcomer' }, ok: 'work' },
  contact_left: {
    params: { contact: '@contact' },
    body: { version: '#contact', successor_id: '@newcomer' },
    ok: 'work',
  },
  contact_came_back: { params: { contact: '@contact' }, ok: 'work' },
  remove_access: { params: { contact: '@contact' }, ok: 'work' },
  give_access_back: { params: { contact: '@contact' }, ok: 'work' },
  invite_contact: {
    params: { contact: '@newcomer' },
    body: { message: 'A message that is long enough to send.' },
    ok: 'work',
  },
  preview_invitation: { params: { contact: '@contact' }, body: { message: 'Hello' }, ok: 'team' },
  withdraw_invitation: { params: { invitation: '@invitation' }, ok: 'work' },
  copy_invitation_link: { params: { invitation: '@invitation' }, ok: 'work' },
  list_outsiders: { ok: 'team' },

  list_tags: { ok: 'team' },
  list_archived_tags: { ok: 'team' },
  add_tag: { body: { name: 'New' }, ok: 'admin' },
  edit_tag: { params: { tag: '@tag' }, body: { version: 1, meaning: 'New' }, ok: 'admin' },
  preview_tag_merge: { params: { tag: '@tag' }, body: { into: '@tag2' }, ok: 'admin' },
  merge_tags: { params: { tag: '@tag' }, body: { into: '@tag2' }, ok: 'admin' },
  list_acts: { ok: 'team' },
  undo_act: { params: { act: '@act' }, ok: 'admin' },
  list_lookalikes: { params: { partner: '@partner' }, ok: 'team' },
  get_twin: { params: { partner: '@partner' }, ok: 'team' },
  mark_different: { params: { partner: '@partner', other: '@twin' }, ok: 'work' },
  unmark_different: { params: { partner: '@partner', other: '@twin' }, ok: 'work' },
  preview_merge: { params: { partner: '@partner' }, body: { other: '@twin', take: ['phone'] }, ok: 'decide' },
  merge_partners: {
    params: { partner: '@partner' },
    body: { other: '@twin', take: ['phone'], version: '#partner', other_version: '#twin' },
    ok: 'decide',
  },
  list_ground_rules: { ok: 'team' },
  edit_ground_rule: { params: { rule: 'owner' }, body: { version: 1, is_on: false }, ok: 'admin' },
  confirm_main_contacts: { body: { partner_ids: ['@partner'] }, ok: 'work' },
  list_custom_fields: { ok: 'team' },
  add_custom_field: { body: { name: 'New', purpose: 'Why', kind: 'text' }, ok: 'admin' },
  edit_custom_field: { params: { field: '@field' }, body: { version: 1, purpose: 'Why' }, ok: 'admin' },
  order_custom_fields: { body: { ids: ['@field'] }, ok: 'nobody' },
  edit_custom_values: {
    params: { partner: '@partner' },
    body: { values: [{ field_id: '@field', value: 'New', was: 'Kept' }] },
    ok: 'work',
  },
  get_lists: { ok: 'team' },
  count_list_uses: { ok: 'team' },
  add_list_item: { params: { list: 'types' }, body: { name: 'New' }, ok: 'admin' },
  edit_list_item: { params: { list: 'types', item: '@type' }, body: { version: 1, name: 'Another' }, ok: 'admin' },
  order_list: { params: { list: 'types' }, body: { ids: ['@type'] }, ok: 'nobody' },

  list_deals: { query: { partner: '@partner', owner: '@member' }, ok: 'team' },
  get_deal: { params: { ref: '@ref' }, ok: 'team' },
  add_deal: { params: { partner: '@partner' }, body: { ...deal, share: true }, ok: 'work' },
  preview_deal: { params: { partner: '@partner' }, body: deal, ok: 'work' },
  edit_deal: {
    params: { deal: '@deal' },
    body: { version: '#deal', stage: 'Working', our_owner_id: '@member', their_owner_id: '@contact' },
    ok: 'work',
  },
  share_deal: { params: { deal: '@unshared' }, body: {}, ok: 'work' },
  stop_sharing_deal: { params: { deal: '@deal' }, ok: 'work' },
  list_deal_entries: { params: { deal: '@deal' }, ok: 'team' },
  add_deal_entry: { params: { deal: '@deal' }, body: { body: 'New', audience: 'partner' }, ok: 'work' },
  list_notes: { params: { partner: '@partner' }, ok: 'team' },
  add_note: { params: { partner: '@partner' }, body: { body: 'New', audience: 'team' }, ok: 'work' },
  share_note_copy: { params: { note: '@secret' }, body: { body: 'A copy' }, ok: 'work' },
  stop_sharing_note: { params: { note: '@note' }, ok: 'work' },
  list_colleagues: { params: { partner: '@partner' }, ok: 'team' },

  list_files: { params: { partner: '@partner' }, ok: 'team' },
  list_deal_files: { params: { deal: '@deal' }, ok: 'team' },
  begin_file: { params: { partner: '@partner' }, body: { name: 'walker.txt', size: 3, deal_id: '@deal' }, ok: 'work' },
  // What is being sent is its sender's alone: here the admin's.
  send_piece: { params: { file: '@upload', place: '0' }, bytes: 'abc', ok: 'admin' },
  finish_file: { params: { file: '@sent' }, body: { audience: 'partner' }, ok: 'admin' },
  give_up_file: { params: { file: '@upload' }, ok: 'admin' },
  share_file: { params: { file: '@unsharedfile' }, ok: 'work' },
  stop_sharing_file: { params: { file: '@file' }, ok: 'work' },
  remove_file: { params: { file: '@file' }, ok: 'work' },
  put_file_back: { params: { file: '@gonefile' }, ok: 'work' },
  get_file_content: { params: { file: '@file' }, query: { inline: '1' }, ok: 'team' },

  export_partners: { body: { format: 'csv', ids: ['@partner'] }, ok: 'work' },
  export_deals: { body: { format: 'csv', partner: '@partner' }, ok: 'work' },
  export_log: {
    body: { lens: 'changes', format: 'csv', partner: '@partner', record: '@deal' },
    ok: 'work',
  },
  export_company: { ok: 'admin' },
  get_company_contents: { ok: 'admin' },
  // With the right words the company would be gone: exports.test.ts does that.
  delete_company: { body: { name: 'Another company', password: 'not the password' }, ok: 'nobody' },

  start_import: { query: { file_name: 'walker.csv' }, bytes: sheet, ok: 'work' },
  get_import: { params: { import: '@import' }, ok: 'admin' },
  list_import_rows: { params: { import: '@import' }, ok: 'admin' },
  check_import: {
    params: { import: '@import' },
    body: { version: '#import', rows: [{ line: 2, decision: 'skip' }] },
    ok: 'admin',
  },
  list_imports: { ok: 'team' },
  run_import: { params: { import: '@import' }, body: { version: '#import' }, ok: 'admin' },
  cancel_import: { params: { import: '@import' }, ok: 'admin' },
  get_broken_rows: { params: { import: '@import' }, ok: 'admin' },
  list_parked_deals: { query: { import: '@import' }, ok: 'team' },
  place_parked_deal: { params: { parked: '@parked' }, body: { partner_id: '@partner' }, ok: 'admin' },
  discard_parked_deal: { params: { parked: '@parked' }, ok: 'admin' },

  list_inbox: { ok: 'team' },
  count_inbox: { ok: 'team' },
  read_inbox: { body: { ids: ['@notification'], read: true }, ok: 'team' },
  get_home: { ok: 'team' },
  list_review: { ok: 'team' },
  mark_reviewed: { params: { partner: '@partner' }, ok: 'work' },
  undo_reviewed: { params: { partner: '@partner' }, ok: 'work' },

  list_changes: { query: { partner: '@partner', record: '@deal', person: '@member' }, ok: 'team' },
  list_views: { query: { partner: '@partner', record: '@deal', person: '@contact' }, ok: 'team' },
  list_outbox: { ok: 'admin' },
  get_outbox_mail: { params: { mail: '@mail' }, ok: 'admin' },
  send_test_mail: { ok: 'admin' },

  get_workspace: { params: { workspace: '@workspace' }, ok: 'contact' },
  list_portal_deals: { params: { workspace: '@workspace' }, ok: 'contact' },
  get_portal_deal: { params: { workspace: '@workspace', ref: '@ref' }, ok: 'contact' },
  list_portal_entries: { params: { workspace: '@workspace', ref: '@ref' }, ok: 'contact' },
  answer_deal: { params: { workspace: '@workspace', ref: '@ref' }, body: { answer: 'accepted' }, ok: 'updates' },
  move_deal: { params: { workspace: '@workspace', ref: '@ref' }, body: { stage: 'Working' }, ok: 'updates' },
  add_portal_entry: { params: { workspace: '@workspace', ref: '@ref' }, body: { body: 'New' }, ok: 'updates' },
  list_portal_notes: { params: { workspace: '@workspace' }, ok: 'contact' },
  list_portal_files: { params: { workspace: '@workspace' }, query: { ref: '@ref' }, ok: 'contact' },
  get_portal_file_content: { params: { workspace: '@workspace', file: '@file' }, ok: 'contact' },
  list_portal_people: { params: { workspace: '@workspace' }, ok: 'contact' },
  read_invitation: { body: { token: 'no such token' }, ok: 'nobody' },
  accept_invitation: { body: { token: 'no such token' }, ok: 'nobody' },
  prefer_email: { body: { token: 'no such token' }, ok: 'nobody' },
}
