-- Our side: a company (organization), its people and how they sign in.
create schema app;
create schema auth;
create schema portal;

create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;
create extension if not exists btree_gin with schema public;

-- Lower case without accents: how words are searched. Immutable, so that indexes can hold it.
create function app.fold(words text) returns text
  language sql immutable strict parallel safe
  return lower(public.unaccent('public.unaccent'::regdictionary, words));

create table organizations (
  org_id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  time_zone text not null default 'UTC',
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  links_show_value boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1
);

-- Sign-in identities: column names are those the sign-in library expects.
create table auth."user" (
  id text primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create table auth.session (
  id text primary key,
  token text not null unique,
  "userId" text not null references auth."user" (id) on delete cascade,
  "expiresAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index session_by_user on auth.session ("userId");
create table auth.account (
  id text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth."user" (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index account_by_user on auth.account ("userId");
create table auth.verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index verification_identifier on auth.verification (identifier);

-- One row per try at signing in, counted by account and by network.
create table auth.attempts (
  id bigint generated always as identity primary key,
  kind text not null,
  subject text not null,
  at timestamptz not null
);
create index attempts_subject on auth.attempts (kind, subject, at);

-- The printed one-time link that opens /setup while nobody is in yet.
create table auth.setup (
  token_hash text primary key,
  created_at timestamptz not null,
  used_at timestamptz
);

create table members (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  person_id text not null,
  name text not null check (length(name) between 1 and 200),
  email text not null,
  role text not null check (role in ('admin', 'member', 'read_only')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deactivated_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, person_id),
  unique (org_id, email)
);
create index members_person on members (person_id);
