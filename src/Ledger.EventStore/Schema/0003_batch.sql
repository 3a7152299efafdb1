-- The write path: every batch of commits is one transaction, which begins with ledger.begin_batch, has Marten's
-- inserts and ledger.write_rows in the middle, and ends with ledger.seal. Nothing else writes the log. When the batch was
-- written is said once, by the first of them; what follows takes it from the setting ledger.recorded_at.

-- Events have the time of their batch, whoever inserts them. What is taken in from an archive keeps its own.
create function ledger.set_recorded_at() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    recorded_at constant text := current_setting('ledger.recorded_at', true);
begin
    if recorded_at <> '' then new.timestamp := recorded_at; end if;
    return new;
end
$$;

-- Takes the only writer's place, says which commits do not fit what is stored, draws the numbers of those that do,
-- and says at what time and after what position the batch is written. A commit that does not fit is left out before
-- anything is written.
--
-- In one batch there is at most one commit per stream, claim, idempotency key, message and checkpoint: who calls sees
-- to that, so the commits of a batch never depend on each other. What none of them has is left out, and null.
--
-- Outcomes: 1 a stream has moved on, 2 a claim is taken, 3 the idempotency key is known, 4 the message is no longer the
-- caller's, 5 the checkpoint has moved on or its lease is lost. detail is the ordinal (from 1) of the stream or
-- claim that refused.
--
-- With all_or_none, a batch of which a commit does not fit ends in an error of its own, so that everything else can be
-- sent along at once.
create function ledger.begin_batch(
    s_commit int[] default null, s_tenant text[] default null, s_id uuid[] default null,
    s_expected bigint[] default null,
    c_commit int[] default null, c_tenant text[] default null, c_kind text[] default null, c_value text[] default null,
    c_stream uuid[] default null,
    i_commit int[] default null, i_tenant text[] default null, i_caller text[] default null, i_key text[] default null,
    d_commit int[] default null, d_id uuid[] default null, d_attempts int[] default null,
    p_commit int[] default null, p_name text[] default null, p_from bigint[] default null, p_lease text[] default null,
    p_epoch bigint[] default null,
    n_commit int[] default null, n_tenant text[] default null, n_series text[] default null,
    all_or_none boolean default false,
    out recorded_at timestamptz, out base bigint, out failed int[], out outcomes int[], out details int[],
    out numbers bigint[])
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    drawn_up_to bigint;
begin
    -- Until the transaction ends: whoever waits for the lock gives up in time, and a client that is stopped inside
    -- loses it. Every statement is planned once, and finds its rows by index: how many there will be, nobody knows
    -- when it is planned.
    perform set_config('lock_timeout', '10s', true), set_config('idle_in_transaction_session_timeout', '10s', true),
            set_config('plan_cache_mode', 'force_generic_plan', true), set_config('jit', 'off', true),
            set_config('enable_seqscan', 'off', true),
            set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true);

    -- The lock has a statement of its own: the next one takes its snapshot after the batch before has ended.
    perform pg_advisory_xact_lock(7310577382516);

    -- failed, outcomes and details have one entry per reason.
    select coalesce(b.last_position, 0), greatest(clock_timestamp(), b.recorded_at),
           '{}'::int[], '{}'::int[], '{}'::int[]
        into base, recorded_at, failed, outcomes, details
        from (values (1)) as always
        left join (select * from ledger.blocks order by last_position desc limit 1) b on true;

    perform set_config('ledger.recorded_at', recorded_at::text, true);

    -- Marten draws positions from its sequence. What a batch before drew in vain is drawn again, so that there
    -- are no holes.
    drawn_up_to := coalesce(pg_sequence_last_value('public.mt_events_sequence'), 0);
    if drawn_up_to <> base then
        perform setval('public.mt_events_sequence', greatest(base, 1), base > 0);
    end if;

    if cardinality(s_commit) > 0 then
        select failed || array_agg(s.commit order by s.ordinal), outcomes || array_agg(1 order by s.ordinal),
               details || array_agg(s.ordinal::int order by s.ordinal)
            into failed, outcomes, details
            from unnest(s_commit, s_tenant, s_id, s_expected) with ordinality
                as s (commit, tenant, id, expected, ordinal)
            left join public.mt_streams t on t.tenant_id = s.tenant and t.id = s.id
            where coalesce(t.version, 0) <> s.expected or t.is_archived;
    end if;

    if num_nonnulls(c_commit, i_commit, d_commit, p_commit) > 0 then
        if cardinality(c_commit) > 0 then
            select failed || array_agg(c.commit), outcomes || array_agg(2), details || array_agg(c.ordinal::int)
                into failed, outcomes, details
                from unnest(c_commit, c_tenant, c_kind, c_value, c_stream) with ordinality
                    as c (commit, tenant, kind, value, stream, ordinal)
                join ledger.claims t on t.tenant_id = c.tenant and t.kind = c.kind and t.value = c.value
                where t.stream_id <> c.stream;
        end if;

        if cardinality(i_commit) > 0 then
            select failed || array_agg(i.commit), outcomes || array_agg(3), details || array_agg(0)
                into failed, outcomes, details
                from unnest(i_commit, i_tenant, i_caller, i_key) as i (commit, tenant, caller, key)
                join ledger.idempotency t on t.tenant_id = i.tenant and t.caller = i.caller and t.key = i.key
                where t.kept_for_ever or t.created_at > recorded_at - interval '24 hours';
        end if;

        if cardinality(d_commit) > 0 then
            select failed || array_agg(d.commit), outcomes || array_agg(4), details || array_agg(0)
                into failed, outcomes, details
                from unnest(d_commit, d_id, d_attempts) as d (commit, id, attempts)
                left join ledger.messages t on t.id = d.id and t.attempts = d.attempts
                where t.id is null;
        end if;

        if cardinality(p_commit) > 0 then
            select failed || array_agg(p.commit), outcomes || array_agg(5), details || array_agg(0)
                into failed, outcomes, details
                from unnest(p_commit, p_name, p_from, p_lease, p_epoch) as p (commit, name, from_position, lease, epoch)
                left join ledger.places t on t.name = p.name
                left join ledger.leases l on l.name = p.lease
                where coalesce(t.position, 0) <> p.from_position or l.epoch is distinct from p.epoch;
        end if;
    end if;

    if all_or_none and cardinality(failed) > 0 then
        raise exception 'Not every commit of the batch fits.' using errcode = 'LB001';
    end if;

    if n_commit is not null then
        -- Every part is linear in the events: joins here are nested loops.
        with wanted as materialized (
            select e.ordinal, e.tenant, e.series, e.commit <> all (failed) as draws,
                   row_number() over (partition by e.tenant, e.series, e.commit <> all (failed) order by e.ordinal) as nth,
                   count(*) over (partition by e.tenant, e.series, e.commit <> all (failed)) as how_many
            from unnest(n_commit, n_tenant, n_series) with ordinality as e (commit, tenant, series, ordinal)
        ), drawn as (
            insert into ledger.numbers as n (tenant_id, series, last)
            select w.tenant, w.series, w.how_many from wanted w where w.draws and w.nth = 1
            on conflict (tenant_id, series) do update set last = n.last + excluded.last
            returning n.tenant_id, n.series, n.last
        )
        select array_agg(x.number order by x.ordinal) into numbers
            from (
                select w.ordinal, d.last - w.how_many + w.nth as number
                    from drawn d join wanted w on w.tenant = d.tenant_id and w.series = d.series where w.draws
                union all
                select w.ordinal, null from wanted w where not w.draws
            ) x;
    end if;
