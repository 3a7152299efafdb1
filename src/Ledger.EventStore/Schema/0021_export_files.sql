-- Files of exports, in parts, while they are written and for a day after. What is in them is sealed under the tenant's key.
-- 'rows' is what a file is made of later, 'file' the file itself.
create table ledger.export_parts (
    tenant_id      text        not null,
    export_id      uuid        not null,
    kind           text        not null check (kind in ('rows', 'file')),
    number         int         not null,
    content        bytea       not null,
    rows_so_far    bigint      not null,
    after_position bigint,               -- Where the next part goes on; null for the last.
    sums           text        not null,
    stored_at      timestamptz not null default clock_timestamp(),
    primary key (tenant_id, export_id, kind, number)
);
alter table ledger.export_parts alter column content set storage external;   -- What is sealed cannot be packed.
create index on ledger.export_parts (stored_at);
