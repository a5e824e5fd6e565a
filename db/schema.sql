-- The whole database, printed from its catalogs by "npm run schema". Change db/migrations and db/rules, not this file.

-- ── Roles, extensions, schemas ────────────────────────────────────────────────────────────────

create role partnered_auth nologin noinherit;
create role partnered_contact nologin noinherit;
create role partnered_owner nologin noinherit;
create role partnered_system nologin noinherit;
create role partnered_team nologin noinherit;
create role partnered_views nologin noinherit;
create role partnered_worker nologin noinherit;
grant partnered_views to partnered_owner;

create extension btree_gin with schema public;
create extension pg_trgm with schema public;
create extension unaccent with schema public;

create schema app;
grant usage on schema app to partnered_contact;
grant usage on schema app to partnered_system;
grant usage on schema app to partnered_team;
grant usage on schema app to partnered_views;

create schema auth;
grant usage on schema auth to partnered_auth;

create schema migrations;

create schema portal;
grant create on schema portal to partnered_views;
grant usage on schema portal to partnered_contact;
grant usage on schema portal to partnered_views;

grant create on schema public to partnered_owner;
grant usage on schema public to partnered_owner;
grant usage on schema public to public;

-- ── Tables ────────────────────────────────────────────────────────────────────────────────────

create table app.deleted_companies (
  id uuid not null,
  name text not null,
  at timestamp with time zone not null,
  by_whom text not null,
  counts jsonb not null,
  constraint deleted_companies_pkey PRIMARY KEY (id)
);
-- No row level security.

create table auth.account (
  id text not null,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamp with time zone,
  "refreshTokenExpiresAt" timestamp with time zone,
  scope text,
  password text,
  "createdAt" timestamp with time zone not null default now(),
  "updatedAt" timestamp with time zone not null default now(),
  constraint account_pkey PRIMARY KEY (id),
  constraint "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX account_by_user ON auth.account USING btree ("userId");
-- No row level security.
grant delete on auth.account to partnered_auth;
grant insert on auth.account to partnered_auth;
grant select on auth.account to partnered_auth;
grant update on auth.account to partnered_auth;

create table auth.attempts (
  id bigint not null generated always as identity,
  kind text not null,
  subject text not null,
  at timestamp with time zone not null,
  constraint attempts_pkey PRIMARY KEY (id)
);
CREATE INDEX attempts_subject ON auth.attempts USING btree (kind, subject, at);
-- No row level security.

create table auth.session (
  id text not null,
  token text not null,
  "userId" text not null,
  "expiresAt" timestamp with time zone not null,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamp with time zone not null default now(),
  "updatedAt" timestamp with time zone not null default now(),
  constraint session_pkey PRIMARY KEY (id),
  constraint session_token_key UNIQUE (token),
  constraint "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX session_by_user ON auth.session USING btree ("userId");
CREATE TRIGGER doors AFTER DELETE ON auth.session FOR EACH ROW EXECUTE FUNCTION app.tell_doors();
-- No row level security.
grant delete on auth.session to partnered_auth;
grant insert on auth.session to partnered_auth;
grant select on auth.session to partnered_auth;
grant update on auth.session to partnered_auth;

create table auth.setup (
  token_hash text not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint setup_pkey PRIMARY KEY (token_hash)
);
-- No row level security.

create table auth."user" (
  id text not null,
  name text not null,
  email text not null,
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamp with time zone not null default now(),
  "updatedAt" timestamp with time zone not null default now(),
  constraint user_pkey PRIMARY KEY (id),
  constraint user_email_key UNIQUE (email)
);
-- No row level security.
grant delete on auth."user" to partnered_auth;
grant insert on auth."user" to partnered_auth;
grant select on auth."user" to partnered_auth;
grant update on auth."user" to partnered_auth;

create table auth.verification (
  id text not null,
  identifier text not null,
  value text not null,
  "expiresAt" timestamp with time zone not null,
  "createdAt" timestamp with time zone not null default now(),
  "updatedAt" timestamp with time zone not null default now(),
  constraint verification_pkey PRIMARY KEY (id)
);
CREATE INDEX verification_identifier ON auth.verification USING btree (identifier);
-- No row level security.
grant delete on auth.verification to partnered_auth;
grant insert on auth.verification to partnered_auth;
grant select on auth.verification to partnered_auth;
grant update on auth.verification to partnered_auth;

create table migrations.applied (
  name text not null,
  checksum text not null,
  at timestamp with time zone not null default now(),
  constraint applied_pkey PRIMARY KEY (name)
);
-- No row level security.

create table act_changes (
  org_id uuid not null,
  id bigint not null generated always as identity,
  act_id uuid not null,
  step bigint not null,
  table_name text not null,
  action text not null,
  before jsonb,
  after jsonb,
  constraint act_changes_pkey PRIMARY KEY (org_id, act_id, id),
  constraint act_changes_action_check CHECK (action = ANY (ARRAY['insert'::text, 'update'::text, 'delete'::text]))
);
alter table act_changes enable row level security;
create policy company on act_changes as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on act_changes is 'Only rows of the company that this transaction was entered for.';

create table acts (
  org_id uuid not null,
  id uuid not null,
  kind text not null,
  member_id uuid not null,
  says text not null,
  created_at timestamp with time zone not null,
  undo_until timestamp with time zone not null,
  undone_at timestamp with time zone,
  undone_by uuid,
  kept jsonb not null default '[]'::jsonb,
  constraint acts_pkey PRIMARY KEY (org_id, id),
  constraint acts_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint acts_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES members(org_id, id),
  constraint acts_org_id_undone_by_fkey FOREIGN KEY (org_id, undone_by) REFERENCES members(org_id, id),
  constraint acts_kind_check CHECK (kind = ANY (ARRAY['bulk'::text, 'repair'::text, 'tag_merge'::text, 'merge'::text, 'import'::text, 'left'::text, 'took_off'::text])),
  constraint acts_says_check CHECK (length(says) >= 1 AND length(says) <= 500)
);
CREATE INDEX acts_newest ON public.acts USING btree (org_id, created_at DESC, id);
alter table acts enable row level security;
create policy company on acts as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on acts is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on acts for select to partnered_team
  using (member_id = (( SELECT app.member() AS member)) OR (( SELECT app.team_role() AS team_role)) = 'admin'::text);
grant select on acts to partnered_team;

create table audit_rows (
  org_id uuid not null,
  id bigint not null generated always as identity,
  at timestamp with time zone not null,
  member_id uuid,
  contact_id uuid,
  channel text not null,
  action text not null,
  table_name text not null,
  record_id uuid,
  partner_id uuid,
  deal_id uuid,
  changes jsonb not null,
  request_id text,
  act_id uuid,
  constraint audit_rows_pkey PRIMARY KEY (org_id, id, at),
  constraint audit_rows_action_check CHECK (action = ANY (ARRAY['insert'::text, 'update'::text, 'delete'::text, 'event'::text]))
) partition by RANGE (at);
CREATE INDEX audit_rows_by_deal ON ONLY public.audit_rows USING btree (org_id, deal_id, at DESC, id DESC) WHERE (deal_id IS NOT NULL);
CREATE INDEX audit_rows_by_partner ON ONLY public.audit_rows USING btree (org_id, partner_id, at DESC, id DESC);
CREATE INDEX audit_rows_by_record ON ONLY public.audit_rows USING btree (org_id, record_id, at DESC, id DESC);
CREATE INDEX audit_rows_looked ON ONLY public.audit_rows USING btree (org_id, member_id) WHERE ((action = 'event'::text) AND (table_name = 'view_as'::text));
CREATE INDEX audit_rows_newest ON ONLY public.audit_rows USING btree (org_id, at DESC, id DESC);
alter table audit_rows enable row level security;
create policy company on audit_rows as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on audit_rows is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on audit_rows for select to partnered_team
  using ((( SELECT app.team_role() AS team_role)) = 'admin'::text OR partner_id IS NOT NULL AND ( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)));
grant select on audit_rows to partnered_team;

create table contact_choices (
  org_id uuid not null,
  contact_id uuid not null,
  choice text not null,
  updated_at timestamp with time zone not null,
  constraint contact_choices_pkey PRIMARY KEY (org_id, contact_id),
  constraint contact_choices_org_id_contact_id_fkey FOREIGN KEY (org_id, contact_id) REFERENCES contacts(org_id, id) ON DELETE CASCADE,
  constraint contact_choices_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint contact_choices_choice_check CHECK (choice = ANY (ARRAY['asked'::text, 'weekly'::text, 'only_asked'::text, 'none'::text]))
);
CREATE TRIGGER a_fill_choice BEFORE INSERT OR UPDATE ON contact_choices FOR EACH ROW EXECUTE FUNCTION app.fill_choice();
CREATE TRIGGER zz_log_added AFTER INSERT ON contact_choices REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_contact_choices_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON contact_choices REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_contact_choices_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON contact_choices REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_contact_choices_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON contact_choices REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON contact_choices REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON contact_choices REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table contact_choices enable row level security;
create policy company on contact_choices as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on contact_choices is 'Only rows of the company that this transaction was entered for.';
create policy portal_reads on contact_choices for select to partnered_views
  using (contact_id = (( SELECT app.contact() AS contact)) AND (( SELECT app.contact_sees() AS contact_sees)) IS NOT NULL);
create policy portal_adds on contact_choices for insert to partnered_views
  with check (contact_id = (( SELECT app.contact() AS contact)) AND (( SELECT app.contact_sees() AS contact_sees)) IS NOT NULL);
create policy portal_changes on contact_choices for update to partnered_views
  using (contact_id = (( SELECT app.contact() AS contact)) AND (( SELECT app.contact_sees() AS contact_sees)) IS NOT NULL);
grant insert (choice) on contact_choices to partnered_views;
grant select (org_id, contact_id, choice) on contact_choices to partnered_views;
grant update (choice) on contact_choices to partnered_views;

create table contact_notices (
  org_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  deal_id uuid not null,
  entry_id uuid,
  kind text not null,
  key text not null,
  created_at timestamp with time zone not null,
  digest_from timestamp with time zone,
  mail_id uuid,
  told_at timestamp with time zone,
  constraint contact_notices_pkey PRIMARY KEY (org_id, id),
  constraint contact_notices_org_id_contact_id_key_key UNIQUE (org_id, contact_id, key),
  constraint contact_notices_org_id_contact_id_fkey FOREIGN KEY (org_id, contact_id) REFERENCES contacts(org_id, id) ON DELETE CASCADE,
  constraint contact_notices_org_id_deal_id_fkey FOREIGN KEY (org_id, deal_id) REFERENCES deals(org_id, id) ON DELETE CASCADE,
  constraint contact_notices_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint contact_notices_kind_check CHECK (kind = ANY (ARRAY['asked'::text, 'answered'::text, 'closed'::text, 'changed'::text]))
);
CREATE INDEX contact_notices_of_deal ON public.contact_notices USING btree (org_id, deal_id);
CREATE INDEX contact_notices_of_mail ON public.contact_notices USING btree (org_id, mail_id) WHERE (mail_id IS NOT NULL);
CREATE INDEX contact_notices_waiting ON public.contact_notices USING btree (org_id, contact_id) WHERE (told_at IS NULL);
CREATE TRIGGER wake_contact AFTER INSERT ON contact_notices FOR EACH ROW WHEN (NOT app.quiet() AND new.told_at IS NULL) EXECUTE FUNCTION app.wake_contact();
CREATE TRIGGER zz_remember_added AFTER INSERT ON contact_notices REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON contact_notices REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON contact_notices REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table contact_notices enable row level security;
create policy company on contact_notices as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on contact_notices is 'Only rows of the company that this transaction was entered for.';

create table contact_roles (
  org_id uuid not null,
  id uuid not null,
  key text not null,
  name text not null,
  place integer not null,
  archived_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint contact_roles_pkey PRIMARY KEY (org_id, id),
  constraint contact_roles_org_id_key_key UNIQUE (org_id, key),
  constraint contact_roles_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint contact_roles_key_check CHECK (length(key) >= 1 AND length(key) <= 40),
  constraint contact_roles_name_check CHECK (length(name) >= 1 AND length(name) <= 40)
);
CREATE UNIQUE INDEX contact_roles_name ON public.contact_roles USING btree (org_id, lower(name));
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON contact_roles FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER zz_log_added AFTER INSERT ON contact_roles REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_contact_roles_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON contact_roles REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_contact_roles_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON contact_roles REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_contact_roles_removed();
alter table contact_roles enable row level security;
create policy company on contact_roles as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on contact_roles is 'Only rows of the company that this transaction was entered for.';
create policy portal_reads on contact_roles for select to partnered_views
  using ((key IN ( SELECT c.role
   FROM contacts c)));
create policy team_reads on contact_roles for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL);
comment on policy team_reads on contact_roles is 'Everyone on the team reads the types of partners, the roles of contacts and the stages of deals.';
create policy admin_adds on contact_roles for insert to partnered_team
  with check ((( SELECT app.team_role() AS team_role)) = 'admin'::text);
comment on policy admin_adds on contact_roles is 'Admins add to them.';
create policy admin_changes on contact_roles for update to partnered_team
  using ((( SELECT app.team_role() AS team_role)) = 'admin'::text);
comment on policy admin_changes on contact_roles is 'Admins rename them, put them in order, archive and restore them.';
grant insert on contact_roles to partnered_team;
grant select on contact_roles to partnered_team;
grant update (name, place, archived_at) on contact_roles to partnered_team;
grant select (org_id, id, key, name) on contact_roles to partnered_views;

create table contacts (
  org_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  name text not null,
  email text,
  phone text,
  title text,
  role text,
  is_main boolean not null default false,
  sees text not null default 'all'::text,
  person_id text,
  confirmed_at timestamp with time zone,
  left_at timestamp with time zone,
  access_removed_at timestamp with time zone,
  last_seen_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint contacts_pkey PRIMARY KEY (org_id, id),
  constraint contacts_org_id_partner_id_id_key UNIQUE (org_id, partner_id, id),
  constraint contacts_org_id_partner_id_fkey FOREIGN KEY (org_id, partner_id) REFERENCES partners(org_id, id) ON DELETE CASCADE,
  constraint contacts_role_is_listed FOREIGN KEY (org_id, role) REFERENCES contact_roles(org_id, key),
  constraint contacts_email_check CHECK (length(email) <= 254),
  constraint contacts_name_check CHECK (length(name) >= 1 AND length(name) <= 200),
  constraint contacts_sees_check CHECK (sees = ANY (ARRAY['all'::text, 'own'::text]))
);
CREATE INDEX contacts_by_email ON public.contacts USING btree (org_id, lower(email));
CREATE INDEX contacts_by_partner ON public.contacts USING btree (org_id, partner_id, is_main DESC, name, id);
CREATE INDEX contacts_by_words ON public.contacts USING gin (org_id, app.sixteenth(org_id, id), app.fold((((' '::text || name) || ' '::text) || COALESCE(email, ''::text))) gin_trgm_ops) WITH (gin_pending_list_limit='64');
CREATE INDEX contacts_person ON public.contacts USING btree (person_id) WHERE (person_id IS NOT NULL);
CREATE UNIQUE INDEX contacts_email ON public.contacts USING btree (org_id, partner_id, lower(email)) WHERE (left_at IS NULL);
CREATE UNIQUE INDEX contacts_main ON public.contacts USING btree (org_id, partner_id) INCLUDE (confirmed_at, created_at) WHERE is_main;
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON contacts FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER check_listed BEFORE INSERT OR UPDATE OF role ON contacts FOR EACH ROW WHEN (new.role IS NOT NULL AND NOT app.quiet()) EXECUTE FUNCTION app.check_listed('role', 'contact_roles');
CREATE TRIGGER doors AFTER UPDATE ON contacts FOR EACH ROW WHEN (old.access_removed_at IS DISTINCT FROM new.access_removed_at OR old.left_at IS DISTINCT FROM new.left_at OR old.person_id IS DISTINCT FROM new.person_id OR old.partner_id IS DISTINCT FROM new.partner_id) EXECUTE FUNCTION app.tell_doors();
CREATE TRIGGER keep_contact BEFORE UPDATE OF email, left_at, is_main ON contacts FOR EACH ROW WHEN (NOT app.quiet()) EXECUTE FUNCTION app.keep_contact();
CREATE TRIGGER let_go AFTER UPDATE OF email, left_at ON contacts FOR EACH ROW WHEN (NOT app.quiet() AND (new.left_at IS NOT NULL AND old.left_at IS NULL OR lower(new.email) IS DISTINCT FROM lower(old.email))) EXECUTE FUNCTION app.let_go();
CREATE TRIGGER zz_log_added AFTER INSERT ON contacts REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_contacts_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON contacts REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_contacts_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON contacts REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_contacts_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON contacts REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON contacts REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON contacts REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table contacts enable row level security;
create policy company on contacts as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on contacts is 'Only rows of the company that this transaction was entered for.';
create policy portal_reads on contacts for select to partnered_views
  using ((partner_id = (( SELECT app.partner() AS partner))) IS TRUE AND (( SELECT app.contact_sees() AS contact_sees)) IS NOT NULL);
create policy team_reads on contacts for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL AND (( SELECT app.reaches_all() AS reaches_all) OR NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners))));
create policy team_adds on contacts for insert to partnered_team
  with check (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)));
create policy team_changes on contacts for update to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)));
grant insert (org_id, id, partner_id, name, email, phone, title, role, is_main, sees, confirmed_at, created_at) on contacts to partnered_team;
grant select (org_id, id, partner_id, name, email, phone, title, role, is_main, sees, person_id, confirmed_at, left_at, access_removed_at, last_seen_at, created_at, updated_at, version) on contacts to partnered_team;
grant update (name, email, phone, title, role, is_main, sees, confirmed_at, left_at, access_removed_at) on contacts to partnered_team;
grant select (org_id, id, partner_id, name, email, role, is_main, sees, person_id, left_at, access_removed_at) on contacts to partnered_views;

create table custom_fields (
  org_id uuid not null,
  id uuid not null,
  name text not null,
  purpose text not null,
  kind text not null,
  choices text[] not null default '{}'::text[],
  place integer not null,
  archived_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint custom_fields_pkey PRIMARY KEY (org_id, id),
  constraint custom_fields_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint custom_fields_check CHECK ((kind = 'choice'::text) = (cardinality(choices) > 0)),
  constraint custom_fields_kind_check CHECK (kind = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'choice'::text, 'yes_no'::text, 'link'::text])),
  constraint custom_fields_name_check CHECK (length(name) >= 1 AND length(name) <= 40),
  constraint custom_fields_purpose_check CHECK (length(purpose) >= 1 AND length(purpose) <= 200)
);
CREATE UNIQUE INDEX custom_fields_name ON public.custom_fields USING btree (org_id, lower(name)) WHERE (archived_at IS NULL);
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON custom_fields FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER check_ten BEFORE INSERT OR UPDATE OF archived_at ON custom_fields FOR EACH ROW EXECUTE FUNCTION app.check_ten_fields();
CREATE TRIGGER zz_log_added AFTER INSERT ON custom_fields REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_custom_fields_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON custom_fields REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_custom_fields_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON custom_fields REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_custom_fields_removed();
alter table custom_fields enable row level security;
create policy company on custom_fields as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on custom_fields is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on custom_fields for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL);
create policy admin_adds on custom_fields for insert to partnered_team
  with check ((( SELECT app.team_role() AS team_role)) = 'admin'::text);
create policy admin_changes on custom_fields for update to partnered_team
  using ((( SELECT app.team_role() AS team_role)) = 'admin'::text);
grant insert on custom_fields to partnered_team;
grant select on custom_fields to partnered_team;
grant update (name, purpose, choices, place, archived_at) on custom_fields to partnered_team;

create table custom_values (
  org_id uuid not null,
  partner_id uuid not null,
  field_id uuid not null,
  text_value text,
  number_value numeric,
  date_value date,
  yes_value boolean,
  updated_at timestamp with time zone not null,
  constraint custom_values_pkey PRIMARY KEY (org_id, partner_id, field_id),
  constraint custom_values_org_id_field_id_fkey FOREIGN KEY (org_id, field_id) REFERENCES custom_fields(org_id, id) ON DELETE CASCADE,
  constraint custom_values_org_id_partner_id_fkey FOREIGN KEY (org_id, partner_id) REFERENCES partners(org_id, id) ON DELETE CASCADE,
  constraint custom_values_check CHECK (num_nonnulls(text_value, number_value, date_value, yes_value) = 1),
  constraint custom_values_text_value_check CHECK (length(text_value) >= 1 AND length(text_value) <= 500)
);
CREATE INDEX custom_values_by_field ON public.custom_values USING btree (org_id, field_id, partner_id);
CREATE TRIGGER check_form BEFORE INSERT OR UPDATE ON custom_values FOR EACH ROW EXECUTE FUNCTION app.check_custom_value();
CREATE TRIGGER zz_log_added AFTER INSERT ON custom_values REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_custom_values_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON custom_values REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_custom_values_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON custom_values REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_custom_values_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON custom_values REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON custom_values REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON custom_values REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table custom_values enable row level security;
create policy company on custom_values as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on custom_values is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on custom_values for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL AND NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners)));
create policy team_adds on custom_values for insert to partnered_team
  with check (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)));
create policy team_changes on custom_values for update to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)));
create policy team_removes on custom_values for delete to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)));
grant delete on custom_values to partnered_team;
grant insert on custom_values to partnered_team;
grant select on custom_values to partnered_team;
grant update (text_value, number_value, date_value, yes_value, updated_at) on custom_values to partnered_team;

create table deal_stages (
  org_id uuid not null,
  id uuid not null,
  key text not null,
  name text not null,
  place integer not null,
  quiet_days integer,
  won_within_days integer,
  archived_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint deal_stages_pkey PRIMARY KEY (org_id, id),
  constraint deal_stages_org_id_key_key UNIQUE (org_id, key),
  constraint deal_stages_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint deal_stages_key_check CHECK (length(key) >= 1 AND length(key) <= 40),
  constraint deal_stages_name_check CHECK (length(name) >= 1 AND length(name) <= 40),
  constraint deal_stages_quiet_days_check CHECK (quiet_days >= 1 AND quiet_days <= 365)
);
CREATE UNIQUE INDEX deal_stages_name ON public.deal_stages USING btree (org_id, lower(name));
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON deal_stages FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER check_stages BEFORE INSERT ON deal_stages FOR EACH ROW WHEN (new.archived_at IS NULL AND NOT app.quiet()) EXECUTE FUNCTION app.check_stages();
CREATE TRIGGER check_stages_used BEFORE UPDATE OF archived_at ON deal_stages FOR EACH ROW WHEN (new.archived_at IS DISTINCT FROM old.archived_at AND NOT app.quiet()) EXECUTE FUNCTION app.check_stages();
CREATE TRIGGER zz_log_added AFTER INSERT ON deal_stages REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_deal_stages_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON deal_stages REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_deal_stages_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON deal_stages REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_deal_stages_removed();
alter table deal_stages enable row level security;
create policy company on deal_stages as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on deal_stages is 'Only rows of the company that this transaction was entered for.';
create policy portal_reads on deal_stages for select to partnered_views
  using ((( SELECT app.contact_sees() AS contact_sees)) IS NOT NULL AND (archived_at IS NULL OR (EXISTS ( SELECT
   FROM deals d
  WHERE d.stage = deal_stages.key))));
create policy team_reads on deal_stages for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL);
comment on policy team_reads on deal_stages is 'Everyone on the team reads the types of partners, the roles of contacts and the stages of deals.';
create policy admin_adds on deal_stages for insert to partnered_team
  with check ((( SELECT app.team_role() AS team_role)) = 'admin'::text);
comment on policy admin_adds on deal_stages is 'Admins add to them.';
create policy admin_changes on deal_stages for update to partnered_team
  using ((( SELECT app.team_role() AS team_role)) = 'admin'::text);
comment on policy admin_changes on deal_stages is 'Admins rename them, put them in order, archive and restore them.';
grant insert on deal_stages to partnered_team;
grant select on deal_stages to partnered_team;
grant update (name, place, quiet_days, archived_at) on deal_stages to partnered_team;
grant select (org_id, id, key, name, place, archived_at) on deal_stages to partnered_views;

create table deals (
  org_id uuid not null,
  id uuid not null,
  ref text not null,
  partner_id uuid not null,
  kind text not null,
  direction text not null default 'given'::text,
  customer_company text not null,
  customer_domain text,
  customer_contact_name text,
  customer_contact_email text,
  customer_contact_phone text,
  value_minor bigint,
  currency text,
  expected_close date,
  ask text not null,
  our_owner_id uuid not null,
  their_owner_id uuid,
  turn text not null default 'them'::text,
  turn_since timestamp with time zone not null,
  answer text not null default 'pending'::text,
  answered_at timestamp with time zone,
  answered_by uuid,
  answer_reason text,
  stage text not null default 'New'::text,
  stage_since timestamp with time zone not null,
  outcome text,
  outcome_at timestamp with time zone,
  outcome_reason text,
  shared_from timestamp with time zone,
  show_value boolean,
  show_customer_contact boolean,
  last_activity_at timestamp with time zone not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  import_id uuid,
  turn_why text not null default 'shared'::text,
  paused_until date,
  paused_why text,
  paused_turn text,
  paused_turn_why text,
  next_step text,
  turn_by uuid,
  sent_by_id uuid,
  protected_until date,
  protection_reminded date,
  quiet_told timestamp with time zone,
  in_pipeline boolean not null default true,
  shown_activity_at timestamp with time zone not null,
  constraint deals_pkey PRIMARY KEY (org_id, id),
  constraint deals_org_id_partner_id_id_key UNIQUE (org_id, partner_id, id),
  constraint deals_org_id_ref_key UNIQUE (org_id, ref),
  constraint deals_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint deals_org_id_import_id_fkey FOREIGN KEY (org_id, import_id) REFERENCES imports(org_id, id) ON DELETE SET NULL (import_id),
  constraint deals_org_id_our_owner_id_fkey FOREIGN KEY (org_id, our_owner_id) REFERENCES members(org_id, id),
  constraint deals_org_id_partner_id_fkey FOREIGN KEY (org_id, partner_id) REFERENCES partners(org_id, id) ON DELETE CASCADE,
  constraint deals_org_id_partner_id_their_owner_id_fkey FOREIGN KEY (org_id, partner_id, their_owner_id) REFERENCES contacts(org_id, partner_id, id) ON DELETE SET NULL (their_owner_id) DEFERRABLE,
  constraint deals_sent_by FOREIGN KEY (org_id, partner_id, sent_by_id) REFERENCES contacts(org_id, partner_id, id) ON DELETE SET NULL (sent_by_id) DEFERRABLE,
  constraint deals_stage_is_listed FOREIGN KEY (org_id, stage) REFERENCES deal_stages(org_id, key),
  constraint deals_answer_check CHECK (answer = ANY (ARRAY['pending'::text, 'accepted'::text, 'declined'::text])),
  constraint deals_ask_check CHECK (length(ask) >= 1 AND length(ask) <= 2000),
  constraint deals_currency_check CHECK (currency ~ '^[A-Z]{3}$'::text),
  constraint deals_customer_company_check CHECK (length(customer_company) >= 1 AND length(customer_company) <= 200),
  constraint deals_direction_check CHECK (direction = ANY (ARRAY['given'::text, 'received'::text])),
  constraint deals_kind_check CHECK (kind = ANY (ARRAY['lead'::text, 'referral'::text, 'co_sell'::text])),
  constraint deals_next_step_check CHECK (length(next_step) >= 1 AND length(next_step) <= 300),
  constraint deals_outcome_check CHECK (outcome = ANY (ARRAY['won'::text, 'lost'::text])),
  constraint deals_pause_is_whole CHECK ((paused_until IS NULL) = (paused_turn IS NULL)),
  constraint deals_paused_turn_check CHECK (paused_turn = ANY (ARRAY['us'::text, 'them'::text])),
  constraint deals_paused_why_check CHECK (length(paused_why) >= 1 AND length(paused_why) <= 300),
  constraint deals_turn_check CHECK (turn = ANY (ARRAY['us'::text, 'them'::text, 'nobody'::text])),
  constraint deals_value_minor_check CHECK (value_minor >= 0)
);
CREATE INDEX deals_board ON public.deals USING btree (org_id, stage, last_activity_at DESC, id DESC) WHERE ((outcome IS NULL) AND in_pipeline);
CREATE INDEX deals_by_activity ON public.deals USING btree (org_id, last_activity_at DESC, id DESC);
CREATE INDEX deals_by_customer ON public.deals USING btree (org_id, customer_domain) WHERE (customer_domain IS NOT NULL);
CREATE INDEX deals_by_customer_key ON public.deals USING btree (org_id, app.customer_key(customer_company));
CREATE INDEX deals_by_partner ON public.deals USING btree (org_id, partner_id, last_activity_at DESC, id DESC);
CREATE INDEX deals_by_sender ON public.deals USING btree (org_id, partner_id, sent_by_id) WHERE (sent_by_id IS NOT NULL);
CREATE INDEX deals_by_stage ON public.deals USING btree (org_id, stage);
CREATE INDEX deals_by_words ON public.deals USING gin (org_id, app.fold((' '::text || customer_company)) gin_trgm_ops) WITH (gin_pending_list_limit='64');
CREATE INDEX deals_closed ON public.deals USING btree (org_id, outcome, outcome_at DESC, id DESC) WHERE (outcome IS NOT NULL);
CREATE INDEX deals_mine ON public.deals USING btree (org_id, our_owner_id, turn_since) WHERE (outcome IS NULL);
CREATE INDEX deals_of_import ON public.deals USING btree (org_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX deals_of_their_owner ON public.deals USING btree (org_id, partner_id, their_owner_id) WHERE (their_owner_id IS NOT NULL);
CREATE INDEX deals_open ON public.deals USING btree (org_id, last_activity_at DESC, id DESC) WHERE (outcome IS NULL);
CREATE INDEX deals_open_by_partner ON public.deals USING btree (org_id, partner_id) WHERE ((outcome IS NULL) AND in_pipeline);
CREATE INDEX deals_paused ON public.deals USING btree (paused_until) WHERE (paused_until IS NOT NULL);
CREATE INDEX deals_protected ON public.deals USING btree (protected_until) WHERE ((protected_until IS NOT NULL) AND (outcome IS NULL));
CREATE INDEX deals_received ON public.deals USING btree (org_id, answer, created_at, id) WHERE ((direction = 'received'::text) AND (NOT in_pipeline) AND (outcome IS NULL));
CREATE INDEX deals_shared ON public.deals USING btree (org_id, partner_id, shown_activity_at DESC, ref DESC) WHERE (shared_from IS NOT NULL);
CREATE INDEX deals_shared_by_owner ON public.deals USING btree (org_id, partner_id, our_owner_id) WHERE ((shared_from IS NOT NULL) AND (our_owner_id IS NOT NULL));
CREATE INDEX deals_stages ON public.deals USING btree (org_id, stage, partner_id) WHERE ((outcome IS NULL) AND in_pipeline);
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON deals FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER begin_deal BEFORE INSERT ON deals FOR EACH ROW WHEN (app.org() IS NOT NULL AND (NOT app.quiet() OR app.channel() = 'import'::text)) EXECUTE FUNCTION app.begin_deal();
CREATE TRIGGER begin_shown_activity BEFORE INSERT ON deals FOR EACH ROW WHEN (new.shown_activity_at IS NULL) EXECUTE FUNCTION app.begin_shown_activity();
CREATE TRIGGER check_listed BEFORE INSERT OR UPDATE OF stage ON deals FOR EACH ROW WHEN (NOT app.quiet()) EXECUTE FUNCTION app.check_listed('stage', 'deal_stages');
CREATE TRIGGER check_owner BEFORE INSERT OR UPDATE OF our_owner_id, their_owner_id ON deals FOR EACH ROW EXECUTE FUNCTION app.check_deal_owner();
CREATE TRIGGER hear_deal AFTER INSERT ON deals FOR EACH ROW WHEN (NOT app.quiet()) EXECUTE FUNCTION app.hear_deal();
CREATE TRIGGER keep_deal BEFORE UPDATE ON deals FOR EACH ROW WHEN (NOT app.quiet()) EXECUTE FUNCTION app.keep_deal();
CREATE TRIGGER live_added AFTER INSERT ON deals REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.tell_live();
CREATE TRIGGER live_changed AFTER UPDATE ON deals REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.tell_live();
CREATE TRIGGER quiet_ends BEFORE UPDATE ON deals FOR EACH ROW WHEN (old.quiet_told IS NOT NULL AND (new.last_activity_at > old.last_activity_at OR new.outcome IS NOT NULL OR new.paused_until IS NOT NULL)) EXECUTE FUNCTION app.end_quiet();
CREATE TRIGGER tell_assigned AFTER UPDATE OF our_owner_id ON deals FOR EACH ROW WHEN (NOT app.quiet() AND new.our_owner_id IS DISTINCT FROM old.our_owner_id) EXECUTE FUNCTION app.tell_assigned();
CREATE TRIGGER tell_assigned_new AFTER INSERT ON deals FOR EACH ROW WHEN (NOT app.quiet() AND new.direction = 'given'::text AND new.outcome IS NULL) EXECUTE FUNCTION app.tell_assigned();
CREATE TRIGGER tell_turn AFTER UPDATE OF turn, ask, turn_why, paused_until ON deals FOR EACH ROW WHEN (NOT app.quiet() AND new.turn = 'them'::text AND old.turn <> 'them'::text AND old.shared_from IS NOT NULL AND app.contact() IS NULL) EXECUTE FUNCTION app.tell_turn();
CREATE TRIGGER write_timeline AFTER UPDATE ON deals FOR EACH ROW WHEN (NOT app.quiet()) EXECUTE FUNCTION app.write_deal_timeline();
CREATE TRIGGER zz_log_added AFTER INSERT ON deals REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_deals_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON deals REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_deals_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON deals REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_deals_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON deals REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON deals REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON deals REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table deals enable row level security;
create policy company on deals as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on deals is 'Only rows of the company that this transaction was entered for.';
create policy portal_reads on deals for select to partnered_views
  using (partner_id = (( SELECT app.partner() AS partner)) AND shared_from <= (( SELECT app.now() AS now)) AND ( SELECT app.permits('sees_deals'::text) AS permits) AND ((( SELECT app.contact_sees() AS contact_sees)) = 'all'::text OR (( SELECT app.contact_sees() AS contact_sees)) = 'own'::text AND their_owner_id = (( SELECT app.contact() AS contact))));
create policy team_reads on deals for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL AND (( SELECT app.reaches_all() AS reaches_all) OR NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners))));
create policy portal_sends on deals for insert to partnered_views
  with check (partner_id = (( SELECT app.partner() AS partner)) AND sent_by_id = (( SELECT app.contact() AS contact)) AND direction = 'received'::text AND answer = 'pending'::text AND NOT in_pipeline AND outcome IS NULL AND protected_until IS NULL AND (( SELECT app.contact_sees() AS contact_sees)) IS NOT NULL AND ( SELECT app.permits('sends_deals'::text) AS permits));
create policy team_adds on deals for insert to partnered_team
  with check (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)));
create policy portal_changes on deals for update to partnered_views
  using (partner_id = (( SELECT app.partner() AS partner)) AND shared_from <= (( SELECT app.now() AS now)) AND outcome IS NULL AND in_pipeline AND ( SELECT app.permits('sees_deals'::text) AS permits) AND ( SELECT app.permits('updates_deals'::text) AS permits) AND ((( SELECT app.contact_sees() AS contact_sees)) = 'all'::text OR (( SELECT app.contact_sees() AS contact_sees)) = 'own'::text AND their_owner_id = (( SELECT app.contact() AS contact))));
create policy team_changes on deals for update to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)));
grant insert (org_id, id, ref, partner_id, kind, direction, customer_company, customer_domain, customer_contact_name, customer_contact_email, customer_contact_phone, value_minor, currency, expected_close, ask, our_owner_id, their_owner_id, turn_since, stage, stage_since, outcome, outcome_at, last_activity_at, created_by, created_at, import_id, next_step) on deals to partnered_team;
grant select on deals to partnered_team;
grant update (customer_company, customer_domain, customer_contact_name, customer_contact_email, customer_contact_phone, value_minor, currency, expected_close, ask, our_owner_id, their_owner_id, answer, answer_reason, stage, outcome, outcome_reason, paused_until, paused_why, next_step, protected_until) on deals to partnered_team;
grant insert (id, ref, kind, customer_company, customer_domain, customer_contact_name, customer_contact_email, ask) on deals to partnered_views;
grant select (org_id, id, ref, partner_id, kind, direction, customer_company, customer_contact_name, customer_contact_email, customer_contact_phone, value_minor, currency, expected_close, ask, our_owner_id, their_owner_id, turn, turn_since, answer, answered_at, answer_reason, stage, stage_since, outcome, outcome_at, shared_from, show_value, show_customer_contact, turn_why, paused_until, turn_by, sent_by_id, protected_until, in_pipeline, shown_activity_at) on deals to partnered_views;
grant update (answer, answer_reason, stage) on deals to partnered_views;

create table different_partners (
  org_id uuid not null,
  one_id uuid not null,
  other_id uuid not null,
  member_id uuid,
  created_at timestamp with time zone not null,
  constraint different_partners_pkey PRIMARY KEY (org_id, one_id, other_id),
  constraint different_partners_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES members(org_id, id) ON DELETE SET NULL (member_id),
  constraint different_partners_org_id_one_id_fkey FOREIGN KEY (org_id, one_id) REFERENCES partners(org_id, id) ON DELETE CASCADE,
  constraint different_partners_org_id_other_id_fkey FOREIGN KEY (org_id, other_id) REFERENCES partners(org_id, id) ON DELETE CASCADE,
  constraint different_partners_check CHECK (one_id < other_id)
);
CREATE INDEX different_partners_other ON public.different_partners USING btree (org_id, other_id);
CREATE TRIGGER zz_log_added AFTER INSERT ON different_partners REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_different_partners_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON different_partners REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_different_partners_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON different_partners REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_different_partners_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON different_partners REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON different_partners REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON different_partners REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table different_partners enable row level security;
create policy company on different_partners as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on different_partners is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on different_partners for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL AND NOT (one_id IN ( SELECT app.hidden_partners() AS hidden_partners)) AND NOT (other_id IN ( SELECT app.hidden_partners() AS hidden_partners)));
create policy team_adds on different_partners for insert to partnered_team
  with check (( SELECT app.changes_things() AS changes_things) AND member_id = (( SELECT app.member() AS member)) AND NOT (one_id IN ( SELECT app.hidden_partners() AS hidden_partners)) AND NOT (other_id IN ( SELECT app.hidden_partners() AS hidden_partners)) AND (NOT (one_id IN ( SELECT app.view_only_partners() AS view_only_partners)) OR NOT (other_id IN ( SELECT app.view_only_partners() AS view_only_partners))));
create policy team_removes on different_partners for delete to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND NOT (one_id IN ( SELECT app.hidden_partners() AS hidden_partners)) AND NOT (other_id IN ( SELECT app.hidden_partners() AS hidden_partners)) AND (NOT (one_id IN ( SELECT app.view_only_partners() AS view_only_partners)) OR NOT (other_id IN ( SELECT app.view_only_partners() AS view_only_partners))));
grant delete on different_partners to partnered_team;
grant insert on different_partners to partnered_team;
grant select on different_partners to partnered_team;