end
$$;

-- What the commits of a batch write beside their events.
create function ledger.write_rows(
    r_tenant text[] default null, r_kind text[] default null, r_value text[] default null, r_stream uuid[] default null,
    c_tenant text[] default null, c_kind text[] default null, c_value text[] default null, c_stream uuid[] default null,
    i_tenant text[] default null, i_caller text[] default null, i_key text[] default null, i_hash bytea[] default null,
    i_is_first boolean[] default null, i_is_done boolean[] default null, i_stream uuid[] default null,
    i_status int[] default null,
    i_body bytea[] default null, i_subject uuid[] default null, i_for_ever boolean[] default null,
    t_tenant text[] default null, t_at timestamptz[] default null,
    d_id uuid[] default null,
    m_tenant text[] default null, m_id uuid[] default null, m_type text[] default null, m_body jsonb[] default null,
    m_order_key text[] default null, m_due_at timestamptz[] default null, m_correlation text[] default null,
    m_causation text[] default null,
    k_tenant text[] default null, k_subject uuid[] default null, k_wrapped bytea[] default null,
    x_tenant text[] default null, x_subject uuid[] default null, x_tokens text[] default null,
    p_name text[] default null, p_to bigint[] default null)
returns void language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
<<batch>>
declare
    recorded_at constant timestamptz := current_setting('ledger.recorded_at');
