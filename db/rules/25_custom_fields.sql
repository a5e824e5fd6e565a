-- Everyone on the team reads which fields there are; admins make and change them.
create policy team_reads on custom_fields for select to partnered_team using ((select app.member()) is not null);
create policy admin_adds on custom_fields for insert to partnered_team with check ((select app.team_role()) = 'admin');
create policy admin_changes on custom_fields for update to partnered_team using ((select app.team_role()) = 'admin');
grant select, insert on custom_fields to partnered_team;
-- What a field holds never changes, so no value is ever lost to it.
grant update (name, purpose, choices, place, archived_at) on custom_fields to partnered_team;

-- What stands in a field goes with its partner: seen with it, written by who may work with it.
create policy team_reads on custom_values for select to partnered_team
  using ((select app.member()) is not null and partner_id not in (select app.hidden_partners()));
create policy team_adds on custom_values for insert to partnered_team
  with check ((select app.changes_things()) and partner_id not in (select app.view_only_partners()));
create policy team_changes on custom_values for update to partnered_team
  using ((select app.changes_things()) and partner_id not in (select app.view_only_partners()));
create policy team_removes on custom_values for delete to partnered_team
  using ((select app.changes_things()) and partner_id not in (select app.view_only_partners()));
grant select, insert, delete on custom_values to partnered_team;
grant update (text_value, number_value, date_value, yes_value, updated_at) on custom_values to partnered_team;

-- Ten fields at most that are not archived. Two people who add the tenth at the same moment wait for each other.
create or replace function app.check_ten_fields() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if new.archived_at is null then
    perform from organizations o where o.org_id = new.org_id for update;
    if (select count(*) from custom_fields f where f.org_id = new.org_id and f.archived_at is null and f.id <> new.id) >= 10 then
      raise exception 'Ten fields are in use, and ten is the most. Archive one first.' using errcode = 'P0422', column = 'name';
    end if;
  end if;
  return new;
end $$;
drop trigger if exists check_ten on custom_fields;
create trigger check_ten before insert or update of archived_at on custom_fields
  for each row execute function app.check_ten_fields();

-- A value has the form of its field.
create or replace function app.check_custom_value() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if not exists (
    select from custom_fields f
    where f.org_id = new.org_id and f.id = new.field_id
      and case f.kind when 'number' then new.number_value is not null when 'date' then new.date_value is not null
        when 'yes_no' then new.yes_value is not null else new.text_value is not null end)
  then
    raise exception 'This is not what the field holds.' using errcode = 'P0422', column = 'custom';
  end if;
  return new;
end $$;
drop trigger if exists check_form on custom_values;
create trigger check_form before insert or update on custom_values for each row execute function app.check_custom_value();
