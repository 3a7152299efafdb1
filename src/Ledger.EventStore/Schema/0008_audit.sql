-- What the audit trail has beside the log: from where a request came, who looked at personal data or was refused, and the
-- heads that were signed. None of it is written in a batch, and none of it is in the chain.

-- An address is personal data: rows are kept for a year at most, see AuditRetention.
create table ledger.request_origins (
    tenant_id  text        not null,
    request_id text        not null,
    at         timestamptz not null,
    ip         text,
    user_agent text,
    primary key (tenant_id, request_id)
);
create index request_origins_at on ledger.request_origins (at);

-- id is a UUID of version 7 whose time is that of the row, so its order is the order of time. actor is as in the event
-- index: kind, colon, id; null when nobody was known. A row with left_out says how many were not kept in its minute.
create table ledger.access_log (
    tenant_id     text        not null,
    id            uuid        not null,
    at            timestamptz not null,
    actor         text,
    operation     text        not null,
    is_read       boolean     not null,
    resource_type text,
    resource_id   text,
    status        int         not null,
    code          text,
    request_id    text,
    ip            text,
    user_agent    text,
    left_out      bigint,
    primary key (tenant_id, id)
);
create index access_log_actor on ledger.access_log (tenant_id, actor, id);
create index access_log_resource on ledger.access_log (tenant_id, resource_id, id) where resource_id is not null;
create index access_log_failures on ledger.access_log (tenant_id, id) where status >= 400;
create index access_log_at on ledger.access_log (at);

-- Heads as `ledger head` signed them. The private key is elsewhere, so that a row here proves no less than a file.
create table ledger.signed_heads (
    position    bigint      not null,
    hash        text        not null,
    recorded_at timestamptz not null,
    signature   text        not null,
    key_id      text        not null,
    signed_at   timestamptz not null default now(),
    primary key (position, key_id)
);

-- The last position that was recorded before an instant. Blocks are in the order of time, so it is found by halving, with
-- the key of the blocks alone; 64 steps are more than there can be, and end it where blocks were tampered with.
create function ledger.position_before(p_at timestamptz) returns bigint language plpgsql stable as $$
declare
    low   bigint := 0;
    high  bigint := coalesce((select b.last_position from ledger.blocks b order by b.last_position desc limit 1), 0);
    block record;
begin
    for step in 1..64 loop
        exit when low >= high;
        select b.first_position, b.last_position, b.recorded_at into block
            from ledger.blocks b where b.last_position >= low + (high - low + 1) / 2 order by b.last_position limit 1;
        if block.recorded_at < p_at then low := block.last_position;
        else high := block.first_position - 1;
        end if;
    end loop;
    return low;
end
$$;
