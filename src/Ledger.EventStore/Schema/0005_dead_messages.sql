-- Gives a message up: it is kept where staff see it, and the next one of its key may run. Under the batch's lock, since
-- only batches and this decide which message of a key is first.
create function ledger.bury_message(p_id uuid, p_attempts int, p_error text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare buried record;
begin
    perform pg_advisory_xact_lock(7310577382516);
    delete from ledger.messages where id = p_id and attempts = p_attempts returning * into buried;
    if not found then return false; end if;

    insert into ledger.dead_messages (id, tenant_id, type, body, order_key, due_at, attempts, correlation_id, causation_id,
                                      last_error, created_at, died_at)
        values (buried.id, buried.tenant_id, buried.type, buried.body, buried.order_key, buried.due_at, buried.attempts,
                buried.correlation_id, buried.causation_id, p_error, buried.created_at, clock_timestamp());
    update ledger.messages set is_blocked = false
        where id = (select id from ledger.messages
                    where tenant_id = buried.tenant_id and order_key = buried.order_key and is_blocked
                    order by sequence limit 1);
    return true;
end
$$;

-- Sends a dead message again, behind those of its key that wait by now.
create function ledger.revive_message(p_tenant text, p_id uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare dead record;
begin
    perform pg_advisory_xact_lock(7310577382516);
    delete from ledger.dead_messages where tenant_id = p_tenant and id = p_id returning * into dead;
    if not found then return false; end if;

    insert into ledger.messages (id, tenant_id, type, body, order_key, is_blocked, due_at, run_at, correlation_id,
                                 causation_id, created_at)
        values (dead.id, dead.tenant_id, dead.type, dead.body, dead.order_key,
                dead.order_key is not null and exists (
                    select from ledger.messages where tenant_id = dead.tenant_id and order_key = dead.order_key),
                dead.due_at, clock_timestamp(), dead.correlation_id, dead.causation_id, dead.created_at);
    return true;
end
$$;