create table due_work (
  org_id uuid not null,
  id uuid not null,
  task text not null,
  record_id uuid not null,
  due_at timestamp with time zone not null,
  taken_at timestamp with time zone,
  wakes integer not null default 0,
  constraint due_work_pkey PRIMARY KEY (org_id, id),
  constraint due_work_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE
);
CREATE INDEX due_work_by_id ON public.due_work USING btree (id);
CREATE INDEX due_work_by_record ON public.due_work USING btree (org_id, record_id);
CREATE INDEX due_work_of ON public.due_work USING btree (org_id, record_id) WHERE (taken_at IS NULL);
CREATE INDEX due_work_open ON public.due_work USING btree (due_at) WHERE (taken_at IS NULL);
alter table due_work enable row level security;
create policy company on due_work as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on due_work is 'Only rows of the company that this transaction was entered for.';

create table entries (
  org_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  deal_id uuid,
  kind text not null,
  audience text not null default 'team'::text,
  body text,
  from_value text,
  to_value text,
  member_id uuid,
  contact_id uuid,
  shared_from timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  copy_of_id uuid,
  needs_answer boolean not null default false,
  edited_at timestamp with time zone,
  removed_at timestamp with time zone,
  constraint entries_pkey PRIMARY KEY (org_id, id),
  constraint entries_org_id_partner_id_id_key UNIQUE (org_id, partner_id, id),
  constraint entries_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint entries_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES members(org_id, id) ON DELETE SET NULL (member_id),
  constraint entries_org_id_partner_id_contact_id_fkey FOREIGN KEY (org_id, partner_id, contact_id) REFERENCES contacts(org_id, partner_id, id) ON DELETE SET NULL (contact_id) DEFERRABLE,
  constraint entries_org_id_partner_id_copy_of_id_fkey FOREIGN KEY (org_id, partner_id, copy_of_id) REFERENCES entries(org_id, partner_id, id) ON DELETE SET NULL (copy_of_id) DEFERRABLE,
  constraint entries_org_id_partner_id_deal_id_fkey FOREIGN KEY (org_id, partner_id, deal_id) REFERENCES deals(org_id, partner_id, id) ON DELETE CASCADE DEFERRABLE,
  constraint entries_org_id_partner_id_fkey FOREIGN KEY (org_id, partner_id) REFERENCES partners(org_id, id) ON DELETE CASCADE,
  constraint entries_audience_check CHECK (audience = ANY (ARRAY['team'::text, 'partner'::text])),
  constraint entries_body_check CHECK (length(body) <= 10000),
  constraint entries_kind_check CHECK (kind = ANY (ARRAY['comment'::text, 'note'::text, 'call'::text, 'email'::text, 'shared'::text, 'stopped'::text, 'answer'::text, 'stage'::text, 'owner'::text, 'outcome'::text, 'sent'::text, 'paused'::text, 'resumed'::text, 'protected'::text]))
);
CREATE INDEX entries_by_deal ON public.entries USING btree (org_id, deal_id, created_at DESC, id DESC) WHERE (deal_id IS NOT NULL);
CREATE INDEX entries_by_partner ON public.entries USING btree (org_id, partner_id, created_at DESC, id DESC);
CREATE INDEX entries_copies ON public.entries USING btree (org_id, copy_of_id) WHERE (copy_of_id IS NOT NULL);
CREATE INDEX entries_notes ON public.entries USING btree (org_id, partner_id, created_at DESC, id DESC) WHERE (deal_id IS NULL);
CREATE INDEX entries_of_contact ON public.entries USING btree (org_id, partner_id, contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX entries_said_by ON public.entries USING btree (org_id, partner_id, member_id) WHERE ((audience = 'partner'::text) AND (member_id IS NOT NULL));
CREATE TRIGGER a_fill_entry BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION app.fill_entry();
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON entries FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER hear_entry AFTER INSERT ON entries FOR EACH ROW WHEN (NOT app.quiet()) EXECUTE FUNCTION app.hear_entry();
CREATE TRIGGER live_added AFTER INSERT ON entries REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.tell_live();
CREATE TRIGGER live_changed AFTER UPDATE ON entries REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.tell_live();
CREATE TRIGGER rewrite_entry BEFORE UPDATE OF body, removed_at ON entries FOR EACH ROW WHEN (NOT app.quiet() AND (new.body IS DISTINCT FROM old.body OR new.removed_at IS DISTINCT FROM old.removed_at)) EXECUTE FUNCTION app.rewrite_entry();
CREATE TRIGGER tell_entry AFTER INSERT ON entries FOR EACH ROW WHEN (NOT app.quiet() AND new.deal_id IS NOT NULL AND new.contact_id IS NULL AND (new.kind <> ALL (ARRAY['shared'::text, 'stopped'::text]))) EXECUTE FUNCTION app.tell_entry();
CREATE TRIGGER zz_log_added AFTER INSERT ON entries REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_entries_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON entries REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_entries_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON entries REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_entries_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON entries REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON entries REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON entries REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table entries enable row level security;
create policy company on entries as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on entries is 'Only rows of the company that this transaction was entered for.';
create policy portal_reads on entries for select to partnered_views
  using (partner_id = (( SELECT app.partner() AS partner)) AND audience = 'partner'::text AND (( SELECT app.contact_sees() AS contact_sees)) IS NOT NULL AND (( SELECT true
   FROM deals d
  WHERE d.id = entries.deal_id) OR shared_from <= (( SELECT app.now() AS now)) AND ( SELECT app.permits('sees_notes'::text) AS permits)));
create policy team_reads on entries for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL AND (( SELECT app.reaches_all() AS reaches_all) OR NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners))));
create policy portal_adds on entries for insert to partnered_views
  with check (partner_id = (( SELECT app.partner() AS partner)) AND audience = 'partner'::text AND kind = 'comment'::text AND member_id IS NULL AND contact_id = (( SELECT app.contact() AS contact)) AND (EXISTS ( SELECT
   FROM deals d
  WHERE d.id = entries.deal_id AND (( SELECT app.permits('updates_deals'::text) AS permits) OR NOT d.in_pipeline AND ( SELECT app.permits('sends_deals'::text) AS permits)))));
create policy team_adds on entries for insert to partnered_team
  with check (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)) AND member_id = (( SELECT app.member() AS member)) AND (kind = ANY (ARRAY['comment'::text, 'note'::text, 'call'::text, 'email'::text])) AND (audience = 'team'::text OR deal_id IS NULL OR (EXISTS ( SELECT
   FROM deals d
  WHERE d.id = entries.deal_id AND d.shared_from IS NOT NULL))));
create policy portal_rewrites on entries for update to partnered_views
  using (audience = 'partner'::text AND kind = 'comment'::text AND removed_at IS NULL AND contact_id = (( SELECT app.contact() AS contact)) AND (EXISTS ( SELECT
   FROM deals d
  WHERE d.id = entries.deal_id AND (( SELECT app.permits('updates_deals'::text) AS permits) OR NOT d.in_pipeline AND ( SELECT app.permits('sends_deals'::text) AS permits)))))
  with check (true);
create policy team_rewrites on entries for update to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)) AND member_id = (( SELECT app.member() AS member)) AND (kind = ANY (ARRAY['comment'::text, 'note'::text, 'call'::text, 'email'::text])) AND removed_at IS NULL)
  with check (true);
grant insert (org_id, id, partner_id, deal_id, kind, audience, body, member_id, created_at, copy_of_id, needs_answer) on entries to partnered_team;
grant select on entries to partnered_team;
grant update (body, removed_at) on entries to partnered_team;
grant insert (id, deal_id, body) on entries to partnered_views;
grant select (org_id, id, partner_id, deal_id, kind, audience, body, from_value, to_value, member_id, contact_id, shared_from, created_at, edited_at, removed_at) on entries to partnered_views;
grant update (body, removed_at) on entries to partnered_views;

create table entry_versions (
  org_id uuid not null,
  id uuid not null,
  entry_id uuid not null,
  body text not null,
  at timestamp with time zone not null,
  constraint entry_versions_pkey PRIMARY KEY (org_id, id),
  constraint entry_versions_org_id_entry_id_fkey FOREIGN KEY (org_id, entry_id) REFERENCES entries(org_id, id) ON DELETE CASCADE,
  constraint entry_versions_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE
);
CREATE INDEX entry_versions_of_entry ON public.entry_versions USING btree (org_id, entry_id, at DESC, id DESC);
alter table entry_versions enable row level security;
create policy company on entry_versions as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on entry_versions is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on entry_versions for select to partnered_team
  using ((EXISTS ( SELECT
   FROM entries e
  WHERE e.id = entry_versions.entry_id)));
grant select on entry_versions to partnered_team;

create table file_chunks (
  org_id uuid not null,
  file_id uuid not null,
  place integer not null,
  bytes bytea not null,
  constraint file_chunks_pkey PRIMARY KEY (org_id, file_id, place),
  constraint file_chunks_org_id_file_id_fkey FOREIGN KEY (org_id, file_id) REFERENCES files(org_id, id) ON DELETE CASCADE,
  constraint file_chunks_bytes_check CHECK (length(bytes) >= 1 AND length(bytes) <= 262144),
  constraint file_chunks_place_check CHECK (place >= 0 AND place <= 99)
);
alter table file_chunks enable row level security;
create policy company on file_chunks as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on file_chunks is 'Only rows of the company that this transaction was entered for.';
create policy portal_reads on file_chunks for select to partnered_views
  using (( SELECT true
   FROM files f
  WHERE f.id = file_chunks.file_id));
create policy team_reads on file_chunks for select to partnered_team
  using (( SELECT true
   FROM files f
  WHERE f.id = file_chunks.file_id));
create policy team_adds on file_chunks for insert to partnered_team
  with check (( SELECT app.changes_things() AS changes_things) AND (EXISTS ( SELECT
   FROM files f
  WHERE f.id = file_chunks.file_id AND f.completed_at IS NULL AND NOT (f.partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)) AND file_chunks.place < ((f.size + 262143) / 262144))));
grant insert (org_id, file_id, place, bytes) on file_chunks to partnered_team;
grant select on file_chunks to partnered_team;
grant select on file_chunks to partnered_views;

create table files (
  org_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  deal_id uuid,
  name text not null,
  media_type text,
  size integer not null,
  sha256 text,
  member_id uuid,
  contact_id uuid,
  shared_from timestamp with time zone,
  completed_at timestamp with time zone,
  removed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint files_pkey PRIMARY KEY (org_id, id),
  constraint files_org_id_partner_id_id_key UNIQUE (org_id, partner_id, id),
  constraint files_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint files_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES members(org_id, id) ON DELETE SET NULL (member_id),
  constraint files_org_id_partner_id_contact_id_fkey FOREIGN KEY (org_id, partner_id, contact_id) REFERENCES contacts(org_id, partner_id, id) ON DELETE SET NULL (contact_id) DEFERRABLE,
  constraint files_org_id_partner_id_deal_id_fkey FOREIGN KEY (org_id, partner_id, deal_id) REFERENCES deals(org_id, partner_id, id) ON DELETE CASCADE DEFERRABLE,
  constraint files_org_id_partner_id_fkey FOREIGN KEY (org_id, partner_id) REFERENCES partners(org_id, id) ON DELETE CASCADE,
  constraint files_check CHECK (completed_at IS NULL OR media_type IS NOT NULL AND sha256 IS NOT NULL),
  constraint files_media_type_check CHECK (length(media_type) >= 3 AND length(media_type) <= 120),
  constraint files_name_check CHECK (length(name) >= 1 AND length(name) <= 200),
  constraint files_sha256_check CHECK (sha256 ~ '^[0-9a-f]{64}$'::text),
  constraint files_size_check CHECK (size >= 1 AND size <= 26214400)
);
CREATE INDEX files_by_deal ON public.files USING btree (org_id, deal_id, created_at DESC, id DESC) WHERE ((deal_id IS NOT NULL) AND (completed_at IS NOT NULL) AND (removed_at IS NULL));
CREATE INDEX files_by_partner ON public.files USING btree (org_id, partner_id, created_at DESC, id DESC) WHERE ((completed_at IS NOT NULL) AND (removed_at IS NULL));
CREATE INDEX files_by_sender ON public.files USING btree (org_id, partner_id, member_id) WHERE (shared_from IS NOT NULL);
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON files FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER hear_file AFTER UPDATE OF completed_at ON files FOR EACH ROW WHEN (old.completed_at IS NULL AND new.completed_at IS NOT NULL AND NOT app.quiet()) EXECUTE FUNCTION app.hear_file();
CREATE TRIGGER zz_log_added AFTER INSERT ON files REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_files_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON files REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_files_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON files REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_files_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON files REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON files REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON files REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table files enable row level security;
create policy company on files as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on files is 'Only rows of the company that this transaction was entered for.';
create policy portal_reads on files for select to partnered_views
  using (partner_id = (( SELECT app.partner() AS partner)) AND shared_from <= (( SELECT app.now() AS now)) AND removed_at IS NULL AND ( SELECT app.permits('sees_notes'::text) AS permits) AND (( SELECT app.contact_sees() AS contact_sees)) IS NOT NULL AND (deal_id IS NULL OR ( SELECT true
   FROM deals d
  WHERE d.id = files.deal_id)));
create policy team_reads on files for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL AND NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners)) AND (completed_at IS NOT NULL OR member_id = (( SELECT app.member() AS member))));
create policy team_adds on files for insert to partnered_team
  with check (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)) AND member_id = (( SELECT app.member() AS member)));
create policy team_changes on files for update to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)) AND (completed_at IS NOT NULL OR member_id = (( SELECT app.member() AS member))));
create policy team_gives_up on files for delete to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)) AND completed_at IS NULL AND member_id = (( SELECT app.member() AS member)));
grant delete on files to partnered_team;
grant insert (org_id, id, partner_id, deal_id, name, size, sha256, member_id, created_at) on files to partnered_team;
grant select on files to partnered_team;
grant update (media_type, sha256, completed_at, removed_at) on files to partnered_team;
grant select (org_id, id, partner_id, deal_id, name, media_type, size, sha256, member_id, contact_id, shared_from, removed_at) on files to partnered_views;

create table ground_rules (
  org_id uuid not null,
  rule text not null,
  is_on boolean not null,
  amount integer,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint ground_rules_pkey PRIMARY KEY (org_id, rule),
  constraint ground_rules_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint ground_rules_amount_check CHECK (amount >= 1 AND amount <= 365),
  constraint ground_rules_rule_check CHECK (rule = ANY (ARRAY['legal_name'::text, 'type'::text, 'owner'::text, 'tags'::text, 'main_contact'::text, 'quiet'::text]))
);
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON ground_rules FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER zz_log_added AFTER INSERT ON ground_rules REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_ground_rules_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON ground_rules REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_ground_rules_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON ground_rules REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_ground_rules_removed();
alter table ground_rules enable row level security;
create policy company on ground_rules as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on ground_rules is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on ground_rules for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL);
create policy admin_changes on ground_rules for update to partnered_team
  using ((( SELECT app.team_role() AS team_role)) = 'admin'::text);
grant select on ground_rules to partnered_team;
grant update (is_on, amount) on ground_rules to partnered_team;

create table idempotency_keys (
  org_id uuid not null,
  actor_id uuid not null,
  key text not null,
  fingerprint text not null,
  body text,
  created_at timestamp with time zone not null,
  constraint idempotency_keys_pkey PRIMARY KEY (org_id, actor_id, key)
);
alter table idempotency_keys enable row level security;
create policy company on idempotency_keys as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on idempotency_keys is 'Only rows of the company that this transaction was entered for.';

create table import_pieces (
  org_id uuid not null,
  import_id uuid not null,
  place integer not null,
  bytes bytea not null,
  constraint import_pieces_pkey PRIMARY KEY (org_id, import_id, place),
  constraint import_pieces_org_id_import_id_fkey FOREIGN KEY (org_id, import_id) REFERENCES imports(org_id, id) ON DELETE CASCADE,
  constraint import_pieces_bytes_check CHECK (length(bytes) >= 1 AND length(bytes) <= 524288),
  constraint import_pieces_place_check CHECK (place >= 0 AND place <= 99)
);
alter table import_pieces enable row level security;
create policy company on import_pieces as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on import_pieces is 'Only rows of the company that this transaction was entered for.';
create policy own_reads on import_pieces for select to partnered_team
  using ((import_id IN ( SELECT i.id
   FROM imports i)));
create policy own_adds on import_pieces for insert to partnered_team
  with check (( SELECT app.changes_things() AS changes_things) AND (import_id IN ( SELECT i.id
   FROM imports i)));
create policy own_removes on import_pieces for delete to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND (import_id IN ( SELECT i.id
   FROM imports i)));
grant delete on import_pieces to partnered_team;
grant insert on import_pieces to partnered_team;
grant select on import_pieces to partnered_team;

create table import_rows (
  org_id uuid not null,
  import_id uuid not null,
  line integer not null,
  reading integer not null,
  state text not null,
  decision text not null,
  typo boolean not null default false,
  record_id uuid not null,
  slug text,
  name_key text,
  same_id uuid,
  "row" jsonb not null,
  choice text,
  taken boolean not null default false,
  edits jsonb,
  constraint import_rows_pkey PRIMARY KEY (org_id, import_id, line),
  constraint import_rows_org_id_import_id_fkey FOREIGN KEY (org_id, import_id) REFERENCES imports(org_id, id) ON DELETE CASCADE,
  constraint import_rows_choice_check CHECK (choice = ANY (ARRAY['import'::text, 'update'::text, 'skip'::text])),
  constraint import_rows_decision_check CHECK (decision = ANY (ARRAY['import'::text, 'update'::text, 'skip'::text])),
  constraint import_rows_state_check CHECK (state = ANY (ARRAY['new'::text, 'duplicate'::text, 'broken'::text, 'dropped'::text, 'parked'::text]))
);
CREATE INDEX import_rows_by_state ON public.import_rows USING btree (org_id, import_id, state, line);
CREATE INDEX import_rows_typos ON public.import_rows USING btree (org_id, import_id, line) WHERE typo;
alter table import_rows enable row level security;
create policy company on import_rows as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on import_rows is 'Only rows of the company that this transaction was entered for.';
create policy own_reads on import_rows for select to partnered_team
  using ((import_id IN ( SELECT i.id
   FROM imports i)));
create policy own_adds on import_rows for insert to partnered_team
  with check (( SELECT app.changes_things() AS changes_things) AND (import_id IN ( SELECT i.id
   FROM imports i)));
create policy own_changes on import_rows for update to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND (import_id IN ( SELECT i.id
   FROM imports i)));
create policy own_removes on import_rows for delete to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND (import_id IN ( SELECT i.id
   FROM imports i)));
grant delete on import_rows to partnered_team;
grant insert on import_rows to partnered_team;
grant select on import_rows to partnered_team;
grant update on import_rows to partnered_team;

create table imports (
  org_id uuid not null,
  id uuid not null,
  file_name text not null,
  state text not null,
  member_id uuid not null,
  file bytea,
  mapping jsonb,
  checked jsonb,
  total integer not null default 0,
  done integer not null default 0,
  result jsonb,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  kind text not null default 'partners'::text,
  act_id uuid,
  constraint imports_pkey PRIMARY KEY (org_id, id),
  constraint imports_org_id_act_id_fkey FOREIGN KEY (org_id, act_id) REFERENCES acts(org_id, id) ON DELETE SET NULL (act_id),
  constraint imports_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint imports_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES members(org_id, id),
  constraint imports_kind_check CHECK (kind = ANY (ARRAY['partners'::text, 'deals'::text])),
  constraint imports_state_check CHECK (state = ANY (ARRAY['reading'::text, 'checked'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text, 'undone'::text]))
);
CREATE INDEX imports_newest ON public.imports USING btree (org_id, member_id, created_at DESC, id);
CREATE INDEX imports_under_way ON public.imports USING btree (org_id, id) WHERE (state = ANY (ARRAY['reading'::text, 'running'::text]));
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON imports FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER zz_log_added AFTER INSERT ON imports REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_imports_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON imports REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_imports_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON imports REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_imports_removed();
alter table imports enable row level security;
create policy company on imports as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on imports is 'Only rows of the company that this transaction was entered for.';
create policy own_reads on imports for select to partnered_team
  using (member_id = (( SELECT app.member() AS member)));
create policy own_adds on imports for insert to partnered_team
  with check (member_id = (( SELECT app.member() AS member)) AND ( SELECT app.changes_things() AS changes_things));
create policy own_changes on imports for update to partnered_team
  using (member_id = (( SELECT app.member() AS member)) AND ( SELECT app.changes_things() AS changes_things));
grant insert on imports to partnered_team;
grant select on imports to partnered_team;
grant update on imports to partnered_team;

create table invitations (
  org_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  contact_id uuid not null,
  message text not null,
  token_hash text,
  sent_by uuid not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  effective_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  declined_at timestamp with time zone,
  prefers_email_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  version integer not null default 1,
  mailed_hash text,
  constraint invitations_pkey PRIMARY KEY (org_id, id),
  constraint invitations_org_id_partner_id_contact_id_fkey FOREIGN KEY (org_id, partner_id, contact_id) REFERENCES contacts(org_id, partner_id, id) ON DELETE CASCADE DEFERRABLE,
  constraint invitations_org_id_sent_by_fkey FOREIGN KEY (org_id, sent_by) REFERENCES members(org_id, id),
  constraint invitations_message_check CHECK (length(message) >= 20 AND length(message) <= 4000)
);
CREATE INDEX invitations_by_contact ON public.invitations USING btree (org_id, contact_id, created_at DESC);
CREATE INDEX invitations_mailed ON public.invitations USING btree (mailed_hash) WHERE (mailed_hash IS NOT NULL);
CREATE INDEX invitations_token ON public.invitations USING btree (token_hash) WHERE (token_hash IS NOT NULL);
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON invitations FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER zz_log_added AFTER INSERT ON invitations REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_invitations_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON invitations REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_invitations_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON invitations REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_invitations_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON invitations REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON invitations REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON invitations REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table invitations enable row level security;
create policy company on invitations as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on invitations is 'Only rows of the company that this transaction was entered for.';
create policy portal_reads on invitations for select to partnered_views
  using (contact_id = (( SELECT app.contact() AS contact)) AND effective_at <= (( SELECT app.now() AS now)) AND (( SELECT app.contact_sees() AS contact_sees)) IS NOT NULL);
create policy team_reads on invitations for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL AND NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners)));
create policy team_adds on invitations for insert to partnered_team
  with check (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)) AND sent_by = (( SELECT app.member() AS member)));
create policy team_changes on invitations for update to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)));
create policy team_undoes on invitations for delete to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)) AND effective_at > (( SELECT app.now() AS now)));
grant delete on invitations to partnered_team;
grant insert (org_id, id, partner_id, contact_id, message, sent_by, created_at, effective_at, expires_at) on invitations to partnered_team;
grant select (org_id, id, partner_id, contact_id, message, sent_by, created_at, updated_at, effective_at, expires_at, accepted_at, declined_at, prefers_email_at, withdrawn_at, version) on invitations to partnered_team;
grant update (token_hash, expires_at, withdrawn_at, mailed_hash) on invitations to partnered_team;
grant select (org_id, id, contact_id, message, sent_by, created_at, effective_at, expires_at) on invitations to partnered_views;

create table mail_links (
  org_id uuid not null,
  id uuid not null,
  purpose text not null,
  token_hash text not null,
  member_id uuid,
  contact_id uuid,
  class text not null,
  partner_id uuid,
  deal_id uuid,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint mail_links_pkey PRIMARY KEY (org_id, id),
  constraint mail_links_org_id_contact_id_fkey FOREIGN KEY (org_id, contact_id) REFERENCES contacts(org_id, id) ON DELETE CASCADE,
  constraint mail_links_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint mail_links_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES members(org_id, id) ON DELETE CASCADE,
  constraint mail_links_check CHECK ((member_id IS NULL) <> (contact_id IS NULL)),
  constraint mail_links_purpose_check CHECK (purpose = 'prefs'::text)
);
CREATE INDEX mail_links_of_contact ON public.mail_links USING btree (org_id, contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX mail_links_of_member ON public.mail_links USING btree (org_id, member_id) WHERE (member_id IS NOT NULL);
CREATE INDEX mail_links_old ON public.mail_links USING btree (org_id, expires_at);
CREATE INDEX mail_links_token ON public.mail_links USING btree (token_hash);
CREATE TRIGGER zz_remember_added AFTER INSERT ON mail_links REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON mail_links REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON mail_links REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table mail_links enable row level security;
create policy company on mail_links as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on mail_links is 'Only rows of the company that this transaction was entered for.';

create table members (
  org_id uuid not null,
  id uuid not null,
  person_id text not null,
  name text not null,
  email text not null,
  role text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  deactivated_at timestamp with time zone,
  version integer not null default 1,
  constraint members_pkey PRIMARY KEY (org_id, id),
  constraint members_org_id_email_key UNIQUE (org_id, email),
  constraint members_org_id_person_id_key UNIQUE (org_id, person_id),
  constraint members_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint members_name_check CHECK (length(name) >= 1 AND length(name) <= 200),
  constraint members_role_check CHECK (role = ANY (ARRAY['admin'::text, 'member'::text, 'read_only'::text]))
);
CREATE INDEX members_person ON public.members USING btree (person_id);
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON members FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER doors AFTER UPDATE ON members FOR EACH ROW WHEN (old.deactivated_at IS DISTINCT FROM new.deactivated_at OR old.person_id IS DISTINCT FROM new.person_id) EXECUTE FUNCTION app.tell_doors();
CREATE TRIGGER guard_member BEFORE UPDATE ON members FOR EACH ROW EXECUTE FUNCTION app.guard_member();
CREATE TRIGGER tell_role AFTER UPDATE OF role ON members FOR EACH ROW WHEN (NOT app.quiet() AND new.role <> old.role) EXECUTE FUNCTION app.tell_role();
CREATE TRIGGER zz_log_added AFTER INSERT ON members REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_members_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON members REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_members_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON members REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_members_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON members REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON members REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON members REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table members enable row level security;
create policy company on members as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on members is 'Only rows of the company that this transaction was entered for.';
create policy portal_reads on members for select to partnered_views
  using (( SELECT true
   FROM deals d
  WHERE d.our_owner_id = members.id
 LIMIT 1) OR (id IN ( SELECT app.known_members() AS known_members)));
create policy team_reads on members for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL);
create policy admin_adds on members for insert to partnered_team
  with check ((( SELECT app.team_role() AS team_role)) = 'admin'::text);
create policy admin_changes on members for update to partnered_team
  using ((( SELECT app.team_role() AS team_role)) = 'admin'::text);
grant insert (org_id, id, person_id, name, email, role, created_at) on members to partnered_team;
grant select (org_id, id, name, email, role, created_at, deactivated_at, version) on members to partnered_team;
grant update (name, role, deactivated_at) on members to partnered_team;
grant select (org_id, id, name) on members to partnered_views;

create table mentions (
  org_id uuid not null,
  entry_id uuid not null,
  member_id uuid not null,
  constraint mentions_pkey PRIMARY KEY (org_id, entry_id, member_id),
  constraint mentions_org_id_entry_id_fkey FOREIGN KEY (org_id, entry_id) REFERENCES entries(org_id, id) ON DELETE CASCADE,
  constraint mentions_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES members(org_id, id) ON DELETE CASCADE
);
CREATE TRIGGER hear_mention AFTER INSERT ON mentions FOR EACH ROW WHEN (NOT app.quiet()) EXECUTE FUNCTION app.hear_mention();
CREATE TRIGGER zz_remember_added AFTER INSERT ON mentions REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON mentions REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON mentions REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table mentions enable row level security;
create policy company on mentions as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on mentions is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on mentions for select to partnered_team
  using ((EXISTS ( SELECT
   FROM entries e
  WHERE e.id = mentions.entry_id)));
create policy team_adds on mentions for insert to partnered_team
  with check (( SELECT app.changes_things() AS changes_things) AND (EXISTS ( SELECT
   FROM entries e
  WHERE e.id = mentions.entry_id AND e.member_id = (( SELECT app.member() AS member)) AND NOT (e.partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)) AND (mentions.member_id IN ( SELECT app.members_who_see(e.partner_id) AS members_who_see)))));
grant insert on mentions to partnered_team;
grant select on mentions to partnered_team;

create table merged_records (
  org_id uuid not null,
  old_id uuid not null,
  partner_id uuid not null,
  contact_id uuid,
  workspace text,
  act_id uuid not null,
  constraint merged_records_pkey PRIMARY KEY (org_id, old_id),
  constraint merged_records_org_id_act_id_fkey FOREIGN KEY (org_id, act_id) REFERENCES acts(org_id, id) ON DELETE CASCADE,
  constraint merged_records_org_id_partner_id_contact_id_fkey FOREIGN KEY (org_id, partner_id, contact_id) REFERENCES contacts(org_id, partner_id, id) ON DELETE CASCADE DEFERRABLE,
  constraint merged_records_org_id_partner_id_fkey FOREIGN KEY (org_id, partner_id) REFERENCES partners(org_id, id) ON DELETE CASCADE
);
CREATE INDEX merged_records_into ON public.merged_records USING btree (org_id, partner_id, contact_id);
CREATE INDEX merged_records_workspace ON public.merged_records USING btree (workspace) WHERE (workspace IS NOT NULL);
CREATE TRIGGER zz_remember_added AFTER INSERT ON merged_records REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON merged_records REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON merged_records REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table merged_records enable row level security;
create policy company on merged_records as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on merged_records is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on merged_records for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL AND NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners)));
grant select on merged_records to partnered_team;

create table mutes (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  partner_id uuid not null,
  deal_id uuid,
  created_at timestamp with time zone not null,
  constraint mutes_pkey PRIMARY KEY (org_id, id),
  constraint mutes_once UNIQUE NULLS NOT DISTINCT (org_id, member_id, partner_id, deal_id),
  constraint mutes_org_id_deal_id_fkey FOREIGN KEY (org_id, deal_id) REFERENCES deals(org_id, id) ON DELETE CASCADE,
  constraint mutes_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint mutes_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES members(org_id, id) ON DELETE CASCADE,
  constraint mutes_org_id_partner_id_fkey FOREIGN KEY (org_id, partner_id) REFERENCES partners(org_id, id) ON DELETE CASCADE
);
CREATE INDEX mutes_of_deal ON public.mutes USING btree (org_id, deal_id) WHERE (deal_id IS NOT NULL);
CREATE INDEX mutes_of_partner ON public.mutes USING btree (org_id, partner_id);
CREATE TRIGGER zz_log_added AFTER INSERT ON mutes REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_mutes_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON mutes REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_mutes_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON mutes REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_mutes_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON mutes REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON mutes REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON mutes REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table mutes enable row level security;
create policy company on mutes as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on mutes is 'Only rows of the company that this transaction was entered for.';
create policy own_reads on mutes for select to partnered_team
  using (member_id = (( SELECT app.member() AS member)) AND NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners)));
create policy own_adds on mutes for insert to partnered_team
  with check (member_id = (( SELECT app.member() AS member)) AND NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners)));
create policy own_removes on mutes for delete to partnered_team
  using (member_id = (( SELECT app.member() AS member)) AND NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners)));
grant delete on mutes to partnered_team;
grant insert on mutes to partnered_team;
grant select on mutes to partnered_team;

create table notice_settings (
  org_id uuid not null,
  member_id uuid not null,
  assigned text not null,
  replied text not null,
  moved text not null,
  quiet text not null,
  sent text not null,
  invites text not null,
  access text not null,
  quiet_hours boolean not null,
  quiet_from text not null,
  quiet_to text not null,
  quiet_weekends boolean not null,
  digest_at text not null,
  time_zone text,
  updated_at timestamp with time zone not null,
  constraint notice_settings_pkey PRIMARY KEY (org_id, member_id),
  constraint notice_settings_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint notice_settings_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES members(org_id, id) ON DELETE CASCADE,
  constraint notice_settings_access_check CHECK (access = ANY (ARRAY['now'::text, 'digest'::text, 'off'::text])),
  constraint notice_settings_assigned_check CHECK (assigned = ANY (ARRAY['now'::text, 'digest'::text, 'off'::text])),
  constraint notice_settings_digest_at_check CHECK (digest_at ~ '^([01]\d|2[0-3]):(00|15|30|45)$'::text),
  constraint notice_settings_invites_check CHECK (invites = ANY (ARRAY['now'::text, 'digest'::text, 'off'::text])),
  constraint notice_settings_leave_a_moment CHECK (quiet_from <> quiet_to),
  constraint notice_settings_moved_check CHECK (moved = ANY (ARRAY['now'::text, 'digest'::text, 'off'::text])),
  constraint notice_settings_quiet_check CHECK (quiet = ANY (ARRAY['now'::text, 'digest'::text, 'off'::text])),
  constraint notice_settings_quiet_from_check CHECK (quiet_from ~ '^([01]\d|2[0-3]):(00|15|30|45)$'::text),
  constraint notice_settings_quiet_to_check CHECK (quiet_to ~ '^([01]\d|2[0-3]):(00|15|30|45)$'::text),
  constraint notice_settings_replied_check CHECK (replied = ANY (ARRAY['now'::text, 'digest'::text, 'off'::text])),
  constraint notice_settings_sent_check CHECK (sent = ANY (ARRAY['now'::text, 'digest'::text, 'off'::text])),
  constraint notice_settings_time_zone_check CHECK (length(time_zone) >= 1 AND length(time_zone) <= 60)
);
CREATE TRIGGER zz_log_added AFTER INSERT ON notice_settings REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_notice_settings_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON notice_settings REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_notice_settings_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON notice_settings REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_notice_settings_removed();
alter table notice_settings enable row level security;
create policy company on notice_settings as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on notice_settings is 'Only rows of the company that this transaction was entered for.';
create policy own_reads on notice_settings for select to partnered_team
  using (member_id = (( SELECT app.member() AS member)));
create policy own_adds on notice_settings for insert to partnered_team
  with check (member_id = (( SELECT app.member() AS member)));
create policy own_changes on notice_settings for update to partnered_team
  using (member_id = (( SELECT app.member() AS member)));
grant insert on notice_settings to partnered_team;
grant select on notice_settings to partnered_team;
grant update (assigned, replied, moved, quiet, sent, invites, access, quiet_hours, quiet_from, quiet_to, quiet_weekends, digest_at, time_zone, updated_at) on notice_settings to partnered_team;

create table notifications (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  kind text not null,
  partner_id uuid not null,
  deal_id uuid,
  entry_id uuid,
  contact_id uuid,
  key text not null,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  by_id uuid,
  digest_from timestamp with time zone,
  mail_id uuid,
  told_at timestamp with time zone,
  done_at timestamp with time zone,
  snoozed_until timestamp with time zone,
  constraint notifications_pkey PRIMARY KEY (org_id, id),
  constraint notifications_org_id_member_id_key_key UNIQUE (org_id, member_id, key),
  constraint notifications_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES members(org_id, id) ON DELETE CASCADE,
  constraint notifications_org_id_partner_id_deal_id_fkey FOREIGN KEY (org_id, partner_id, deal_id) REFERENCES deals(org_id, partner_id, id) ON DELETE CASCADE DEFERRABLE,
  constraint notifications_org_id_partner_id_entry_id_fkey FOREIGN KEY (org_id, partner_id, entry_id) REFERENCES entries(org_id, partner_id, id) ON DELETE CASCADE DEFERRABLE,
  constraint notifications_org_id_partner_id_fkey FOREIGN KEY (org_id, partner_id) REFERENCES partners(org_id, id) ON DELETE CASCADE
);
CREATE INDEX notifications_newest ON public.notifications USING btree (org_id, member_id, created_at DESC, id DESC);
CREATE INDEX notifications_of_deal ON public.notifications USING btree (org_id, deal_id) WHERE (deal_id IS NOT NULL);
CREATE INDEX notifications_of_entry ON public.notifications USING btree (org_id, entry_id) WHERE (entry_id IS NOT NULL);
CREATE INDEX notifications_of_mail ON public.notifications USING btree (org_id, mail_id) WHERE (mail_id IS NOT NULL);
CREATE INDEX notifications_of_member ON public.notifications USING btree (org_id, member_id, created_at);
CREATE INDEX notifications_of_partner ON public.notifications USING btree (org_id, partner_id);
CREATE INDEX notifications_open ON public.notifications USING btree (org_id, member_id) WHERE (done_at IS NULL);
CREATE INDEX notifications_waiting ON public.notifications USING btree (org_id, member_id) WHERE (told_at IS NULL);
CREATE TRIGGER wake_member AFTER INSERT ON notifications FOR EACH ROW WHEN (NOT app.quiet() AND new.told_at IS NULL) EXECUTE FUNCTION app.wake_member();
CREATE TRIGGER zz_remember_added AFTER INSERT ON notifications REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON notifications REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON notifications REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table notifications enable row level security;
create policy company on notifications as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on notifications is 'Only rows of the company that this transaction was entered for.';
create policy own_reads on notifications for select to partnered_team
  using (member_id = (( SELECT app.member() AS member)) AND NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners)));
create policy own_changes on notifications for update to partnered_team
  using (member_id = (( SELECT app.member() AS member)) AND NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners)));
grant select on notifications to partnered_team;
grant update (read_at, done_at, snoozed_until) on notifications to partnered_team;

create table organizations (
  org_id uuid not null,
  name text not null,
  time_zone text not null default 'UTC'::text,
  currency text not null default 'EUR'::text,
  links_show_value boolean not null default false,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  members_add_tags boolean not null default false,
  protection_days integer not null default 90,
  constraint organizations_pkey PRIMARY KEY (org_id),
  constraint organizations_currency_check CHECK (currency ~ '^[A-Z]{3}$'::text),
  constraint organizations_name_check CHECK (length(name) >= 1 AND length(name) <= 200),
  constraint organizations_protection_days_check CHECK (protection_days >= 1 AND protection_days <= 730)
);
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON organizations FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER furnish AFTER INSERT ON organizations FOR EACH ROW EXECUTE FUNCTION app.furnish_company();
CREATE TRIGGER zz_log_added AFTER INSERT ON organizations REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_organizations_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON organizations REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_organizations_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON organizations REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_organizations_removed();
alter table organizations enable row level security;
create policy company on organizations as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on organizations is 'Only rows of the company that this transaction was entered for.';
create policy portal_reads on organizations for select to partnered_views
  using ((( SELECT app.contact_sees() AS contact_sees)) IS NOT NULL);
create policy team_reads on organizations for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL);
create policy admin_changes on organizations for update to partnered_team
  using ((( SELECT app.team_role() AS team_role)) = 'admin'::text);
grant select on organizations to partnered_team;
grant update (name, time_zone, currency, links_show_value, members_add_tags, protection_days) on organizations to partnered_team;
grant select (org_id, name, links_show_value) on organizations to partnered_views;

