-- Who may call what. Nothing is anyone's by default.
do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as name, p.proname from pg_proc p where p.pronamespace in ('app'::regnamespace, 'portal'::regnamespace) loop
    execute format('revoke all on function %s from public', f.name);
    if f.proname in ('setting', 'org', 'member', 'team_role', 'contact', 'partner', 'channel', 'request', 'now', 'act', 'quiet', 'many') then
      execute format('grant execute on function %s to partnered_team, partnered_contact, partnered_views, partnered_system', f.name);
    elsif f.proname in ('hidden_partners', 'view_only_partners', 'changes_things', 'can_see_partner', 'can_work_with', 'can_decide_on', 'search_partners', 'send_mail', 'enqueue', 'import_of', 'log_event') then
      execute format('grant execute on function %s to partnered_team', f.name);
    elsif f.proname in ('permits', 'contact_sees') then
      execute format('grant execute on function %s to partnered_views, partnered_contact', f.name);
    elsif f.proname = 'record_read' or f.proname in ('begin_once', 'finish_once') then
      execute format('grant execute on function %s to partnered_team, partnered_contact', f.name);
    elsif f.proname like 'enter\_%' or f.proname in ('whereabouts', 'sessions_of', 'end_session', 'may_sign_in', 'try_allowed', 'clear_tries', 'setup_open', 'renew_setup', 'setup_link_lives', 'found_company',
      'invitation_of_token', 'accept_invitation', 'prefer_email', 'move_due', 'mail_to_send', 'mark_mail', 'renew_invitation_token', 'clear_file', 'make_partitions') then
      execute format('grant execute on function %s to partnered_system', f.name);
    end if;
  end loop;
end $$;

grant usage on schema app to partnered_team, partnered_contact, partnered_views, partnered_system;
grant usage on schema public to partnered_team, partnered_views;
grant usage on schema portal to partnered_contact, partnered_views;

-- The portal: every view readable, three columns of a deal changeable, a comment addable.
do $$
declare
  v record;
begin
  for v in select c.oid::regclass as name from pg_class c where c.relnamespace = 'portal'::regnamespace and c.relkind = 'v' loop
    execute format('grant select on %s to partnered_contact', v.name);
  end loop;
end $$;
grant update (answer, answer_reason, stage) on portal.deals to partnered_contact;
grant insert (id, deal_id, body), update (body, removed_at) on portal.entries to partnered_contact;
-- Handed over last: once they are not partnered_owner's, it cannot grant them.
do $$
declare
  v record;
begin
  for v in select c.oid::regclass as name from pg_class c where c.relnamespace = 'portal'::regnamespace and c.relkind = 'v' loop
    execute format('alter view %s owner to partnered_views', v.name);
  end loop;
end $$;

alter function portal.send_deal owner to partnered_views;

-- The sign-in library keeps people, sessions and codes; it reaches nothing else.
grant usage on schema auth to partnered_auth;
grant select, insert, update, delete on auth."user", auth.session, auth.account, auth.verification to partnered_auth;
