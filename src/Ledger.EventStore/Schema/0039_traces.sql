-- Where a customer came from goes with the customer: what has an address or the name of a program is found by who it was, and can be
-- taken out of it.
alter table ledger.request_origins add column actor text;
create index request_origins_customer on ledger.request_origins (tenant_id, actor) where actor like 'customer:%';
create index portal_sessions_customer on ledger.portal_sessions (tenant_id, customer_id);
