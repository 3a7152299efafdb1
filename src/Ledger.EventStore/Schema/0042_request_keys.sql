-- A key is good for one request of its caller, whatever that asked for: operation is empty from now on. Hashes are keyed from now on; those
-- from before could be tried out, and go. A request from before is still known: it is not done again, and its answer is no longer given.
delete from ledger.idempotency t using ledger.idempotency o
    where o.tenant_id = t.tenant_id and o.caller = t.caller and o.key = t.key
      and (o.kept_for_ever, o.created_at, o.operation) > (t.kept_for_ever, t.created_at, t.operation);
update ledger.idempotency set operation = '', request_hash = '', body = null;