begin
    if cardinality(r_tenant) > 0 then
        delete from ledger.claims t
            using unnest(r_tenant, r_kind, r_value, r_stream) as r (tenant, kind, value, stream)
            where t.tenant_id = r.tenant and t.kind = r.kind and t.value = r.value and t.stream_id = r.stream;
    end if;

    if cardinality(c_tenant) > 0 then
        insert into ledger.claims (tenant_id, kind, value, stream_id)
            select c.tenant, c.kind, c.value, c.stream
            from unnest(c_tenant, c_kind, c_value, c_stream) as c (tenant, kind, value, stream)
            on conflict do nothing;
    end if;

    if cardinality(i_tenant) > 0 then
        insert into ledger.idempotency as t (tenant_id, caller, key, request_hash, is_done, stream_id, status,
                                             body, subject_id, kept_for_ever, created_at)
            select i.tenant, i.caller, i.key, i.hash, i.is_done,
                   case when i.is_first or i.stream is not null then i.stream
                        else (select t.stream_id from ledger.idempotency t
                              where t.tenant_id = i.tenant and t.caller = i.caller
                                and t.key = i.key) end,
                   i.status, i.body, i.subject, i.for_ever, batch.recorded_at
            from unnest(i_tenant, i_caller, i_key, i_hash, i_is_first, i_is_done, i_stream,
                        i_status, i_body, i_subject, i_for_ever)
                as i (tenant, caller, key, hash, is_first, is_done, stream, status, body, subject,
                      for_ever)
            on conflict (tenant_id, caller, key) do update
                set request_hash = excluded.request_hash, is_done = excluded.is_done, stream_id = excluded.stream_id,
                    status = excluded.status, body = excluded.body, subject_id = excluded.subject_id,
                    kept_for_ever = excluded.kept_for_ever, created_at = excluded.created_at;
    end if;

    if cardinality(t_tenant) > 0 then
        insert into ledger.clocks (tenant_id, at)
            select t.tenant, t.at from unnest(t_tenant, t_at) as t (tenant, at)
            on conflict (tenant_id) do update set at = greatest(clocks.at, excluded.at);
        update ledger.messages m set run_at = batch.recorded_at
            from unnest(t_tenant, t_at) as t (tenant, at)
            where m.tenant_id = t.tenant and m.due_at <= t.at and m.run_at = 'infinity';
    end if;

    if cardinality(d_id) > 0 then
        with done as (
            delete from ledger.messages m
                using unnest(d_id) as d (id)
                where m.id = d.id
                returning m.tenant_id, m.order_key
        )
        update ledger.messages m set is_blocked = false
            from done d
            where d.order_key is not null and m.tenant_id = d.tenant_id and m.order_key = d.order_key and m.is_blocked
              and m.sequence = (select n.sequence from ledger.messages n
                                where n.tenant_id = d.tenant_id and n.order_key = d.order_key and n.is_blocked
                                order by n.sequence limit 1);
    end if;

    if cardinality(m_id) > 0 then
        insert into ledger.messages (id, tenant_id, type, body, order_key, is_blocked, due_at, run_at, correlation_id,
                                     causation_id, created_at)
            select m.id, m.tenant, m.type, m.body, m.order_key,
                   m.order_key is not null and (
                       row_number() over (partition by m.tenant, m.order_key order by m.ordinal) > 1
                       or exists (select from ledger.messages b
                                  where b.tenant_id = m.tenant and b.order_key = m.order_key)),
                   m.due_at,
                   case when m.due_at is null or m.due_at <= k.at then batch.recorded_at
                        when k.at is not null then 'infinity'
                        else greatest(m.due_at, batch.recorded_at) end,
                   m.correlation, m.causation, batch.recorded_at
            from unnest(m_tenant, m_id, m_type, m_body, m_order_key, m_due_at, m_correlation, m_causation)
                with ordinality as m (tenant, id, type, body, order_key, due_at, correlation, causation, ordinal)
            left join ledger.clocks k on k.tenant_id = m.tenant
            order by m.ordinal
            on conflict (id) do nothing;
    end if;

    if cardinality(k_subject) > 0 then
        insert into ledger.personal_keys (tenant_id, subject_id, wrapped, created_at)
            select k.tenant, k.subject, k.wrapped, batch.recorded_at
            from unnest(k_tenant, k_subject, k_wrapped) as k (tenant, subject, wrapped)
            where k.wrapped is not null;
        update ledger.personal_keys t set wrapped = null, destroyed_at = batch.recorded_at
            from unnest(k_tenant, k_subject, k_wrapped) as k (tenant, subject, wrapped)
            where t.tenant_id = k.tenant and t.subject_id = k.subject and k.wrapped is null and t.wrapped is not null;
        update ledger.idempotency t set body = null
            from unnest(k_tenant, k_subject, k_wrapped) as k (tenant, subject, wrapped)
            where t.tenant_id = k.tenant and t.subject_id = k.subject and k.wrapped is null;
    end if;

    -- The words of a subject are replaced as a whole; none are left without words given or without a key.
    if cardinality(x_subject) > 0 then
        delete from ledger.personal_index t
            using unnest(x_tenant, x_subject) as x (tenant, subject)
            where t.tenant_id = x.tenant and t.subject_id = x.subject;
        insert into ledger.personal_index (tenant_id, token, subject_id)
            select x.tenant, decode(one, 'hex'), x.subject
            from unnest(x_tenant, x_subject, x_tokens) as x (tenant, subject, tokens),
                 lateral regexp_split_to_table(x.tokens, ' ') as one
            where x.tokens <> ''
            on conflict do nothing;
    end if;

    if cardinality(p_name) > 0 then
        insert into ledger.places as t (name, position, moved_at)
            select p.name, p.to_position, batch.recorded_at from unnest(p_name, p_to) as p (name, to_position)
            on conflict (name) do update set position = excluded.position, moved_at = excluded.moved_at;
    end if;
