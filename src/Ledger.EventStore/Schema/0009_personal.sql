-- Which master key has wrapped what, so that one can be exchanged for another and then be forgotten.

-- The planner keeps samples of what a table has, and would keep a key that was destroyed. What it has by now goes with the
-- type that it was of.
alter table ledger.personal_keys alter column wrapped set statistics 0;
alter table ledger.personal_keys alter column wrapped type bytea;

-- A version of a row that holds a destroyed key is to be cleared away soon, not when a fifth of the table is such.
alter table ledger.personal_keys set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20);

-- Master keys that nothing is wrapped under any more, and nothing may be again. id is that of the key: 8 bytes.
create table ledger.forgotten_master_keys (
    id           bytea       primary key check (octet_length(id) = 8),
    forgotten_at timestamptz not null
);

-- A process that has not noticed yet that a master key was forgotten would store what nobody can open later.
create function ledger.refuse_forgotten_master_key() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if exists (select from ledger.forgotten_master_keys) and exists (
        select from written w join ledger.forgotten_master_keys f on f.id = substring(w.wrapped from 2 for 8)
        where get_byte(w.wrapped, 0) = 2) then
        raise exception 'The master key that wraps was forgotten by this database: give this process the one that wraps now.'
            using errcode = 'LG003';
    end if;
    return null;
end
$$;
create trigger no_forgotten_master_key after insert on ledger.personal_keys
    referencing new table as written for each statement execute function ledger.refuse_forgotten_master_key();
create trigger no_forgotten_master_key_again after update on ledger.personal_keys
    referencing new table as written for each statement execute function ledger.refuse_forgotten_master_key();

-- With a person's key goes the hash of what was asked about them: who could guess the whole request could check the guess.
create function ledger.forget_requests_of_destroyed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if exists (select from written where wrapped is null) then
        update ledger.idempotency i set request_hash = '' from written w
            where w.wrapped is null and i.tenant_id = w.tenant_id and i.subject_id = w.subject_id and i.request_hash <> '';
    end if;
    return null;
end
$$;
create trigger forget_requests after update on ledger.personal_keys
    referencing new table as written for each statement execute function ledger.forget_requests_of_destroyed();

-- Puts keys wrapped anew in the place of those they were made from; one that was destroyed or exchanged meanwhile stays.
create function ledger.rewrap_personal_keys(p_tenant text[], p_subject uuid[], p_old bytea[], p_new bytea[]) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare touched int;
begin
    perform pg_advisory_xact_lock_shared(7310577382518);
    update ledger.personal_keys t set wrapped = k.new
        from unnest(p_tenant, p_subject, p_old, p_new) as k (tenant, subject, old, new)
        where t.tenant_id = k.tenant and t.subject_id = k.subject and t.wrapped = k.old and k.new is not null;
    get diagnostics touched = row_count;
    return touched;
end
$$;

-- Forgets a master key, or says how many keys still need it. Under the locks of all who write such keys: the batches, and
-- rewrapping. A key wrapped before they had names may be under any of them.
create function ledger.forget_master_key(p_id bytea) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare needing bigint;
begin
    perform pg_advisory_xact_lock(7310577382516);
    perform pg_advisory_xact_lock(7310577382518);
    select count(*) into needing from ledger.personal_keys k
        where k.wrapped is not null and (get_byte(k.wrapped, 0) = 1 or substring(k.wrapped from 2 for 8) = p_id);
    if needing = 0 then
        insert into ledger.forgotten_master_keys (id, forgotten_at) values (p_id, clock_timestamp()) on conflict do nothing;
    end if;
    return needing;
end
$$;
