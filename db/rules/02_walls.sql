-- The outer wall of every table: nobody reaches another company's rows. Generated, never written by hand.
do $$
declare
  t record;
begin
  for t in
    select c.oid::regclass as name
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  loop
    execute format('alter table %s enable row level security', t.name);
    execute format('create policy company on %s as restrictive using (org_id = (select app.org())) with check (org_id = (select app.org()))', t.name);
    execute format('comment on policy company on %s is %L', t.name, 'Only rows of the company that this transaction was entered for.');
  end loop;
end $$;