create table outbox (
  org_id uuid not null,
  id uuid not null,
  kind text not null,
  partner_id uuid,
  contact_id uuid,
  member_id uuid,
  invitation_id uuid,
  deal_id uuid,
  message_id text not null,
  state text not null default 'due'::text,
  due_at timestamp with time zone not null,
  queued_at timestamp with time zone,
  tries integer not null default 0,
  to_email text,
  subject text,
  body text,
  error text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  more integer,
  constraint outbox_pkey PRIMARY KEY (org_id, id),
  constraint outbox_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint outbox_org_id_partner_id_fkey FOREIGN KEY (org_id, partner_id) REFERENCES partners(org_id, id) ON DELETE CASCADE,
  constraint outbox_state_check CHECK (state = ANY (ARRAY['due'::text, 'sent'::text, 'held'::text, 'failed'::text, 'dropped'::text]))
);
CREATE INDEX outbox_by_id ON public.outbox USING btree (id);
CREATE INDEX outbox_due ON public.outbox USING btree (due_at) WHERE ((state = 'due'::text) AND (queued_at IS NULL));
CREATE INDEX outbox_failed ON public.outbox USING btree (org_id, invitation_id) WHERE (state = 'failed'::text);
CREATE INDEX outbox_newest ON public.outbox USING btree (org_id, created_at DESC, id);
CREATE INDEX outbox_of_deal ON public.outbox USING btree (org_id, deal_id) WHERE (deal_id IS NOT NULL);
CREATE INDEX outbox_of_partner ON public.outbox USING btree (org_id, partner_id) WHERE (partner_id IS NOT NULL);
CREATE INDEX outbox_to_contact ON public.outbox USING btree (org_id, contact_id, created_at) WHERE (contact_id IS NOT NULL);
CREATE INDEX outbox_to_member ON public.outbox USING btree (org_id, member_id, created_at) WHERE (member_id IS NOT NULL);
CREATE TRIGGER zz_remember_added AFTER INSERT ON outbox REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON outbox REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON outbox REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table outbox enable row level security;
create policy company on outbox as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on outbox is 'Only rows of the company that this transaction was entered for.';
create policy admin_reads on outbox for select to partnered_team
  using ((( SELECT app.team_role() AS team_role)) = 'admin'::text);
grant select on outbox to partnered_team;

create table parked_deals (
  org_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  member_id uuid not null,
  line integer not null,
  partner_name text not null,
  deal jsonb not null,
  settled_at timestamp with time zone,
  deal_id uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint parked_deals_pkey PRIMARY KEY (org_id, id),
  constraint parked_deals_org_id_deal_id_fkey FOREIGN KEY (org_id, deal_id) REFERENCES deals(org_id, id) ON DELETE SET NULL (deal_id),
  constraint parked_deals_org_id_import_id_fkey FOREIGN KEY (org_id, import_id) REFERENCES imports(org_id, id) ON DELETE CASCADE,
  constraint parked_deals_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES members(org_id, id),
  constraint parked_deals_partner_name_check CHECK (length(partner_name) >= 1 AND length(partner_name) <= 200)
);
CREATE INDEX parked_deals_waiting ON public.parked_deals USING btree (org_id, created_at, id) WHERE (settled_at IS NULL);
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON parked_deals FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER zz_log_added AFTER INSERT ON parked_deals REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_parked_deals_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON parked_deals REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_parked_deals_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON parked_deals REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_parked_deals_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON parked_deals REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON parked_deals REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON parked_deals REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table parked_deals enable row level security;
create policy company on parked_deals as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on parked_deals is 'Only rows of the company that this transaction was entered for.';
create policy own_reads on parked_deals for select to partnered_team
  using (member_id = (( SELECT app.member() AS member)) OR (( SELECT app.team_role() AS team_role)) = 'admin'::text);
create policy own_adds on parked_deals for insert to partnered_team
  with check (member_id = (( SELECT app.member() AS member)) AND ( SELECT app.changes_things() AS changes_things));
create policy own_changes on parked_deals for update to partnered_team
  using ((member_id = (( SELECT app.member() AS member)) OR (( SELECT app.team_role() AS team_role)) = 'admin'::text) AND ( SELECT app.changes_things() AS changes_things));
grant insert on parked_deals to partnered_team;
grant select on parked_deals to partnered_team;
grant update (settled_at, deal_id) on parked_deals to partnered_team;

create table partner_members (
  org_id uuid not null,
  partner_id uuid not null,
  member_id uuid not null,
  level text not null,
  created_at timestamp with time zone not null,
  constraint partner_members_pkey PRIMARY KEY (org_id, partner_id, member_id),
  constraint partner_members_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES members(org_id, id) ON DELETE CASCADE,
  constraint partner_members_org_id_partner_id_fkey FOREIGN KEY (org_id, partner_id) REFERENCES partners(org_id, id) ON DELETE CASCADE,
  constraint partner_members_level_check CHECK (level = ANY (ARRAY['view'::text, 'work'::text]))
);
CREATE INDEX partner_members_by_member ON public.partner_members USING btree (org_id, member_id, partner_id);
CREATE TRIGGER ask_reach_again AFTER INSERT OR DELETE OR UPDATE ON partner_members FOR EACH STATEMENT EXECUTE FUNCTION app.ask_reach_again();
CREATE TRIGGER tell_access AFTER INSERT OR UPDATE OF level ON partner_members FOR EACH ROW WHEN (NOT app.quiet()) EXECUTE FUNCTION app.tell_access();
CREATE TRIGGER zz_log_added AFTER INSERT ON partner_members REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_partner_members_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON partner_members REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_partner_members_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON partner_members REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_partner_members_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON partner_members REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON partner_members REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON partner_members REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table partner_members enable row level security;
create policy company on partner_members as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on partner_members is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on partner_members for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL AND NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners)));
create policy owner_adds on partner_members for insert to partnered_team
  with check (app.can_decide_on(partner_id));
create policy owner_changes on partner_members for update to partnered_team
  using (app.can_decide_on(partner_id));
create policy owner_removes on partner_members for delete to partnered_team
  using (app.can_decide_on(partner_id));
grant delete on partner_members to partnered_team;
grant insert on partner_members to partnered_team;
grant select on partner_members to partnered_team;
grant update (level) on partner_members to partnered_team;

create table partner_slugs (
  org_id uuid not null,
  slug text not null,
  partner_id uuid not null,
  constraint partner_slugs_pkey PRIMARY KEY (org_id, slug),
  constraint partner_slugs_org_id_partner_id_fkey FOREIGN KEY (org_id, partner_id) REFERENCES partners(org_id, id) ON DELETE CASCADE
);
CREATE TRIGGER zz_remember_added AFTER INSERT ON partner_slugs REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON partner_slugs REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON partner_slugs REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table partner_slugs enable row level security;
create policy company on partner_slugs as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on partner_slugs is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on partner_slugs for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL AND NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners)));
grant select on partner_slugs to partnered_team;

create table partner_tags (
  org_id uuid not null,
  partner_id uuid not null,
  tag_id uuid not null,
  constraint partner_tags_pkey PRIMARY KEY (org_id, partner_id, tag_id),
  constraint partner_tags_org_id_partner_id_fkey FOREIGN KEY (org_id, partner_id) REFERENCES partners(org_id, id) ON DELETE CASCADE,
  constraint partner_tags_org_id_tag_id_fkey FOREIGN KEY (org_id, tag_id) REFERENCES tags(org_id, id) ON DELETE CASCADE
);
CREATE INDEX partner_tags_by_tag ON public.partner_tags USING btree (org_id, tag_id, partner_id);
CREATE TRIGGER zz_log_added AFTER INSERT ON partner_tags REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_partner_tags_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON partner_tags REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_partner_tags_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON partner_tags REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_partner_tags_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON partner_tags REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON partner_tags REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON partner_tags REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table partner_tags enable row level security;
create policy company on partner_tags as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on partner_tags is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on partner_tags for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL AND (( SELECT app.reaches_all() AS reaches_all) OR NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners))));
create policy team_adds on partner_tags for insert to partnered_team
  with check (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)));
create policy team_removes on partner_tags for delete to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)));
grant delete on partner_tags to partnered_team;
grant insert on partner_tags to partnered_team;
grant select on partner_tags to partnered_team;

create table partner_types (
  org_id uuid not null,
  id uuid not null,
  key text not null,
  name text not null,
  place integer not null,
  archived_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint partner_types_pkey PRIMARY KEY (org_id, id),
  constraint partner_types_org_id_key_key UNIQUE (org_id, key),
  constraint partner_types_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint partner_types_key_check CHECK (length(key) >= 1 AND length(key) <= 40),
  constraint partner_types_name_check CHECK (length(name) >= 1 AND length(name) <= 40)
);
CREATE UNIQUE INDEX partner_types_name ON public.partner_types USING btree (org_id, lower(name));
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON partner_types FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER zz_log_added AFTER INSERT ON partner_types REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_partner_types_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON partner_types REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_partner_types_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON partner_types REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_partner_types_removed();
alter table partner_types enable row level security;
create policy company on partner_types as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on partner_types is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on partner_types for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL);
comment on policy team_reads on partner_types is 'Everyone on the team reads the types of partners, the roles of contacts and the stages of deals.';
create policy admin_adds on partner_types for insert to partnered_team
  with check ((( SELECT app.team_role() AS team_role)) = 'admin'::text);
comment on policy admin_adds on partner_types is 'Admins add to them.';
create policy admin_changes on partner_types for update to partnered_team
  using ((( SELECT app.team_role() AS team_role)) = 'admin'::text);
comment on policy admin_changes on partner_types is 'Admins rename them, put them in order, archive and restore them.';
grant insert on partner_types to partnered_team;
grant select on partner_types to partnered_team;
grant update (name, place, archived_at) on partner_types to partnered_team;

create table partners (
  org_id uuid not null,
  id uuid not null,
  slug text not null,
  workspace text not null,
  legal_name text not null,
  name_key text not null,
  type text,
  status text not null default 'onboarding'::text,
  website text,
  domain text,
  phone text,
  description text,
  agreement_signed date,
  owner_id uuid,
  works_via text not null default 'internal'::text,
  team_access text not null default 'everyone'::text,
  sees_deals boolean not null default true,
  sees_value boolean not null default false,
  sees_customer_contact boolean not null default false,
  sees_notes boolean not null default true,
  updates_deals boolean not null default true,
  sends_deals boolean not null default false,
  archived_at timestamp with time zone,
  last_activity_at timestamp with time zone not null,
  reviewed_at timestamp with time zone,
  import_id uuid,
  sample boolean not null default false,
  created_by uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint partners_pkey PRIMARY KEY (org_id, id),
  constraint partners_org_id_slug_key UNIQUE (org_id, slug),
  constraint partners_org_id_workspace_key UNIQUE (org_id, workspace),
  constraint partners_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint partners_org_id_import_id_fkey FOREIGN KEY (org_id, import_id) REFERENCES imports(org_id, id) ON DELETE SET NULL (import_id),
  constraint partners_org_id_owner_id_fkey FOREIGN KEY (org_id, owner_id) REFERENCES members(org_id, id) ON DELETE SET NULL (owner_id),
  constraint partners_type_is_listed FOREIGN KEY (org_id, type) REFERENCES partner_types(org_id, key),
  constraint partners_legal_name_check CHECK (length(legal_name) >= 1 AND length(legal_name) <= 200),
  constraint partners_status_check CHECK (status = ANY (ARRAY['onboarding'::text, 'active'::text, 'dormant'::text])),
  constraint partners_team_access_check CHECK (team_access = ANY (ARRAY['everyone'::text, 'picked'::text])),
  constraint partners_type_check CHECK (length(type) >= 1 AND length(type) <= 40),
  constraint partners_works_via_check CHECK (works_via = ANY (ARRAY['portal'::text, 'email'::text, 'internal'::text]))
);
CREATE INDEX partners_archived ON public.partners USING btree (org_id, legal_name COLLATE "und-x-icu", id) WHERE (archived_at IS NOT NULL);
CREATE INDEX partners_by_activity ON public.partners USING btree (org_id, last_activity_at, id) WHERE (archived_at IS NULL);
CREATE INDEX partners_by_domain ON public.partners USING btree (org_id, domain) WHERE (domain IS NOT NULL);
CREATE INDEX partners_by_likeness ON public.partners USING gin (org_id, name_key gin_trgm_ops) WITH (gin_pending_list_limit='64');
CREATE INDEX partners_by_name ON public.partners USING btree (org_id, legal_name COLLATE "und-x-icu", id) WHERE (archived_at IS NULL);
CREATE INDEX partners_by_name_key ON public.partners USING btree (org_id, name_key);
CREATE INDEX partners_by_owner ON public.partners USING btree (org_id, owner_id, legal_name COLLATE "und-x-icu", id);
CREATE INDEX partners_by_start ON public.partners USING btree (org_id, app.fold(legal_name) text_pattern_ops);
CREATE INDEX partners_by_words ON public.partners USING gin (org_id, app.fold((((' '::text || legal_name) || ' '::text) || COALESCE(domain, ''::text))) gin_trgm_ops) WITH (gin_pending_list_limit='64');
CREATE INDEX partners_counted ON public.partners USING btree (org_id, import_id, id) INCLUDE (status, type, owner_id, last_activity_at) WHERE (archived_at IS NULL);
CREATE INDEX partners_odd_name ON public.partners USING btree (org_id, id) WHERE app.is_odd_name(legal_name);
CREATE INDEX partners_of_import ON public.partners USING btree (org_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX partners_picked ON public.partners USING btree (org_id, id) INCLUDE (owner_id) WHERE (team_access = 'picked'::text);
CREATE INDEX partners_sample ON public.partners USING btree (org_id) WHERE sample;
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON partners FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER ask_reach_again AFTER INSERT OR UPDATE OF team_access, owner_id ON partners FOR EACH STATEMENT EXECUTE FUNCTION app.ask_reach_again();
CREATE TRIGGER check_listed BEFORE INSERT OR UPDATE OF type ON partners FOR EACH ROW WHEN (new.type IS NOT NULL AND NOT app.quiet()) EXECUTE FUNCTION app.check_listed('type', 'partner_types');
CREATE TRIGGER check_owner BEFORE INSERT OR UPDATE OF owner_id ON partners FOR EACH ROW WHEN (new.owner_id IS NOT NULL) EXECUTE FUNCTION app.check_partner_owner();
CREATE TRIGGER doors AFTER UPDATE ON partners FOR EACH ROW WHEN (old.archived_at IS DISTINCT FROM new.archived_at) EXECUTE FUNCTION app.tell_doors();
CREATE TRIGGER guard_decisions BEFORE UPDATE ON partners FOR EACH ROW WHEN (NOT app.quiet()) EXECUTE FUNCTION app.guard_partner_decisions();
CREATE TRIGGER keep_slug AFTER UPDATE OF slug ON partners FOR EACH ROW EXECUTE FUNCTION app.keep_slug();
CREATE TRIGGER tell_assigned AFTER UPDATE OF owner_id ON partners FOR EACH ROW WHEN (NOT app.quiet() AND new.owner_id IS DISTINCT FROM old.owner_id) EXECUTE FUNCTION app.tell_assigned();
CREATE TRIGGER tell_assigned_new AFTER INSERT ON partners FOR EACH ROW WHEN (NOT app.quiet()) EXECUTE FUNCTION app.tell_assigned();
CREATE TRIGGER zz_log_added AFTER INSERT ON partners REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_partners_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON partners REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_partners_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON partners REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_partners_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON partners REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON partners REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON partners REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table partners enable row level security;
create policy company on partners as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on partners is 'Only rows of the company that this transaction was entered for.';
create policy portal_reads on partners for select to partnered_views
  using (id = (( SELECT app.partner() AS partner)) AND (( SELECT app.contact_sees() AS contact_sees)) IS NOT NULL);
create policy team_reads on partners for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL AND (( SELECT app.reaches_all() AS reaches_all) OR NOT (id IN ( SELECT app.hidden_partners() AS hidden_partners))));
create policy team_adds on partners for insert to partnered_team
  with check (( SELECT app.changes_things() AS changes_things));
create policy team_changes on partners for update to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND NOT (id IN ( SELECT app.view_only_partners() AS view_only_partners)));
create policy admin_removes_samples on partners for delete to partnered_team
  using (sample AND (( SELECT app.team_role() AS team_role)) = 'admin'::text);
grant delete on partners to partnered_team;
grant insert on partners to partnered_team;
grant select on partners to partnered_team;
grant update (slug, legal_name, name_key, type, status, website, domain, phone, description, agreement_signed, owner_id, works_via, team_access, sees_deals, sees_value, sees_customer_contact, sees_notes, updates_deals, sends_deals, archived_at, last_activity_at, reviewed_at) on partners to partnered_team;
grant select (org_id, id, workspace, legal_name, owner_id, sees_deals, sees_value, sees_customer_contact, sees_notes, updates_deals, sends_deals, archived_at) on partners to partnered_views;

create table read_records (
  org_id uuid not null,
  id bigint not null generated always as identity,
  at timestamp with time zone not null,
  member_id uuid,
  contact_id uuid,
  channel text not null,
  kind text not null,
  partner_id uuid,
  record_ids uuid[] not null,
  fields text[] not null,
  request_id text,
  constraint read_records_pkey PRIMARY KEY (org_id, id, at)
) partition by RANGE (at);
CREATE INDEX read_records_by_partner ON ONLY public.read_records USING btree (org_id, partner_id, at DESC, id DESC);
CREATE INDEX read_records_newest ON ONLY public.read_records USING btree (org_id, at DESC, id DESC);
CREATE INDEX read_records_of_record ON ONLY public.read_records USING gin (record_ids);
alter table read_records enable row level security;
create policy company on read_records as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on read_records is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on read_records for select to partnered_team
  using ((( SELECT app.team_role() AS team_role)) = 'admin'::text OR (( SELECT app.team_role() AS team_role)) = 'member'::text AND (partner_id IN ( SELECT p.id
   FROM partners p
  WHERE p.owner_id = (( SELECT app.member() AS member))
UNION ALL
 SELECT r.old_id
   FROM merged_records r
     JOIN partners p ON p.id = r.partner_id
  WHERE p.owner_id = (( SELECT app.member() AS member)))));
grant select on read_records to partnered_team;

create table shares (
  org_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  deal_id uuid,
  entry_id uuid,
  show_value boolean,
  show_customer_contact boolean,
  shared_by uuid,
  shared_at timestamp with time zone not null,
  effective_at timestamp with time zone not null,
  stopped_at timestamp with time zone,
  stopped_by uuid,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  file_id uuid,
  constraint shares_pkey PRIMARY KEY (org_id, id),
  constraint shares_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint shares_org_id_partner_id_deal_id_fkey FOREIGN KEY (org_id, partner_id, deal_id) REFERENCES deals(org_id, partner_id, id) ON DELETE CASCADE DEFERRABLE,
  constraint shares_org_id_partner_id_entry_id_fkey FOREIGN KEY (org_id, partner_id, entry_id) REFERENCES entries(org_id, partner_id, id) ON DELETE CASCADE DEFERRABLE,
  constraint shares_org_id_partner_id_file_id_fkey FOREIGN KEY (org_id, partner_id, file_id) REFERENCES files(org_id, partner_id, id) ON DELETE CASCADE DEFERRABLE,
  constraint shares_org_id_shared_by_fkey FOREIGN KEY (org_id, shared_by) REFERENCES members(org_id, id),
  constraint shares_are_made CHECK (shared_by IS NOT NULL OR deal_id IS NOT NULL),
  constraint shares_one_thing CHECK (num_nonnulls(deal_id, entry_id, file_id) = 1)
);
CREATE INDEX shares_by_partner ON public.shares USING btree (org_id, partner_id, deal_id, entry_id);
CREATE INDEX shares_of_deal ON public.shares USING btree (org_id, deal_id) WHERE (deal_id IS NOT NULL);
CREATE INDEX shares_of_entry ON public.shares USING btree (org_id, entry_id) WHERE (entry_id IS NOT NULL);
CREATE INDEX shares_of_file ON public.shares USING btree (org_id, file_id) WHERE (file_id IS NOT NULL);
CREATE UNIQUE INDEX shares_deal ON public.shares USING btree (org_id, deal_id) WHERE ((stopped_at IS NULL) AND (deal_id IS NOT NULL));
CREATE UNIQUE INDEX shares_entry ON public.shares USING btree (org_id, entry_id) WHERE ((stopped_at IS NULL) AND (entry_id IS NOT NULL));
CREATE UNIQUE INDEX shares_file ON public.shares USING btree (org_id, file_id) WHERE ((stopped_at IS NULL) AND (file_id IS NOT NULL));
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON shares FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER keep_shared AFTER INSERT OR DELETE OR UPDATE ON shares FOR EACH ROW WHEN (NOT app.quiet()) EXECUTE FUNCTION app.keep_shared();
CREATE TRIGGER live_added AFTER INSERT ON shares REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.tell_live();
CREATE TRIGGER live_changed AFTER UPDATE ON shares REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.tell_live();
CREATE TRIGGER zz_log_added AFTER INSERT ON shares REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_shares_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON shares REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_shares_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON shares REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_shares_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON shares REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON shares REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON shares REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table shares enable row level security;
create policy company on shares as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on shares is 'Only rows of the company that this transaction was entered for.';
create policy portal_reads on shares for select to partnered_views
  using (partner_id = (( SELECT app.partner() AS partner)) AND stopped_at IS NULL AND (( SELECT app.contact_sees() AS contact_sees)) IS NOT NULL);
create policy team_reads on shares for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL AND (( SELECT app.reaches_all() AS reaches_all) OR NOT (partner_id IN ( SELECT app.hidden_partners() AS hidden_partners))));
create policy team_adds on shares for insert to partnered_team
  with check (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)) AND shared_by = (( SELECT app.member() AS member)) AND (entry_id IS NULL OR (EXISTS ( SELECT
   FROM entries e
  WHERE e.id = shares.entry_id AND e.audience = 'partner'::text AND e.deal_id IS NULL))) AND (file_id IS NULL OR (EXISTS ( SELECT
   FROM files f
  WHERE f.id = shares.file_id AND f.completed_at IS NOT NULL AND f.removed_at IS NULL))));
create policy team_stops on shares for update to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)) AND stopped_at IS NULL)
  with check (stopped_by = (( SELECT app.member() AS member)));
create policy team_undoes on shares for delete to partnered_team
  using (( SELECT app.changes_things() AS changes_things) AND NOT (partner_id IN ( SELECT app.view_only_partners() AS view_only_partners)) AND effective_at > (( SELECT app.now() AS now)));
grant delete on shares to partnered_team;
grant insert (org_id, id, partner_id, deal_id, entry_id, show_value, show_customer_contact, shared_by, shared_at, effective_at, file_id) on shares to partnered_team;
grant select on shares to partnered_team;
grant update (stopped_at, stopped_by) on shares to partnered_team;
grant select (org_id, id, partner_id, deal_id, entry_id, show_value, show_customer_contact, shared_by, shared_at, effective_at, stopped_at, file_id) on shares to partnered_views;

create table tags (
  org_id uuid not null,
  id uuid not null,
  name text not null,
  meaning text,
  colour integer not null default 6,
  archived_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint tags_pkey PRIMARY KEY (org_id, id),
  constraint tags_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint tags_colour_check CHECK (colour >= 1 AND colour <= 8),
  constraint tags_name_check CHECK (length(name) >= 1 AND length(name) <= 40)
);
CREATE UNIQUE INDEX tags_name ON public.tags USING btree (org_id, lower(name));
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON tags FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER zz_log_added AFTER INSERT ON tags REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_tags_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON tags REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_tags_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON tags REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_tags_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON tags REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON tags REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON tags REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table tags enable row level security;
create policy company on tags as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on tags is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on tags for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL);
create policy team_adds on tags for insert to partnered_team
  with check ((( SELECT app.team_role() AS team_role)) = 'admin'::text OR (( SELECT app.team_role() AS team_role)) = 'member'::text AND ( SELECT o.members_add_tags
   FROM organizations o));
create policy admin_changes on tags for update to partnered_team
  using ((( SELECT app.team_role() AS team_role)) = 'admin'::text);
grant insert on tags to partnered_team;
grant select on tags to partnered_team;
grant update (name, meaning, colour, archived_at) on tags to partnered_team;

create table view_pins (
  org_id uuid not null,
  member_id uuid not null,
  view_id uuid not null,
  created_at timestamp with time zone not null,
  constraint view_pins_pkey PRIMARY KEY (org_id, member_id, view_id),
  constraint view_pins_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES members(org_id, id) ON DELETE CASCADE,
  constraint view_pins_org_id_view_id_fkey FOREIGN KEY (org_id, view_id) REFERENCES views(org_id, id) ON DELETE CASCADE
);
CREATE TRIGGER guard_pins BEFORE INSERT ON view_pins FOR EACH ROW EXECUTE FUNCTION app.guard_pins();
alter table view_pins enable row level security;
create policy company on view_pins as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on view_pins is 'Only rows of the company that this transaction was entered for.';
create policy own_reads on view_pins for select to partnered_team
  using (member_id = (( SELECT app.member() AS member)));
create policy own_adds on view_pins for insert to partnered_team
  with check (member_id = (( SELECT app.member() AS member)) AND (view_id IN ( SELECT v.id
   FROM views v)));
create policy own_removes on view_pins for delete to partnered_team
  using (member_id = (( SELECT app.member() AS member)));
grant delete on view_pins to partnered_team;
grant insert on view_pins to partnered_team;
grant select on view_pins to partnered_team;

create table views (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  screen text not null,
  name text not null,
  query text not null,
  shared boolean not null default false,
  removed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint views_pkey PRIMARY KEY (org_id, id),
  constraint views_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id) ON DELETE CASCADE,
  constraint views_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES members(org_id, id) ON DELETE CASCADE,
  constraint views_name_check CHECK (length(name) >= 1 AND length(name) <= 40),
  constraint views_query_check CHECK (length(query) <= 2000),
  constraint views_screen_check CHECK (screen = ANY (ARRAY['partners'::text, 'deals'::text]))
);
CREATE INDEX views_by_screen ON public.views USING btree (org_id, screen, created_at, id) WHERE (removed_at IS NULL);
CREATE TRIGGER aa_keep BEFORE INSERT OR UPDATE ON views FOR EACH ROW EXECUTE FUNCTION app.keep_row();
CREATE TRIGGER zz_log_added AFTER INSERT ON views REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_views_added();
CREATE TRIGGER zz_log_changed AFTER UPDATE ON views REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT EXECUTE FUNCTION app.log_views_changed();
CREATE TRIGGER zz_log_removed AFTER DELETE ON views REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT EXECUTE FUNCTION app.log_views_removed();
CREATE TRIGGER zz_remember_added AFTER INSERT ON views REFERENCING NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_added();
CREATE TRIGGER zz_remember_changed AFTER UPDATE ON views REFERENCING OLD TABLE AS those_before NEW TABLE AS those_after FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_changed();
CREATE TRIGGER zz_remember_removed AFTER DELETE ON views REFERENCING OLD TABLE AS those_before FOR EACH STATEMENT WHEN (app.act() IS NOT NULL) EXECUTE FUNCTION app.remember_removed();
alter table views enable row level security;
create policy company on views as restrictive for all to public
  using (org_id = (( SELECT app.org() AS org)))
  with check (org_id = (( SELECT app.org() AS org)));
comment on policy company on views is 'Only rows of the company that this transaction was entered for.';
create policy team_reads on views for select to partnered_team
  using ((( SELECT app.member() AS member)) IS NOT NULL AND (member_id = (( SELECT app.member() AS member)) OR shared AND (removed_at IS NULL OR (( SELECT app.team_role() AS team_role)) = 'admin'::text)));
create policy own_adds on views for insert to partnered_team
  with check (member_id = (( SELECT app.member() AS member)) AND (NOT shared OR ( SELECT app.changes_things() AS changes_things)));
create policy maker_changes on views for update to partnered_team
  using (member_id = (( SELECT app.member() AS member)) OR shared AND (( SELECT app.team_role() AS team_role)) = 'admin'::text)
  with check (NOT shared OR ( SELECT app.changes_things() AS changes_things));
grant insert on views to partnered_team;
grant select on views to partnered_team;
grant update (name, query, shared, removed_at) on views to partnered_team;

-- ── Views ─────────────────────────────────────────────────────────────────────────────────────

create view portal.deals with (security_barrier=true) as
 SELECT id,
    ref,
    kind,
    direction,
    customer_company,
    ask,
    expected_close,
    stage,
    stage_since,
    answer,
    answered_at,
    answer_reason,
    turn,
    turn_since,
    turn_why,
    paused_until,
    protected_until,
    outcome,
    outcome_at,
    shown_activity_at AS last_activity_at,
        CASE
            WHEN ( SELECT w.opens_details
               FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details)) AND COALESCE(show_value, ( SELECT w.sees_value
               FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details))) THEN value_minor
            ELSE NULL::bigint
        END AS value_minor,
        CASE
            WHEN ( SELECT w.opens_details
               FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details)) AND COALESCE(show_value, ( SELECT w.sees_value
               FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details))) THEN currency
            ELSE NULL::text
        END AS currency,
    ( SELECT w.opens_details
           FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details)) AND COALESCE(show_value, ( SELECT w.sees_value
           FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details))) AS value_shown,
        CASE
            WHEN ( SELECT w.opens_details
               FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details)) AND COALESCE(show_customer_contact, ( SELECT w.sees_customer_contact
               FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details))) THEN customer_contact_name
            ELSE NULL::text
        END AS customer_contact_name,
        CASE
            WHEN ( SELECT w.opens_details
               FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details)) AND COALESCE(show_customer_contact, ( SELECT w.sees_customer_contact
               FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details))) THEN customer_contact_email
            ELSE NULL::text
        END AS customer_contact_email,
        CASE
            WHEN ( SELECT w.opens_details
               FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details)) AND COALESCE(show_customer_contact, ( SELECT w.sees_customer_contact
               FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details))) THEN customer_contact_phone
            ELSE NULL::text
        END AS customer_contact_phone,
    ( SELECT w.opens_details
           FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details)) AND COALESCE(show_customer_contact, ( SELECT w.sees_customer_contact
           FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details))) AS customer_contact_shown,
    their_owner_id,
    ( SELECT c.name
           FROM contacts c
          WHERE c.org_id = d.org_id AND c.id = d.their_owner_id) AS their_owner_name,
    ( SELECT m.name
           FROM members m
          WHERE m.org_id = d.org_id AND m.id = d.our_owner_id) AS our_owner_name,
    COALESCE(( SELECT c.name
           FROM contacts c
          WHERE c.org_id = d.org_id AND c.id = d.turn_by), ( SELECT m.name
           FROM members m
          WHERE m.org_id = d.org_id AND m.id = d.turn_by)) AS turn_by_name,
    ( SELECT s.shared_at
           FROM shares s
          WHERE s.org_id = d.org_id AND s.deal_id = d.id AND s.stopped_at IS NULL) AS shared_at
   FROM deals d
  WHERE org_id = (( SELECT app.org() AS org)) AND partner_id = (( SELECT app.partner() AS partner)) AND ( SELECT w.sees_deals
           FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details)) AND ((( SELECT w.sees
           FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details))) = 'all'::text OR their_owner_id = (( SELECT app.contact() AS contact))) AND ( SELECT true
           FROM shares s
          WHERE s.org_id = d.org_id AND s.deal_id = d.id AND s.stopped_at IS NULL AND s.effective_at <= (( SELECT app.now() AS now)));
alter view portal.deals owner to partnered_views;
grant select on portal.deals to partnered_contact;
grant update (stage, answer, answer_reason) on portal.deals to partnered_contact;

create view portal.entries with (security_barrier=true) as
 SELECT id,
    deal_id,
    kind,
    body,
    from_value,
    to_value,
    created_at,
    contact_id IS NOT NULL AS by_partner,
    edited_at,
    removed_at,
    contact_id = (( SELECT app.contact() AS contact)) AS mine,
    COALESCE(( SELECT c.name
           FROM contacts c
          WHERE c.org_id = e.org_id AND c.id = e.contact_id), ( SELECT m.name
           FROM members m
          WHERE m.org_id = e.org_id AND m.id = e.member_id)) AS author_name
   FROM entries e
  WHERE org_id = (( SELECT app.org() AS org)) AND partner_id = (( SELECT app.partner() AS partner)) AND audience = 'partner'::text AND
        CASE
            WHEN deal_id IS NOT NULL THEN ( SELECT true
               FROM portal.deals d
              WHERE d.id = e.deal_id)
            ELSE ( SELECT w.sees_notes
               FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details)) AND (EXISTS ( SELECT
               FROM shares s
              WHERE s.org_id = e.org_id AND s.entry_id = e.id AND s.stopped_at IS NULL AND s.effective_at <= (( SELECT app.now() AS now))))
        END;
alter view portal.entries owner to partnered_views;
grant insert (id, deal_id, body) on portal.entries to partnered_contact;
grant select on portal.entries to partnered_contact;
grant update (body, removed_at) on portal.entries to partnered_contact;

create view portal.file_chunks with (security_barrier=true) as
 SELECT file_id,
    place,
    bytes
   FROM file_chunks c
  WHERE org_id = (( SELECT app.org() AS org)) AND ( SELECT true
           FROM portal.files f
          WHERE f.id = c.file_id);
alter view portal.file_chunks owner to partnered_views;
grant select on portal.file_chunks to partnered_contact;

create view portal.files with (security_barrier=true) as
 SELECT id,
    deal_id,
    name,
    media_type,
    size,
    sha256,
    shared_from AS shared_at,
    contact_id IS NOT NULL AS by_partner,
    COALESCE(( SELECT c.name
           FROM contacts c
          WHERE c.org_id = f.org_id AND c.id = f.contact_id), ( SELECT m.name
           FROM members m
          WHERE m.org_id = f.org_id AND m.id = f.member_id)) AS author_name
   FROM files f
  WHERE org_id = (( SELECT app.org() AS org)) AND partner_id = (( SELECT app.partner() AS partner)) AND removed_at IS NULL AND ( SELECT w.sees_notes
           FROM portal.eyes() w(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details)) AND (deal_id IS NULL OR ( SELECT true
           FROM portal.deals d
          WHERE d.id = f.deal_id)) AND (EXISTS ( SELECT
           FROM shares s
          WHERE s.org_id = f.org_id AND s.file_id = f.id AND s.stopped_at IS NULL AND s.effective_at <= (( SELECT app.now() AS now))));
alter view portal.files owner to partnered_views;
grant select on portal.files to partnered_contact;

create view portal.invitation with (security_barrier=true) as
 SELECT id,
    message,
    created_at,
    expires_at,
    ( SELECT m.name
           FROM members m
          WHERE m.org_id = i.org_id AND m.id = i.sent_by) AS sent_by_name
   FROM invitations i
  WHERE org_id = (( SELECT app.org() AS org)) AND contact_id = (( SELECT app.contact() AS contact)) AND effective_at <= (( SELECT app.now() AS now)) AND (EXISTS ( SELECT
           FROM portal.workspace));
alter view portal.invitation owner to partnered_views;
grant select on portal.invitation to partnered_contact;

create view portal.mail_choice with (security_barrier=true, check_option=cascaded) as
 SELECT contact_id,
    choice
   FROM contact_choices c
  WHERE org_id = (( SELECT app.org() AS org)) AND contact_id = (( SELECT app.contact() AS contact)) AND (EXISTS ( SELECT
           FROM portal.workspace));
alter view portal.mail_choice owner to partnered_views;
grant insert (choice) on portal.mail_choice to partnered_contact;
grant select on portal.mail_choice to partnered_contact;
grant update (choice) on portal.mail_choice to partnered_contact;

create view portal.newest_deals with (security_barrier=true) as
 WITH eyes_once AS MATERIALIZED (
         SELECT eyes.sees,
            eyes.sees_deals,
            eyes.sees_value,
            eyes.sees_customer_contact,
            eyes.sees_notes,
            eyes.opens_details
           FROM portal.eyes() eyes(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details)
        )
 SELECT id,
    ref,
    kind,
    direction,
    customer_company,
    ask,
    expected_close,
    stage,
    stage_since,
    answer,
    answered_at,
    answer_reason,
    turn,
    turn_since,
    turn_why,
    paused_until,
    protected_until,
    outcome,
    outcome_at,
    shown_activity_at AS last_activity_at,
        CASE
            WHEN ( SELECT w.opens_details
               FROM eyes_once w) AND COALESCE(show_value, ( SELECT w.sees_value
               FROM eyes_once w)) THEN value_minor
            ELSE NULL::bigint
        END AS value_minor,
        CASE
            WHEN ( SELECT w.opens_details
               FROM eyes_once w) AND COALESCE(show_value, ( SELECT w.sees_value
               FROM eyes_once w)) THEN currency
            ELSE NULL::text
        END AS currency,
    ( SELECT w.opens_details
           FROM eyes_once w) AND COALESCE(show_value, ( SELECT w.sees_value
           FROM eyes_once w)) AS value_shown,
        CASE
            WHEN ( SELECT w.opens_details
               FROM eyes_once w) AND COALESCE(show_customer_contact, ( SELECT w.sees_customer_contact
               FROM eyes_once w)) THEN customer_contact_name
            ELSE NULL::text
        END AS customer_contact_name,
        CASE
            WHEN ( SELECT w.opens_details
               FROM eyes_once w) AND COALESCE(show_customer_contact, ( SELECT w.sees_customer_contact
               FROM eyes_once w)) THEN customer_contact_email
            ELSE NULL::text
        END AS customer_contact_email,
        CASE
            WHEN ( SELECT w.opens_details
               FROM eyes_once w) AND COALESCE(show_customer_contact, ( SELECT w.sees_customer_contact
               FROM eyes_once w)) THEN customer_contact_phone
            ELSE NULL::text
        END AS customer_contact_phone,
    ( SELECT w.opens_details
           FROM eyes_once w) AND COALESCE(show_customer_contact, ( SELECT w.sees_customer_contact
           FROM eyes_once w)) AS customer_contact_shown,
    their_owner_id,
    ( SELECT c.name
           FROM contacts c
          WHERE c.org_id = d.org_id AND c.id = d.their_owner_id) AS their_owner_name,
    ( SELECT m.name
           FROM members m
          WHERE m.org_id = d.org_id AND m.id = d.our_owner_id) AS our_owner_name,
    COALESCE(( SELECT c.name
           FROM contacts c
          WHERE c.org_id = d.org_id AND c.id = d.turn_by), ( SELECT m.name
           FROM members m
          WHERE m.org_id = d.org_id AND m.id = d.turn_by)) AS turn_by_name,
    ( SELECT s.shared_at
           FROM shares s
          WHERE s.org_id = d.org_id AND s.deal_id = d.id AND s.stopped_at IS NULL) AS shared_at
   FROM deals d
  WHERE org_id = (( SELECT app.org() AS org)) AND partner_id = (( SELECT app.partner() AS partner)) AND ( SELECT w.sees_deals
           FROM eyes_once w) AND ((( SELECT w.sees
           FROM eyes_once w)) = 'all'::text OR their_owner_id = (( SELECT app.contact() AS contact))) AND ( SELECT true
           FROM shares s
          WHERE s.org_id = d.org_id AND s.deal_id = d.id AND s.stopped_at IS NULL AND s.effective_at <= (( SELECT app.now() AS now)))
  ORDER BY shown_activity_at DESC, ref DESC;
