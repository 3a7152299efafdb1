-- The sandbox provider's own record.

create schema sandbox;

-- What became of each key. A void key was asked about before it had charged, and never will.
create table sandbox.charges (
    tenant             text collate "C" not null,
    idempotency_key    text collate "C" not null,
    token              text collate "C",
    amount             bigint,
    currency           text collate "C",
    answer             text collate "C" not null
        check (answer in ('captured', 'authorized', 'card_declined', 'insufficient_funds', 'expired_card', 'void')),
    provider_reference text collate "C",
    created_at         timestamptz not null default clock_timestamp(),
    charged_on         date,
    primary key (tenant, idempotency_key),
    check (num_nulls(token, amount, currency, provider_reference, charged_on) = case answer when 'void' then 5 else 0 end)
);

-- Every request as it came in, repeats and refusals too: proof that a key was charged once, not only stored once.
create table sandbox.requests (
    id              bigserial primary key,
    tenant          text collate "C" not null,
    idempotency_key text collate "C" not null,
    kind            text collate "C" not null check (kind in ('charge', 'find')),
    received_at     timestamptz not null default clock_timestamp(),
    outcome         text collate "C" not null
        check (outcome in ('first', 'repeat', 'mismatch', 'void', 'lost', 'found', 'none')),
    fault           text collate "C"
);

create index requests_by_key on sandbox.requests (tenant, idempotency_key);

-- Faults to come, used up in the order they were set. Tenant '*' stands for all; remaining null is for ever.
create table sandbox.faults (
    id        bigserial primary key,
    tenant    text collate "C" not null,
    mode      text collate "C" not null check (mode in ('slow', 'timeout_before_charge', 'timeout_after_charge')),
    delay_ms  int not null check (delay_ms >= 0),
    remaining int check (remaining >= 0)
);

create index faults_by_tenant on sandbox.faults (tenant, id);

-- Cards being entered on the provider's page. The number is never here, only the token made of it.
create table sandbox.setups (
    id           text collate "C" primary key,
    tenant       text collate "C" not null,
    return_url   text collate "C" not null,
    status       text collate "C" not null default 'pending' check (status in ('pending', 'completed', 'failed')),
    token        text collate "C",
    fingerprint  text collate "C",
    failure_code text collate "C",
    created_at   timestamptz not null default clock_timestamp(),
    check (num_nulls(token, fingerprint) = case status when 'completed' then 0 else 2 end),
    check ((failure_code is not null) = (status = 'failed'))
);

-- Takes a batch of charge requests in one round trip and answers each by its ordinal.
--
-- Volatile, at read committed: each statement sees what was committed before it began, so the reading back sees the
-- charge of another batch that the insert waited for. Faults are locked before charges, and charges in the order of
-- their keys, so that two batches never wait for each other.
create function sandbox.charge(
    tenants text[], keys text[], tokens text[], amounts bigint[], currencies text[], days date[],
    answers text[], provider_references text[], late boolean[])
returns table (ordinal bigint, outcome text, answer text, provider_reference text, fault text, delay_ms int)
language plpgsql volatile
-- A plan made while the table was small must not read all of it once it is large.
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    modes   text[] := '{}';
    delays  int[] := '{}';
    written text[];
    hit     record;
