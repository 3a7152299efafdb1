-- What tenants have uploaded, under the SHA-256 of its bytes. The log has the hash, the type and the size.
create table ledger.tenant_files (
    tenant_id    text        not null,
    hash         text        not null check (hash ~ '^[0-9a-f]{64}$'),
    content_type text        not null,
    content      bytea       not null check (octet_length(content) between 1 and 524288),
    stored_at    timestamptz not null default clock_timestamp(),
    primary key (tenant_id, hash)
);
alter table ledger.tenant_files alter column content set storage external;   -- Images are packed already.