alter view portal.newest_deals owner to partnered_views;
grant select on portal.newest_deals to partnered_contact;

create view portal.newest_entries with (security_barrier=true) as
 WITH eyes_once AS MATERIALIZED (
         SELECT eyes.sees,
            eyes.sees_deals,
            eyes.sees_value,
            eyes.sees_customer_contact,
            eyes.sees_notes,
            eyes.opens_details
           FROM portal.eyes() eyes(sees, sees_deals, sees_value, sees_customer_contact, sees_notes, opens_details)
        )
 SELECT id,
    deal_id,
    kind,
    body,
    from_value,
    to_value,
    created_at,
    contact_id IS NOT NULL AS by_partner,
    edited_at,
    removed_at,
    contact_id = (( SELECT app.contact() AS contact)) AS mine,
    COALESCE(( SELECT c.name
           FROM contacts c
          WHERE c.org_id = e.org_id AND c.id = e.contact_id), ( SELECT m.name
           FROM members m
          WHERE m.org_id = e.org_id AND m.id = e.member_id)) AS author_name
   FROM entries e
  WHERE org_id = (( SELECT app.org() AS org)) AND partner_id = (( SELECT app.partner() AS partner)) AND audience = 'partner'::text AND
        CASE
            WHEN deal_id IS NOT NULL THEN ( SELECT true
               FROM portal.deals d
              WHERE d.id = e.deal_id)
            ELSE ( SELECT w.sees_notes
               FROM eyes_once w) AND (EXISTS ( SELECT
               FROM shares s
              WHERE s.org_id = e.org_id AND s.entry_id = e.id AND s.stopped_at IS NULL AND s.effective_at <= (( SELECT app.now() AS now))))
        END
  ORDER BY created_at DESC, id DESC;
alter view portal.newest_entries owner to partnered_views;
grant select on portal.newest_entries to partnered_contact;

create view portal.people with (security_barrier=true) as
 SELECT id,
    name,
    email,
    ( SELECT r.name
           FROM contact_roles r
          WHERE r.org_id = c.org_id AND r.key = c.role) AS role,
    is_main,
    person_id IS NOT NULL AS can_sign_in
   FROM contacts c
  WHERE org_id = (( SELECT app.org() AS org)) AND partner_id = (( SELECT app.partner() AS partner)) AND left_at IS NULL AND access_removed_at IS NULL AND (EXISTS ( SELECT
           FROM portal.workspace));
alter view portal.people owner to partnered_views;
grant select on portal.people to partnered_contact;

create view portal.stages with (security_barrier=true) as
 SELECT key,
    name,
    place,
    archived_at IS NOT NULL AS archived
   FROM deal_stages s
  WHERE org_id = (( SELECT app.org() AS org)) AND (EXISTS ( SELECT
           FROM portal.workspace)) AND (archived_at IS NULL OR (EXISTS ( SELECT
           FROM portal.deals d
          WHERE d.stage = s.key)));
alter view portal.stages owner to partnered_views;
grant select on portal.stages to partnered_contact;

create view portal.workspace with (security_barrier=true) as
 SELECT p.id,
    p.workspace,
    p.legal_name AS partner_name,
    c.name AS contact_name,
    ( SELECT o.name
           FROM organizations o
          WHERE o.org_id = p.org_id) AS company_name,
    ( SELECT m.name
           FROM members m
          WHERE m.org_id = p.org_id AND m.id = p.owner_id) AS owner_name,
    p.sees_deals,
    p.sees_value,
    p.sees_customer_contact,
    p.sees_notes,
    p.updates_deals,
    p.sends_deals
   FROM partners p
     JOIN contacts c ON c.org_id = p.org_id AND c.partner_id = p.id
  WHERE p.org_id = (( SELECT app.org() AS org)) AND p.id = (( SELECT app.partner() AS partner)) AND p.archived_at IS NULL AND c.id = (( SELECT app.contact() AS contact)) AND c.left_at IS NULL AND c.access_removed_at IS NULL;
alter view portal.workspace owner to partnered_views;
grant select on portal.workspace to partnered_contact;

-- ── Functions ─────────────────────────────────────────────────────────────────────────────────

CREATE OR REPLACE FUNCTION app.accept_invitation(hash text, session_token text)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it record;
  person text := app.person_of_session(session_token);
  proven text;
begin
  select lower(u.email) into proven from auth."user" u where u.id = person and u."emailVerified";
  select i.org_id, i.id, i.partner_id, i.contact_id, i.accepted_at, i.expires_at, lower(c.email) as invited, c.person_id, p.workspace into it
  from invitations i
  join contacts c on c.org_id = i.org_id and c.id = i.contact_id
  join partners p on p.org_id = i.org_id and p.id = i.partner_id
  where (i.token_hash = hash or i.mailed_hash = hash) and i.effective_at <= app.now() and i.withdrawn_at is null
    and c.left_at is null and c.access_removed_at is null and p.archived_at is null
  for update of i, c;
  if it.id is null or (it.accepted_at is null and it.expires_at <= app.now()) or (it.accepted_at is not null and it.person_id is null) then
    raise exception 'This invitation is no longer open.' using errcode = 'P0410';
  end if;
  if proven is null or proven <> it.invited or (it.person_id is not null and it.person_id <> person) then
    raise exception 'This invitation was sent to another address.' using errcode = 'P0403';
  end if;
  perform set_config('app.org', it.org_id::text, true), set_config('app.contact', it.contact_id::text, true),
    set_config('app.partner', it.partner_id::text, true), set_config('app.channel', 'portal', true);
  if it.accepted_at is null then
    update invitations set accepted_at = app.now(), declined_at = null, prefers_email_at = null where org_id = it.org_id and id = it.id;
    update contacts set person_id = person, confirmed_at = app.now() where org_id = it.org_id and id = it.contact_id;
    update partners set works_via = 'portal', last_activity_at = app.now() where org_id = it.org_id and id = it.partner_id;
    insert into notifications (org_id, id, member_id, kind, partner_id, contact_id, key, created_at)
    select i.org_id, gen_random_uuid(), i.sent_by, 'accepted', i.partner_id, i.contact_id, 'accepted:' || i.id, app.now()
    from invitations i where i.org_id = it.org_id and i.id = it.id
    on conflict (org_id, member_id, key) do nothing;
  end if;
  return it.workspace;
end $function$;
revoke all on function app.accept_invitation(text,text) from public;
grant execute on function app.accept_invitation(text,text) to partnered_system;

CREATE OR REPLACE FUNCTION app.act()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
AS $function$ begin return nullif(current_setting('app.act', true), '')::uuid; end $function$;
revoke all on function app.act() from public;
grant execute on function app.act() to partnered_contact, partnered_system, partnered_team, partnered_views;

CREATE OR REPLACE FUNCTION app.ask_reach_again()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform set_config('app.reach', '', true);
  return null;
end $function$;
revoke all on function app.ask_reach_again() from public;

CREATE OR REPLACE FUNCTION app.begin_act(act uuid, act_kind text, act_says text, undo_for interval)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if app.member() is null or not app.changes_things() then
    raise exception 'Members and admins do this.' using errcode = '42501';
  end if;
  insert into acts (org_id, id, kind, member_id, says, created_at, undo_until)
  values (app.org(), act, act_kind, app.member(), act_says, app.now(), app.now() + undo_for);
  perform set_config('app.act', act::text, true);
end $function$;
revoke all on function app.begin_act(uuid,text,text,interval) from public;
grant execute on function app.begin_act(uuid,text,text,interval) to partnered_team;

CREATE OR REPLACE FUNCTION app.begin_deal()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if app.contact() is not null then
    new.org_id := app.org();
    new.partner_id := app.partner();
    new.direction := 'received';
    new.sent_by_id := app.contact();
    new.their_owner_id := app.contact();
    select coalesce(
        (select m.id from partners p join members m on m.org_id = p.org_id and m.id = p.owner_id
          where p.org_id = new.org_id and p.id = new.partner_id and m.deactivated_at is null and m.role <> 'read_only'),
        (select m.id from members m where m.org_id = new.org_id and m.role = 'admin' and m.deactivated_at is null order by m.created_at, m.id limit 1))
      into new.our_owner_id;
    new.created_at := app.now();
    new.last_activity_at := app.now();
    new.stage_since := app.now();
    new.turn_since := app.now();
    new.shared_from := app.now();
    new.show_value := true;
    new.show_customer_contact := true;
  elsif new.direction = 'received' then
    -- What a member writes down, or an import brings, was taken on already.
    new.answer := 'accepted';
    new.answered_at := app.now();
    new.answered_by := app.member();
  end if;
  new.in_pipeline := new.direction = 'given' or new.answer = 'accepted';
  new.turn_why := case when new.outcome is not null then 'closed' when not new.in_pipeline then 'sent'
    when new.shared_from is null then 'not_shared' when new.direction = 'received' then 'taken' else 'shared' end;
  new.turn := app.turn_after(new.turn_why);
  new.turn_by := coalesce(app.contact(), app.member());
  return new;
end $function$;
revoke all on function app.begin_deal() from public;

