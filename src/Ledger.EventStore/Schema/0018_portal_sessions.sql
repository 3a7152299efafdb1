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

alter table ledger.portal_sessions enable row level security;
create policy own_tenant on ledger.portal_sessions for select to ledger_reader using (tenant_id = current_setting('ledger.tenant', true));
create policy every_tenant on ledger.portal_sessions to ledger_worker using (true) with check (true);
grant select on ledger.portal_sessions to ledger_reader;
grant select, insert, delete on ledger.portal_sessions to ledger_worker;
