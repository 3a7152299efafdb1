-- When customers opened their portal: for statistics, not for billing, so beside the log and only for a time.
create table ledger.portal_sessions (
    tenant_id   text        not null,
    id          uuid        not null,
    customer_id uuid        not null,
    at          timestamptz not null,
    ip          text,
    user_agent  text,
    primary key (tenant_id, id)
);
create index portal_sessions_time on ledger.portal_sessions (tenant_id, at, customer_id);
create index portal_sessions_at on ledger.portal_sessions (at);