CREATE OR REPLACE FUNCTION app.begin_once(wanted text, print text)
 RETURNS TABLE(fingerprint text, body text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  delete from idempotency_keys k where k.org_id = app.org() and k.actor_id = coalesce(app.contact(), app.member())
    and k.key = wanted and k.created_at < app.now() - interval '24 hours';
  insert into idempotency_keys (org_id, actor_id, key, fingerprint, created_at)
  values (app.org(), coalesce(app.contact(), app.member()), wanted, print, app.now())
  on conflict (org_id, actor_id, key) do nothing;
  if found then
    return;
  end if;
  return query select k.fingerprint, k.body from idempotency_keys k
    where k.org_id = app.org() and k.actor_id = coalesce(app.contact(), app.member()) and k.key = wanted;
end $function$;
revoke all on function app.begin_once(text,text) from public;
grant execute on function app.begin_once(text,text) to partnered_contact, partnered_team;

CREATE OR REPLACE FUNCTION app.begin_shown_activity()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  new.shown_activity_at := new.last_activity_at;
  return new;
end $function$;
revoke all on function app.begin_shown_activity() from public;

CREATE OR REPLACE FUNCTION app.can_decide_on(partner uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT ((app.team_role() = 'admin'::text) OR ((app.team_role() = 'member'::text) AND (EXISTS ( SELECT
            FROM partners p
           WHERE ((p.org_id = app.org()) AND (p.id = can_decide_on.partner) AND (p.owner_id = app.member()))))));
END;
revoke all on function app.can_decide_on(uuid) from public;
grant execute on function app.can_decide_on(uuid) to partnered_team;

CREATE OR REPLACE FUNCTION app.can_see_partner(partner uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN ((app.member() IS NOT NULL) AND (NOT (partner IN (SELECT app.hidden_partners() AS hidden_partners))));
revoke all on function app.can_see_partner(uuid) from public;
grant execute on function app.can_see_partner(uuid) to partnered_team;

CREATE OR REPLACE FUNCTION app.can_work_with(partner uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN (app.changes_things() AND (NOT (partner IN (SELECT app.view_only_partners() AS view_only_partners))));
revoke all on function app.can_work_with(uuid) from public;
grant execute on function app.can_work_with(uuid) to partnered_team;

CREATE OR REPLACE FUNCTION app.change_prefs(hash text, settings jsonb, mute boolean, new_choice text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it mail_links;
begin
  select l.* into it from mail_links l where l.purpose = 'prefs' and l.token_hash = hash and app.prefs_of(hash) is not null;
  if it.id is null then
    return false;
  end if;
  perform set_config('app.org', it.org_id::text, true), set_config('app.member', coalesce(it.member_id::text, ''), true),
    set_config('app.contact', coalesce(it.contact_id::text, ''), true), set_config('app.channel', 'link', true);
  if it.member_id is null then
    insert into contact_choices (org_id, contact_id, choice, updated_at) values (it.org_id, it.contact_id, new_choice, app.now())
    on conflict (org_id, contact_id) do update set choice = excluded.choice where contact_choices.choice <> excluded.choice;
    return true;
  end if;
  if settings is not null then
    insert into notice_settings
    select r.* from jsonb_populate_record(null::notice_settings, settings || jsonb_build_object('org_id', it.org_id, 'member_id', it.member_id, 'updated_at', app.now())) r
    on conflict (org_id, member_id) do update set (assigned, replied, moved, quiet, sent, invites, access, updated_at)
      = (excluded.assigned, excluded.replied, excluded.moved, excluded.quiet, excluded.sent, excluded.invites, excluded.access, excluded.updated_at);
  end if;
  if mute and it.partner_id is not null then
    insert into mutes (org_id, id, member_id, partner_id, deal_id, created_at)
    values (it.org_id, gen_random_uuid(), it.member_id, it.partner_id, it.deal_id, app.now()) on conflict do nothing;
  elsif mute is false then
    delete from mutes u where u.org_id = it.org_id and u.member_id = it.member_id and u.partner_id = it.partner_id and u.deal_id is not distinct from it.deal_id;
  end if;
  return true;
end $function$;
revoke all on function app.change_prefs(text,jsonb,boolean,text) from public;
grant execute on function app.change_prefs(text,jsonb,boolean,text) to partnered_system;

CREATE OR REPLACE FUNCTION app.changes_things()
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN (app.team_role() = ANY (ARRAY['admin'::text, 'member'::text]));
revoke all on function app.changes_things() from public;
grant execute on function app.changes_things() to partnered_team;

CREATE OR REPLACE FUNCTION app.channel()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE(app.setting('channel'::text), 'app'::text);
revoke all on function app.channel() from public;
grant execute on function app.channel() to partnered_contact, partnered_system, partnered_team, partnered_views;

CREATE OR REPLACE FUNCTION app.check_custom_value()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
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
end $function$;
revoke all on function app.check_custom_value() from public;

CREATE OR REPLACE FUNCTION app.check_deal_owner()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if exists (select from members m where m.org_id = new.org_id and m.id = new.our_owner_id and m.deactivated_at is not null) then
    raise exception 'This person is no longer on the team.' using errcode = 'P0422', column = 'our_owner_id';
  end if;
  if exists (select from members m, app.hidden_from(m.id, m.role) h
    where m.org_id = new.org_id and m.id = new.our_owner_id and h = new.partner_id) then
    raise exception 'This person does not see the partner. Pick them on its access page first.' using errcode = 'P0422', column = 'our_owner_id';
  end if;
  if new.their_owner_id is not null and exists (
    select from contacts c where c.org_id = new.org_id and c.id = new.their_owner_id and c.left_at is not null) then
    raise exception 'This person has left the partner.' using errcode = 'P0422', column = 'their_owner_id';
  end if;
  return new;
end $function$;
revoke all on function app.check_deal_owner() from public;

CREATE OR REPLACE FUNCTION app.check_listed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  chosen constant text := to_jsonb(new) ->> tg_argv[0];
  archived boolean;
begin
  if tg_op = 'UPDATE' and chosen = to_jsonb(old) ->> tg_argv[0] then
    return new;
  end if;
  execute format('select exists (select from %I l where l.org_id = $1 and l.key = $2 and l.archived_at is not null)', tg_argv[1])
    into archived using new.org_id, chosen;
  if archived then
    raise exception 'This % is archived. Choose another one%.', tg_argv[0], case when app.contact() is null then ', or restore it in Settings' else '' end using errcode = 'P0422', column = tg_argv[0];
  end if;
  return new;
end $function$;
revoke all on function app.check_listed() from public;

CREATE OR REPLACE FUNCTION app.check_partner_owner()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if exists (select from members m where m.org_id = new.org_id and m.id = new.owner_id and m.deactivated_at is not null) then
    raise exception 'This person is no longer on the team.' using errcode = 'P0422', column = 'owner_id';
  end if;
  return new;
end $function$;
revoke all on function app.check_partner_owner() from public;

CREATE OR REPLACE FUNCTION app.check_stages()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if new.archived_at is not null then
    if new.key = 'New' then
      raise exception 'Deals begin in this stage, so it stays. You can rename it.' using errcode = 'P0422', column = 'archived';
    end if;
    return new;
  end if;
  perform from organizations o where o.org_id = new.org_id for no key update;
  if (select count(*) from deal_stages s where s.org_id = new.org_id and s.id <> new.id and s.archived_at is null) >= 8 then
    raise exception 'Eight stages are the most. Archive one first.' using errcode = 'P0422', column = case tg_op when 'INSERT' then 'name' else 'archived' end;
  end if;
  return new;
end $function$;
revoke all on function app.check_stages() from public;

CREATE OR REPLACE FUNCTION app.check_ten_fields()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if new.archived_at is null then
    perform from organizations o where o.org_id = new.org_id for update;
    if (select count(*) from custom_fields f where f.org_id = new.org_id and f.archived_at is null and f.id <> new.id) >= 10 then
      raise exception 'Ten fields are in use, and ten is the most. Archive one first.' using errcode = 'P0422', column = 'name';
    end if;
  end if;
  return new;
end $function$;
revoke all on function app.check_ten_fields() from public;

CREATE OR REPLACE FUNCTION app.clear_file(work uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it files;
begin
  select f.* into it from due_work w join files f on f.org_id = w.org_id and f.id = w.record_id
    where w.id = work and w.task = 'clear_file' for update of f;
  if it.completed_at is null and it.created_at <= app.now() - interval '1 day' then
    delete from files where org_id = it.org_id and id = it.id;
  elsif it.removed_at <= app.now() - interval '30 days' then
    delete from file_chunks where org_id = it.org_id and file_id = it.id;
  end if;
end $function$;
revoke all on function app.clear_file(uuid) from public;
grant execute on function app.clear_file(uuid) to partnered_system;

CREATE OR REPLACE FUNCTION app.clear_tries(try_kind text, try_subject text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 DELETE FROM auth.attempts
   WHERE ((attempts.kind = clear_tries.try_kind) AND (attempts.subject = clear_tries.try_subject));
END;
revoke all on function app.clear_tries(text,text) from public;
grant execute on function app.clear_tries(text,text) to partnered_system;

CREATE OR REPLACE FUNCTION app.company_contents()
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it constant uuid := app.org();
begin
  if app.team_role() is distinct from 'admin' then
    raise exception 'Only an admin can look at this.' using errcode = 'P0403';
  end if;
  return jsonb_build_object(
    'name', (select o.name from organizations o where o.org_id = it),
    'partners', (select count(*) from partners where org_id = it),
    'contacts', (select count(*) from contacts where org_id = it),
    'deals', (select count(*) from deals where org_id = it),
    'entries', (select count(*) from entries where org_id = it),
    'files', (select count(*) from files where org_id = it and completed_at is not null and removed_at is null),
    'file_bytes', (select coalesce(sum(size), 0) from files where org_id = it and completed_at is not null and removed_at is null),
    'log_lines', (select count(*) from audit_rows where org_id = it) + (select count(*) from read_records where org_id = it),
    'members', (select count(*) from members where org_id = it and deactivated_at is null and id <> app.member()),
    'outside', (select count(*) from contacts c join partners p on p.org_id = c.org_id and p.id = c.partner_id
      where c.org_id = it and c.person_id is not null and c.left_at is null and c.access_removed_at is null and p.archived_at is null));
end $function$;
revoke all on function app.company_contents() from public;
grant execute on function app.company_contents() to partnered_team;

CREATE OR REPLACE FUNCTION app.contact()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (app.setting('contact'::text))::uuid;
revoke all on function app.contact() from public;
grant execute on function app.contact() to partnered_contact, partnered_system, partnered_team, partnered_views;

CREATE OR REPLACE FUNCTION app.contact_sees()
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT c.sees
    FROM (contacts c
      JOIN partners p ON (((p.org_id = c.org_id) AND (p.id = c.partner_id))))
   WHERE ((c.org_id = app.org()) AND (c.partner_id = app.partner()) AND (c.id = app.contact()) AND (c.left_at IS NULL) AND (c.access_removed_at IS NULL) AND (p.archived_at IS NULL));
END;
revoke all on function app.contact_sees() from public;
grant execute on function app.contact_sees() to partnered_contact, partnered_views;

CREATE OR REPLACE FUNCTION app.count_won_stages()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 WITH won AS (
          SELECT d.org_id,
             d.id,
             d.created_at,
             d.outcome_at,
             d.stage
            FROM deals d
           WHERE ((d.outcome = 'won'::text) AND (d.outcome_at > (app.now() - '1 year'::interval)) AND (d.outcome_at > d.created_at))
         ), moves AS (
          SELECT w.org_id,
             w.id,
             a.at,
             a.id AS audit_id,
             ((a.changes -> 'stage'::text) ->> 0) AS left_stage
            FROM (won w
              JOIN audit_rows a ON (((a.org_id = w.org_id) AND (a.deal_id = w.id) AND (a.table_name = 'deals'::text) AND (a.action = 'update'::text) AND (a.changes ? 'stage'::text) AND (a.at > w.created_at) AND (a.at <= w.outcome_at))))
         UNION ALL
          SELECT w.org_id,
             w.id,
             w.outcome_at,
             NULL::bigint,
             w.stage
            FROM won w
         ), stays AS (
          SELECT m.org_id,
             m.id,
             m.left_stage AS stage,
             (m.at - lag(m.at, 1, w.created_at) OVER (PARTITION BY m.org_id, m.id ORDER BY m.at, m.audit_id)) AS stay
            FROM (moves m
              JOIN won w ON (((w.org_id = m.org_id) AND (w.id = m.id))))
         ), counted AS (
          SELECT t.org_id,
             t.stage,
             (GREATEST((1)::double precision, round(percentile_cont((0.75)::double precision) WITHIN GROUP (ORDER BY ((t.days)::double precision)))))::integer AS days
            FROM ( SELECT stays.org_id,
                     stays.id,
                     stays.stage,
                     (EXTRACT(epoch FROM sum(stays.stay)) / (86400)::numeric) AS days
                    FROM stays
                   GROUP BY stays.org_id, stays.id, stays.stage) t
           GROUP BY t.org_id, t.stage
          HAVING (count(*) >= 5)
         )
  UPDATE deal_stages s SET won_within_days = c.days
    FROM (deal_stages o
      LEFT JOIN counted c ON (((c.org_id = o.org_id) AND (c.stage = o.key))))
   WHERE ((s.org_id = o.org_id) AND (s.id = o.id) AND (s.won_within_days IS DISTINCT FROM c.days));
END;
revoke all on function app.count_won_stages() from public;
grant execute on function app.count_won_stages() to partnered_system;

CREATE OR REPLACE FUNCTION app.customer_key(name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN TRIM(BOTH FROM regexp_replace(TRIM(BOTH FROM regexp_replace(regexp_replace(app.fold(name), '[.''’`´]'::text, ''::text, 'g'::text), '[][\s,;:()/&+_-]+'::text, ' '::text, 'g'::text)), '(?<=[^ ])( (gmbh|mbh|ag|kg|kgaa|ohg|ug|se|inc|incorporated|corp|corporation|co|llc|llp|ltd|limited|plc|sa|sas|sarl|srl|spa|bv|nv|ab|oy|oyj|as|asa|aps|sl|slu|ou|lda|sro|kk|pty))+$'::text, ''::text));
revoke all on function app.customer_key(text) from public;
grant execute on function app.customer_key(text) to partnered_contact, partnered_team, partnered_views;

CREATE OR REPLACE FUNCTION app.deals_with_customer(company text, domain text)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT d.id
    FROM deals d
   WHERE ((d.org_id = app.org()) AND (app.member() IS NOT NULL) AND ((app.customer_key(d.customer_company) = app.customer_key(deals_with_customer.company)) OR (d.customer_domain = lower(deals_with_customer.domain))) AND (NOT (d.partner_id IN ( SELECT app.hidden_partners() AS hidden_partners))));
END;
revoke all on function app.deals_with_customer(text,text) from public;
grant execute on function app.deals_with_customer(text,text) to partnered_team;

CREATE OR REPLACE FUNCTION app.delete_company(typed_name text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it constant uuid := app.org();
  company text;
  who record;
  counts jsonb;
  people text[];
  addresses text[];
  leaf text;
  t record;
begin
  select m.name, m.email into who from members m
    where m.org_id = it and m.id = app.member() and m.role = 'admin' and m.deactivated_at is null and app.team_role() = 'admin' and app.channel() = 'app';
  if who is null then
    raise exception 'Only an admin can delete the company.' using errcode = 'P0403';
  end if;
  select o.name into company from organizations o where o.org_id = it for update;
  if company is distinct from trim(typed_name) then
    raise exception 'This is not the name of the company. Write it as it stands here.' using errcode = 'P0422', column = 'name';
  end if;
  counts := app.company_contents();
  select array_agg(distinct p.id) into people from (
    select m.person_id as id from members m where m.org_id = it
    union all select c.person_id from contacts c where c.org_id = it and c.person_id is not null) p;
  select array_agg(distinct lower(p.email)) into addresses from (
    select m.email from members m where m.org_id = it union all select c.email from contacts c where c.org_id = it and c.email is not null) p;

  insert into app.deleted_companies (id, name, at, by_whom, counts)
  values (it, company, app.now(), format('%s <%s>', who.name, who.email), counts);
  perform set_config('app.quiet', 'yes', true), set_config('app.act', '', true);
  -- Leaves first, so that no key is left pointing at nothing and none is emptied before its row goes.
  foreach leaf in array array['notifications', 'outbox', 'mentions', 'merged_records', 'different_partners', 'act_changes', 'file_chunks',
    'shares', 'entries', 'files', 'parked_deals', 'deals', 'invitations', 'contacts', 'partners', 'organizations'] loop
    execute format('delete from %I where org_id = $1', leaf) using it;
  end loop;
  -- What does not hang on it by a key: the logs first of all.
  for t in
    select c.oid::regclass as name from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  loop
    execute format('delete from %s where org_id = $1', t.name) using it;
  end loop;
  delete from auth."user" u where u.id = any (people)
    and not exists (select from members m where m.person_id = u.id) and not exists (select from contacts c where c.person_id = u.id);
  addresses := array(
    select a from unnest(addresses) a
    where not exists (select from auth."user" u where lower(u.email) = a)
      and not exists (select from members m where lower(m.email) = a) and not exists (select from contacts c where lower(c.email) = a));
  delete from auth.attempts a where a.subject = any (addresses);
  delete from auth.verification v where v.identifier = any (select 'sign-in-otp-' || a from unnest(addresses) a);
  return counts;
end $function$;
revoke all on function app.delete_company(text) from public;
grant execute on function app.delete_company(text) to partnered_team;

CREATE OR REPLACE FUNCTION app.end_pauses()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  ended integer;
begin
  update deals d set paused_until = null
    where d.paused_until is not null and d.paused_until <= (app.now() at time zone (select o.time_zone from organizations o where o.org_id = d.org_id))::date;
  get diagnostics ended = row_count;
  return ended;
end $function$;
revoke all on function app.end_pauses() from public;
grant execute on function app.end_pauses() to partnered_system;

CREATE OR REPLACE FUNCTION app.end_quiet()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  new.quiet_told := null;
  update notifications n set read_at = coalesce(n.read_at, app.now()), done_at = app.now()
    where n.org_id = new.org_id and n.deal_id = new.id and n.kind = 'quiet' and n.done_at is null;
  return new;
end $function$;
revoke all on function app.end_quiet() from public;

CREATE OR REPLACE FUNCTION app.end_session(session_token text, session text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  me constant text := app.person_of_session(session_token);
begin
  delete from auth.session s where s.id = session and s."userId" = me;
  return found;
end $function$;
revoke all on function app.end_session(text,text) from public;
grant execute on function app.end_session(text,text) to partnered_system;

CREATE OR REPLACE FUNCTION app.enqueue(task text, record uuid, due timestamp with time zone DEFAULT NULL::timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if app.org() is null or task not in ('read_import', 'run_import', 'clear_file') then
    raise exception 'Unknown task.' using errcode = '42501';
  end if;
  insert into due_work (org_id, id, task, record_id, due_at) values (app.org(), gen_random_uuid(), task, record, coalesce(due, app.now()));
  if due is null then
    perform pg_notify('partnered_due', '');
  end if;
end $function$;
revoke all on function app.enqueue(text,uuid,timestamp with time zone) from public;
grant execute on function app.enqueue(text,uuid,timestamp with time zone) to partnered_team;

CREATE OR REPLACE FUNCTION app.enter_contact(session_token text, in_workspace text)
 RETURNS app.entered
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  -- Asked first: a stranger hears the same of every workspace, there or not.
  me constant text := app.person_of_session(session_token);
  it app.entered;
begin
  select 'partnered_contact', c.org_id, null, null, c.id, c.partner_id, 'portal' into it
  from contacts c
  join partners p on p.org_id = c.org_id and p.id = c.partner_id
  where c.person_id = me and p.workspace = in_workspace
    and c.left_at is null and c.access_removed_at is null and p.archived_at is null;
  -- The workspace of a partner that became part of another: its people come in there.
  if it.contact is null then
    select 'partnered_contact', c.org_id, null, null, c.id, c.partner_id, 'portal' into it
    from merged_records m
    join contacts c on c.org_id = m.org_id and c.partner_id = m.partner_id
    join partners p on p.org_id = c.org_id and p.id = c.partner_id
    where m.workspace = in_workspace and c.person_id = me
      and c.left_at is null and c.access_removed_at is null and p.archived_at is null
    limit 1;
  end if;
  if it.contact is null then
    raise exception 'Not found.' using errcode = 'P0404';
  end if;
  return it;
end $function$;
revoke all on function app.enter_contact(text,text) from public;
grant execute on function app.enter_contact(text,text) to partnered_system;

CREATE OR REPLACE FUNCTION app.enter_mail(mail uuid)
 RETURNS app.entered
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it app.entered;
begin
  select 'partnered_team', m.org_id, m.id, m.role, null, null, 'mail' into it
  from outbox o
  join members m on m.org_id = o.org_id and m.id = o.member_id
  where o.id = mail and o.contact_id is null and m.deactivated_at is null;
  if it.member is not null then
    return it;
  end if;
  select 'partnered_contact', o.org_id, null, null, c.id, c.partner_id, 'mail' into it
  from outbox o
  join contacts c on c.org_id = o.org_id and c.id = o.contact_id
  join partners p on p.org_id = c.org_id and p.id = c.partner_id
  where o.id = mail and c.left_at is null and c.access_removed_at is null and p.archived_at is null;
  if it.contact is null then
    raise exception 'Not found.' using errcode = 'P0404';
  end if;
  return it;
end $function$;
revoke all on function app.enter_mail(uuid) from public;
grant execute on function app.enter_mail(uuid) to partnered_system;

CREATE OR REPLACE FUNCTION app.enter_team(session_token text, wanted_org uuid)
 RETURNS app.entered
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it app.entered;
begin
  select 'partnered_team', m.org_id, m.id, m.role, null, null, 'app',
      case when m.role = 'admin' or not exists (select from app.view_only_to(m.org_id, m.id)) then 'all' end into it
  from auth.session s
  join members m on m.person_id = s."userId"
  where s.token = session_token and s."expiresAt" > app.now() and m.deactivated_at is null
    and (wanted_org is null or m.org_id = wanted_org)
  order by m.created_at, m.org_id limit 1;
  if it.member is null then
    perform app.person_of_session(session_token);
    raise exception 'Not on the team.' using errcode = 'P0403';
  end if;
  return it;
end $function$;
revoke all on function app.enter_team(text,uuid) from public;
grant execute on function app.enter_team(text,uuid) to partnered_system;

CREATE OR REPLACE FUNCTION app.enter_view_as(session_token text, wanted_org uuid, as_contact uuid, in_workspace text)
 RETURNS app.entered
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  me app.entered := app.enter_team(session_token, wanted_org);
  it app.entered;
begin
  perform set_config('app.org', me.org::text, true), set_config('app.member', me.member::text, true),
    set_config('app.team_role', me.team_role, true), set_config('app.channel', 'view_as', true);
  select 'partnered_contact', c.org_id, me.member, null, c.id, c.partner_id, 'view_as' into it
  from contacts c
  join partners p on p.org_id = c.org_id and p.id = c.partner_id
  where c.org_id = me.org and c.id = as_contact and p.workspace = in_workspace
    and c.partner_id not in (select app.hidden_partners());
  if it.contact is null then
    raise exception 'Not found.' using errcode = 'P0404';
  end if;
  insert into audit_rows (org_id, at, member_id, channel, action, table_name, record_id, partner_id, changes, request_id)
  values (it.org, app.now(), me.member, 'view_as', 'event', 'view_as', it.contact, it.partner, '{}', app.request());
  return it;
end $function$;
revoke all on function app.enter_view_as(text,uuid,uuid,text) from public;
grant execute on function app.enter_view_as(text,uuid,uuid,text) to partnered_system;

CREATE OR REPLACE FUNCTION app.enter_work(work uuid)
 RETURNS app.entered
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it app.entered;
begin
  select 'partnered_team', m.org_id, m.id, m.role, null, null, 'import' into it
  from due_work w
  join imports i on i.org_id = w.org_id and i.id = w.record_id
  join members m on m.org_id = i.org_id and m.id = i.member_id
  where w.id = work and m.deactivated_at is null;
  if it.member is null then
    raise exception 'Not found.' using errcode = 'P0404';
  end if;
  return it;
end $function$;
revoke all on function app.enter_work(uuid) from public;
grant execute on function app.enter_work(uuid) to partnered_system;

CREATE OR REPLACE FUNCTION app.fill_choice()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if app.contact() is not null then
    new.org_id := app.org();
    new.contact_id := app.contact();
  end if;
  new.updated_at := app.now();
  return new;
end $function$;
revoke all on function app.fill_choice() from public;

CREATE OR REPLACE FUNCTION app.fill_entry()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if app.contact() is not null and new.org_id is null then
    new.org_id := app.org();
    new.partner_id := app.partner();
    new.contact_id := app.contact();
    new.kind := 'comment';
    new.audience := 'partner';
    new.created_at := app.now();
  end if;
  new.updated_at := coalesce(new.updated_at, app.now());
  return new;
end $function$;
revoke all on function app.fill_entry() from public;

CREATE OR REPLACE FUNCTION app.find_contacts(words text)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 6
 SET search_path TO 'app', 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  plain constant text := regexp_replace(app.fold(trim(words)), '([\\%_])', '\\\1', 'g');
  pattern constant text := case when length(plain) < 3 then '% ' || plain || '%' else '%' || plain || '%' end;
  hidden constant uuid[] := array(select app.hidden_partners());
  part constant text := app.sixteenth(app.org(), '00000000-0000-0000-0000-000000000000');
  got uuid[];
begin
  if app.member() is null or plain = '' then
    return;
  end if;
  got := array(
    select c.id from contacts c
    where app.sixteenth(c.org_id, c.id) = part and c.left_at is null and app.fold(' ' || c.name || ' ' || coalesce(c.email, '')) like pattern
      and c.partner_id not in (select unnest(hidden)) limit 6);
  if cardinality(got) < 6 then
    got := array(
      select c.id from contacts c
      where c.org_id = app.org() and c.left_at is null and app.fold(' ' || c.name || ' ' || coalesce(c.email, '')) like pattern
        and c.partner_id not in (select unnest(hidden)) limit 6);
  end if;
  return query select unnest(got);
end $function$;
revoke all on function app.find_contacts(text) from public;
grant execute on function app.find_contacts(text) to partnered_team;

CREATE OR REPLACE FUNCTION app.find_deals(words text)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 6
 SET search_path TO 'app', 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  plain constant text := regexp_replace(app.fold(trim(words)), '([\\%_])', '\\\1', 'g');
  pattern constant text := case when length(plain) < 3 then '% ' || plain || '%' else '%' || plain || '%' end;
begin
  if app.member() is null or plain = '' then
    return;
  end if;
  return query
    with hidden as materialized (select h from app.hidden_partners() h)
    (select d.id from deals d
      where d.org_id = app.org() and d.ref = upper(trim(words)) and d.partner_id not in (select h from hidden))
    union
    (select d.id from deals d
      where d.org_id = app.org() and app.fold(' ' || d.customer_company) like pattern and d.partner_id not in (select h from hidden)
      limit 6);
end $function$;
revoke all on function app.find_deals(text) from public;
grant execute on function app.find_deals(text) to partnered_team;

CREATE OR REPLACE FUNCTION app.finish_once(wanted text, answer text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 UPDATE idempotency_keys SET body = finish_once.answer
   WHERE ((idempotency_keys.org_id = app.org()) AND (idempotency_keys.actor_id = COALESCE(app.contact(), app.member())) AND (idempotency_keys.key = finish_once.wanted));
END;
revoke all on function app.finish_once(text,text) from public;
grant execute on function app.finish_once(text,text) to partnered_contact, partnered_team;

CREATE OR REPLACE FUNCTION app.fold(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN lower(unaccent('unaccent'::regdictionary, words));
revoke all on function app.fold(text) from public;
grant execute on function app.fold(text) to partnered_contact, partnered_team, partnered_views;

CREATE OR REPLACE FUNCTION app.forget_acts()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 DELETE FROM act_changes c
    USING acts a
   WHERE ((a.org_id = c.org_id) AND (a.id = c.act_id) AND ((a.undone_at IS NOT NULL) OR (a.undo_until < app.now())));
END;
revoke all on function app.forget_acts() from public;
grant execute on function app.forget_acts() to partnered_system;

CREATE OR REPLACE FUNCTION app.forget_keys()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 DELETE FROM idempotency_keys
   WHERE (idempotency_keys.created_at < (app.now() - '24:00:00'::interval));
END;
revoke all on function app.forget_keys() from public;
grant execute on function app.forget_keys() to partnered_system;

CREATE OR REPLACE FUNCTION app.forget_links()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 DELETE FROM mail_links
   WHERE (mail_links.expires_at <= app.now());
 DELETE FROM contact_notices
   WHERE (contact_notices.told_at <= (app.now() - '90 days'::interval));
END;
revoke all on function app.forget_links() from public;
grant execute on function app.forget_links() to partnered_system;

CREATE OR REPLACE FUNCTION app.forget_sheets()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 DELETE FROM import_rows r
    USING imports i
   WHERE ((i.org_id = r.org_id) AND (i.id = r.import_id) AND (i.state <> ALL (ARRAY['reading'::text, 'running'::text])) AND (i.updated_at < (app.now() - '30 days'::interval)));
 DELETE FROM import_pieces r
    USING imports i
   WHERE ((i.org_id = r.org_id) AND (i.id = r.import_id) AND (i.state <> ALL (ARRAY['reading'::text, 'running'::text])) AND (i.updated_at < (app.now() - '30 days'::interval)));
 UPDATE imports SET state = 'cancelled'::text
   WHERE ((imports.state = 'checked'::text) AND (imports.updated_at < (app.now() - '30 days'::interval)));
END;
revoke all on function app.forget_sheets() from public;
grant execute on function app.forget_sheets() to partnered_system;

CREATE OR REPLACE FUNCTION app.found_company(hash text, org uuid, company text, zone text, money text, member uuid, person text, person_name text, address text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  perform pg_advisory_xact_lock(hashtextextended('setup', 0));
  if not app.setup_link_lives(hash) then
    raise exception 'This setup link was used already.' using errcode = 'P0410';
  end if;
  update auth.setup set used_at = app.now() where token_hash = hash;
  perform set_config('app.org', org::text, true), set_config('app.member', member::text, true), set_config('app.channel', 'app', true);
  insert into organizations (org_id, name, time_zone, currency, created_at) values (org, company, zone, money, app.now());
  insert into members (org_id, id, person_id, name, email, role, created_at) values (org, member, person, person_name, address, 'admin', app.now());
end $function$;
revoke all on function app.found_company(text,uuid,text,text,text,uuid,text,text,text) from public;
grant execute on function app.found_company(text,uuid,text,text,text,uuid,text,text,text) to partnered_system;

CREATE OR REPLACE FUNCTION app.free_slug(wanted text, for_partner uuid)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  candidate text := wanted;
  n integer := 1;
begin
  while exists (select from partners p where p.org_id = app.org() and p.slug = candidate and p.id <> for_partner)
    or exists (select from partner_slugs s where s.org_id = app.org() and s.slug = candidate and s.partner_id <> for_partner) loop
    n := n + 1;
    candidate := wanted || '-' || n;
  end loop;
  return candidate;
end $function$;
revoke all on function app.free_slug(text,uuid) from public;
grant execute on function app.free_slug(text,uuid) to partnered_team;

CREATE OR REPLACE FUNCTION app.free_slugs(wanted text[])
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  given text[] := (
    select array_agg(case when w.turn = 1
      and not exists (select from partners p where p.org_id = app.org() and p.slug = w.slug)
      and not exists (select from partner_slugs s where s.org_id = app.org() and s.slug = w.slug) then w.slug end order by w.at)
    from (select u.slug, u.at, row_number() over (partition by u.slug order by u.at) as turn from unnest(wanted) with ordinality u(slug, at)) w);
  candidate text;
  n integer;
begin
  for at in 1..cardinality(wanted) loop
    continue when given[at] is not null or wanted[at] is null;
    n := 1;
    loop
      n := n + 1;
      candidate := wanted[at] || '-' || case when n <= 20 then n::text else substr(md5(random()::text), 1, 8) end;
      exit when candidate <> all (array_remove(given, null))
        and not exists (select from partners p where p.org_id = app.org() and p.slug = candidate)
        and not exists (select from partner_slugs s where s.org_id = app.org() and s.slug = candidate);
    end loop;
    given[at] := candidate;
  end loop;
  return given;
end $function$;
revoke all on function app.free_slugs(text[]) from public;
grant execute on function app.free_slugs(text[]) to partnered_team;

CREATE OR REPLACE FUNCTION app.furnish(company uuid, at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 INSERT INTO partner_types (org_id, id, key, name, place, created_at, updated_at)  SELECT furnish.company AS company,
             gen_random_uuid() AS gen_random_uuid,
             t.key,
             t.name,
             t.place,
             furnish.at AS at,
             furnish.at AS at
            FROM ( VALUES ('reseller'::text,'Reseller'::text,1), ('distributor'::text,'Distributor'::text,2), ('agency'::text,'Agency'::text,3), ('technology'::text,'Technology'::text,4), ('referral'::text,'Referral'::text,5)) t(key, name, place) ON CONFLICT DO NOTHING;
 INSERT INTO contact_roles (org_id, id, key, name, place, created_at, updated_at)  SELECT furnish.company AS company,
             gen_random_uuid() AS gen_random_uuid,
             r.key,
             r.name,
             r.place,
             furnish.at AS at,
             furnish.at AS at
            FROM ( VALUES ('sales'::text,'Sales'::text,1), ('tech'::text,'Tech'::text,2), ('exec_sponsor'::text,'Exec sponsor'::text,3), ('marketing'::text,'Marketing'::text,4), ('finance'::text,'Finance'::text,5), ('other'::text,'Other'::text,6)) r(key, name, place) ON CONFLICT DO NOTHING;
 INSERT INTO deal_stages (org_id, id, key, name, place, created_at, updated_at)  SELECT furnish.company AS company,
             gen_random_uuid() AS gen_random_uuid,
             s.name,
             s.name,
             s.place,
             furnish.at AS at,
             furnish.at AS at
            FROM ( VALUES ('New'::text,1), ('Working'::text,2), ('Proposal'::text,3)) s(name, place) ON CONFLICT DO NOTHING;
 INSERT INTO ground_rules (org_id, rule, is_on, amount, updated_at)  SELECT furnish.company AS company,
             g.rule,
             true,
             g.amount,
             furnish.at AS at
            FROM ( VALUES ('legal_name'::text,NULL::integer), ('type'::text,NULL::integer), ('owner'::text,NULL::integer), ('tags'::text,3), ('main_contact'::text,6), ('quiet'::text,14)) g(rule, amount) ON CONFLICT DO NOTHING;
END;
revoke all on function app.furnish(uuid,timestamp with time zone) from public;

CREATE OR REPLACE FUNCTION app.furnish_company()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  who constant uuid := app.member();
begin
  -- Nobody chose these: the log has them without a name.
  perform set_config('app.member', '', true);
  perform app.furnish(new.org_id, new.created_at);
  perform set_config('app.member', coalesce(who::text, ''), true);
  return null;
end $function$;
revoke all on function app.furnish_company() from public;

CREATE OR REPLACE FUNCTION app.guard_member()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  held integer;
begin
  if new.deactivated_at is not null and old.deactivated_at is null then
    select count(*) into held from deals d where d.org_id = old.org_id and d.our_owner_id = old.id and d.outcome is null
      and (d.in_pipeline or d.answer = 'pending');
    if held > 0 then
      raise exception '% owns % open %. Give them to someone else first.', old.name, held, case held when 1 then 'deal' else 'deals' end
        using errcode = 'P0422', column = 'deactivated';
    end if;
  end if;
  if old.role = 'admin' and old.deactivated_at is null and (new.role <> 'admin' or new.deactivated_at is not null) then
    -- One at a time, or two admins could take each other off at the same moment.
    perform 1 from organizations o where o.org_id = old.org_id for no key update;
    if not exists (select from members m where m.org_id = old.org_id and m.id <> old.id and m.role = 'admin' and m.deactivated_at is null) then
      raise exception '% is the only admin. Make someone else an admin first.', old.name
        using errcode = 'P0422', column = case when new.deactivated_at is not null then 'deactivated' else 'role' end;
    end if;
  end if;
  return new;
end $function$;
revoke all on function app.guard_member() from public;

CREATE OR REPLACE FUNCTION app.guard_partner_decisions()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if app.member() is not null
    and (new.team_access, new.sees_deals, new.sees_value, new.sees_customer_contact, new.sees_notes, new.updates_deals, new.sends_deals, new.archived_at, new.owner_id)
      is distinct from
      (old.team_access, old.sees_deals, old.sees_value, old.sees_customer_contact, old.sees_notes, old.updates_deals, old.sends_deals, old.archived_at, old.owner_id)
    and not (app.team_role() = 'admin' or (app.team_role() = 'member' and old.owner_id = app.member()))
  then
    raise exception 'Only an admin or the owner decides this.' using errcode = '42501';
  end if;
  return new;
end $function$;
revoke all on function app.guard_partner_decisions() from public;

CREATE OR REPLACE FUNCTION app.guard_pins()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if (select count(*) from view_pins p where p.org_id = new.org_id and p.member_id = new.member_id) >= 5 then
    raise exception 'Five views are pinned already. Unpin one first.' using errcode = 'P0422', column = 'pinned';
  end if;
  return new;
end $function$;
revoke all on function app.guard_pins() from public;

CREATE OR REPLACE FUNCTION app.hang_keepers(keeper text, of_table text, only_when text, did_by text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('
    drop trigger if exists zz_%1$s_added on %2$I; drop trigger if exists zz_%1$s_changed on %2$I; drop trigger if exists zz_%1$s_removed on %2$I;
    create trigger zz_%1$s_added after insert on %2$I referencing new table as those_after for each statement %3$s execute function app.%4$s_added();
    create trigger zz_%1$s_changed after update on %2$I referencing old table as those_before new table as those_after for each statement %3$s execute function app.%4$s_changed();
    create trigger zz_%1$s_removed after delete on %2$I referencing old table as those_before for each statement %3$s execute function app.%4$s_removed()',
    keeper, of_table, only_when, did_by);
end $function$;
revoke all on function app.hang_keepers(text,text,text,text) from public;

CREATE OR REPLACE FUNCTION app.hang_log(of_table text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  columns constant text[] := array(select a.attname from pg_attribute a where a.attrelid = of_table::regclass and a.attnum > 0 and not a.attisdropped);
  names constant text := format('%s, %s, %s',
    case when 'id' = any (columns) then 'r.id' when 'partner_id' = any (columns) then 'r.partner_id' else 'r.org_id' end,
    case when of_table = 'partners' then 'r.id' when 'partner_id' = any (columns) then 'r.partner_id' else 'null::uuid' end,
    case when of_table = 'deals' then 'r.id' when 'deal_id' = any (columns) then 'r.deal_id' else 'null::uuid' end);
  -- Rows that are named by what does not change say it.
  named_by constant text[] := case when of_table in ('custom_values', 'ground_rules') then array['field_id', 'rule'] else '{}' end;
begin
  perform app.make_keepers('log_' || of_table, format($log$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, %s, %%2$s from (%%1$s) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $log$, names), array[app.said_alone(of_table, 'null, r.%I'), format($changed$(
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any (%L)
      having bool_or(f.differs))$changed$, named_by), app.said_alone(of_table, 'r.%I, null')]);
  perform app.hang_keepers('log', of_table, '', 'log_' || of_table);
end $function$;
revoke all on function app.hang_log(text) from public;

CREATE OR REPLACE FUNCTION app.hear_deal()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  update partners set last_activity_at = new.created_at
    where org_id = new.org_id and id = new.partner_id and last_activity_at < new.created_at;
  if app.contact() is not null then
    insert into shares (org_id, id, partner_id, deal_id, show_value, show_customer_contact, shared_at, effective_at)
    values (new.org_id, gen_random_uuid(), new.partner_id, new.id, true, true, app.now(), app.now());
    perform app.write_entry(new.org_id, new.partner_id, new.id, 'sent', 'partner', null, null, null);
    perform app.write_receipt(new);
  end if;
  return null;
end $function$;
revoke all on function app.hear_deal() from public;

CREATE OR REPLACE FUNCTION app.hear_entry()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  owner uuid;
begin
  update partners set last_activity_at = new.created_at
    where org_id = new.org_id and id = new.partner_id and last_activity_at < new.created_at;
  if new.deal_id is not null then
    update deals set
      last_activity_at = greatest(last_activity_at, new.created_at),
      shown_activity_at = case when new.audience = 'partner' then greatest(shown_activity_at, new.created_at) else shown_activity_at end,
      turn_why = case when new.kind <> 'comment' or new.audience <> 'partner' then turn_why
        when new.contact_id is not null then 'commented' when new.needs_answer then 'asked' else turn_why end
    where org_id = new.org_id and id = new.deal_id;
  end if;
  if new.contact_id is not null then
    -- Of a deal that is over the owner may have left.
    select coalesce((select m.id from deals d join members m on m.org_id = d.org_id and m.id = d.our_owner_id and m.deactivated_at is null
                      where d.org_id = new.org_id and d.id = new.deal_id),
                    (select p.owner_id from partners p where p.org_id = new.org_id and p.id = new.partner_id)) into owner;
    if owner is not null then
      insert into notifications (org_id, id, member_id, kind, partner_id, deal_id, entry_id, contact_id, key, created_at)
      values (new.org_id, gen_random_uuid(), owner, new.kind, new.partner_id, new.deal_id, new.id, new.contact_id, new.id::text, new.created_at)
      on conflict (org_id, member_id, key) do nothing;
    end if;
  end if;
  return null;
end $function$;
revoke all on function app.hear_entry() from public;

CREATE OR REPLACE FUNCTION app.hear_file()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  update partners set last_activity_at = new.completed_at
    where org_id = new.org_id and id = new.partner_id and last_activity_at < new.completed_at;
  return null;
end $function$;
revoke all on function app.hear_file() from public;

CREATE OR REPLACE FUNCTION app.hear_mention()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  insert into notifications (org_id, id, member_id, kind, partner_id, deal_id, entry_id, key, created_at)
  select e.org_id, gen_random_uuid(), new.member_id, 'mention', e.partner_id, e.deal_id, e.id, 'mention:' || e.id, e.created_at
  from entries e where e.org_id = new.org_id and e.id = new.entry_id and e.member_id is distinct from new.member_id
  on conflict (org_id, member_id, key) do nothing;
  return null;
end $function$;
revoke all on function app.hear_mention() from public;

CREATE OR REPLACE FUNCTION app.hidden_from(who uuid, their_role text)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 WITH hidden AS (
          SELECT p.id
            FROM partners p
           WHERE ((p.org_id = app.org()) AND (p.team_access = 'picked'::text) AND (hidden_from.their_role IS DISTINCT FROM 'admin'::text) AND (p.owner_id IS DISTINCT FROM hidden_from.who) AND (NOT (EXISTS ( SELECT
                    FROM partner_members m
                   WHERE ((m.org_id = p.org_id) AND (m.partner_id = p.id) AND (m.member_id = hidden_from.who))))))
         )
  SELECT h.id
    FROM hidden h
 UNION ALL
  SELECT r.old_id
    FROM (merged_records r
      JOIN hidden h ON (((r.org_id = app.org()) AND (r.partner_id = h.id))));
END;
revoke all on function app.hidden_from(uuid,text) from public;

CREATE OR REPLACE FUNCTION app.hidden_partners()
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  who constant uuid := app.member();
  their_role constant text := app.team_role();
begin
  if their_role is distinct from 'admin' then
    return query select h from app.hidden_from(who, their_role) h;
  end if;
end $function$;
revoke all on function app.hidden_partners() from public;
grant execute on function app.hidden_partners() to partnered_team;

CREATE OR REPLACE FUNCTION app.hold_mail(mail uuid, until timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 UPDATE outbox SET due_at = hold_mail.until, queued_at = NULL::timestamp with time zone, updated_at = app.now()
   WHERE ((outbox.id = hold_mail.mail) AND (outbox.state = 'due'::text));
END;
revoke all on function app.hold_mail(uuid,timestamp with time zone) from public;
grant execute on function app.hold_mail(uuid,timestamp with time zone) to partnered_system;

CREATE OR REPLACE FUNCTION app.import_lock(which uuid)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
RETURN hashtextextended(('import '::text || which), (0)::bigint);
revoke all on function app.import_lock(uuid) from public;
grant execute on function app.import_lock(uuid) to partnered_team;

CREATE OR REPLACE FUNCTION app.import_of(work uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT w.record_id
    FROM due_work w
   WHERE ((w.id = import_of.work) AND (w.org_id = app.org()) AND (w.task = ANY (ARRAY['read_import'::text, 'run_import'::text])));
END;
revoke all on function app.import_of(uuid) from public;
grant execute on function app.import_of(uuid) to partnered_team;

CREATE OR REPLACE FUNCTION app.import_quietly(which uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if app.act() is null or not app.changes_things()
    or not exists (select from imports i where i.org_id = app.org() and i.id = which and i.member_id = app.member() and i.state = 'running') then
    raise exception 'This import is not under way.' using errcode = '42501';
  end if;
  perform set_config('app.quiet', 'yes', true);
end $function$;
revoke all on function app.import_quietly(uuid) from public;
grant execute on function app.import_quietly(uuid) to partnered_team;

CREATE OR REPLACE FUNCTION app.imports_at_rest()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT i.id
    FROM imports i
   WHERE ((i.org_id = app.org()) AND (i.state <> 'running'::text));
END;
revoke all on function app.imports_at_rest() from public;
grant execute on function app.imports_at_rest() to partnered_team;

CREATE OR REPLACE FUNCTION app.invitation_of_token(hash text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT jsonb_build_object('company', o.name, 'partner', p.legal_name, 'sent_by', m.name, 'contact_name', c.name, 'email', c.email, 'message', i.message, 'workspace', p.workspace, 'expires_at', i.expires_at, 'state',
         CASE
             WHEN ((i.withdrawn_at IS NOT NULL) OR (c.left_at IS NOT NULL) OR (c.access_removed_at IS NOT NULL) OR (p.archived_at IS NOT NULL) OR ((i.accepted_at IS NOT NULL) AND (c.person_id IS NULL))) THEN 'withdrawn'::text
             WHEN (i.accepted_at IS NOT NULL) THEN 'accepted'::text
             WHEN (i.expires_at <= app.now()) THEN 'expired'::text
             WHEN (i.declined_at IS NOT NULL) THEN 'declined'::text
             WHEN (i.prefers_email_at IS NOT NULL) THEN 'prefers_email'::text
             ELSE 'open'::text
         END) AS jsonb_build_object
    FROM ((((invitations i
      JOIN contacts c ON (((c.org_id = i.org_id) AND (c.id = i.contact_id))))
      JOIN partners p ON (((p.org_id = i.org_id) AND (p.id = i.partner_id))))
      JOIN organizations o ON ((o.org_id = i.org_id)))
      JOIN members m ON (((m.org_id = i.org_id) AND (m.id = i.sent_by))))
   WHERE (((i.token_hash = invitation_of_token.hash) OR (i.mailed_hash = invitation_of_token.hash)) AND (i.effective_at <= app.now()));
END;
revoke all on function app.invitation_of_token(text) from public;
grant execute on function app.invitation_of_token(text) to partnered_system;

CREATE OR REPLACE FUNCTION app.is_odd_name(name text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((name ~* '@|^(https?:|www\.)|^\S+\.[a-z]{2,}$|\?$|[(\[](old|new|test|copy|duplicate|inactive|do not use|formerly|tb[cd]|alt|neu|kopie|doppelt|ancien|nouveau|viejo|nuevo)\M'::text) OR (name !~ '[^[:space:][:digit:][:punct:]]'::text) OR ((name ~ '^[a-z]'::text) AND (name = lower(name))));
revoke all on function app.is_odd_name(text) from public;
grant execute on function app.is_odd_name(text) to partnered_team;

CREATE OR REPLACE FUNCTION app.keep_contact()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  new.is_main := new.is_main and new.left_at is null;
  if lower(new.email) is distinct from lower(old.email) then
    new.person_id := null;
  end if;
  return new;
end $function$;
revoke all on function app.keep_contact() from public;

CREATE OR REPLACE FUNCTION app.keep_deal()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  they constant boolean := app.contact() is not null;
  what text;
begin
  if new.answer is distinct from old.answer then
    if they <> (old.direction = 'given') then
      raise exception 'The other side answers this deal.' using errcode = '42501';
    end if;
    if old.answer <> 'pending' then
      raise exception 'This deal was answered already.' using errcode = 'P0409';
    end if;
    new.answered_at := app.now();
    new.answered_by := coalesce(app.contact(), app.member());
    what := case when they then new.answer when new.answer = 'accepted' then 'taken' else 'refused' end;
    new.in_pipeline := new.direction = 'given' or new.answer = 'accepted';
  elsif new.answer_reason is distinct from old.answer_reason then
    raise exception 'This deal was answered already.' using errcode = 'P0409';
  end if;
  -- What they sent joins the pipeline when it is accepted: until then nothing else happens to it there.
  if new.direction = 'received' and new.answer <> 'accepted'
    and (new.stage, new.outcome, new.paused_until, new.protected_until) is distinct from (old.stage, old.outcome, old.paused_until, old.protected_until) then
    raise exception 'Accept this deal first. Until then it is not in your pipeline.' using errcode = 'P0409';
  end if;
  if new.stage is distinct from old.stage then
    new.stage_since := app.now();
    if they then
      what := coalesce(what, 'changed');
    end if;
  end if;
  if not they and new.direction = 'given' and new.ask is distinct from old.ask then
    what := coalesce(what, 'asked');
  end if;
  -- Said by a line of the timeline.
  if new.turn_why is distinct from old.turn_why then
    what := coalesce(what, new.turn_why);
    new.turn_why := old.turn_why;
  end if;
  -- What they gave us and we took on is ours, whether they see it or not.
  if (new.shared_from is null) <> (old.shared_from is null) then
    what := case when new.shared_from is null then 'not_shared' when new.direction = 'given' then 'shared'
      when new.answer = 'pending' then 'sent' else 'taken' end;
  elsif new.shared_from is null then
    what := null;
  end if;
  if old.paused_until is null and new.paused_until is not null then
    if new.outcome is not null or old.turn = 'nobody' then
      raise exception 'Only a deal that is somebody''s turn can be paused.' using errcode = 'P0422', column = 'paused_until';
    end if;
    new.paused_turn := old.turn;
    new.paused_turn_why := old.turn_why;
    what := 'paused';
  end if;
  if new.outcome is distinct from old.outcome then
    new.outcome_at := case when new.outcome is not null then app.now() end;
    what := case when new.outcome is not null then 'closed' when new.shared_from is null then 'not_shared' else 'reopened' end;
    if new.outcome is null then
      new.outcome_reason := null;
      -- Whoever left meanwhile owns no open deal.
      if exists (select from contacts c where c.org_id = new.org_id and c.id = new.their_owner_id and c.left_at is not null) then
        new.their_owner_id := null;
      end if;
      -- On our side too: then it is whoever opens it again.
      if exists (select from members m where m.org_id = new.org_id and m.id = new.our_owner_id and m.deactivated_at is not null) then
        new.our_owner_id := coalesce(app.member(), new.our_owner_id);
      end if;
    end if;
  elsif new.outcome is not null or (new.direction = 'received' and old.answer = 'declined') then
    -- What is over is nobody's turn, whatever is said about it.
    what := null;
  end if;
  -- The end of a pause gives the turn back; what turns it meanwhile ends the pause.
  if old.paused_until is not null and new.paused_until is null and what is null then
    new.turn := old.paused_turn;
    new.turn_why := old.paused_turn_why;
    new.turn_since := app.now();
  elsif what is not null and (app.turn_after(what) <> old.turn or what in ('accepted', 'taken', 'closed')) then
    new.turn := app.turn_after(what);
    new.turn_why := what;
    new.turn_since := app.now();
    if what <> 'paused' then
      new.turn_by := coalesce(app.contact(), app.member());
    end if;
  end if;
  if new.turn_why <> 'paused' then
    new.paused_until := null;
    new.paused_why := null;
    new.paused_turn := null;
    new.paused_turn_why := null;
  end if;
  if (new.answer, new.stage, new.outcome, new.our_owner_id, new.their_owner_id, new.shared_from, new.ask) is distinct from
     (old.answer, old.stage, old.outcome, old.our_owner_id, old.their_owner_id, old.shared_from, old.ask) then
    new.last_activity_at := app.now();
    new.shown_activity_at := app.now();
  end if;
  -- A protection that still runs goes on with the deal: what they do on it, or a move by either side, gives it a whole term again.
  if new.protected_until is distinct from old.protected_until then
    new.protection_reminded := app.today(new.org_id);
  elsif new.protected_until >= app.today(new.org_id) and new.outcome is null and (they or new.stage is distinct from old.stage)
    and new.protected_until < app.protection_from_today(new.org_id) then
    new.protected_until := app.protection_from_today(new.org_id);
    new.protection_reminded := app.today(new.org_id);
  end if;
  return new;
end $function$;
revoke all on function app.keep_deal() from public;

CREATE OR REPLACE FUNCTION app.keep_link(mail uuid, link_class text, hash text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 INSERT INTO mail_links (org_id, id, purpose, token_hash, member_id, contact_id, class, partner_id, deal_id, created_at, expires_at)  SELECT o.org_id,
             gen_random_uuid() AS gen_random_uuid,
             'prefs',
             keep_link.hash AS hash,
             o.member_id,
                 CASE
                     WHEN (o.member_id IS NULL) THEN o.contact_id
                     ELSE NULL::uuid
                 END AS "case",
             keep_link.link_class AS link_class,
             o.partner_id,
             o.deal_id,
             app.now() AS now,
             (app.now() + '180 days'::interval)
            FROM outbox o
           WHERE (o.id = keep_link.mail);
END;
revoke all on function app.keep_link(uuid,text,text) from public;
grant execute on function app.keep_link(uuid,text,text) to partnered_system;

CREATE OR REPLACE FUNCTION app.keep_reads(reads jsonb)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 INSERT INTO read_records (org_id, at, member_id, channel, kind, partner_id, record_ids, fields, request_id)  SELECT m.org_id,
             r.at,
             m.id,
             'app',
             r.kind,
             r.partner_id,
             r.record_ids,
             r.fields,
             r.request_id
            FROM (jsonb_to_recordset(keep_reads.reads) r(org_id uuid, at timestamp with time zone, member_id uuid, kind text, partner_id uuid, record_ids uuid[], fields text[], request_id text)
              JOIN members m ON (((m.org_id = r.org_id) AND (m.id = r.member_id))));
END;
revoke all on function app.keep_reads(jsonb) from public;
grant execute on function app.keep_reads(jsonb) to partnered_system;

CREATE OR REPLACE FUNCTION app.keep_row()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  following constant text[] := array['last_activity_at', 'shown_activity_at', 'last_seen_at', 'reviewed_at', 'turn', 'turn_since', 'turn_why', 'turn_by', 'paused_turn', 'paused_turn_why', 'in_pipeline',
    'protection_reminded', 'quiet_told', 'won_within_days', 'shared_from', 'show_value', 'show_customer_contact', 'done', 'place'];
begin
  if tg_op = 'INSERT' then
    new.updated_at := coalesce(new.updated_at, app.now());
    return new;
  end if;
  -- What follows by itself is no edit: it must not make someone's open form stale.
  if to_jsonb(new) - following = to_jsonb(old) - following then
    return new;
  end if;
  new.updated_at := app.now();
  new.version := old.version + 1;
  return new;
end $function$;
revoke all on function app.keep_row() from public;

CREATE OR REPLACE FUNCTION app.keep_shared()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it shares := case when tg_op = 'DELETE' then old else new end;
  running shares;
begin
  select * into running from shares s
    where s.org_id = it.org_id and s.stopped_at is null and (s.deal_id = it.deal_id or s.entry_id = it.entry_id or s.file_id = it.file_id);
  if it.file_id is not null then
    update files set shared_from = running.effective_at where org_id = it.org_id and id = it.file_id;
    return null;
  end if;
  if it.deal_id is null then
    update entries set shared_from = running.effective_at where org_id = it.org_id and id = it.entry_id;
    -- A copy that was taken back in time never was.
    if tg_op = 'DELETE' then
      delete from entries e where e.org_id = it.org_id and e.id = it.entry_id and e.copy_of_id is not null
        and not exists (select from shares s where s.org_id = e.org_id and s.entry_id = e.id);
    end if;
    return null;
  end if;
  update deals set shared_from = running.effective_at, show_value = running.show_value, show_customer_contact = running.show_customer_contact
    where org_id = it.org_id and id = it.deal_id;
  if not found then
    return null;
  end if;
  if tg_op = 'INSERT' then
    if it.shared_by is not null then
      perform app.write_entry(it.org_id, it.partner_id, it.deal_id, 'shared', 'team', null, null, null);
    end if;
    return null;
  end if;
  if tg_op = 'DELETE' then
    delete from entries e
      where e.org_id = it.org_id and e.deal_id = it.deal_id and e.kind = 'shared' and e.member_id = it.shared_by and e.created_at = it.shared_at;
  else
    perform app.write_entry(it.org_id, it.partner_id, it.deal_id, 'stopped', 'team', null, null, null);
  end if;
  update outbox set state = 'dropped', error = 'The sharing was undone before this left.', updated_at = app.now()
    where org_id = it.org_id and deal_id = it.deal_id and kind = 'deal_shared' and state = 'due';
  return null;
end $function$;
revoke all on function app.keep_shared() from public;

CREATE OR REPLACE FUNCTION app.keep_slug()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if new.slug is distinct from old.slug then
    insert into partner_slugs (org_id, slug, partner_id) values (old.org_id, old.slug, old.id)
    on conflict (org_id, slug) do update set partner_id = excluded.partner_id;
  end if;
  return null;
end $function$;
revoke all on function app.keep_slug() from public;

CREATE OR REPLACE FUNCTION app.key_of(of_table text)
 RETURNS text[]
 LANGUAGE sql
 STABLE
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT array_agg((a.attname)::text ORDER BY a.attnum) AS array_agg
    FROM (pg_index i
      JOIN pg_attribute a ON (((a.attrelid = i.indrelid) AND (a.attnum = ANY ((i.indkey)::smallint[])))))
   WHERE ((i.indrelid = ((format('public.%I'::text, key_of.of_table))::regclass)::oid) AND i.indisprimary);
END;
revoke all on function app.key_of(text) from public;

CREATE OR REPLACE FUNCTION app.known_members()
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  company constant uuid := app.org();
  mine constant uuid := app.partner();
  me constant uuid := app.contact();
  moment constant timestamptz := app.now();
  sees constant text := app.contact_sees();
  sees_deals constant boolean := app.permits('sees_deals');
  sees_notes constant boolean := app.permits('sees_notes');
  last uuid := '00000000-0000-0000-0000-000000000000';
begin
  if sees is null then
    return;
  end if;
  return query select p.owner_id from partners p where (p.org_id = company AND p.id = mine);
  return query select i.sent_by from invitations i where (i.org_id = company AND i.contact_id = me AND i.effective_at <= moment);
  loop
    select d.our_owner_id into last from deals d
      where (d.org_id = company AND d.partner_id = mine AND d.our_owner_id > last
        AND sees_deals AND d.shared_from <= moment AND (sees = 'all' or d.their_owner_id = me))
      order by d.our_owner_id limit 1;
    exit when last is null;
    return next last;
  end loop;
  last := '00000000-0000-0000-0000-000000000000';
  loop
    select e.member_id into last from entries e
      left join deals d on d.org_id = e.org_id and d.id = e.deal_id
      where (e.org_id = company AND e.partner_id = mine AND e.member_id > last AND e.audience = 'partner'
        AND case when e.deal_id is null then (sees_notes AND e.shared_from <= moment)
          else (sees_deals AND d.shared_from <= moment AND (sees = 'all' or d.their_owner_id = me)) end)
      order by e.member_id limit 1;
    exit when last is null;
    return next last;
  end loop;
  last := '00000000-0000-0000-0000-000000000000';
  loop
    select f.member_id into last from files f
      left join deals d on d.org_id = f.org_id and d.id = f.deal_id
      where (f.org_id = company AND f.partner_id = mine AND f.member_id > last AND sees_notes AND f.shared_from <= moment AND f.removed_at is null
        AND case when f.deal_id is null then true else (sees_deals AND d.shared_from <= moment AND (sees = 'all' or d.their_owner_id = me)) end)
      order by f.member_id limit 1;
    exit when last is null;
    return next last;
  end loop;
end $function$;
revoke all on function app.known_members() from public;
grant execute on function app.known_members() to partnered_contact, partnered_views;

CREATE OR REPLACE FUNCTION app.lead_views_on(old_tag uuid, new_tag uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if app.act() is null or app.team_role() is distinct from 'admin' then
    raise exception 'An admin does this, when tags are merged.' using errcode = '42501';
  end if;
  update views v set query = case
      when strpos(v.query, new_tag::text) > 0 then regexp_replace(v.query, format('%1$s(%%2C|,)|(%%2C|,)%1$s', old_tag), '')
      else replace(v.query, old_tag::text, new_tag::text) end
    where v.org_id = app.org() and strpos(v.query, old_tag::text) > 0;
end $function$;
revoke all on function app.lead_views_on(uuid,uuid) from public;
grant execute on function app.lead_views_on(uuid,uuid) to partnered_team;

CREATE OR REPLACE FUNCTION app.let_go()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if new.left_at is not null then
    update deals set their_owner_id = null where org_id = new.org_id and their_owner_id = new.id and outcome is null;
  end if;
  update invitations set withdrawn_at = app.now()
    where org_id = new.org_id and contact_id = new.id and withdrawn_at is null and accepted_at is null;
  update outbox set state = 'dropped', error = case when new.left_at is not null then 'They left before this was due.' else 'Their address changed before this was due.' end,
      updated_at = app.now()
    where org_id = new.org_id and contact_id = new.id and state = 'due' and (new.left_at is not null or kind = 'invitation');
  return null;
end $function$;
revoke all on function app.let_go() from public;

CREATE OR REPLACE FUNCTION app.log_contact_choices_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.org_id, null::uuid, null::uuid, jsonb_build_object('contact_id', jsonb_build_array(null, r.contact_id), 'choice', jsonb_build_array(null, r.choice)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_contact_choices_added() from public;

CREATE OR REPLACE FUNCTION app.log_contact_choices_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.org_id, null::uuid, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_contact_choices_changed() from public;

CREATE OR REPLACE FUNCTION app.log_contact_choices_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.org_id, null::uuid, null::uuid, jsonb_build_object('contact_id', jsonb_build_array(r.contact_id, null), 'choice', jsonb_build_array(r.choice, null)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_contact_choices_removed() from public;

CREATE OR REPLACE FUNCTION app.log_contact_roles_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(null, r.id), 'key', jsonb_build_array(null, r.key), 'name', jsonb_build_array(null, r.name)) || jsonb_strip_nulls(jsonb_build_object('archived_at', case when r.archived_at is not null then jsonb_build_array(null, r.archived_at) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_contact_roles_added() from public;

CREATE OR REPLACE FUNCTION app.log_contact_roles_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_contact_roles_changed() from public;

CREATE OR REPLACE FUNCTION app.log_contact_roles_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(r.id, null), 'key', jsonb_build_array(r.key, null), 'name', jsonb_build_array(r.name, null)) || jsonb_strip_nulls(jsonb_build_object('archived_at', case when r.archived_at is not null then jsonb_build_array(r.archived_at, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_contact_roles_removed() from public;

CREATE OR REPLACE FUNCTION app.log_contacts_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, null::uuid, jsonb_build_object('id', jsonb_build_array(null, r.id), 'partner_id', jsonb_build_array(null, r.partner_id), 'name', jsonb_build_array(null, r.name), 'is_main', jsonb_build_array(null, r.is_main), 'sees', jsonb_build_array(null, r.sees)) || jsonb_strip_nulls(jsonb_build_object('email', case when r.email is not null then jsonb_build_array(null, r.email) end, 'phone', case when r.phone is not null then jsonb_build_array(null, r.phone) end, 'title', case when r.title is not null then jsonb_build_array(null, r.title) end, 'role', case when r.role is not null then jsonb_build_array(null, r.role) end, 'person_id', case when r.person_id is not null then jsonb_build_array(null, r.person_id) end, 'confirmed_at', case when r.confirmed_at is not null then jsonb_build_array(null, r.confirmed_at) end, 'left_at', case when r.left_at is not null then jsonb_build_array(null, r.left_at) end, 'access_removed_at', case when r.access_removed_at is not null then jsonb_build_array(null, r.access_removed_at) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_contacts_added() from public;

CREATE OR REPLACE FUNCTION app.log_contacts_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_contacts_changed() from public;

CREATE OR REPLACE FUNCTION app.log_contacts_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, null::uuid, jsonb_build_object('id', jsonb_build_array(r.id, null), 'partner_id', jsonb_build_array(r.partner_id, null), 'name', jsonb_build_array(r.name, null), 'is_main', jsonb_build_array(r.is_main, null), 'sees', jsonb_build_array(r.sees, null)) || jsonb_strip_nulls(jsonb_build_object('email', case when r.email is not null then jsonb_build_array(r.email, null) end, 'phone', case when r.phone is not null then jsonb_build_array(r.phone, null) end, 'title', case when r.title is not null then jsonb_build_array(r.title, null) end, 'role', case when r.role is not null then jsonb_build_array(r.role, null) end, 'person_id', case when r.person_id is not null then jsonb_build_array(r.person_id, null) end, 'confirmed_at', case when r.confirmed_at is not null then jsonb_build_array(r.confirmed_at, null) end, 'left_at', case when r.left_at is not null then jsonb_build_array(r.left_at, null) end, 'access_removed_at', case when r.access_removed_at is not null then jsonb_build_array(r.access_removed_at, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_contacts_removed() from public;

CREATE OR REPLACE FUNCTION app.log_custom_fields_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(null, r.id), 'name', jsonb_build_array(null, r.name), 'purpose', jsonb_build_array(null, r.purpose), 'kind', jsonb_build_array(null, r.kind), 'choices', jsonb_build_array(null, r.choices)) || jsonb_strip_nulls(jsonb_build_object('archived_at', case when r.archived_at is not null then jsonb_build_array(null, r.archived_at) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_custom_fields_added() from public;

CREATE OR REPLACE FUNCTION app.log_custom_fields_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_custom_fields_changed() from public;

CREATE OR REPLACE FUNCTION app.log_custom_fields_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(r.id, null), 'name', jsonb_build_array(r.name, null), 'purpose', jsonb_build_array(r.purpose, null), 'kind', jsonb_build_array(r.kind, null), 'choices', jsonb_build_array(r.choices, null)) || jsonb_strip_nulls(jsonb_build_object('archived_at', case when r.archived_at is not null then jsonb_build_array(r.archived_at, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_custom_fields_removed() from public;

CREATE OR REPLACE FUNCTION app.log_custom_values_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.partner_id, r.partner_id, null::uuid, jsonb_build_object('partner_id', jsonb_build_array(null, r.partner_id), 'field_id', jsonb_build_array(null, r.field_id)) || jsonb_strip_nulls(jsonb_build_object('text_value', case when r.text_value is not null then jsonb_build_array(null, r.text_value) end, 'number_value', case when r.number_value is not null then jsonb_build_array(null, r.number_value) end, 'date_value', case when r.date_value is not null then jsonb_build_array(null, r.date_value) end, 'yes_value', case when r.yes_value is not null then jsonb_build_array(null, r.yes_value) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_custom_values_added() from public;

CREATE OR REPLACE FUNCTION app.log_custom_values_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.partner_id, r.partner_id, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{field_id,rule}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_custom_values_changed() from public;

CREATE OR REPLACE FUNCTION app.log_custom_values_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.partner_id, r.partner_id, null::uuid, jsonb_build_object('partner_id', jsonb_build_array(r.partner_id, null), 'field_id', jsonb_build_array(r.field_id, null)) || jsonb_strip_nulls(jsonb_build_object('text_value', case when r.text_value is not null then jsonb_build_array(r.text_value, null) end, 'number_value', case when r.number_value is not null then jsonb_build_array(r.number_value, null) end, 'date_value', case when r.date_value is not null then jsonb_build_array(r.date_value, null) end, 'yes_value', case when r.yes_value is not null then jsonb_build_array(r.yes_value, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_custom_values_removed() from public;

CREATE OR REPLACE FUNCTION app.log_deal_stages_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(null, r.id), 'key', jsonb_build_array(null, r.key), 'name', jsonb_build_array(null, r.name)) || jsonb_strip_nulls(jsonb_build_object('quiet_days', case when r.quiet_days is not null then jsonb_build_array(null, r.quiet_days) end, 'archived_at', case when r.archived_at is not null then jsonb_build_array(null, r.archived_at) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_deal_stages_added() from public;

CREATE OR REPLACE FUNCTION app.log_deal_stages_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_deal_stages_changed() from public;

CREATE OR REPLACE FUNCTION app.log_deal_stages_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(r.id, null), 'key', jsonb_build_array(r.key, null), 'name', jsonb_build_array(r.name, null)) || jsonb_strip_nulls(jsonb_build_object('quiet_days', case when r.quiet_days is not null then jsonb_build_array(r.quiet_days, null) end, 'archived_at', case when r.archived_at is not null then jsonb_build_array(r.archived_at, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_deal_stages_removed() from public;

CREATE OR REPLACE FUNCTION app.log_deals_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, r.id, jsonb_build_object('id', jsonb_build_array(null, r.id), 'ref', jsonb_build_array(null, r.ref), 'partner_id', jsonb_build_array(null, r.partner_id), 'kind', jsonb_build_array(null, r.kind), 'direction', jsonb_build_array(null, r.direction), 'customer_company', jsonb_build_array(null, r.customer_company), 'ask', jsonb_build_array(null, r.ask), 'our_owner_id', jsonb_build_array(null, r.our_owner_id), 'turn', jsonb_build_array(null, r.turn), 'answer', jsonb_build_array(null, r.answer), 'stage', jsonb_build_array(null, r.stage)) || jsonb_strip_nulls(jsonb_build_object('customer_domain', case when r.customer_domain is not null then jsonb_build_array(null, r.customer_domain) end, 'customer_contact_name', case when r.customer_contact_name is not null then jsonb_build_array(null, r.customer_contact_name) end, 'customer_contact_email', case when r.customer_contact_email is not null then jsonb_build_array(null, r.customer_contact_email) end, 'customer_contact_phone', case when r.customer_contact_phone is not null then jsonb_build_array(null, r.customer_contact_phone) end, 'value_minor', case when r.value_minor is not null then jsonb_build_array(null, r.value_minor) end, 'currency', case when r.currency is not null then jsonb_build_array(null, r.currency) end, 'expected_close', case when r.expected_close is not null then jsonb_build_array(null, r.expected_close) end, 'their_owner_id', case when r.their_owner_id is not null then jsonb_build_array(null, r.their_owner_id) end, 'answered_at', case when r.answered_at is not null then jsonb_build_array(null, r.answered_at) end, 'answered_by', case when r.answered_by is not null then jsonb_build_array(null, r.answered_by) end, 'answer_reason', case when r.answer_reason is not null then jsonb_build_array(null, r.answer_reason) end, 'outcome', case when r.outcome is not null then jsonb_build_array(null, r.outcome) end, 'outcome_at', case when r.outcome_at is not null then jsonb_build_array(null, r.outcome_at) end, 'outcome_reason', case when r.outcome_reason is not null then jsonb_build_array(null, r.outcome_reason) end, 'show_value', case when r.show_value is not null then jsonb_build_array(null, r.show_value) end, 'show_customer_contact', case when r.show_customer_contact is not null then jsonb_build_array(null, r.show_customer_contact) end, 'created_by', case when r.created_by is not null then jsonb_build_array(null, r.created_by) end, 'import_id', case when r.import_id is not null then jsonb_build_array(null, r.import_id) end, 'paused_until', case when r.paused_until is not null then jsonb_build_array(null, r.paused_until) end, 'paused_why', case when r.paused_why is not null then jsonb_build_array(null, r.paused_why) end, 'next_step', case when r.next_step is not null then jsonb_build_array(null, r.next_step) end, 'sent_by_id', case when r.sent_by_id is not null then jsonb_build_array(null, r.sent_by_id) end, 'protected_until', case when r.protected_until is not null then jsonb_build_array(null, r.protected_until) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_deals_added() from public;

CREATE OR REPLACE FUNCTION app.log_deals_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, r.id, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_deals_changed() from public;

CREATE OR REPLACE FUNCTION app.log_deals_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, r.id, jsonb_build_object('id', jsonb_build_array(r.id, null), 'ref', jsonb_build_array(r.ref, null), 'partner_id', jsonb_build_array(r.partner_id, null), 'kind', jsonb_build_array(r.kind, null), 'direction', jsonb_build_array(r.direction, null), 'customer_company', jsonb_build_array(r.customer_company, null), 'ask', jsonb_build_array(r.ask, null), 'our_owner_id', jsonb_build_array(r.our_owner_id, null), 'turn', jsonb_build_array(r.turn, null), 'answer', jsonb_build_array(r.answer, null), 'stage', jsonb_build_array(r.stage, null)) || jsonb_strip_nulls(jsonb_build_object('customer_domain', case when r.customer_domain is not null then jsonb_build_array(r.customer_domain, null) end, 'customer_contact_name', case when r.customer_contact_name is not null then jsonb_build_array(r.customer_contact_name, null) end, 'customer_contact_email', case when r.customer_contact_email is not null then jsonb_build_array(r.customer_contact_email, null) end, 'customer_contact_phone', case when r.customer_contact_phone is not null then jsonb_build_array(r.customer_contact_phone, null) end, 'value_minor', case when r.value_minor is not null then jsonb_build_array(r.value_minor, null) end, 'currency', case when r.currency is not null then jsonb_build_array(r.currency, null) end, 'expected_close', case when r.expected_close is not null then jsonb_build_array(r.expected_close, null) end, 'their_owner_id', case when r.their_owner_id is not null then jsonb_build_array(r.their_owner_id, null) end, 'answered_at', case when r.answered_at is not null then jsonb_build_array(r.answered_at, null) end, 'answered_by', case when r.answered_by is not null then jsonb_build_array(r.answered_by, null) end, 'answer_reason', case when r.answer_reason is not null then jsonb_build_array(r.answer_reason, null) end, 'outcome', case when r.outcome is not null then jsonb_build_array(r.outcome, null) end, 'outcome_at', case when r.outcome_at is not null then jsonb_build_array(r.outcome_at, null) end, 'outcome_reason', case when r.outcome_reason is not null then jsonb_build_array(r.outcome_reason, null) end, 'show_value', case when r.show_value is not null then jsonb_build_array(r.show_value, null) end, 'show_customer_contact', case when r.show_customer_contact is not null then jsonb_build_array(r.show_customer_contact, null) end, 'created_by', case when r.created_by is not null then jsonb_build_array(r.created_by, null) end, 'import_id', case when r.import_id is not null then jsonb_build_array(r.import_id, null) end, 'paused_until', case when r.paused_until is not null then jsonb_build_array(r.paused_until, null) end, 'paused_why', case when r.paused_why is not null then jsonb_build_array(r.paused_why, null) end, 'next_step', case when r.next_step is not null then jsonb_build_array(r.next_step, null) end, 'sent_by_id', case when r.sent_by_id is not null then jsonb_build_array(r.sent_by_id, null) end, 'protected_until', case when r.protected_until is not null then jsonb_build_array(r.protected_until, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_deals_removed() from public;

CREATE OR REPLACE FUNCTION app.log_different_partners_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.org_id, null::uuid, null::uuid, jsonb_build_object('one_id', jsonb_build_array(null, r.one_id), 'other_id', jsonb_build_array(null, r.other_id)) || jsonb_strip_nulls(jsonb_build_object('member_id', case when r.member_id is not null then jsonb_build_array(null, r.member_id) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_different_partners_added() from public;

CREATE OR REPLACE FUNCTION app.log_different_partners_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.org_id, null::uuid, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_different_partners_changed() from public;

CREATE OR REPLACE FUNCTION app.log_different_partners_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.org_id, null::uuid, null::uuid, jsonb_build_object('one_id', jsonb_build_array(r.one_id, null), 'other_id', jsonb_build_array(r.other_id, null)) || jsonb_strip_nulls(jsonb_build_object('member_id', case when r.member_id is not null then jsonb_build_array(r.member_id, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_different_partners_removed() from public;

CREATE OR REPLACE FUNCTION app.log_entries_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, r.deal_id, jsonb_build_object('id', jsonb_build_array(null, r.id), 'partner_id', jsonb_build_array(null, r.partner_id), 'kind', jsonb_build_array(null, r.kind), 'audience', jsonb_build_array(null, r.audience), 'needs_answer', jsonb_build_array(null, r.needs_answer)) || jsonb_strip_nulls(jsonb_build_object('deal_id', case when r.deal_id is not null then jsonb_build_array(null, r.deal_id) end, 'body', case when r.body is not null then jsonb_build_array(null, r.body) end, 'from_value', case when r.from_value is not null then jsonb_build_array(null, r.from_value) end, 'to_value', case when r.to_value is not null then jsonb_build_array(null, r.to_value) end, 'member_id', case when r.member_id is not null then jsonb_build_array(null, r.member_id) end, 'contact_id', case when r.contact_id is not null then jsonb_build_array(null, r.contact_id) end, 'copy_of_id', case when r.copy_of_id is not null then jsonb_build_array(null, r.copy_of_id) end, 'edited_at', case when r.edited_at is not null then jsonb_build_array(null, r.edited_at) end, 'removed_at', case when r.removed_at is not null then jsonb_build_array(null, r.removed_at) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_entries_added() from public;

CREATE OR REPLACE FUNCTION app.log_entries_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, r.deal_id, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_entries_changed() from public;

CREATE OR REPLACE FUNCTION app.log_entries_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, r.deal_id, jsonb_build_object('id', jsonb_build_array(r.id, null), 'partner_id', jsonb_build_array(r.partner_id, null), 'kind', jsonb_build_array(r.kind, null), 'audience', jsonb_build_array(r.audience, null), 'needs_answer', jsonb_build_array(r.needs_answer, null)) || jsonb_strip_nulls(jsonb_build_object('deal_id', case when r.deal_id is not null then jsonb_build_array(r.deal_id, null) end, 'body', case when r.body is not null then jsonb_build_array(r.body, null) end, 'from_value', case when r.from_value is not null then jsonb_build_array(r.from_value, null) end, 'to_value', case when r.to_value is not null then jsonb_build_array(r.to_value, null) end, 'member_id', case when r.member_id is not null then jsonb_build_array(r.member_id, null) end, 'contact_id', case when r.contact_id is not null then jsonb_build_array(r.contact_id, null) end, 'copy_of_id', case when r.copy_of_id is not null then jsonb_build_array(r.copy_of_id, null) end, 'edited_at', case when r.edited_at is not null then jsonb_build_array(r.edited_at, null) end, 'removed_at', case when r.removed_at is not null then jsonb_build_array(r.removed_at, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_entries_removed() from public;

CREATE OR REPLACE FUNCTION app.log_event(kind text, partner uuid, record uuid, details jsonb)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 INSERT INTO audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, changes, request_id, act_id)
   VALUES (app.org(), app.now(), app.member(), app.contact(), app.channel(), 'event'::text, log_event.kind, log_event.record, log_event.partner, log_event.details, app.request(), app.act());
END;
revoke all on function app.log_event(text,uuid,uuid,jsonb) from public;
grant execute on function app.log_event(text,uuid,uuid,jsonb) to partnered_team;

CREATE OR REPLACE FUNCTION app.log_export(what text, details jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if app.member() is null or not app.changes_things() then
    raise exception 'You may look at this, not export it. Ask an admin.' using errcode = 'P0403';
  end if;
  if what = 'company' and app.team_role() <> 'admin' then
    raise exception 'Only an admin can export the whole company.' using errcode = 'P0403';
  end if;
  perform app.log_event('export', null, null, jsonb_build_object('what', what) || details);
end $function$;
revoke all on function app.log_export(text,jsonb) from public;
grant execute on function app.log_export(text,jsonb) to partnered_team;

CREATE OR REPLACE FUNCTION app.log_files_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, r.deal_id, jsonb_build_object('id', jsonb_build_array(null, r.id), 'partner_id', jsonb_build_array(null, r.partner_id), 'name', jsonb_build_array(null, r.name), 'size', jsonb_build_array(null, r.size)) || jsonb_strip_nulls(jsonb_build_object('deal_id', case when r.deal_id is not null then jsonb_build_array(null, r.deal_id) end, 'media_type', case when r.media_type is not null then jsonb_build_array(null, r.media_type) end, 'sha256', case when r.sha256 is not null then jsonb_build_array(null, r.sha256) end, 'member_id', case when r.member_id is not null then jsonb_build_array(null, r.member_id) end, 'contact_id', case when r.contact_id is not null then jsonb_build_array(null, r.contact_id) end, 'completed_at', case when r.completed_at is not null then jsonb_build_array(null, r.completed_at) end, 'removed_at', case when r.removed_at is not null then jsonb_build_array(null, r.removed_at) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_files_added() from public;

CREATE OR REPLACE FUNCTION app.log_files_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, r.deal_id, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_files_changed() from public;

CREATE OR REPLACE FUNCTION app.log_files_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, r.deal_id, jsonb_build_object('id', jsonb_build_array(r.id, null), 'partner_id', jsonb_build_array(r.partner_id, null), 'name', jsonb_build_array(r.name, null), 'size', jsonb_build_array(r.size, null)) || jsonb_strip_nulls(jsonb_build_object('deal_id', case when r.deal_id is not null then jsonb_build_array(r.deal_id, null) end, 'media_type', case when r.media_type is not null then jsonb_build_array(r.media_type, null) end, 'sha256', case when r.sha256 is not null then jsonb_build_array(r.sha256, null) end, 'member_id', case when r.member_id is not null then jsonb_build_array(r.member_id, null) end, 'contact_id', case when r.contact_id is not null then jsonb_build_array(r.contact_id, null) end, 'completed_at', case when r.completed_at is not null then jsonb_build_array(r.completed_at, null) end, 'removed_at', case when r.removed_at is not null then jsonb_build_array(r.removed_at, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_files_removed() from public;

CREATE OR REPLACE FUNCTION app.log_ground_rules_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.org_id, null::uuid, null::uuid, jsonb_build_object('rule', jsonb_build_array(null, r.rule), 'is_on', jsonb_build_array(null, r.is_on)) || jsonb_strip_nulls(jsonb_build_object('amount', case when r.amount is not null then jsonb_build_array(null, r.amount) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_ground_rules_added() from public;

CREATE OR REPLACE FUNCTION app.log_ground_rules_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.org_id, null::uuid, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{field_id,rule}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_ground_rules_changed() from public;

CREATE OR REPLACE FUNCTION app.log_ground_rules_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.org_id, null::uuid, null::uuid, jsonb_build_object('rule', jsonb_build_array(r.rule, null), 'is_on', jsonb_build_array(r.is_on, null)) || jsonb_strip_nulls(jsonb_build_object('amount', case when r.amount is not null then jsonb_build_array(r.amount, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_ground_rules_removed() from public;

CREATE OR REPLACE FUNCTION app.log_imports_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(null, r.id), 'file_name', jsonb_build_array(null, r.file_name), 'state', jsonb_build_array(null, r.state), 'member_id', jsonb_build_array(null, r.member_id), 'total', jsonb_build_array(null, r.total), 'kind', jsonb_build_array(null, r.kind)) || jsonb_strip_nulls(jsonb_build_object('act_id', case when r.act_id is not null then jsonb_build_array(null, r.act_id) end)) || case when coalesce(r.result, 'null') <> 'null' then jsonb_build_object('result', jsonb_build_array(null, r.result)) else '{}' end from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_imports_added() from public;

CREATE OR REPLACE FUNCTION app.log_imports_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_imports_changed() from public;

CREATE OR REPLACE FUNCTION app.log_imports_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(r.id, null), 'file_name', jsonb_build_array(r.file_name, null), 'state', jsonb_build_array(r.state, null), 'member_id', jsonb_build_array(r.member_id, null), 'total', jsonb_build_array(r.total, null), 'kind', jsonb_build_array(r.kind, null)) || jsonb_strip_nulls(jsonb_build_object('act_id', case when r.act_id is not null then jsonb_build_array(r.act_id, null) end)) || case when coalesce(r.result, 'null') <> 'null' then jsonb_build_object('result', jsonb_build_array(r.result, null)) else '{}' end from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_imports_removed() from public;

CREATE OR REPLACE FUNCTION app.log_invitations_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, null::uuid, jsonb_build_object('id', jsonb_build_array(null, r.id), 'partner_id', jsonb_build_array(null, r.partner_id), 'contact_id', jsonb_build_array(null, r.contact_id), 'message', jsonb_build_array(null, r.message), 'sent_by', jsonb_build_array(null, r.sent_by), 'effective_at', jsonb_build_array(null, r.effective_at), 'expires_at', jsonb_build_array(null, r.expires_at)) || jsonb_strip_nulls(jsonb_build_object('accepted_at', case when r.accepted_at is not null then jsonb_build_array(null, r.accepted_at) end, 'declined_at', case when r.declined_at is not null then jsonb_build_array(null, r.declined_at) end, 'prefers_email_at', case when r.prefers_email_at is not null then jsonb_build_array(null, r.prefers_email_at) end, 'withdrawn_at', case when r.withdrawn_at is not null then jsonb_build_array(null, r.withdrawn_at) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_invitations_added() from public;

CREATE OR REPLACE FUNCTION app.log_invitations_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_invitations_changed() from public;

CREATE OR REPLACE FUNCTION app.log_invitations_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, null::uuid, jsonb_build_object('id', jsonb_build_array(r.id, null), 'partner_id', jsonb_build_array(r.partner_id, null), 'contact_id', jsonb_build_array(r.contact_id, null), 'message', jsonb_build_array(r.message, null), 'sent_by', jsonb_build_array(r.sent_by, null), 'effective_at', jsonb_build_array(r.effective_at, null), 'expires_at', jsonb_build_array(r.expires_at, null)) || jsonb_strip_nulls(jsonb_build_object('accepted_at', case when r.accepted_at is not null then jsonb_build_array(r.accepted_at, null) end, 'declined_at', case when r.declined_at is not null then jsonb_build_array(r.declined_at, null) end, 'prefers_email_at', case when r.prefers_email_at is not null then jsonb_build_array(r.prefers_email_at, null) end, 'withdrawn_at', case when r.withdrawn_at is not null then jsonb_build_array(r.withdrawn_at, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_invitations_removed() from public;

CREATE OR REPLACE FUNCTION app.log_members_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(null, r.id), 'person_id', jsonb_build_array(null, r.person_id), 'name', jsonb_build_array(null, r.name), 'email', jsonb_build_array(null, r.email), 'role', jsonb_build_array(null, r.role)) || jsonb_strip_nulls(jsonb_build_object('deactivated_at', case when r.deactivated_at is not null then jsonb_build_array(null, r.deactivated_at) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_members_added() from public;

CREATE OR REPLACE FUNCTION app.log_members_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_members_changed() from public;

CREATE OR REPLACE FUNCTION app.log_members_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(r.id, null), 'person_id', jsonb_build_array(r.person_id, null), 'name', jsonb_build_array(r.name, null), 'email', jsonb_build_array(r.email, null), 'role', jsonb_build_array(r.role, null)) || jsonb_strip_nulls(jsonb_build_object('deactivated_at', case when r.deactivated_at is not null then jsonb_build_array(r.deactivated_at, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_members_removed() from public;

CREATE OR REPLACE FUNCTION app.log_mutes_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, r.deal_id, jsonb_build_object('id', jsonb_build_array(null, r.id), 'member_id', jsonb_build_array(null, r.member_id), 'partner_id', jsonb_build_array(null, r.partner_id)) || jsonb_strip_nulls(jsonb_build_object('deal_id', case when r.deal_id is not null then jsonb_build_array(null, r.deal_id) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_mutes_added() from public;

CREATE OR REPLACE FUNCTION app.log_mutes_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, r.deal_id, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_mutes_changed() from public;

CREATE OR REPLACE FUNCTION app.log_mutes_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, r.deal_id, jsonb_build_object('id', jsonb_build_array(r.id, null), 'member_id', jsonb_build_array(r.member_id, null), 'partner_id', jsonb_build_array(r.partner_id, null)) || jsonb_strip_nulls(jsonb_build_object('deal_id', case when r.deal_id is not null then jsonb_build_array(r.deal_id, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_mutes_removed() from public;

CREATE OR REPLACE FUNCTION app.log_notice_settings_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.org_id, null::uuid, null::uuid, jsonb_build_object('member_id', jsonb_build_array(null, r.member_id), 'assigned', jsonb_build_array(null, r.assigned), 'replied', jsonb_build_array(null, r.replied), 'moved', jsonb_build_array(null, r.moved), 'quiet', jsonb_build_array(null, r.quiet), 'sent', jsonb_build_array(null, r.sent), 'invites', jsonb_build_array(null, r.invites), 'access', jsonb_build_array(null, r.access), 'quiet_hours', jsonb_build_array(null, r.quiet_hours), 'quiet_from', jsonb_build_array(null, r.quiet_from), 'quiet_to', jsonb_build_array(null, r.quiet_to), 'quiet_weekends', jsonb_build_array(null, r.quiet_weekends), 'digest_at', jsonb_build_array(null, r.digest_at)) || jsonb_strip_nulls(jsonb_build_object('time_zone', case when r.time_zone is not null then jsonb_build_array(null, r.time_zone) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_notice_settings_added() from public;

CREATE OR REPLACE FUNCTION app.log_notice_settings_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.org_id, null::uuid, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_notice_settings_changed() from public;

CREATE OR REPLACE FUNCTION app.log_notice_settings_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.org_id, null::uuid, null::uuid, jsonb_build_object('member_id', jsonb_build_array(r.member_id, null), 'assigned', jsonb_build_array(r.assigned, null), 'replied', jsonb_build_array(r.replied, null), 'moved', jsonb_build_array(r.moved, null), 'quiet', jsonb_build_array(r.quiet, null), 'sent', jsonb_build_array(r.sent, null), 'invites', jsonb_build_array(r.invites, null), 'access', jsonb_build_array(r.access, null), 'quiet_hours', jsonb_build_array(r.quiet_hours, null), 'quiet_from', jsonb_build_array(r.quiet_from, null), 'quiet_to', jsonb_build_array(r.quiet_to, null), 'quiet_weekends', jsonb_build_array(r.quiet_weekends, null), 'digest_at', jsonb_build_array(r.digest_at, null)) || jsonb_strip_nulls(jsonb_build_object('time_zone', case when r.time_zone is not null then jsonb_build_array(r.time_zone, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_notice_settings_removed() from public;

CREATE OR REPLACE FUNCTION app.log_organizations_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.org_id, null::uuid, null::uuid, jsonb_build_object('name', jsonb_build_array(null, r.name), 'time_zone', jsonb_build_array(null, r.time_zone), 'currency', jsonb_build_array(null, r.currency), 'links_show_value', jsonb_build_array(null, r.links_show_value), 'members_add_tags', jsonb_build_array(null, r.members_add_tags), 'protection_days', jsonb_build_array(null, r.protection_days)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_organizations_added() from public;

CREATE OR REPLACE FUNCTION app.log_organizations_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.org_id, null::uuid, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_organizations_changed() from public;

CREATE OR REPLACE FUNCTION app.log_organizations_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.org_id, null::uuid, null::uuid, jsonb_build_object('name', jsonb_build_array(r.name, null), 'time_zone', jsonb_build_array(r.time_zone, null), 'currency', jsonb_build_array(r.currency, null), 'links_show_value', jsonb_build_array(r.links_show_value, null), 'members_add_tags', jsonb_build_array(r.members_add_tags, null), 'protection_days', jsonb_build_array(r.protection_days, null)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_organizations_removed() from public;

CREATE OR REPLACE FUNCTION app.log_parked_deals_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, r.deal_id, jsonb_build_object('id', jsonb_build_array(null, r.id), 'import_id', jsonb_build_array(null, r.import_id), 'member_id', jsonb_build_array(null, r.member_id), 'line', jsonb_build_array(null, r.line), 'partner_name', jsonb_build_array(null, r.partner_name)) || jsonb_strip_nulls(jsonb_build_object('settled_at', case when r.settled_at is not null then jsonb_build_array(null, r.settled_at) end, 'deal_id', case when r.deal_id is not null then jsonb_build_array(null, r.deal_id) end)) || case when coalesce(r.deal, 'null') <> 'null' then jsonb_build_object('deal', jsonb_build_array(null, r.deal)) else '{}' end from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_parked_deals_added() from public;

CREATE OR REPLACE FUNCTION app.log_parked_deals_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, r.deal_id, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_parked_deals_changed() from public;

CREATE OR REPLACE FUNCTION app.log_parked_deals_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, r.deal_id, jsonb_build_object('id', jsonb_build_array(r.id, null), 'import_id', jsonb_build_array(r.import_id, null), 'member_id', jsonb_build_array(r.member_id, null), 'line', jsonb_build_array(r.line, null), 'partner_name', jsonb_build_array(r.partner_name, null)) || jsonb_strip_nulls(jsonb_build_object('settled_at', case when r.settled_at is not null then jsonb_build_array(r.settled_at, null) end, 'deal_id', case when r.deal_id is not null then jsonb_build_array(r.deal_id, null) end)) || case when coalesce(r.deal, 'null') <> 'null' then jsonb_build_object('deal', jsonb_build_array(r.deal, null)) else '{}' end from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_parked_deals_removed() from public;

CREATE OR REPLACE FUNCTION app.log_partner_members_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.partner_id, r.partner_id, null::uuid, jsonb_build_object('partner_id', jsonb_build_array(null, r.partner_id), 'member_id', jsonb_build_array(null, r.member_id), 'level', jsonb_build_array(null, r.level)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_partner_members_added() from public;

CREATE OR REPLACE FUNCTION app.log_partner_members_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.partner_id, r.partner_id, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_partner_members_changed() from public;

CREATE OR REPLACE FUNCTION app.log_partner_members_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.partner_id, r.partner_id, null::uuid, jsonb_build_object('partner_id', jsonb_build_array(r.partner_id, null), 'member_id', jsonb_build_array(r.member_id, null), 'level', jsonb_build_array(r.level, null)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_partner_members_removed() from public;

CREATE OR REPLACE FUNCTION app.log_partner_tags_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.partner_id, r.partner_id, null::uuid, jsonb_build_object('partner_id', jsonb_build_array(null, r.partner_id), 'tag_id', jsonb_build_array(null, r.tag_id)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_partner_tags_added() from public;

CREATE OR REPLACE FUNCTION app.log_partner_tags_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.partner_id, r.partner_id, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_partner_tags_changed() from public;

CREATE OR REPLACE FUNCTION app.log_partner_tags_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.partner_id, r.partner_id, null::uuid, jsonb_build_object('partner_id', jsonb_build_array(r.partner_id, null), 'tag_id', jsonb_build_array(r.tag_id, null)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_partner_tags_removed() from public;

CREATE OR REPLACE FUNCTION app.log_partner_types_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(null, r.id), 'key', jsonb_build_array(null, r.key), 'name', jsonb_build_array(null, r.name)) || jsonb_strip_nulls(jsonb_build_object('archived_at', case when r.archived_at is not null then jsonb_build_array(null, r.archived_at) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_partner_types_added() from public;

CREATE OR REPLACE FUNCTION app.log_partner_types_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_partner_types_changed() from public;

CREATE OR REPLACE FUNCTION app.log_partner_types_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(r.id, null), 'key', jsonb_build_array(r.key, null), 'name', jsonb_build_array(r.name, null)) || jsonb_strip_nulls(jsonb_build_object('archived_at', case when r.archived_at is not null then jsonb_build_array(r.archived_at, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_partner_types_removed() from public;

CREATE OR REPLACE FUNCTION app.log_partners_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.id, null::uuid, jsonb_build_object('id', jsonb_build_array(null, r.id), 'slug', jsonb_build_array(null, r.slug), 'workspace', jsonb_build_array(null, r.workspace), 'legal_name', jsonb_build_array(null, r.legal_name), 'status', jsonb_build_array(null, r.status), 'works_via', jsonb_build_array(null, r.works_via), 'team_access', jsonb_build_array(null, r.team_access), 'sees_deals', jsonb_build_array(null, r.sees_deals), 'sees_value', jsonb_build_array(null, r.sees_value), 'sees_customer_contact', jsonb_build_array(null, r.sees_customer_contact), 'sees_notes', jsonb_build_array(null, r.sees_notes), 'updates_deals', jsonb_build_array(null, r.updates_deals), 'sends_deals', jsonb_build_array(null, r.sends_deals), 'sample', jsonb_build_array(null, r.sample)) || jsonb_strip_nulls(jsonb_build_object('type', case when r.type is not null then jsonb_build_array(null, r.type) end, 'website', case when r.website is not null then jsonb_build_array(null, r.website) end, 'domain', case when r.domain is not null then jsonb_build_array(null, r.domain) end, 'phone', case when r.phone is not null then jsonb_build_array(null, r.phone) end, 'description', case when r.description is not null then jsonb_build_array(null, r.description) end, 'agreement_signed', case when r.agreement_signed is not null then jsonb_build_array(null, r.agreement_signed) end, 'owner_id', case when r.owner_id is not null then jsonb_build_array(null, r.owner_id) end, 'archived_at', case when r.archived_at is not null then jsonb_build_array(null, r.archived_at) end, 'reviewed_at', case when r.reviewed_at is not null then jsonb_build_array(null, r.reviewed_at) end, 'import_id', case when r.import_id is not null then jsonb_build_array(null, r.import_id) end, 'created_by', case when r.created_by is not null then jsonb_build_array(null, r.created_by) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_partners_added() from public;

CREATE OR REPLACE FUNCTION app.log_partners_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.id, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_partners_changed() from public;

CREATE OR REPLACE FUNCTION app.log_partners_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.id, null::uuid, jsonb_build_object('id', jsonb_build_array(r.id, null), 'slug', jsonb_build_array(r.slug, null), 'workspace', jsonb_build_array(r.workspace, null), 'legal_name', jsonb_build_array(r.legal_name, null), 'status', jsonb_build_array(r.status, null), 'works_via', jsonb_build_array(r.works_via, null), 'team_access', jsonb_build_array(r.team_access, null), 'sees_deals', jsonb_build_array(r.sees_deals, null), 'sees_value', jsonb_build_array(r.sees_value, null), 'sees_customer_contact', jsonb_build_array(r.sees_customer_contact, null), 'sees_notes', jsonb_build_array(r.sees_notes, null), 'updates_deals', jsonb_build_array(r.updates_deals, null), 'sends_deals', jsonb_build_array(r.sends_deals, null), 'sample', jsonb_build_array(r.sample, null)) || jsonb_strip_nulls(jsonb_build_object('type', case when r.type is not null then jsonb_build_array(r.type, null) end, 'website', case when r.website is not null then jsonb_build_array(r.website, null) end, 'domain', case when r.domain is not null then jsonb_build_array(r.domain, null) end, 'phone', case when r.phone is not null then jsonb_build_array(r.phone, null) end, 'description', case when r.description is not null then jsonb_build_array(r.description, null) end, 'agreement_signed', case when r.agreement_signed is not null then jsonb_build_array(r.agreement_signed, null) end, 'owner_id', case when r.owner_id is not null then jsonb_build_array(r.owner_id, null) end, 'archived_at', case when r.archived_at is not null then jsonb_build_array(r.archived_at, null) end, 'reviewed_at', case when r.reviewed_at is not null then jsonb_build_array(r.reviewed_at, null) end, 'import_id', case when r.import_id is not null then jsonb_build_array(r.import_id, null) end, 'created_by', case when r.created_by is not null then jsonb_build_array(r.created_by, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_partners_removed() from public;

CREATE OR REPLACE FUNCTION app.log_shares_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, r.deal_id, jsonb_build_object('id', jsonb_build_array(null, r.id), 'partner_id', jsonb_build_array(null, r.partner_id), 'shared_at', jsonb_build_array(null, r.shared_at), 'effective_at', jsonb_build_array(null, r.effective_at)) || jsonb_strip_nulls(jsonb_build_object('deal_id', case when r.deal_id is not null then jsonb_build_array(null, r.deal_id) end, 'entry_id', case when r.entry_id is not null then jsonb_build_array(null, r.entry_id) end, 'show_value', case when r.show_value is not null then jsonb_build_array(null, r.show_value) end, 'show_customer_contact', case when r.show_customer_contact is not null then jsonb_build_array(null, r.show_customer_contact) end, 'shared_by', case when r.shared_by is not null then jsonb_build_array(null, r.shared_by) end, 'stopped_at', case when r.stopped_at is not null then jsonb_build_array(null, r.stopped_at) end, 'stopped_by', case when r.stopped_by is not null then jsonb_build_array(null, r.stopped_by) end, 'file_id', case when r.file_id is not null then jsonb_build_array(null, r.file_id) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_shares_added() from public;

CREATE OR REPLACE FUNCTION app.log_shares_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, r.deal_id, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_shares_changed() from public;

CREATE OR REPLACE FUNCTION app.log_shares_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, r.partner_id, r.deal_id, jsonb_build_object('id', jsonb_build_array(r.id, null), 'partner_id', jsonb_build_array(r.partner_id, null), 'shared_at', jsonb_build_array(r.shared_at, null), 'effective_at', jsonb_build_array(r.effective_at, null)) || jsonb_strip_nulls(jsonb_build_object('deal_id', case when r.deal_id is not null then jsonb_build_array(r.deal_id, null) end, 'entry_id', case when r.entry_id is not null then jsonb_build_array(r.entry_id, null) end, 'show_value', case when r.show_value is not null then jsonb_build_array(r.show_value, null) end, 'show_customer_contact', case when r.show_customer_contact is not null then jsonb_build_array(r.show_customer_contact, null) end, 'shared_by', case when r.shared_by is not null then jsonb_build_array(r.shared_by, null) end, 'stopped_at', case when r.stopped_at is not null then jsonb_build_array(r.stopped_at, null) end, 'stopped_by', case when r.stopped_by is not null then jsonb_build_array(r.stopped_by, null) end, 'file_id', case when r.file_id is not null then jsonb_build_array(r.file_id, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_shares_removed() from public;

CREATE OR REPLACE FUNCTION app.log_tags_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(null, r.id), 'name', jsonb_build_array(null, r.name), 'colour', jsonb_build_array(null, r.colour)) || jsonb_strip_nulls(jsonb_build_object('meaning', case when r.meaning is not null then jsonb_build_array(null, r.meaning) end, 'archived_at', case when r.archived_at is not null then jsonb_build_array(null, r.archived_at) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_tags_added() from public;

CREATE OR REPLACE FUNCTION app.log_tags_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_tags_changed() from public;

CREATE OR REPLACE FUNCTION app.log_tags_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(r.id, null), 'name', jsonb_build_array(r.name, null), 'colour', jsonb_build_array(r.colour, null)) || jsonb_strip_nulls(jsonb_build_object('meaning', case when r.meaning is not null then jsonb_build_array(r.meaning, null) end, 'archived_at', case when r.archived_at is not null then jsonb_build_array(r.archived_at, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_tags_removed() from public;

CREATE OR REPLACE FUNCTION app.log_views_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(null, r.id), 'member_id', jsonb_build_array(null, r.member_id), 'screen', jsonb_build_array(null, r.screen), 'name', jsonb_build_array(null, r.name), 'query', jsonb_build_array(null, r.query), 'shared', jsonb_build_array(null, r.shared)) || jsonb_strip_nulls(jsonb_build_object('removed_at', case when r.removed_at is not null then jsonb_build_array(null, r.removed_at) end)) from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_views_added() from public;

CREATE OR REPLACE FUNCTION app.log_views_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any ('{}')
      having bool_or(f.differs)) from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_views_changed() from public;

CREATE OR REPLACE FUNCTION app.log_views_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, r.id, null::uuid, null::uuid, jsonb_build_object('id', jsonb_build_array(r.id, null), 'member_id', jsonb_build_array(r.member_id, null), 'screen', jsonb_build_array(r.screen, null), 'name', jsonb_build_array(r.name, null), 'query', jsonb_build_array(r.query, null), 'shared', jsonb_build_array(r.shared, null)) || jsonb_strip_nulls(jsonb_build_object('removed_at', case when r.removed_at is not null then jsonb_build_array(r.removed_at, null) end)) from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $function$;
revoke all on function app.log_views_removed() from public;

CREATE OR REPLACE FUNCTION app.look_as(as_contact uuid)
 RETURNS TABLE(contact uuid, partner uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  select c.id, c.partner_id into contact, partner from contacts c
  where c.org_id = app.org() and c.id = as_contact and c.left_at is null and c.access_removed_at is null
    and app.can_see_partner(c.partner_id);
  if contact is null then
    raise exception 'Not found.' using errcode = 'P0404';
  end if;
  return next;
end $function$;
revoke all on function app.look_as(uuid) from public;
grant execute on function app.look_as(uuid) to partnered_team;

CREATE OR REPLACE FUNCTION app.lookalikes(wanted_key text, wanted_domain text, wanted_email text)
 RETURNS TABLE(id uuid, slug text, legal_name text, name_key text, domain text, emails text[], owner_name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET "pg_trgm.similarity_threshold" TO '0.3'
BEGIN ATOMIC
 WITH near AS (
         ( SELECT p.id
            FROM partners p
           WHERE ((p.org_id = app.org()) AND (p.name_key = lookalikes.wanted_key) AND (lookalikes.wanted_key <> ''::text))
          LIMIT 20)
         UNION
         ( SELECT p.id
            FROM partners p
           WHERE ((p.org_id = app.org()) AND (p.domain = lookalikes.wanted_domain))
          LIMIT 20)
         UNION
         ( SELECT c.partner_id
            FROM contacts c
           WHERE ((c.org_id = app.org()) AND (lower(c.email) = lower(lookalikes.wanted_email)))
          LIMIT 20)
         UNION
         ( SELECT p.id
            FROM partners p
           WHERE ((p.org_id = app.org()) AND (length(lookalikes.wanted_key) >= 6) AND (p.name_key % lookalikes.wanted_key))
           ORDER BY (similarity(p.name_key, lookalikes.wanted_key)) DESC, p.id
          LIMIT 20)
         )
  SELECT p.id,
     p.slug,
     p.legal_name,
     p.name_key,
     p.domain,
     COALESCE(( SELECT array_agg(c.email) AS array_agg
            FROM ( SELECT c_1.email
                    FROM contacts c_1
                   WHERE ((c_1.org_id = p.org_id) AND (c_1.partner_id = p.id) AND (c_1.email IS NOT NULL))
                   ORDER BY (lower(c_1.email) = lower(lookalikes.wanted_email)) DESC, c_1.is_main DESC
                  LIMIT 20) c), '{}'::text[]) AS "coalesce",
     ( SELECT m.name
            FROM members m
           WHERE ((m.org_id = p.org_id) AND (m.id = p.owner_id))) AS name
    FROM partners p
   WHERE ((p.org_id = app.org()) AND (p.id IN ( SELECT near.id
            FROM near)) AND app.can_see_partner(p.id))
 UNION ALL
  SELECT NULL::uuid,
     NULL::text,
     NULL::text,
     p.name_key,
     p.domain,
     '{}'::text[],
     NULL::text
    FROM partners p
   WHERE ((p.org_id = app.org()) AND (p.name_key = lookalikes.wanted_key) AND (p.domain = lookalikes.wanted_domain) AND app.changes_things() AND (NOT app.can_see_partner(p.id)));
END;
revoke all on function app.lookalikes(text,text,text) from public;
grant execute on function app.lookalikes(text,text,text) to partnered_team;

CREATE OR REPLACE FUNCTION app.mail_to_send(mail uuid)
 RETURNS SETOF outbox
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT o.org_id,
     o.id,
     o.kind,
     o.partner_id,
     o.contact_id,
     o.member_id,
     o.invitation_id,
     o.deal_id,
     o.message_id,
     o.state,
     o.due_at,
     o.queued_at,
     o.tries,
     o.to_email,
     o.subject,
     o.body,
     o.error,
     o.created_at,
     o.updated_at,
     o.sent_at,
     o.more
    FROM outbox o
   WHERE ((o.id = mail_to_send.mail) AND (o.state = 'due'::text));
END;
revoke all on function app.mail_to_send(uuid) from public;
grant execute on function app.mail_to_send(uuid) to partnered_system;

CREATE OR REPLACE FUNCTION app.mails_of(of_deal uuid)
 RETURNS TABLE(id uuid, contact_id uuid, subject text, sent_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 10
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if app.member() is not null then
    return query
      select o.id, o.contact_id, o.subject, o.sent_at from outbox o
      where o.org_id = app.org() and o.deal_id = of_deal and o.contact_id is not null and o.state = 'sent'
        and o.partner_id not in (select app.hidden_partners());
  end if;
end $function$;
revoke all on function app.mails_of(uuid) from public;
grant execute on function app.mails_of(uuid) to partnered_team;

CREATE OR REPLACE FUNCTION app.make_keepers(keeper text, body text, said text[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  it record;
begin
  for it in select * from (values
    ('added', said[1], 'select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n'),
    ('changed', said[2], 'select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)'),
    ('removed', said[3], 'select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o')) k(did, said, those)
  loop
    execute format('create or replace function app.%s_%s() returns trigger
      language plpgsql security definer set search_path = app, public, pg_temp set enable_nestloop = off as %L', keeper, it.did, format(body, it.those, it.said));
  end loop;
end $function$;
revoke all on function app.make_keepers(text,text,text[]) from public;

CREATE OR REPLACE FUNCTION app.make_partitions()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  log text;
  month date;
  part text;
  taken boolean;
begin
  foreach log in array array['audit_rows', 'read_records'] loop
    for i in 0..2 loop
      month := (date_trunc('month', app.now()) + make_interval(months => i))::date;
      part := log || '_' || to_char(month, 'YYYY_MM');
      execute format('select exists (select from %I where at >= %L and at < %L)', log || '_rest', month, month + interval '1 month') into taken;
      if to_regclass(part) is null and not taken then
        execute format('create table %I partition of %I for values from (%L) to (%L)', part, log, month, month + interval '1 month');
        execute format('alter table %I enable row level security', part);
        execute format('create policy company on %I as restrictive using (org_id = (select app.org()))', part);
      end if;
    end loop;
  end loop;
end $function$;
revoke all on function app.make_partitions() from public;
grant execute on function app.make_partitions() to partnered_system;

CREATE OR REPLACE FUNCTION app.mark_mail(mail uuid, new_state text, address text, mail_subject text, mail_body text, reason text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 UPDATE outbox SET state = mark_mail.new_state, to_email = mark_mail.address, subject = mark_mail.mail_subject, body = mark_mail.mail_body, error = mark_mail.reason, sent_at =
         CASE
             WHEN (mark_mail.new_state = ANY (ARRAY['sent'::text, 'held'::text])) THEN app.now()
             ELSE NULL::timestamp with time zone
         END, tries = (outbox.tries + 1), updated_at = app.now()
   WHERE (outbox.id = mark_mail.mail);
END;
revoke all on function app.mark_mail(uuid,text,text,text,text,text) from public;
grant execute on function app.mark_mail(uuid,text,text,text,text,text) to partnered_system;

CREATE OR REPLACE FUNCTION app.may_sign_in(address text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT ((EXISTS ( SELECT
            FROM members m
           WHERE ((lower(m.email) = lower(may_sign_in.address)) AND (m.deactivated_at IS NULL)))) OR (EXISTS ( SELECT
            FROM contacts c
           WHERE ((lower(c.email) = lower(may_sign_in.address)) AND (c.person_id IS NOT NULL) AND (c.left_at IS NULL) AND (c.access_removed_at IS NULL)))) OR (EXISTS ( SELECT
            FROM (contacts c
              JOIN invitations i ON (((i.org_id = c.org_id) AND (i.contact_id = c.id))))
           WHERE ((lower(c.email) = lower(may_sign_in.address)) AND (c.left_at IS NULL) AND (c.access_removed_at IS NULL) AND (i.effective_at <= app.now()) AND (i.expires_at > app.now()) AND (i.withdrawn_at IS NULL) AND (i.declined_at IS NULL)))));
END;
revoke all on function app.may_sign_in(text) from public;
grant execute on function app.may_sign_in(text) to partnered_system;

CREATE OR REPLACE FUNCTION app.member()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (app.setting('member'::text))::uuid;
revoke all on function app.member() from public;
grant execute on function app.member() to partnered_contact, partnered_system, partnered_team, partnered_views;

CREATE OR REPLACE FUNCTION app.members_who_see(partner uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT m.id
    FROM members m
   WHERE ((m.org_id = app.org()) AND (m.deactivated_at IS NULL) AND app.can_see_partner(members_who_see.partner) AND (NOT (EXISTS ( SELECT
            FROM app.hidden_from(m.id, m.role) h(h)
           WHERE (h.h = members_who_see.partner)))));
END;
revoke all on function app.members_who_see(uuid) from public;
grant execute on function app.members_who_see(uuid) to partnered_team;

CREATE OR REPLACE FUNCTION app.merge_partners(keep uuid, gone uuid, taken text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  org constant uuid := app.org();
  old_slug text;
  -- Contacts of the one that goes, each with the contact that they are at the other.
  folded jsonb;
begin
  if keep = gone or not app.can_see_partner(keep) or not app.can_see_partner(gone)
    or not exists (select from partners p where p.org_id = org and p.id = keep)
    or not exists (select from partners p where p.org_id = org and p.id = gone) then
    raise exception 'Not found.' using errcode = 'P0404';
  end if;
  if not (app.can_decide_on(keep) and app.can_decide_on(gone)) then
    raise exception 'Only an admin or the owner of both merges them.' using errcode = '42501';
  end if;
  if app.act() is null then
    raise exception 'A merge is an act.' using errcode = '42501';
  end if;
  perform from partners p where p.org_id = org and p.id in (keep, gone) order by p.id for update;
  perform set_config('app.quiet', 'yes', true);
  set constraints all deferred;

  select coalesce(jsonb_object_agg(g.id, k.id), '{}') into folded from contacts g join contacts k on k.org_id = g.org_id and k.partner_id = keep and lower(k.email) = lower(g.email)
    where g.org_id = org and g.partner_id = gone and g.left_at is null and k.left_at is null;
  update contacts k set
      phone = coalesce(k.phone, g.phone), title = coalesce(k.title, g.title), role = coalesce(k.role, g.role),
      person_id = coalesce(k.person_id, g.person_id),
      sees = case when 'own' in (k.sees, g.sees) then 'own' else 'all' end,
      access_removed_at = coalesce(k.access_removed_at, g.access_removed_at),
      confirmed_at = greatest(k.confirmed_at, g.confirmed_at), last_seen_at = greatest(k.last_seen_at, g.last_seen_at)
    from contacts g
    where g.org_id = org and g.id::text in (select jsonb_object_keys(folded)) and k.org_id = org and k.id = (folded ->> g.id::text)::uuid;

  update contacts c set partner_id = keep,
      is_main = c.is_main and not exists (select from contacts k where k.org_id = org and k.partner_id = keep and k.is_main)
    where c.org_id = org and c.partner_id = gone and not folded ? c.id::text;
  update deals d set partner_id = keep,
      their_owner_id = coalesce((folded ->> d.their_owner_id::text)::uuid, d.their_owner_id),
      answered_by = coalesce((folded ->> d.answered_by::text)::uuid, d.answered_by),
      turn_by = coalesce((folded ->> d.turn_by::text)::uuid, d.turn_by),
      sent_by_id = coalesce((folded ->> d.sent_by_id::text)::uuid, d.sent_by_id)
    where d.org_id = org and d.partner_id = gone;
  update entries e set partner_id = keep, contact_id = coalesce((folded ->> e.contact_id::text)::uuid, e.contact_id)
    where e.org_id = org and e.partner_id = gone;
  update files i set partner_id = keep, contact_id = coalesce((folded ->> i.contact_id::text)::uuid, i.contact_id)
    where i.org_id = org and i.partner_id = gone;
  update shares s set partner_id = keep where s.org_id = org and s.partner_id = gone;
  update invitations i set partner_id = keep, contact_id = coalesce((folded ->> i.contact_id::text)::uuid, i.contact_id)
    where i.org_id = org and i.partner_id = gone;
  update notifications n set partner_id = keep, contact_id = coalesce((folded ->> n.contact_id::text)::uuid, n.contact_id)
    where n.org_id = org and n.partner_id = gone;
  update outbox o set partner_id = keep, contact_id = coalesce((folded ->> o.contact_id::text)::uuid, o.contact_id)
    where o.org_id = org and o.partner_id = gone;
  -- How each is told by mail: of two choices of one person the quieter one, whose links keep working; a deal stays muted, a partner only where both were.
  update contact_notices n set contact_id = (folded ->> n.contact_id::text)::uuid where n.org_id = org and folded ? n.contact_id::text;
  perform app.wake(org, 'tell_contact', f.value::uuid, app.now()) from jsonb_each_text(folded) f
    where exists (select from contact_notices n where n.org_id = org and n.contact_id = f.value::uuid and n.told_at is null);
  update mail_links l set contact_id = coalesce((folded ->> l.contact_id::text)::uuid, l.contact_id), partner_id = case l.partner_id when gone then keep else l.partner_id end
    where l.org_id = org and (l.partner_id = gone or folded ? l.contact_id::text);
  insert into contact_choices as k (org_id, contact_id, choice)
    select c.org_id, (folded ->> c.contact_id::text)::uuid, c.choice from contact_choices c where c.org_id = org and folded ? c.contact_id::text
    on conflict (org_id, contact_id) do update set choice = excluded.choice
      where array_position(array['asked', 'weekly', 'only_asked', 'none'], k.choice) < array_position(array['asked', 'weekly', 'only_asked', 'none'], excluded.choice);
  update mutes u set partner_id = keep where u.org_id = org and u.partner_id = gone and u.deal_id is not null;
  insert into partner_tags (org_id, partner_id, tag_id)
    select t.org_id, keep, t.tag_id from partner_tags t where t.org_id = org and t.partner_id = gone
    on conflict do nothing;
  update custom_values v set partner_id = keep
    where v.org_id = org and v.partner_id = gone
      and not exists (select from custom_values k where k.org_id = org and k.partner_id = keep and k.field_id = v.field_id);

  -- Earlier addresses, and the one it has now, lead to what it became.
  update partner_slugs s set partner_id = keep where s.org_id = org and s.partner_id = gone;
  select p.slug into old_slug from partners p where p.org_id = org and p.id = gone;
  update merged_records m set partner_id = keep, contact_id = coalesce((folded ->> m.contact_id::text)::uuid, m.contact_id)
    where m.org_id = org and m.partner_id = gone;
  insert into merged_records (org_id, old_id, partner_id, contact_id, workspace, act_id)
    select org, p.id, keep, null, p.workspace, app.act() from partners p where p.org_id = org and p.id = gone;
  insert into merged_records (org_id, old_id, partner_id, contact_id, act_id)
    select org, f.key::uuid, keep, f.value::uuid, app.act() from jsonb_each_text(folded) f;

  update partners k set
      legal_name = case when 'legal_name' = any (taken) then g.legal_name else k.legal_name end,
      name_key = case when 'legal_name' = any (taken) then g.name_key else k.name_key end,
      type = case when 'type' = any (taken) then g.type else k.type end,
      status = case when 'status' = any (taken) then g.status else k.status end,
      website = case when 'website' = any (taken) then g.website else k.website end,
      domain = case when 'website' = any (taken) then g.domain else k.domain end,
      phone = case when 'phone' = any (taken) then g.phone else k.phone end,
      description = case when 'description' = any (taken) then g.description else k.description end,
      agreement_signed = case when 'agreement_signed' = any (taken) then g.agreement_signed else k.agreement_signed end,
      owner_id = case when 'owner' = any (taken) then g.owner_id else k.owner_id end,
      works_via = case when 'portal' in (k.works_via, g.works_via) then 'portal' else k.works_via end,
      last_activity_at = greatest(k.last_activity_at, g.last_activity_at)
    from partners g
    where k.org_id = org and k.id = keep and g.org_id = org and g.id = gone;
  -- What is left goes before its partner: taken back, it comes after it.
  delete from contact_choices c where c.org_id = org and folded ? c.contact_id::text;
  delete from mutes u where u.org_id = org and u.partner_id = gone;
  delete from contacts c where c.org_id = org and folded ? c.id::text;
  delete from partner_tags t where t.org_id = org and t.partner_id = gone;
  delete from partner_members m where m.org_id = org and m.partner_id = gone;
  delete from custom_values v where v.org_id = org and v.partner_id = gone;
  -- Who is another company than the one that goes is another one than what it becomes.
  insert into different_partners (org_id, one_id, other_id, member_id, created_at)
    select org, least(keep, a.id), greatest(keep, a.id), a.member_id, a.created_at
    from (select case d.one_id when gone then d.other_id else d.one_id end as id, d.member_id, d.created_at
      from different_partners d where d.org_id = org and gone in (d.one_id, d.other_id)) a
    where a.id <> keep
    on conflict do nothing;
  delete from different_partners d where d.org_id = org and gone in (d.one_id, d.other_id);
  delete from partners p where p.org_id = org and p.id = gone;
  insert into partner_slugs (org_id, slug, partner_id) values (org, old_slug, keep)
    on conflict (org_id, slug) do update set partner_id = excluded.partner_id;

  set constraints all immediate;
  perform set_config('app.quiet', '', true);
end $function$;
revoke all on function app.merge_partners(uuid,uuid,text[]) from public;
grant execute on function app.merge_partners(uuid,uuid,text[]) to partnered_team;

CREATE OR REPLACE FUNCTION app.move_due()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it record;
  moved integer := 0;
begin
  for it in
    update outbox o set queued_at = app.now()
    where (o.org_id, o.id) in (
      select d.org_id, d.id from outbox d where d.state = 'due' and d.queued_at is null and d.due_at <= app.now() order by d.due_at limit 100 for update skip locked)
    returning o.id
  loop
    perform graphile_worker.add_job('send_mail', json_build_object('id', it.id), job_key := 'mail:' || it.id, max_attempts := 8);
    moved := moved + 1;
  end loop;
  for it in
    update due_work w set taken_at = app.now()
    where (w.org_id, w.id) in (
      select d.org_id, d.id from due_work d where d.taken_at is null and d.due_at <= app.now() order by d.due_at limit 100 for update skip locked)
    returning w.id, w.task
  loop
    perform graphile_worker.add_job(it.task, json_build_object('id', it.id), job_key := 'work:' || it.id, max_attempts := 3);
    moved := moved + 1;
  end loop;
  return moved;
end $function$;
revoke all on function app.move_due() from public;
grant execute on function app.move_due() to partnered_system;

CREATE OR REPLACE FUNCTION app.notices_for(work uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it due_work;
begin
  select * into it from due_work w where w.id = work and w.task in ('tell_member', 'tell_contact');
  if it.id is null then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('notices:' || it.record_id, 0));
  if it.task = 'tell_member' then
    return (select jsonb_build_object(
      'who', 'member', 'zone', o.time_zone, 'reachable', m.deactivated_at is null,
      'settings', (select to_jsonb(s) - '{org_id, member_id, updated_at}'::text[] from notice_settings s where s.org_id = m.org_id and s.member_id = m.id),
      'muted', (select coalesce(jsonb_agg(coalesce(u.deal_id, u.partner_id)), '[]') from mutes u where u.org_id = m.org_id and u.member_id = m.id),
      'waiting', (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'kind', n.kind, 'partner_id', n.partner_id, 'deal_id', n.deal_id,
          'created_at', n.created_at, 'read_at', n.read_at, 'digest_from', n.digest_from) order by n.created_at, n.id), '[]')
        from notifications n where n.org_id = m.org_id and n.member_id = m.id and n.told_at is null),
      'mailed', (select coalesce(jsonb_agg(b.created_at), '[]') from outbox b
        where b.org_id = m.org_id and b.member_id = m.id and b.kind = 'notice' and b.state <> 'dropped' and b.created_at > app.now() - interval '2 days'))
    from members m join organizations o on o.org_id = m.org_id where m.org_id = it.org_id and m.id = it.record_id);
  end if;
  return (select jsonb_build_object(
    'who', 'contact', 'zone', o.time_zone,
    'reachable', c.email is not null and c.left_at is null and c.access_removed_at is null and p.works_via <> 'internal' and p.archived_at is null,
    'choice', (select h.choice from contact_choices h where h.org_id = c.org_id and h.contact_id = c.id),
    'waiting', (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'kind', n.kind, 'partner_id', c.partner_id, 'deal_id', n.deal_id,
        'created_at', n.created_at, 'read_at', null, 'digest_from', n.digest_from) order by n.created_at, n.id), '[]')
      from contact_notices n where n.org_id = c.org_id and n.contact_id = c.id and n.told_at is null),
    'mailed', (select coalesce(jsonb_agg(b.created_at), '[]') from outbox b
      where b.org_id = c.org_id and b.contact_id = c.id and b.kind = 'notice' and b.state <> 'dropped' and b.created_at > app.now() - interval '2 days'))
  from contacts c join organizations o on o.org_id = c.org_id join partners p on p.org_id = c.org_id and p.id = c.partner_id
  where c.org_id = it.org_id and c.id = it.record_id);
end $function$;
revoke all on function app.notices_for(uuid) from public;
grant execute on function app.notices_for(uuid) to partnered_system;

CREATE OR REPLACE FUNCTION app.notices_in(mail uuid)
 RETURNS TABLE(kind text, deal_id uuid, entry_id uuid, created_at timestamp with time zone, choice text, company_zone text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT n.kind,
     n.deal_id,
     n.entry_id,
     n.created_at,
     ( SELECT h.choice
            FROM contact_choices h
           WHERE ((h.org_id = n.org_id) AND (h.contact_id = n.contact_id))) AS choice,
     ( SELECT z.time_zone
            FROM organizations z
           WHERE (z.org_id = n.org_id)) AS time_zone
    FROM (outbox o
      JOIN contact_notices n ON (((n.org_id = o.org_id) AND (n.mail_id = o.id))))
   WHERE (o.id = notices_in.mail)
   ORDER BY n.created_at, n.id;
END;
revoke all on function app.notices_in(uuid) from public;
grant execute on function app.notices_in(uuid) to partnered_system;

CREATE OR REPLACE FUNCTION app.now()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE((app.setting('clock'::text))::timestamp with time zone, now());
revoke all on function app.now() from public;
grant execute on function app.now() to partnered_contact, partnered_system, partnered_team, partnered_views;

CREATE OR REPLACE FUNCTION app.org()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (app.setting('org'::text))::uuid;
revoke all on function app.org() from public;
grant execute on function app.org() to partnered_contact, partnered_system, partnered_team, partnered_views;

CREATE OR REPLACE FUNCTION app.partner()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (app.setting('partner'::text))::uuid;
revoke all on function app.partner() from public;
grant execute on function app.partner() to partnered_contact, partnered_system, partnered_team, partnered_views;

CREATE OR REPLACE FUNCTION app.partner_of(of_table text, image jsonb)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE
RETURN (CASE of_table WHEN 'partners'::text THEN (image ->> 'id'::text) ELSE (image ->> 'partner_id'::text) END)::uuid;
revoke all on function app.partner_of(text,jsonb) from public;

CREATE OR REPLACE FUNCTION app.permits(permission text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT COALESCE(( SELECT
                 CASE permits.permission
                     WHEN 'sees_deals'::text THEN p.sees_deals
                     WHEN 'sees_value'::text THEN p.sees_value
                     WHEN 'sees_customer_contact'::text THEN p.sees_customer_contact
                     WHEN 'sees_notes'::text THEN p.sees_notes
                     WHEN 'updates_deals'::text THEN p.updates_deals
                     WHEN 'sends_deals'::text THEN p.sends_deals
                     ELSE false
                 END AS "case"
            FROM partners p
           WHERE ((p.org_id = app.org()) AND (p.id = app.partner()))), false) AS "coalesce";
END;
revoke all on function app.permits(text) from public;
grant execute on function app.permits(text) to partnered_contact, partnered_views;

CREATE OR REPLACE FUNCTION app.person_of_session(session_token text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  person text;
begin
  select s."userId" into person from auth.session s where s.token = session_token and s."expiresAt" > app.now();
  if person is null then
    raise exception 'Sign in to go on.' using errcode = '28000';
  end if;
  return person;
end $function$;
revoke all on function app.person_of_session(text) from public;

CREATE OR REPLACE FUNCTION app.prefer_email(hash text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it record;
begin
  select i.org_id, i.id, i.partner_id, i.contact_id, i.sent_by into it from invitations i
  where (i.token_hash = hash or i.mailed_hash = hash) and i.withdrawn_at is null and i.accepted_at is null and i.expires_at > app.now() and i.effective_at <= app.now();
  if it.id is null then
    return false;
  end if;
  perform set_config('app.org', it.org_id::text, true), set_config('app.contact', it.contact_id::text, true),
    set_config('app.partner', it.partner_id::text, true), set_config('app.channel', 'link', true);
  update invitations set prefers_email_at = app.now() where org_id = it.org_id and id = it.id;
  update partners set works_via = 'email' where org_id = it.org_id and id = it.partner_id;
  insert into notifications (org_id, id, member_id, kind, partner_id, contact_id, key, created_at)
  values (it.org_id, gen_random_uuid(), it.sent_by, 'prefers_email', it.partner_id, it.contact_id, 'prefers:' || it.id, app.now())
  on conflict (org_id, member_id, key) do nothing;
  return true;
end $function$;
revoke all on function app.prefer_email(text) from public;
grant execute on function app.prefer_email(text) to partnered_system;

CREATE OR REPLACE FUNCTION app.prefs_of(hash text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT jsonb_build_object('who',
         CASE
             WHEN (l.member_id IS NOT NULL) THEN 'member'::text
             ELSE 'contact'::text
         END, 'name', COALESCE(m.name, c.name), 'company', o.name, 'class', l.class, 'about',
         CASE
             WHEN (l.deal_id IS NOT NULL) THEN 'deal'::text
             WHEN (l.partner_id IS NOT NULL) THEN 'partner'::text
             ELSE NULL::text
         END, 'muted', (EXISTS ( SELECT
            FROM mutes u
           WHERE ((u.org_id = l.org_id) AND (u.member_id = l.member_id) AND (u.partner_id = l.partner_id) AND (NOT (u.deal_id IS DISTINCT FROM l.deal_id))))), 'settings', ( SELECT (to_jsonb(s.*) - '{org_id,member_id,updated_at}'::text[])
            FROM notice_settings s
           WHERE ((s.org_id = l.org_id) AND (s.member_id = l.member_id))), 'choice', ( SELECT h.choice
            FROM contact_choices h
           WHERE ((h.org_id = l.org_id) AND (h.contact_id = l.contact_id)))) AS jsonb_build_object
    FROM (((mail_links l
      JOIN organizations o ON ((o.org_id = l.org_id)))
      LEFT JOIN members m ON (((m.org_id = l.org_id) AND (m.id = l.member_id) AND (m.deactivated_at IS NULL))))
      LEFT JOIN contacts c ON (((c.org_id = l.org_id) AND (c.id = l.contact_id) AND (c.left_at IS NULL) AND (c.access_removed_at IS NULL))))
   WHERE ((l.purpose = 'prefs'::text) AND (l.token_hash = prefs_of.hash) AND (l.expires_at > app.now()) AND ((m.id IS NOT NULL) OR (c.id IS NOT NULL)));
END;
revoke all on function app.prefs_of(text) from public;
grant execute on function app.prefs_of(text) to partnered_system;

CREATE OR REPLACE FUNCTION app.protection_from_today(company uuid)
 RETURNS date
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT (app.today(protection_from_today.company) + o.protection_days)
    FROM organizations o
   WHERE (o.org_id = protection_from_today.company);
END;
revoke all on function app.protection_from_today(uuid) from public;

CREATE OR REPLACE FUNCTION app.quiet()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
AS $function$ begin return coalesce(current_setting('app.quiet', true), '') <> ''; end $function$;
revoke all on function app.quiet() from public;
grant execute on function app.quiet() to partnered_contact, partnered_system, partnered_team, partnered_views;

CREATE OR REPLACE FUNCTION app.quiet_limits()
 RETURNS TABLE(stage text, days integer, won_within integer)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 8
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if app.member() is not null then
    return query select l.stage, l.days, l.won_within from app.stage_limits(app.org()) l;
  end if;
end $function$;
revoke all on function app.quiet_limits() from public;
grant execute on function app.quiet_limits() to partnered_team;

CREATE OR REPLACE FUNCTION app.reaches_all()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE((app.setting('reach'::text) = 'all'::text), false);
revoke all on function app.reaches_all() from public;
grant execute on function app.reaches_all() to partnered_team;

CREATE OR REPLACE FUNCTION app.reads_of(record uuid, of_kind text DEFAULT NULL::text)
 RETURNS SETOF bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 50
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT r.id
    FROM read_records r
   WHERE ((r.org_id = app.org()) AND (app.member() IS NOT NULL) AND (r.record_ids @> ARRAY[reads_of.record]) AND ((reads_of.of_kind IS NULL) OR (r.kind = reads_of.of_kind)));
END;
revoke all on function app.reads_of(uuid,text) from public;
grant execute on function app.reads_of(uuid,text) to partnered_team;

CREATE OR REPLACE FUNCTION app.record_read(kind text, partner uuid, ids uuid[], fields text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if app.org() is null or app.channel() = 'view_as' then
    return;
  end if;
  insert into read_records (org_id, at, member_id, contact_id, channel, kind, partner_id, record_ids, fields, request_id)
  values (app.org(), app.now(), app.member(), app.contact(), app.channel(), kind, coalesce(app.partner(), partner), ids, fields, app.request());
  if app.contact() is not null and app.channel() <> 'mail' then
    update contacts c set last_seen_at = app.now()
    where c.org_id = app.org() and c.id = app.contact()
      and (c.last_seen_at is null or c.last_seen_at < app.now() - interval '5 minutes');
  end if;
end $function$;
revoke all on function app.record_read(text,uuid,uuid[],text[]) from public;
grant execute on function app.record_read(text,uuid,uuid[],text[]) to partnered_contact, partnered_team;

CREATE OR REPLACE FUNCTION app.remember_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
declare
  this_step constant bigint := nextval(pg_get_serial_sequence('act_changes', 'id'));
begin
  insert into act_changes (org_id, act_id, step, table_name, action, before, after)
  select app.org(), app.act(), this_step, tg_table_name, lower(tg_op), r.before, r.after from (select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n) r;
  return null;
end $function$;
revoke all on function app.remember_added() from public;

CREATE OR REPLACE FUNCTION app.remember_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
declare
  this_step constant bigint := nextval(pg_get_serial_sequence('act_changes', 'id'));
begin
  insert into act_changes (org_id, act_id, step, table_name, action, before, after)
  select app.org(), app.act(), this_step, tg_table_name, lower(tg_op), r.before, r.after from (select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)) r;
  return null;
end $function$;
revoke all on function app.remember_changed() from public;

CREATE OR REPLACE FUNCTION app.remember_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
declare
  this_step constant bigint := nextval(pg_get_serial_sequence('act_changes', 'id'));
begin
  insert into act_changes (org_id, act_id, step, table_name, action, before, after)
  select app.org(), app.act(), this_step, tg_table_name, lower(tg_op), r.before, r.after from (select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o) r;
  return null;
end $function$;
revoke all on function app.remember_removed() from public;

CREATE OR REPLACE FUNCTION app.remind_protection()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  reminded integer;
begin
  with due as (
    select d.org_id, d.id, t.today, max(d.protected_until - r.days) as day
    from deals d join partners p on p.org_id = d.org_id and p.id = d.partner_id and p.archived_at is null
      cross join lateral (select app.today(d.org_id) as today) t
      cross join (values (14), (3)) r(days)
    -- Those that can be due on anyone's day, before each company's own is asked for.
    where d.protected_until between (app.now() at time zone 'UTC')::date - 1 and (app.now() at time zone 'UTC')::date + 15
      and d.outcome is null and d.protected_until >= t.today
      and d.protected_until - r.days <= t.today and d.protected_until - r.days > d.protection_reminded
    group by d.org_id, d.id, t.today),
  marked as (
    update deals d set protection_reminded = due.today from due where d.org_id = due.org_id and d.id = due.id
    returning d.org_id, d.id, d.partner_id, d.our_owner_id, d.protected_until, due.day)
  insert into notifications (org_id, id, member_id, kind, partner_id, deal_id, key, created_at)
  select m.org_id, gen_random_uuid(), m.our_owner_id, 'protection', m.partner_id, m.id, concat_ws(':', 'protection', m.protected_until, m.id, m.day), app.now()
  from marked m
  on conflict (org_id, member_id, key) do nothing;
  get diagnostics reminded = row_count;
  return reminded;
end $function$;
revoke all on function app.remind_protection() from public;
grant execute on function app.remind_protection() to partnered_system;

CREATE OR REPLACE FUNCTION app.renew_invitation_token(org uuid, invitation uuid, new_hash text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  update invitations set mailed_hash = new_hash
  where org_id = org and id = invitation and withdrawn_at is null and accepted_at is null and effective_at <= app.now() and expires_at > app.now();
  return found;
end $function$;
revoke all on function app.renew_invitation_token(uuid,uuid,text) from public;
grant execute on function app.renew_invitation_token(uuid,uuid,text) to partnered_system;

CREATE OR REPLACE FUNCTION app.renew_setup(new_hash text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if not app.setup_open() then
    return false;
  end if;
  delete from auth.setup where used_at is null;
  insert into auth.setup (token_hash, created_at) values (new_hash, app.now());
  return true;
end $function$;
revoke all on function app.renew_setup(text) from public;
grant execute on function app.renew_setup(text) to partnered_system;

CREATE OR REPLACE FUNCTION app.request()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN app.setting('request'::text);
revoke all on function app.request() from public;
grant execute on function app.request() to partnered_contact, partnered_system, partnered_team, partnered_views;

CREATE OR REPLACE FUNCTION app.rewrite_entry()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if old.removed_at is not null then
    raise exception 'This was removed already.' using errcode = 'P0409';
  end if;
  if new.removed_at is not null then
    new.removed_at := app.now();
    new.body := null;
    delete from entry_versions v where v.org_id = old.org_id and v.entry_id = old.id;
    return new;
  end if;
  if coalesce(new.body, '') = '' then
    raise exception 'Write something, or remove it.' using errcode = 'P0422', column = 'body';
  end if;
  new.edited_at := app.now();
  insert into entry_versions (org_id, id, entry_id, body, at)
  values (old.org_id, gen_random_uuid(), old.id, old.body, coalesce(old.edited_at, old.created_at));
  return new;
end $function$;
revoke all on function app.rewrite_entry() from public;

CREATE OR REPLACE FUNCTION app.rule_amount(named text)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT g.amount
    FROM ground_rules g
   WHERE ((g.org_id = app.org()) AND (app.member() IS NOT NULL) AND (g.rule = rule_amount.named));
END;
revoke all on function app.rule_amount(text) from public;
grant execute on function app.rule_amount(text) to partnered_team;

CREATE OR REPLACE FUNCTION app.rule_is_on(named text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT g.is_on
    FROM ground_rules g
   WHERE ((g.org_id = app.org()) AND (app.member() IS NOT NULL) AND (g.rule = rule_is_on.named));
END;
revoke all on function app.rule_is_on(text) from public;
grant execute on function app.rule_is_on(text) to partnered_team;

CREATE OR REPLACE FUNCTION app.said_alone(of_table text, pair text)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select concat_ws(' || ',
    'jsonb_build_object(' || string_agg(f.key || ', ' || f.pair, ', ' order by f.at) filter (where f.there and not f.deep) || ')',
    'jsonb_strip_nulls(jsonb_build_object(' || string_agg(format('%s, case when %s is not null then %s end', f.key, f.value, f.pair), ', ' order by f.at)
      filter (where not f.there and not f.deep) || '))',
    -- Of what has fields of its own none may go.
    string_agg(format('case when coalesce(%s, ''null'') <> ''null'' then jsonb_build_object(%s, %s) else ''{}'' end', f.value, f.key, f.pair), ' || ' order by f.at)
      filter (where f.deep))
  from (
    select quote_literal(a.attname) as key, format('r.%I', a.attname) as value, format('jsonb_build_array(' || said_alone.pair || ')', a.attname) as pair,
      a.attnum as at, a.attnotnull as there, a.atttypid = 'jsonb'::regtype as deep
    from pg_attribute a
    where a.attrelid = of_table::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> all (app.unlogged())) f
  $function$;
revoke all on function app.said_alone(text,text) from public;

CREATE OR REPLACE FUNCTION app.say_live(company uuid, partner uuid, deal uuid, shown boolean, many boolean)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT pg_notify('partnered_live'::text, concat_ws(' '::text, company,
         CASE
             WHEN many THEN ('*'::text || partner)
             ELSE (deal)::text
         END,
         CASE
             WHEN (NOT shown) THEN 'team'::text
             ELSE NULL::text
         END)) AS pg_notify;
END;
revoke all on function app.say_live(uuid,uuid,uuid,boolean,boolean) from public;

CREATE OR REPLACE FUNCTION app.search_partners(words text, most integer)
 RETURNS TABLE(id uuid, rank smallint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 200
 SET search_path TO 'app', 'public', 'pg_temp'
 SET "pg_trgm.word_similarity_threshold" TO '0.6'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  folded constant text := app.fold(regexp_replace(trim(words), '\s+', ' ', 'g'));
  plain constant text := regexp_replace(folded, '([\\%_])', '\\\1', 'g');
  beginning constant text := '% ' || plain || '%';
  pattern constant text := case when length(plain) < 3 then beginning else '%' || plain || '%' end;
  people constant boolean := length(plain) > 2 or plain !~ '^[ -~]*$';
  hidden constant uuid[] := array(select app.hidden_partners());
  part constant text := app.sixteenth(app.org(), '00000000-0000-0000-0000-000000000000');
  got uuid[] := '{}';
  spelling text;
  near text;
begin
  if app.member() is null or folded = '' then
    return;
  end if;
  if most is null then
    return query
      select f.id, min(f.rank)::smallint from (
        select p.id, case when app.fold(p.legal_name) ~>=~ folded and app.fold(p.legal_name) ~<~ (folded || chr(1114111)) then 1
          when app.fold(' ' || p.legal_name || ' ' || coalesce(p.domain, '')) like beginning then 2 else 3 end as rank
        from partners p where p.org_id = app.org() and app.fold(' ' || p.legal_name || ' ' || coalesce(p.domain, '')) like pattern
        union all
        select c.partner_id, 4 from contacts c
          where people and c.org_id = app.org() and app.fold(' ' || c.name || ' ' || coalesce(c.email, '')) like pattern
        union all
        select pt.partner_id, 5 from tags t join partner_tags pt on pt.org_id = t.org_id and pt.tag_id = t.id
          where t.org_id = app.org() and t.archived_at is null and app.fold(' ' || t.name) like pattern) f
      where f.id not in (select unnest(hidden)) group by f.id;
    if found then
      return;
    end if;
  else
    -- One kind after the other, until there are enough: the next kind only comes after them.
    for kind in 1..6 loop
      for id in
        select it.id from (
          (select p.id from partners p
            where kind = 1 and p.org_id = app.org() and app.fold(p.legal_name) ~>=~ folded and app.fold(p.legal_name) ~<~ (folded || chr(1114111))
              and p.id not in (select unnest(hidden)) limit most)
          union all
          (select p.id from partners p
            where kind in (2, 3) and p.org_id = app.org()
              and app.fold(' ' || p.legal_name || ' ' || coalesce(p.domain, '')) like case kind when 2 then beginning else pattern end
              and p.id <> all (got) and p.id not in (select unnest(hidden)) limit most)
          union all
          (select c.partner_id from contacts c
            where kind = 4 and people and app.sixteenth(c.org_id, c.id) = part and app.fold(' ' || c.name || ' ' || coalesce(c.email, '')) like pattern
              and c.partner_id <> all (got) and c.partner_id not in (select unnest(hidden)) limit most)
          union all
          (select c.partner_id from contacts c
            where kind = 5 and people and c.org_id = app.org() and app.fold(' ' || c.name || ' ' || coalesce(c.email, '')) like pattern
              and c.partner_id <> all (got) and c.partner_id not in (select unnest(hidden)) limit most)
          union all
          (select pt.partner_id from tags t join partner_tags pt on pt.org_id = t.org_id and pt.tag_id = t.id
            where kind = 6 and t.org_id = app.org() and t.archived_at is null and app.fold(' ' || t.name) like pattern
              and pt.partner_id <> all (got) and pt.partner_id not in (select unnest(hidden)) limit most)) it
      loop
        continue when id = any (got);
        got := got || id;
        rank := case when kind < 5 then kind else kind - 1 end;
        return next;
        exit when cardinality(got) >= most;
      end loop;
      exit when cardinality(got) >= most;
    end loop;
    if got <> '{}' then
      return;
    end if;
  end if;
  if length(folded) not between 4 and 80 then
    return;
  end if;
  -- A letter that is wrong, missing or too many, first: so what many names share is found without weighing them all.
  -- From the end: as long as the slip is in the part before, the index knows that there is nothing.
  if length(folded) between 5 and 40 then
    for place in reverse length(folded)..1 loop
      spelling := '% ' || replace(regexp_replace(overlay(folded placing chr(1) from place for 1), '([\\%_])', '\\\1', 'g'), chr(1), '%') || '%';
      got := got || array(
        select p.id from partners p
        where p.org_id = app.org() and app.fold(' ' || p.legal_name || ' ' || coalesce(p.domain, '')) like spelling
          and word_similarity(folded, app.fold(' ' || p.legal_name || ' ' || coalesce(p.domain, ''))) >= 0.45
          and p.id <> all (got) and p.id not in (select unnest(hidden)) limit 60 - cardinality(got));
      exit when cardinality(got) = 60;
    end loop;
  end if;
  foreach near in array array['0.6', '0.45'] loop
    perform set_config('pg_trgm.word_similarity_threshold', near, true);
    return query
      select f.id, min(f.rank)::smallint from (
        (select g.id, 6 as rank from unnest(got) g(id))
        union all
        (select p.id, 6 from partners p
          where got = '{}' and p.org_id = app.org() and folded <% app.fold(' ' || p.legal_name || ' ' || coalesce(p.domain, ''))
            and p.id not in (select unnest(hidden)) limit 60)
        union all
        (select pt.partner_id, 8 from tags t join partner_tags pt on pt.org_id = t.org_id and pt.tag_id = t.id
          where t.org_id = app.org() and t.archived_at is null and folded <% app.fold(' ' || t.name)
            and pt.partner_id not in (select unnest(hidden)) limit 60)) f
      group by f.id;
    exit when found;
    got := array(
      select c.partner_id from contacts c
      where app.sixteenth(c.org_id, c.id) = part and folded <% app.fold(' ' || c.name || ' ' || coalesce(c.email, ''))
        and c.partner_id not in (select unnest(hidden)) limit 60);
    if cardinality(got) < 60 then
      got := array(
        select c.partner_id from contacts c
        where c.org_id = app.org() and folded <% app.fold(' ' || c.name || ' ' || coalesce(c.email, ''))
          and c.partner_id not in (select unnest(hidden)) limit 60);
    end if;
    return query select distinct f.id, 7::smallint from unnest(got) f(id);
    exit when found;
  end loop;
end $function$;
revoke all on function app.search_partners(text,integer) from public;
grant execute on function app.search_partners(text,integer) to partnered_team;

CREATE OR REPLACE FUNCTION app.send_mail(kind text, partner uuid, contact uuid, invitation uuid, deal uuid, due timestamp with time zone)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  mail uuid := gen_random_uuid();
begin
  if app.org() is null or kind not in ('invitation', 'deal_shared') then
    raise exception 'Unknown mail.' using errcode = '42501';
  end if;
  insert into outbox (org_id, id, kind, partner_id, contact_id, invitation_id, deal_id, message_id, due_at, created_at, updated_at)
  values (app.org(), mail, kind, partner, contact, invitation, deal, mail || '@partnered', due, app.now(), app.now());
  return mail;
end $function$;
revoke all on function app.send_mail(text,uuid,uuid,uuid,uuid,timestamp with time zone) from public;
grant execute on function app.send_mail(text,uuid,uuid,uuid,uuid,timestamp with time zone) to partnered_team;

CREATE OR REPLACE FUNCTION app.sessions_of(session_token text)
 RETURNS TABLE(id text, device text, current boolean, created_at timestamp with time zone, expires_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT s.id,
     COALESCE(s."userAgent", ''::text) AS "coalesce",
     (s.token = sessions_of.session_token),
     s."createdAt",
     s."expiresAt"
    FROM auth.session s
   WHERE ((s."userId" = app.person_of_session(sessions_of.session_token)) AND (s."expiresAt" > app.now()))
   ORDER BY s."createdAt" DESC
  LIMIT 100;
END;
revoke all on function app.sessions_of(text) from public;
grant execute on function app.sessions_of(text) to partnered_system;

CREATE OR REPLACE FUNCTION app.setting(name text)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN NULLIF(current_setting(('app.'::text || name), true), ''::text);
revoke all on function app.setting(text) from public;
grant execute on function app.setting(text) to partnered_contact, partnered_system, partnered_team, partnered_views;

CREATE OR REPLACE FUNCTION app.settle_notices(work uuid, plan jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it due_work;
  mail record;
  those constant text := case when (select w.task from due_work w where w.id = work) = 'tell_member' then 'notifications' else 'contact_notices' end;
  whose constant text := case those when 'notifications' then 'member_id' else 'contact_id' end;
begin
  delete from due_work w where w.id = work and w.task in ('tell_member', 'tell_contact') returning * into it;
  if it.id is null then
    return;
  end if;
  for mail in select * from jsonb_to_recordset(plan -> 'mails') as m (id uuid, kind text, deal_id uuid, partner_id uuid, more integer, ids uuid[]) loop
    execute format('insert into outbox (org_id, id, kind, %I, partner_id, deal_id, message_id, more, due_at, created_at, updated_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, app.now(), app.now(), app.now())', whose)
      using it.org_id, mail.id, mail.kind, it.record_id, mail.partner_id, mail.deal_id, mail.id || '@partnered', mail.more;
    execute format('update %I set mail_id = $3, told_at = app.now() where org_id = $1 and %I = $2 and id = any ($4) and told_at is null', those, whose)
      using it.org_id, it.record_id, mail.id, mail.ids;
  end loop;
  execute format('update %I set digest_from = app.now() where org_id = $1 and %I = $2 and id in (select jsonb_array_elements_text($3)::uuid)', those, whose)
    using it.org_id, it.record_id, plan -> 'to_digest';
  execute format('update %I set told_at = app.now() where org_id = $1 and %I = $2 and told_at is null and id in (select jsonb_array_elements_text($3)::uuid)', those, whose)
    using it.org_id, it.record_id, plan -> 'passed';
  if plan ->> 'wake' is not null then
    perform app.wake(it.org_id, it.task, it.record_id, (plan ->> 'wake')::timestamptz);
  end if;
end $function$;
revoke all on function app.settle_notices(uuid,jsonb) from public;
grant execute on function app.settle_notices(uuid,jsonb) to partnered_system;

CREATE OR REPLACE FUNCTION app.setup_link_lives(hash text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT (app.setup_open() AND (EXISTS ( SELECT
            FROM auth.setup s
           WHERE ((s.token_hash = setup_link_lives.hash) AND (s.used_at IS NULL)))));
END;
revoke all on function app.setup_link_lives(text) from public;
grant execute on function app.setup_link_lives(text) to partnered_system;

CREATE OR REPLACE FUNCTION app.setup_open()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT (NOT (EXISTS ( SELECT
            FROM organizations)));
END;
revoke all on function app.setup_open() from public;
grant execute on function app.setup_open() to partnered_system;

CREATE OR REPLACE FUNCTION app.share_otherwise(mail uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  chosen text;
begin
  select h.choice into chosen from outbox o join contact_choices h on h.org_id = o.org_id and h.contact_id = o.contact_id where o.id = mail;
  if chosen = 'weekly' then
    insert into contact_notices (org_id, id, contact_id, deal_id, kind, key, created_at)
    select o.org_id, gen_random_uuid(), o.contact_id, o.deal_id, 'asked', 'share:' || o.id, app.now() from outbox o where o.id = mail
    on conflict (org_id, contact_id, key) do nothing;
  end if;
  return coalesce(chosen in ('weekly', 'none'), false);
end $function$;
revoke all on function app.share_otherwise(uuid) from public;
grant execute on function app.share_otherwise(uuid) to partnered_system;

CREATE OR REPLACE FUNCTION app.sixteenth(company uuid, id uuid)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN ("right"((id)::text, 1) || (company)::text);
revoke all on function app.sixteenth(uuid,uuid) from public;
grant execute on function app.sixteenth(uuid,uuid) to partnered_contact, partnered_team, partnered_views;

CREATE OR REPLACE FUNCTION app.stage_limits(company uuid)
 RETURNS TABLE(stage text, days integer, won_within integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 8
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT s.key,
     COALESCE(s.quiet_days,
         CASE
             WHEN g.is_on THEN g.amount
             ELSE NULL::integer
         END) AS "coalesce",
     s.won_within_days
    FROM (deal_stages s
      LEFT JOIN ground_rules g ON (((g.org_id = s.org_id) AND (g.rule = 'quiet'::text))))
   WHERE (s.org_id = stage_limits.company);
END;
revoke all on function app.stage_limits(uuid) from public;

CREATE OR REPLACE FUNCTION app.take_back(which uuid)
 RETURNS TABLE(kept_table text, kept_id uuid, kept_partner uuid, kept_field text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it acts;
  change record;
  of_table text;
  filled constant text[] := array['partner_tags', 'custom_values', 'deals', 'entries', 'contacts', 'parked_deals', 'partners'];
  worked_on uuid[];
begin
  select * into it from acts a
    where a.org_id = app.org() and a.id = which and app.changes_things() and (a.member_id = app.member() or app.team_role() = 'admin')
    for update;
  if it.id is null then
    raise exception 'Not found.' using errcode = 'P0404';
  end if;
  if it.undone_at is not null then
    raise exception 'This was undone already.' using errcode = 'P0409';
  end if;
  if it.undo_until <= app.now() then
    raise exception 'The time to undo this has passed.' using errcode = 'P0409';
  end if;
  if exists (
    select from act_changes c
    where c.org_id = it.org_id and c.act_id = it.id
      and app.partner_of(c.table_name, coalesce(c.after, c.before)) in (select app.view_only_partners())) then
    raise exception 'This touches partners that you may no longer work with.' using errcode = '42501';
  end if;

  select coalesce(array_agg(p.id), '{}') into worked_on from (
    select (c.after ->> 'id')::uuid as id from act_changes c
    where c.org_id = it.org_id and c.act_id = it.id and c.table_name = 'partners' and c.action = 'insert') p
    where exists (
      select from audit_rows a
      where a.org_id = it.org_id and a.partner_id = p.id and a.action <> 'event' and a.act_id is distinct from it.id);
  return query select 'partners', w, w, null::text from unnest(worked_on) w;

  perform set_config('app.quiet', 'yes', true);
  set constraints all deferred;
  if it.kind = 'import' then
    -- A deal first, so that its notes know whether it stays.
    foreach of_table in array filled loop
      return query select * from app.take_back_rows(it, 0, 9223372036854775807, of_table, 'insert', worked_on);
    end loop;
    update imports set state = 'undone' where org_id = it.org_id and act_id = it.id;
  end if;
  for change in
    select c.step, c.table_name, c.action from act_changes c
    where c.org_id = it.org_id and c.act_id = it.id and not (it.kind = 'import' and c.action = 'insert' and c.table_name = any (filled))
    group by c.step, c.table_name, c.action order by c.step desc
  loop
    return query select * from app.take_back_rows(it, change.step, change.step, change.table_name, change.action, worked_on);
  end loop;
  update acts set undone_at = app.now(), undone_by = app.member() where org_id = it.org_id and id = it.id;
  set constraints all immediate;
  perform set_config('app.quiet', '', true);
end $function$;
revoke all on function app.take_back(uuid) from public;

CREATE OR REPLACE FUNCTION app.take_back_rows(of_act acts, from_step bigint, to_step bigint, of_table text, did text, but uuid[])
 RETURNS TABLE(kept_table text, kept_id uuid, kept_partner uuid, kept_field text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  aside constant text[] := array['version', 'updated_at', 'last_seen_at', 'told_at', 'mail_id', 'digest_from'];
  -- Each change `c` with the row `k` that it left behind, or took away.
  these constant text := format($q$act_changes c cross join lateral jsonb_populate_record(null::%1$I, coalesce(c.after, c.before)) k
    where c.org_id = $1 and c.act_id = $2 and c.step between $3 and $4 and c.table_name = %1$L and c.action = %2$L
      and not coalesce(app.partner_of(%1$L, coalesce(c.after, c.before)) = any ($5), false)$q$, of_table, did);
  named text;
  -- Of a deal that was added before it had shown_activity_at, last_activity_at says the same.
  untouched text := 'to_jsonb(t) - $6 - ''shown_activity_at'' = k.image - $6 - ''shown_activity_at''';
  today text;
  columns text[];
begin
  select string_agg(format('t.%1$I = k.%1$I', n), ' and ') into named from unnest(app.key_of(of_table)) n;
  if did = 'delete' then
    execute format('insert into %1$I select k.* from %2$s and not exists (select from %1$I t where %3$s)', of_table, these, named)
      using of_act.org_id, of_act.id, from_step, to_step, but;
  elsif did = 'insert' then
    if of_act.kind = 'import' then
      untouched := untouched || case of_table
        when 'contacts' then ' and not exists (select from invitations v where v.org_id = t.org_id and v.contact_id = t.id)'
        when 'entries' then ' and not exists (select from deals d where d.org_id = t.org_id and d.id = t.deal_id and d.import_id is not null)'
        else '' end;
    end if;
    return query execute format('
      with k as materialized (select k.*, c.after as image from %2$s), gone as (delete from %1$I t using k where %3$s and %4$s)
      select %1$L, (k.image ->> ''id'')::uuid, app.partner_of(%1$L, to_jsonb(t)), null::text from %1$I t join k on %3$s where not (%4$s)',
      of_table, these, named, untouched) using of_act.org_id, of_act.id, from_step, to_step, but, aside;
  else
    -- What the act changed, field by field: is it still what the act wrote?
    today := format('
      select s.*, array(
          select b.key from jsonb_each(s.before) b
          where b.value is distinct from s.after -> b.key and b.key <> all ($6) and s.today -> b.key is not distinct from s.after -> b.key order by 1) as back
      from (select c.before, c.after, (select to_jsonb(t) from %1$I t where %3$s) as today from %2$s offset 0) s', of_table, these, named);
    return query execute format('
      select %1$L, (coalesce(s.today, s.after) ->> ''id'')::uuid, app.partner_of(%1$L, coalesce(s.today, s.after)), b.key
      from (%2$s) s left join lateral jsonb_each(s.before) b on s.today is not null
      where s.today is null or (b.value is distinct from s.after -> b.key and b.key <> all ($6) and b.key <> ''shown_activity_at''
        and s.today -> b.key is distinct from s.after -> b.key and s.today -> b.key is distinct from b.value)', of_table, today)
      using of_act.org_id, of_act.id, from_step, to_step, but, aside;
    for columns in execute format('select distinct s.back from (%s) s where s.today is not null and cardinality(s.back) > 0', today)
      using of_act.org_id, of_act.id, from_step, to_step, but, aside
    loop
      execute format('
        update %1$I t set %2$s from (%3$s offset 0) s cross join lateral jsonb_populate_record(null::%1$I, s.after) k cross join lateral jsonb_populate_record(null::%1$I, s.before) b
        where s.back = $7 and %4$s', of_table, (select string_agg(format('%1$I = b.%1$I', n), ', ') from unnest(columns) n), today, named)
        using of_act.org_id, of_act.id, from_step, to_step, but, aside, columns;
    end loop;
  end if;
end $function$;
revoke all on function app.take_back_rows(acts,bigint,bigint,text,text,uuid[]) from public;

CREATE OR REPLACE FUNCTION app.team_role()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN CASE WHEN (app.setting('member'::text) IS NOT NULL) THEN app.setting('team_role'::text) ELSE NULL::text END;
revoke all on function app.team_role() from public;
grant execute on function app.team_role() to partnered_contact, partnered_system, partnered_team, partnered_views;

CREATE OR REPLACE FUNCTION app.tell_access()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  perform app.tell_member(new.org_id, new.member_id, 'access', new.partner_id, null, null, format('access:%s:%s', new.partner_id, extract(epoch from app.now())))
  from partners p where p.org_id = new.org_id and p.id = new.partner_id and p.team_access = 'picked';
  return null;
end $function$;
revoke all on function app.tell_access() from public;

CREATE OR REPLACE FUNCTION app.tell_assigned()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it constant jsonb := to_jsonb(new);
  deal constant uuid := case when tg_table_name = 'deals' then new.id end;
begin
  perform app.tell_member(new.org_id, coalesce(it ->> 'our_owner_id', it ->> 'owner_id')::uuid, 'assigned',
    coalesce(it ->> 'partner_id', it ->> 'id')::uuid, deal, null, format('assigned:%s:%s', new.id, extract(epoch from app.now())));
  return null;
end $function$;
revoke all on function app.tell_assigned() from public;

CREATE OR REPLACE FUNCTION app.tell_contact(company uuid, deal uuid, what text, entry uuid, key text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 INSERT INTO contact_notices (org_id, id, contact_id, deal_id, entry_id, kind, key, created_at)  SELECT tell_contact.company AS company,
             gen_random_uuid() AS gen_random_uuid,
             t.id,
             tell_contact.deal AS deal,
             tell_contact.entry AS entry,
             tell_contact.what AS what,
             tell_contact.key AS key,
             app.now() AS now
            FROM app.told_about(tell_contact.company, tell_contact.deal) t(id)
           WHERE (t.id IS NOT NULL) ON CONFLICT(org_id, contact_id, key) DO NOTHING;
END;
revoke all on function app.tell_contact(uuid,uuid,text,uuid,text) from public;

CREATE OR REPLACE FUNCTION app.tell_doors()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  perform pg_notify('partnered_live', coalesce(case when tg_table_schema = 'public' then to_jsonb(old) ->> 'org_id' end, '*') || ' who');
  return null;
end $function$;
revoke all on function app.tell_doors() from public;

CREATE OR REPLACE FUNCTION app.tell_entry()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if new.audience = 'partner' then
    perform app.tell_contact(new.org_id, new.deal_id,
      case when new.needs_answer then 'asked' when new.kind = 'answer' then 'answered' when new.kind = 'outcome' and new.to_value is not null then 'closed' else 'changed' end,
      new.id, new.id::text);
  end if;
  if new.kind in ('stage', 'outcome') then
    perform app.tell_member(new.org_id, d.our_owner_id, new.kind, new.partner_id, new.deal_id, new.id, new.id::text)
    from deals d where d.org_id = new.org_id and d.id = new.deal_id;
  end if;
  return null;
end $function$;
revoke all on function app.tell_entry() from public;

CREATE OR REPLACE FUNCTION app.tell_live()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
declare
  many constant boolean := (select count(*) from (select from those_after limit 201) few) > 200;
begin
  if tg_table_name = 'deals' and tg_op = 'UPDATE' then
    perform app.say_live(t.org_id, t.partner_id, t.id, t.shown, many) from (
      select distinct n.org_id, n.partner_id, case when not many then n.id end as id,
        (n.shown_activity_at, n.customer_company, n.ask, n.expected_close, n.turn, n.paused_until, n.protected_until, n.shared_from, n.partner_id)
          is distinct from (o.shown_activity_at, o.customer_company, o.ask, o.expected_close, o.turn, o.paused_until, o.protected_until, o.shared_from, o.partner_id) as shown
      from those_after n join those_before o on o.org_id = n.org_id and o.id = n.id) t;
  elsif tg_table_name = 'deals' then
    perform app.say_live(t.org_id, t.partner_id, t.id, true, many) from (
      select distinct n.org_id, n.partner_id, case when not many then n.id end as id from those_after n) t;
  elsif tg_table_name = 'entries' then
    perform app.say_live(t.org_id, t.partner_id, t.deal_id, t.shown, many) from (
      select distinct n.org_id, n.partner_id, case when not many then n.deal_id end as deal_id, n.audience = 'partner' as shown
      from those_after n where n.deal_id is not null) t;
  else
    perform app.say_live(t.org_id, t.partner_id, t.deal_id, true, many) from (
      select distinct n.org_id, n.partner_id, case when not many then n.deal_id end as deal_id from those_after n where n.deal_id is not null) t;
  end if;
  return null;
end $function$;
revoke all on function app.tell_live() from public;

CREATE OR REPLACE FUNCTION app.tell_member(company uuid, who uuid, what text, partner uuid, deal uuid, entry uuid, key text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 INSERT INTO notifications (org_id, id, member_id, kind, partner_id, deal_id, entry_id, by_id, key, created_at)  SELECT tell_member.company AS company,
             gen_random_uuid() AS gen_random_uuid,
             tell_member.who AS who,
             tell_member.what AS what,
             tell_member.partner AS partner,
             tell_member.deal AS deal,
             tell_member.entry AS entry,
             app.member() AS member,
             tell_member.key AS key,
             app.now() AS now
           WHERE ((tell_member.who IS NOT NULL) AND (app.member() IS NOT NULL) AND (app.contact() IS NULL) AND (tell_member.who <> app.member()) AND (app.channel() <> 'import'::text) AND (EXISTS ( SELECT
                    FROM members m
                   WHERE ((m.org_id = tell_member.company) AND (m.id = tell_member.who) AND (m.deactivated_at IS NULL))))) ON CONFLICT(org_id, member_id, key) DO NOTHING;
END;
revoke all on function app.tell_member(uuid,uuid,text,uuid,uuid,uuid,text) from public;

CREATE OR REPLACE FUNCTION app.tell_quiet()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  told integer;
begin
  with quiet as (
    update deals d set quiet_told = app.now()
    from organizations o cross join lateral app.stage_limits(o.org_id) l
    where d.org_id = o.org_id and d.stage = l.stage and d.outcome is null and d.in_pipeline and d.paused_until is null and d.quiet_told is null
      and d.last_activity_at < app.now() - make_interval(days => l.days)
      and exists (select from partners p where p.org_id = d.org_id and p.id = d.partner_id and p.archived_at is null)
    returning d.org_id, d.id, d.partner_id, d.our_owner_id, d.last_activity_at)
  insert into notifications (org_id, id, member_id, kind, partner_id, deal_id, key, created_at)
  select q.org_id, gen_random_uuid(), q.our_owner_id, 'quiet', q.partner_id, q.id, 'quiet:' || q.id || ':' || extract(epoch from q.last_activity_at), app.now()
  from quiet q
  on conflict (org_id, member_id, key) do nothing;
  get diagnostics told = row_count;
  return told;
end $function$;
revoke all on function app.tell_quiet() from public;
grant execute on function app.tell_quiet() to partnered_system;

CREATE OR REPLACE FUNCTION app.tell_role()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  mail constant uuid := gen_random_uuid();
begin
  insert into outbox (org_id, id, kind, member_id, message_id, due_at, created_at, updated_at)
  select new.org_id, mail, 'role_changed', new.id, mail || '@partnered', app.now(), app.now(), app.now()
  where app.member() is not null and new.id <> app.member() and new.deactivated_at is null;
  return null;
end $function$;
revoke all on function app.tell_role() from public;

CREATE OR REPLACE FUNCTION app.tell_turn()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  perform app.tell_contact(new.org_id, new.id, 'asked', null, format('turn:%s:%s', new.id, extract(epoch from app.now())));
  return null;
end $function$;
revoke all on function app.tell_turn() from public;

CREATE OR REPLACE FUNCTION app.today(company uuid)
 RETURNS date
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT ((app.now() AT TIME ZONE o.time_zone))::date AS timezone
    FROM organizations o
   WHERE (o.org_id = today.company);
END;
revoke all on function app.today(uuid) from public;
grant execute on function app.today(uuid) to partnered_team;

CREATE OR REPLACE FUNCTION app.told_about(company uuid, deal uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT c.id
    FROM ((deals d
      JOIN partners p ON (((p.org_id = d.org_id) AND (p.id = d.partner_id) AND (p.works_via <> 'internal'::text) AND (p.archived_at IS NULL) AND p.sees_deals AND (NOT p.sample))))
      JOIN contacts c ON (((c.org_id = d.org_id) AND (c.partner_id = d.partner_id) AND (c.email IS NOT NULL) AND (c.left_at IS NULL) AND (c.access_removed_at IS NULL) AND ((c.id = d.their_owner_id) OR (c.is_main AND (c.sees = 'all'::text))))))
   WHERE ((d.org_id = told_about.company) AND (d.id = told_about.deal) AND (d.shared_from <= app.now()))
   ORDER BY (NOT (c.id IS DISTINCT FROM d.their_owner_id)) DESC
  LIMIT 1;
END;
revoke all on function app.told_about(uuid,uuid) from public;

CREATE OR REPLACE FUNCTION app.try_allowed(try_kind text, try_subject text, most integer, within interval)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  perform pg_advisory_xact_lock(hashtextextended(try_kind || ':' || try_subject, 0));
  if (select count(*) from auth.attempts a where a.kind = try_kind and a.subject = try_subject and a.at > app.now() - within) >= most then
    return false;
  end if;
  insert into auth.attempts (kind, subject, at) values (try_kind, try_subject, app.now());
  return true;
end $function$;
revoke all on function app.try_allowed(text,text,integer,interval) from public;
grant execute on function app.try_allowed(text,text,integer,interval) to partnered_system;

CREATE OR REPLACE FUNCTION app.turn_after(what text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
RETURN CASE what WHEN 'shared'::text THEN 'them'::text WHEN 'accepted'::text THEN 'them'::text WHEN 'declined'::text THEN 'us'::text WHEN 'commented'::text THEN 'us'::text WHEN 'changed'::text THEN 'us'::text WHEN 'asked'::text THEN 'them'::text WHEN 'sent'::text THEN 'us'::text WHEN 'taken'::text THEN 'us'::text WHEN 'refused'::text THEN 'nobody'::text WHEN 'paused'::text THEN 'nobody'::text WHEN 'closed'::text THEN 'nobody'::text WHEN 'reopened'::text THEN 'us'::text WHEN 'not_shared'::text THEN 'us'::text ELSE NULL::text END;
revoke all on function app.turn_after(text) from public;

CREATE OR REPLACE FUNCTION app.twin_of(which uuid)
 RETURNS TABLE(id uuid, slug text, legal_name text, why text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 WITH it AS (
          SELECT p_1.org_id,
             p_1.id,
             p_1.name_key,
             p_1.domain
            FROM partners p_1
           WHERE ((p_1.org_id = app.org()) AND (p_1.id = twin_of.which) AND app.can_work_with(p_1.id))
         ), near AS (
         ( SELECT p_1.id,
             1 AS place,
             'same website'::text AS sign
            FROM (it
              JOIN partners p_1 ON (((p_1.org_id = it.org_id) AND (p_1.domain = it.domain))))
           WHERE (p_1.id <> it.id)
          LIMIT 50)
         UNION ALL
         ( SELECT p_1.id,
             2,
             'same name'::text
            FROM (it
              JOIN partners p_1 ON (((p_1.org_id = it.org_id) AND (p_1.name_key = it.name_key))))
           WHERE ((p_1.id <> it.id) AND (it.name_key <> ''::text))
          LIMIT 50)
         UNION ALL
         ( SELECT DISTINCT c.partner_id,
             3,
             'same email'::text
            FROM ((it
              JOIN contacts mine ON (((mine.org_id = it.org_id) AND (mine.partner_id = it.id) AND (mine.left_at IS NULL))))
              JOIN contacts c ON (((c.org_id = mine.org_id) AND (lower(c.email) = lower(mine.email)) AND (c.left_at IS NULL))))
           WHERE (c.partner_id <> it.id)
          LIMIT 50)
         )
  SELECT p.id,
     p.slug,
     p.legal_name,
     string_agg(near.sign, ', '::text ORDER BY near.place) AS string_agg
    FROM (near
      JOIN partners p ON (((p.org_id = app.org()) AND (p.id = near.id))))
   WHERE ((p.archived_at IS NULL) AND (NOT (p.id IN ( SELECT app.hidden_partners() AS hidden_partners))) AND (NOT (EXISTS ( SELECT
            FROM different_partners d
           WHERE ((d.org_id = p.org_id) AND (d.one_id = LEAST(p.id, twin_of.which)) AND (d.other_id = GREATEST(p.id, twin_of.which)))))))
   GROUP BY p.id, p.slug, p.legal_name
   ORDER BY (count(*)) DESC, (min(near.place)), p.legal_name, p.id
  LIMIT 1;
END;
revoke all on function app.twin_of(uuid) from public;
grant execute on function app.twin_of(uuid) to partnered_team;

CREATE OR REPLACE FUNCTION app.undelivered(invitation uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT ((app.member() IS NOT NULL) AND (EXISTS ( SELECT
            FROM outbox o
           WHERE ((o.org_id = app.org()) AND (o.invitation_id = undelivered.invitation) AND (o.state = 'failed'::text)))));
END;
revoke all on function app.undelivered(uuid) from public;
grant execute on function app.undelivered(uuid) to partnered_team;

CREATE OR REPLACE FUNCTION app.undo_act(which uuid)
 RETURNS TABLE(kept_table text, kept_id uuid, kept_partner uuid, kept_field text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  stays jsonb := '[]';
begin
  for kept_table, kept_id, kept_partner, kept_field in select * from app.take_back(which) loop
    if jsonb_array_length(stays) < 100 then
      stays := stays || jsonb_build_object('table', kept_table, 'id', kept_id, 'partner_id', kept_partner, 'field', kept_field);
    end if;
    return next;
  end loop;
  update acts set kept = stays where org_id = app.org() and id = which and stays <> '[]';
end $function$;
revoke all on function app.undo_act(uuid) from public;
grant execute on function app.undo_act(uuid) to partnered_team;

CREATE OR REPLACE FUNCTION app.unlogged()
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
RETURN ARRAY['org_id'::text, 'version'::text, 'updated_at'::text, 'created_at'::text, 'last_activity_at'::text, 'shown_activity_at'::text, 'last_seen_at'::text, 'token_hash'::text, 'mailed_hash'::text, 'file'::text, 'mapping'::text, 'checked'::text, 'stage_since'::text, 'turn_since'::text, 'turn_why'::text, 'turn_by'::text, 'paused_turn'::text, 'paused_turn_why'::text, 'in_pipeline'::text, 'protection_reminded'::text, 'quiet_told'::text, 'won_within_days'::text, 'name_key'::text, 'shared_from'::text, 'done'::text, 'place'::text];
revoke all on function app.unlogged() from public;

CREATE OR REPLACE FUNCTION app.view_only_partners()
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  company constant uuid := app.org();
  who constant uuid := app.member();
begin
  if app.team_role() is distinct from 'admin' then
    return query select v from app.view_only_to(company, who) v;
  end if;
end $function$;
revoke all on function app.view_only_partners() from public;
grant execute on function app.view_only_partners() to partnered_team;

CREATE OR REPLACE FUNCTION app.view_only_to(company uuid, who uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 WITH only_seen AS (
          SELECT p.id
            FROM partners p
           WHERE ((p.org_id = view_only_to.company) AND (p.team_access = 'picked'::text) AND (p.owner_id IS DISTINCT FROM view_only_to.who) AND (NOT (EXISTS ( SELECT
                    FROM partner_members m
                   WHERE ((m.org_id = p.org_id) AND (m.partner_id = p.id) AND (m.member_id = view_only_to.who) AND (m.level = 'work'::text))))))
         )
  SELECT o.id
    FROM only_seen o
 UNION ALL
  SELECT r.old_id
    FROM (merged_records r
      JOIN only_seen o ON (((r.org_id = view_only_to.company) AND (r.partner_id = o.id))));
END;
revoke all on function app.view_only_to(uuid,uuid) from public;

CREATE OR REPLACE FUNCTION app.wake(company uuid, what text, who uuid, at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 INSERT INTO due_work (org_id, id, task, record_id, due_at)  SELECT wake.company AS company,
             gen_random_uuid() AS gen_random_uuid,
             wake.what AS what,
             wake.who AS who,
             wake.at AS at
           WHERE (NOT (EXISTS ( SELECT
                    FROM due_work w
                   WHERE ((w.org_id = wake.company) AND (w.record_id = wake.who) AND (w.task = wake.what) AND (w.taken_at IS NULL) AND (w.due_at <= wake.at))
                  FOR SHARE OF w)));
END;
revoke all on function app.wake(uuid,text,uuid,timestamp with time zone) from public;

CREATE OR REPLACE FUNCTION app.wake_contact()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  perform app.wake(new.org_id, 'tell_contact', new.contact_id, new.created_at + interval '10 minutes');
  return null;
end $function$;
revoke all on function app.wake_contact() from public;

CREATE OR REPLACE FUNCTION app.wake_imports(waited interval)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  it record;
  woken integer := 0;
begin
  for it in
    select i.org_id, i.id, w.id as work, w.wakes from imports i
    cross join lateral (
      select d.* from due_work d
      where d.org_id = i.org_id and d.record_id = i.id and d.task = case i.state when 'running' then 'run_import' else 'read_import' end
      order by d.due_at desc limit 1) w
    where i.state in ('reading', 'running') and w.taken_at <= app.now() - waited
    limit 100
  loop
    continue when not pg_try_advisory_xact_lock(app.import_lock(it.id));
    if it.wakes >= 3 then
      update imports set state = 'failed',
        result = jsonb_build_object('problem', 'The server ended three times while it worked on this file. Nothing was added. Split the file and bring the parts.')
      where org_id = it.org_id and id = it.id;
      delete from import_rows r where r.org_id = it.org_id and r.import_id = it.id;
      delete from import_pieces r where r.org_id = it.org_id and r.import_id = it.id;
    else
      update due_work set taken_at = null, wakes = wakes + 1 where org_id = it.org_id and id = it.work;
      woken := woken + 1;
    end if;
  end loop;
  return woken;
end $function$;
revoke all on function app.wake_imports(interval) from public;
grant execute on function app.wake_imports(interval) to partnered_system;

CREATE OR REPLACE FUNCTION app.wake_mail()
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 WITH dead AS (
          SELECT j.key
            FROM graphile_worker._private_jobs j
           WHERE (((j.locked_at < (now() - '00:03:00'::interval)) OR ((j.locked_at IS NULL) AND (j.attempts >= j.max_attempts))) AND ((j.key ~~ 'mail:%'::text) OR (j.key ~~ 'work:%'::text)))
         ), mails AS (
          UPDATE outbox o SET queued_at = NULL::timestamp with time zone
            FROM dead
           WHERE ((o.state = 'due'::text) AND ((o.id)::text = substr(dead.key, 6)))
           RETURNING 1 AS "?column?"
         ), works AS (
          UPDATE due_work w SET taken_at = NULL::timestamp with time zone
            FROM dead
           WHERE ((w.task = ANY (ARRAY['tell_member'::text, 'tell_contact'::text])) AND ((w.id)::text = substr(dead.key, 6)))
           RETURNING 1 AS "?column?"
         )
  SELECT ((( SELECT count(*) AS count
            FROM mails) + ( SELECT count(*) AS count
            FROM works)))::integer AS int4;
END;
revoke all on function app.wake_mail() from public;
grant execute on function app.wake_mail() to partnered_system;

CREATE OR REPLACE FUNCTION app.wake_member()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if exists (select from partners p where p.org_id = new.org_id and p.id = new.partner_id and p.sample) then
    update notifications set told_at = app.now() where org_id = new.org_id and id = new.id;
    return null;
  end if;
  perform app.wake(new.org_id, 'tell_member', new.member_id, new.created_at + case when new.kind = 'access' then interval '0' else interval '10 minutes' end);
  return null;
end $function$;
revoke all on function app.wake_member() from public;

CREATE OR REPLACE FUNCTION app.whereabouts(session_token text)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  me record;
begin
  select u.id, u.name, u.email into me from auth.session s join auth."user" u on u.id = s."userId"
  where s.token = session_token and s."expiresAt" > app.now();
  if me.id is null then
    return null;
  end if;
  return jsonb_build_object(
    'person', jsonb_build_object('name', me.name, 'email', me.email),
    'members', coalesce((select jsonb_agg(jsonb_build_object('org_id', m.org_id, 'member_id', m.id, 'name', m.name, 'role', m.role, 'company', o.name, 'currency', o.currency, 'time_zone', o.time_zone) order by m.created_at)
      from members m join organizations o on o.org_id = m.org_id
      where m.person_id = me.id and m.deactivated_at is null), '[]'),
    'workspaces', coalesce((select jsonb_agg(jsonb_build_object('workspace', p.workspace, 'partner', p.legal_name, 'company', o.name) order by o.name, p.legal_name)
      from contacts c join partners p on p.org_id = c.org_id and p.id = c.partner_id join organizations o on o.org_id = c.org_id
      where c.person_id = me.id and c.left_at is null and c.access_removed_at is null and p.archived_at is null), '[]'));
end $function$;
revoke all on function app.whereabouts(text) from public;
grant execute on function app.whereabouts(text) to partnered_system;

CREATE OR REPLACE FUNCTION app.write_deal_timeline()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  seen constant text := case when new.shared_from is not null then 'partner' else 'team' end;
begin
  if new.answer is distinct from old.answer then
    perform app.write_entry(new.org_id, new.partner_id, new.id, 'answer', seen, new.answer_reason, old.answer, new.answer);
  end if;
  if new.stage is distinct from old.stage then
    perform app.write_entry(new.org_id, new.partner_id, new.id, 'stage', seen, null,
      (select name from deal_stages where org_id = old.org_id and key = old.stage),
      (select name from deal_stages where org_id = new.org_id and key = new.stage));
  end if;
  if new.outcome is distinct from old.outcome then
    perform app.write_entry(new.org_id, new.partner_id, new.id, 'outcome', seen, null, old.outcome, new.outcome);
    if new.outcome_reason is not null then
      perform app.write_entry(new.org_id, new.partner_id, new.id, 'note', 'team', new.outcome_reason, null, null);
    end if;
  end if;
  if new.paused_until is distinct from old.paused_until and (new.outcome is null or new.paused_until is not null) then
    perform app.write_entry(new.org_id, new.partner_id, new.id, case when new.paused_until is null then 'resumed' else 'paused' end, seen, null, null, new.paused_until::text);
    if new.paused_why is not null then
      perform app.write_entry(new.org_id, new.partner_id, new.id, 'note', 'team', new.paused_why, null, null);
    end if;
  end if;
  -- A term that goes on by itself is no news.
  if new.protected_until is distinct from old.protected_until
    and not coalesce(old.protected_until is not null and new.protected_until = app.protection_from_today(new.org_id)
      and (app.contact() is not null or new.stage is distinct from old.stage), false) then
    perform app.write_entry(new.org_id, new.partner_id, new.id, 'protected', seen, null, old.protected_until::text, new.protected_until::text);
  end if;
  if new.our_owner_id is distinct from old.our_owner_id then
    perform app.write_entry(new.org_id, new.partner_id, new.id, 'owner', seen, null,
      (select name from members where org_id = old.org_id and id = old.our_owner_id),
      (select name from members where org_id = new.org_id and id = new.our_owner_id));
  end if;
  if new.their_owner_id is distinct from old.their_owner_id then
    perform app.write_entry(new.org_id, new.partner_id, new.id, 'owner', seen, null,
      (select name from contacts where org_id = old.org_id and id = old.their_owner_id),
      (select name from contacts where org_id = new.org_id and id = new.their_owner_id));
  end if;
  return null;
end $function$;
revoke all on function app.write_deal_timeline() from public;

CREATE OR REPLACE FUNCTION app.write_entry(org uuid, partner uuid, deal uuid, entry_kind text, audience text, body text, from_value text, to_value text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
BEGIN ATOMIC
 INSERT INTO entries (org_id, id, partner_id, deal_id, kind, audience, body, from_value, to_value, member_id, contact_id, created_at, updated_at)
   VALUES (write_entry.org, gen_random_uuid(), write_entry.partner, write_entry.deal, write_entry.entry_kind, write_entry.audience, write_entry.body, write_entry.from_value, write_entry.to_value,
         CASE
             WHEN (app.contact() IS NULL) THEN app.member()
             ELSE NULL::uuid
         END, app.contact(), app.now(), app.now());
END;
revoke all on function app.write_entry(uuid,uuid,uuid,text,text,text,text,text) from public;

CREATE OR REPLACE FUNCTION app.write_receipt(deal deals)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
declare
  mail constant uuid := gen_random_uuid();
begin
  insert into outbox (org_id, id, kind, partner_id, contact_id, deal_id, message_id, due_at, created_at, updated_at)
  select c.org_id, mail, 'deal_received', c.partner_id, c.id, deal.id, mail || '@partnered', app.now(), app.now(), app.now()
  from contacts c
  where c.org_id = deal.org_id and c.id = deal.sent_by_id and c.email is not null and c.left_at is null and c.access_removed_at is null;
end $function$;
revoke all on function app.write_receipt(deals) from public;

CREATE OR REPLACE FUNCTION portal.eyes(OUT sees text, OUT sees_deals boolean, OUT sees_value boolean, OUT sees_customer_contact boolean, OUT sees_notes boolean, OUT opens_details boolean)
 RETURNS record
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
 SET "plpgsql.extra_errors" TO 'too_many_rows'
AS $function$
begin
  select c.sees, p.sees_deals, p.sees_value, p.sees_customer_contact, p.sees_notes,
      app.channel() not in ('link', 'mail') or (select o.links_show_value from organizations o where o.org_id = p.org_id)
    into eyes.sees, eyes.sees_deals, eyes.sees_value, eyes.sees_customer_contact, eyes.sees_notes, eyes.opens_details
    from partners p
    join contacts c on c.org_id = p.org_id and c.partner_id = p.id
    where (p.org_id = app.org() AND p.id = app.partner() AND p.archived_at is null AND c.id = app.contact() AND c.left_at is null AND c.access_removed_at is null);
end $function$;
revoke all on function portal.eyes() from public;
grant execute on function portal.eyes() to partnered_contact, partnered_views;

CREATE OR REPLACE FUNCTION portal.send_deal(id uuid, ref text, kind text, customer_company text, customer_domain text, customer_contact_name text, customer_contact_email text, ask text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'app', 'public', 'pg_temp'
AS $function$
begin
  if not coalesce((app.contact_sees() is not null AND app.permits('sends_deals')), false) then
    raise exception 'Your company can read here, not send deals.' using errcode = 'P0403';
  end if;
  insert into deals (id, ref, kind, customer_company, customer_domain, customer_contact_name, customer_contact_email, ask) values ($1, $2, $3, $4, $5, $6, $7, $8);
  return true;
exception when unique_violation then
  return false;
end $function$;
alter function portal.send_deal(uuid,text,text,text,text,text,text,text) owner to partnered_views;
revoke all on function portal.send_deal(uuid,text,text,text,text,text,text,text) from public;
grant execute on function portal.send_deal(uuid,text,text,text,text,text,text,text) to partnered_contact;
