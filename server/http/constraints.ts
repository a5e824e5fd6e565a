const fields: Record<string, { field: string; detail: string }> = {
  contacts_email: { field: 'email', detail: 'Someone at this partner has this address already.' },
  contacts_main: { field: 'is_main', detail: 'Someone else became the main contact at the same moment. Try again.' },
  partners_org_id_slug_key: {
    field: 'legal_name',
    detail: 'A partner with this name was added at the same moment. Try again.',
  },
  members_org_id_email_key: { field: 'email', detail: 'Someone on your team has this address already.' },
  members_org_id_person_id_key: { field: 'email', detail: 'This person is on your team already.' },
  tags_name: { field: 'name', detail: 'There is a tag with this name already.' },
  custom_fields_name: { field: 'name', detail: 'There is a field with this name already.' },
  partner_types_name: { field: 'name', detail: 'There is a type with this name already.' },
  contact_roles_name: { field: 'name', detail: 'There is a role with this name already.' },
  deal_stages_name: { field: 'name', detail: 'There is a stage with this name already.' },
  deals_stage_is_listed: { field: 'stage', detail: 'Choose one of the stages.' },
  partners_type_is_listed: { field: 'type', detail: 'Choose one of your types.' },
  contacts_role_is_listed: { field: 'role', detail: 'Choose one of your roles.' },
  shares_deal: { field: 'deal', detail: 'This deal is shared already.' },
  deals_org_id_our_owner_id_fkey: { field: 'our_owner_id', detail: 'Choose someone on your team.' },
  deals_org_id_partner_id_their_owner_id_fkey: { field: 'their_owner_id', detail: 'Choose someone at this partner.' },
  partners_org_id_owner_id_fkey: { field: 'owner_id', detail: 'Choose someone on your team.' },
  partner_members_org_id_member_id_fkey: { field: 'members', detail: 'Choose people on your team.' },
  partner_tags_org_id_tag_id_fkey: { field: 'tag_ids', detail: 'Choose tags that exist.' },
}

/** The field a named constraint speaks of, and what to do. In: its name. Out: undefined for one nobody can run into by hand. */
export function constraintField(name: string): { field: string; detail: string } | undefined {
  return fields[name]
}
