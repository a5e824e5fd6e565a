-- The roles of the cluster. Run by the administrator, under a lock, only when these lines changed.
do $$
declare
  name text;
begin
  foreach name in array array['partnered_owner', 'partnered_team', 'partnered_contact', 'partnered_system', 'partnered_views', 'partnered_auth', 'partnered_worker'] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I nologin noinherit', name);
    end if;
  end loop;
end $$;