begin
    if exists (select from sandbox.faults) then
        lock table sandbox.faults in share row exclusive mode;
        for i in 1 .. cardinality(keys) loop
            -- A request that was slow has had its fault.
            continue when late[i];
            select next.id, next.mode, next.delay_ms, next.remaining from sandbox.faults next
            where next.tenant in (tenants[i], '*') and next.remaining is distinct from 0
            order by next.tenant = '*', next.id limit 1 into hit;
            if found then
                modes[i] := hit.mode;
                delays[i] := hit.delay_ms;
                -- One that lasts is not written: under load its old versions would pile up.
                if hit.remaining is not null then
                    update sandbox.faults used set remaining = used.remaining - 1 where used.id = hit.id;
                end if;
            end if;
        end loop;
        delete from sandbox.faults spent where spent.remaining = 0;
    end if;

    -- Of several requests under one key in this batch, the first that arrives is the one that charges.
    with inserted as (
        insert into sandbox.charges
            (tenant, idempotency_key, token, amount, currency, charged_on, answer, provider_reference)
        select distinct on (asked.tenant collate "C", asked.key collate "C")
            asked.tenant, asked.key, asked.token, asked.amount, asked.currency, asked.day, asked.answer, asked.reference
        from unnest(tenants, keys, tokens, amounts, currencies, days, answers, provider_references, modes)
            with ordinality as asked (tenant, key, token, amount, currency, day, answer, reference, mode, place)
        where asked.mode is null or asked.mode = 'timeout_after_charge'
        order by asked.tenant collate "C", asked.key collate "C", asked.place
        on conflict do nothing
        returning charges.provider_reference)
    select array_agg(inserted.provider_reference) from inserted into written;

    return query
    with arrived as (
        select asked.*, row_number() over (partition by asked.tenant, asked.key order by asked.place) as turn
        from unnest(tenants, keys, tokens, amounts, currencies, modes, delays)
            with ordinality as asked (tenant, key, token, amount, currency, mode, delay_ms, place)
        where asked.mode is null or asked.mode = 'timeout_after_charge'
    ), answered as (
        select arrived.place, arrived.tenant, arrived.key, arrived.mode, arrived.delay_ms,
            case
                when stored.answer = 'void' then 'void'
                when (stored.token, stored.amount, stored.currency)
                    is distinct from (arrived.token, arrived.amount, arrived.currency) then 'mismatch'
                when arrived.turn = 1 and fresh.reference is not null then 'first'
                else 'repeat'
            end as outcome,
            stored.answer, stored.provider_reference
        from arrived
        cross join lateral (
            select charges.token, charges.amount, charges.currency, charges.answer, charges.provider_reference
            from sandbox.charges
            where charges.tenant = arrived.tenant and charges.idempotency_key = arrived.key
            limit 1) stored
        left join unnest(written) as fresh (reference) on fresh.reference = stored.provider_reference
        union all
        select asked.place, asked.tenant, asked.key, asked.mode, asked.delay_ms,
            case asked.mode when 'slow' then 'slow' else 'lost' end, null, null
        from unnest(tenants, keys, modes, delays)
            with ordinality as asked (tenant, key, mode, delay_ms, place)
        where asked.mode in ('slow', 'timeout_before_charge')
    ), logged as (
        -- A slow request has not come in yet.
        insert into sandbox.requests (tenant, idempotency_key, kind, outcome, fault)
        select answered.tenant, answered.key, 'charge', answered.outcome, answered.mode
        from answered where answered.outcome <> 'slow' order by answered.place)
    select answered.place, answered.outcome, answered.answer, answered.provider_reference,
        answered.mode, answered.delay_ms
    from answered;
end
$$;

-- What became of a key. A key that has not charged is voided first, so that "nothing" stays true.
create function sandbox.find_charge(asked_tenant text, asked_key text)
returns table (answer text, provider_reference text)
language plpgsql volatile
set enable_seqscan = off
as $$
#variable_conflict use_column
begin
    insert into sandbox.charges (tenant, idempotency_key, answer) values (asked_tenant, asked_key, 'void')
    on conflict do nothing;

    return query
    with stored as (
        select charges.answer, charges.provider_reference from sandbox.charges
        where charges.tenant = asked_tenant and charges.idempotency_key = asked_key
    ), logged as (
        insert into sandbox.requests (tenant, idempotency_key, kind, outcome)
        select asked_tenant, asked_key, 'find', case stored.answer when 'void' then 'none' else 'found' end
        from stored)
    select stored.answer, stored.provider_reference from stored where stored.answer <> 'void';
end
$$;

