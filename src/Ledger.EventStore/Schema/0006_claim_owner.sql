-- Which stream of which tenant has a value, where the tenant is not known yet: the key of a request leads to its tenant.
-- Only for kinds whose values are secrets or hashes of secrets.
create function ledger.find_claim(p_kind text, p_value text, out tenant_id text, out stream_id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    -- Each such kind by its own index, which is found only where the kind is written out.
    select c.tenant_id, c.stream_id from ledger.claims c where p_kind = 'api_key' and c.kind = 'api_key' and c.value = p_value
$$;

create index claims_api_key on ledger.claims (value) where kind = 'api_key';
