-- What is ours beside the log, in the schema ledger. The log itself is Marten's tables, made by Marten before this
-- file is run. No column or index of ours stands on a table of Marten's.

create schema ledger;

-- How far each consumer of the log has come: policies, views, publishers.
create table ledger.places (
    name     text        primary key,
    position bigint      not null,
    moved_at timestamptz not null default transaction_timestamp()
) with (fillfactor = 50);

-- One block per batch. digests holds 32 bytes for each position from first to last.
create table ledger.blocks (
    last_position  bigint      primary key,
    first_position bigint      not null,
    recorded_at    timestamptz not null,
    digests        bytea       not null,
    previous       bytea       not null,
    hash           bytea       not null
);

-- The way in by tenant, type and actor, and what a business instant is compared with; by stream, mt_events has its own.
create table ledger.event_index (
    tenant_id    text        not null,
    position     bigint      not null,
    stream_id    uuid        not null,
    type         text        not null,
    actor        text        not null,
    effective_at timestamptz not null,
    primary key (tenant_id, position)
);
create index event_index_type on ledger.event_index (tenant_id, type, position);
create index event_index_actor on ledger.event_index (tenant_id, actor, position);

create table ledger.claims (
    tenant_id text not null,
    kind      text not null,
    value     text not null,
    stream_id uuid not null,
    primary key (tenant_id, kind, value)
);

create table ledger.numbers (
    tenant_id text   not null,
    series    text   not null,
    last      bigint not null,
    primary key (tenant_id, series)
) with (fillfactor = 50);

-- The first answer to a request, for its repeats. body is sealed; kept_for_ever is for what moves money.
create table ledger.idempotency (
    tenant_id     text        not null,
    caller        text        not null,
    key           text        not null,
    request_hash  bytea       not null,
    is_done       boolean     not null,
    stream_id     uuid,
    status        int,
    body          bytea,
    subject_id    uuid,
    kept_for_ever boolean     not null,
    created_at    timestamptz not null,
    primary key (tenant_id, caller, key)
);
create index idempotency_created_at on ledger.idempotency (created_at) where not kept_for_ever or body is not null;
create index idempotency_subject on ledger.idempotency (tenant_id, subject_id) where subject_id is not null;

-- run_at is when a worker may take the message, by the wall clock: the end of the lease while one has it, infinity
-- while a sandbox tenant's clock has not reached due_at. attempts counts leases and fences the one that completes it;
-- failures counts those that ended badly, a lease that ran out included.
create table ledger.messages (
    id             uuid        primary key,
    sequence       bigint      generated always as identity,
    tenant_id      text        not null,
    type           text        not null,
    body           jsonb       not null,
    order_key      text,
    is_blocked     boolean     not null,
    due_at         timestamptz,
    run_at         timestamptz not null,
    attempts       int         not null default 0,
    failures       int         not null default 0,
    is_leased      boolean     not null default false,
    correlation_id text,
    causation_id   text,
    last_error     text,
    created_at     timestamptz not null
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
create index messages_ready on ledger.messages (run_at, sequence) where not is_blocked;
create index messages_order on ledger.messages (tenant_id, order_key, sequence) where order_key is not null;
create index messages_tenant on ledger.messages (tenant_id, due_at);

create table ledger.dead_messages (
    id             uuid        primary key,
    tenant_id      text        not null,
    type           text        not null,
    body           jsonb       not null,
    order_key      text,
    due_at         timestamptz,
    attempts       int         not null,
    correlation_id text,
    causation_id   text,
    last_error     text        not null,
    created_at     timestamptz not null,
    died_at        timestamptz not null
);
create index dead_messages_tenant on ledger.dead_messages (tenant_id, died_at);

-- Who does what only one may do. epoch grows whenever the owner changes and fences every write of an earlier one.
create table ledger.leases (
    name  text        primary key,
    owner uuid        not null,
    epoch bigint      not null,
    until timestamptz not null
) with (fillfactor = 50);

-- A person's own key, wrapped by a master key that is not in this database. wrapped is null once destroyed.
create table ledger.personal_keys (
    tenant_id    text        not null,
    subject_id   uuid        not null,
    wrapped      bytea,
    created_at   timestamptz not null,
    destroyed_at timestamptz,
    primary key (tenant_id, subject_id),
    check ((wrapped is null) = (destroyed_at is not null))
);

-- Search of personal values, as keyed hashes of their words; gone with the key.
create table ledger.personal_index (
    tenant_id  text  not null,
    token      bytea not null,
    subject_id uuid  not null,
    primary key (tenant_id, token, subject_id)
);
create index personal_index_subject on ledger.personal_index (tenant_id, subject_id);

-- The clock of a sandbox tenant; a live tenant has none here and goes by the wall clock.
create table ledger.clocks (
    tenant_id text        primary key,
    at        timestamptz not null
);

-- What is written stays. A batch only inserts; is_archived is Marten's to set.
create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and tg_table_name = 'mt_events'
        and (to_jsonb(new) - 'is_archived') = (to_jsonb(old) - 'is_archived') then
        return new;
    end if;
    raise exception 'The log is append-only: % on %.% is refused.', tg_op, tg_table_schema, tg_table_name
        using errcode = 'restrict_violation';
end
$$;

create trigger append_only before update or delete on ledger.blocks
    for each row execute function ledger.refuse_change();
create trigger never_truncate before truncate on ledger.blocks
    for each statement execute function ledger.refuse_change();

create function ledger.skip_row() returns trigger language plpgsql as $$ begin return null; end $$;