-- What became of held money: so much was taken, and the rest let go. The first request decides.
create table sandbox.settled_holds (
    tenant           text collate "C" not null,
    charge_reference text collate "C" not null,
    amount           bigint not null check (amount >= 0),
    settled_at       timestamptz not null default clock_timestamp(),
    primary key (tenant, charge_reference)
);

create function sandbox.settle_hold(asked_tenant text, charge text, asked_amount bigint)
returns text
language plpgsql volatile
set enable_seqscan = off
as $$
declare
    held    bigint;
    settled bigint;
begin
    select charges.amount into held from sandbox.charges
    where charges.tenant = asked_tenant and charges.provider_reference = charge and charges.answer = 'authorized' for update;
    if held is null then return 'unknown_hold'; end if;
    if asked_amount > held then return 'amount_too_large'; end if;

    insert into sandbox.settled_holds (tenant, charge_reference, amount) values (asked_tenant, charge, asked_amount) on conflict do nothing;
    select settled_holds.amount into settled from sandbox.settled_holds
    where settled_holds.tenant = asked_tenant and settled_holds.charge_reference = charge;
    return case when settled = asked_amount then 'done' else 'hold_settled' end;
end
$$;

-- Intents, which a browser pays by the secret. Paid once there is a charge.
create table sandbox.intents (
    id               text collate "C" primary key,
    client_secret    text collate "C" not null unique,
    tenant           text collate "C" not null,
    amount           bigint not null check (amount > 0),
    currency         text collate "C" not null,
    charge_reference text collate "C" unique,
    failure_code     text collate "C",
    created_at       timestamptz not null default clock_timestamp(),
    check (charge_reference is null or failure_code is null)
);

-- What went back. The first request under a key decides; its answer is given to every repeat.
create table sandbox.refunds (
    tenant             text collate "C" not null,
    idempotency_key    text collate "C" not null,
    charge_reference   text collate "C" not null,
    amount             bigint not null check (amount > 0),
    answer             text collate "C" not null check (answer in ('refunded', 'unknown_charge', 'amount_too_large')),
    provider_reference text collate "C" not null,
    created_at         timestamptz not null default clock_timestamp(),
    primary key (tenant, idempotency_key)
);

create index refunds_by_charge on sandbox.refunds (tenant, charge_reference);
create index charges_by_reference on sandbox.charges (tenant, provider_reference);

-- Sends money back, never more than was charged: the charge is locked while its refunds are counted.
create function sandbox.refund(asked_tenant text, asked_key text, charge text, asked_amount bigint, reference text)
returns table (answer text, provider_reference text)
language plpgsql volatile
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    charged bigint;
    back    bigint;
begin
    select coalesce(settled_holds.amount, charges.amount) into charged from sandbox.charges
    left join sandbox.settled_holds on settled_holds.tenant = charges.tenant and settled_holds.charge_reference = charges.provider_reference
    where charges.tenant = asked_tenant and charges.provider_reference = charge
      and (charges.answer = 'captured' or (charges.answer = 'authorized' and settled_holds.amount > 0)) for update of charges;
    if charged is null then
        select intents.amount into charged from sandbox.intents
        where intents.tenant = asked_tenant and (intents.charge_reference = charge or intents.id = charge) for update;
    end if;

    select coalesce(sum(refunds.amount), 0) into back from sandbox.refunds
    where refunds.tenant = asked_tenant and refunds.charge_reference = charge and refunds.answer = 'refunded'
      and refunds.idempotency_key <> asked_key;

    insert into sandbox.refunds (tenant, idempotency_key, charge_reference, amount, answer, provider_reference)
    values (asked_tenant, asked_key, charge, asked_amount,
        case when charged is null then 'unknown_charge' when back + asked_amount > charged then 'amount_too_large' else 'refunded' end,
        reference)
    on conflict do nothing;

    return query
    select refunds.answer, refunds.provider_reference from sandbox.refunds
    where refunds.tenant = asked_tenant and refunds.idempotency_key = asked_key;
end
$$;