end
$$;

-- Seals the events that the batch has written: indexes them, and chains a block of their digests to the one before.
-- Refuses a batch that left a hole.
create function ledger.seal() returns void language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    base bigint;
    written bigint;
    head bigint;
    at timestamptz;
    digests bytea;
    chain bytea;
begin
    select coalesce(b.last_position, 0), coalesce(b.hash, sha256('ledger'::bytea)) into base, chain
        from (values (1)) as always
        left join (select * from ledger.blocks order by last_position desc limit 1) b on true;

    with batch as materialized (
        select e.*, s.type as stream_type, e.data::text as data_text, e.headers::text as headers_text
        from public.mt_events e
        left join public.mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id
        where e.seq_id > base
    ), indexed as (
        insert into ledger.event_index (tenant_id, position, stream_id, type, actor, effective_at)
        select b.tenant_id, b.seq_id, b.stream_id, b.type,
               (b.headers ->> 'actor_kind') || ':' || (b.headers ->> 'actor_id'),
               (b.headers ->> 'effective_at')::timestamptz
        from batch b
    )
    select count(*), max(b.seq_id), max(b.timestamp), string_agg(ledger.event_digest(
               b.seq_id, b.id, b.stream_id, b.version, b.data_text, b.bdata, b.type, b.timestamp, b.tenant_id,
               b.mt_dotnet_type, b.correlation_id, b.causation_id, b.headers_text, b.user_name, b.stream_type), ''::bytea order by b.seq_id)
        into written, head, at, digests from batch b;
    if written = 0 then return; end if;
    if head <> base + written then
        raise exception 'A batch after position % wrote % events up to position %.', base, written, head
            using errcode = 'integrity_constraint_violation';
    end if;

    insert into ledger.blocks (first_position, last_position, recorded_at, digests, previous, hash)
        values (base + 1, head, at, digests, chain, ledger.block_hash(base + 1, head, at, digests, chain));
end
$$;
