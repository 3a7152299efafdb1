-- Who is who, as far as it is not billing: passwords, sessions, one-time codes, the keys that sign tokens, and how often
-- somebody asked. None of it is in the log, and what has had its time is removed.

create schema identity;

-- One for each user, and each customer, who has a password. failures counts those since the last success.
create table identity.logins (
    tenant_id     text        not null,
    subject_id    uuid        not null,
    password_hash text        not null,
    failures      int         not null default 0,
    locked_until  timestamptz,
    changed_at    timestamptz not null,
    primary key (tenant_id, subject_id)
);

-- A session is a family of refresh tokens, of which the one of this generation alone is good.
create table identity.sessions (
    tenant_id    text        not null,
    id           uuid        not null,
    subject_kind text        not null check (subject_kind in ('user', 'customer')),
    subject_id   uuid        not null,
    generation   int         not null default 1,
    created_at   timestamptz not null,
    used_at      timestamptz not null,
    expires_at   timestamptz not null,
    ended_at     timestamptz,
    ended_why    text,
    primary key (tenant_id, id)
);
create index sessions_subject on identity.sessions (tenant_id, subject_id) where ended_at is null;
create index sessions_expires on identity.sessions (expires_at);

-- A code or link that was sent to somebody. address is a keyed hash of where to, secret_hash one of what was sent.
create table identity.codes (
    tenant_id    text        not null,
    id           uuid        not null,
    purpose      text        not null check (purpose in ('login', 'password_reset', 'email_verification')),
    address      bytea       not null,
    subject_kind text        not null check (subject_kind in ('user', 'customer')),
    subject_id   uuid        not null,
    secret_hash  bytea       not null,
    link_hash    bytea       not null,
    tries_left   int         not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    used_at      timestamptz,
    primary key (tenant_id, id)
);
create index codes_address on identity.codes (tenant_id, purpose, address, created_at);
create index codes_link on identity.codes (tenant_id, link_hash);
create index codes_expires on identity.codes (expires_at);

-- private_key is sealed. A key is published from created_at on, signs from active_from, and is believed until removed.
create table identity.signing_keys (
    id          text        primary key,
    public_key  bytea       not null,
    private_key bytea       not null,
    created_at  timestamptz not null,
    active_from timestamptz not null
);

-- How often in the window that began at opens. What is lost in a crash is a minute's count.
create unlogged table identity.rate_windows (
    tenant_id text        not null,
    subject   text        not null,
    operation text        not null,
    opens     timestamptz not null,
    used      int         not null,
    primary key (tenant_id, subject, operation)
) with (fillfactor = 50);
create index rate_windows_opens on identity.rate_windows (opens);

create table identity.key_uses (
    tenant_id text        not null,
    key_id    uuid        not null,
    used_at   timestamptz not null,
    primary key (tenant_id, key_id)
) with (fillfactor = 50);
