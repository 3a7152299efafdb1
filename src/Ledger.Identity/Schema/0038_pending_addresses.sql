-- An address or telephone number that somebody says is theirs, until a code that was sent there shows it. It is sealed under
-- their own key; no login goes by it, and nothing but that code is sent there. is_first is of who has just registered: the code
-- is the one that they log in by.
create table identity.pending_addresses (
    tenant_id    text        not null,
    subject_id   uuid        not null,
    channel      text        not null check (channel in ('email', 'sms')),
    subject_kind text        not null check (subject_kind in ('user', 'customer')),
    hash         bytea       not null,
    sealed       bytea       not null,
    is_first     boolean     not null,
    created_at   timestamptz not null,
    primary key (tenant_id, subject_id, channel)
);
create index pending_addresses_first on identity.pending_addresses (tenant_id, hash) where is_first;
create index pending_addresses_created on identity.pending_addresses (created_at);
