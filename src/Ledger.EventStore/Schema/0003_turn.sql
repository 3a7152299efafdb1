-- A turn: the only writer of the log. It carries the commits of everybody who waited, each all or nothing; a commit that
-- does not fit the newest state fails alone. In one turn there is at most one commit per stream, claim, idempotency key,
-- message and checkpoint: who calls sees to that, so the commits of a turn never depend on each other.
--
-- Outcome per commit: 0 committed, 1 a stream has moved on, 2 a claim is taken, 3 the idempotency key is known,
-- 4 the message is no longer the caller's, 5 the checkpoint has moved on or its lease is lost.
-- detail is the ordinal (from 1) of the stream or claim that refused.
create function ledger.take_turn(
    s_commit int[], s_tenant text[], s_id uuid[], s_type text[], s_expected bigint[], s_events int[],
    e_commit int[], e_tenant text[], e_stream uuid[], e_stream_type text[], e_version bigint[], e_id uuid[],
    e_type text[], e_dotnet_type text[], e_data jsonb[], e_correlation text[], e_causation text[], e_headers jsonb[],
    e_user text[], e_actor text[], e_effective_at timestamptz[], e_series text[],
    c_commit int[], c_tenant text[], c_kind text[], c_value text[], c_stream uuid[],
    r_commit int[], r_tenant text[], r_kind text[], r_value text[], r_stream uuid[],
    i_commit int[], i_tenant text[], i_caller text[], i_operation text[], i_key text[], i_hash bytea[], i_is_first boolean[],
    i_is_done boolean[], i_stream uuid[], i_status int[], i_body bytea[], i_subject uuid[], i_for_ever boolean[],
    d_commit int[], d_id uuid[], d_attempts int[],
    m_commit int[], m_tenant text[], m_id uuid[], m_type text[], m_body jsonb[], m_order_key text[],
    m_due_at timestamptz[], m_correlation text[], m_causation text[],
    k_commit int[], k_tenant text[], k_subject uuid[], k_wrapped bytea[],
    x_commit int[], x_tenant text[], x_subject uuid[], x_tokens text[],
    t_commit int[], t_tenant text[], t_at timestamptz[],
    p_commit int[], p_name text[], p_from bigint[], p_to bigint[], p_lease text[], p_epoch bigint[],
    out recorded_at timestamptz, out head bigint, out failed int[], out outcomes int[], out details int[],
    out numbers bigint[])
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '10s'
set plan_cache_mode = force_generic_plan
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $$
declare
    base bigint;
    written bigint;
    chain bytea;
    digests bytea;
    hash bytea;
    -- refused has one entry per reason; failed one per commit.
    refused_commits int[] := '{}';
    refused_outcomes int[] := '{}';
    refused_details int[] := '{}';
begin
    -- The lock has a statement of its own: the next one takes its snapshot after the turn before has ended.
    perform pg_advisory_xact_lock(7310577382516);

    select b.last_position, b.hash, b.recorded_at into base, chain, recorded_at
        from ledger.blocks b order by b.last_position desc limit 1;
    base := coalesce(base, 0);
    chain := coalesce(chain, sha256('ledger'::bytea));
    recorded_at := greatest(clock_timestamp(), recorded_at);

    select array_agg(s.commit order by s.ordinal), array_agg(1 order by s.ordinal), array_agg(s.ordinal::int order by s.ordinal)
        into refused_commits, refused_outcomes, refused_details
        from unnest(s_commit, s_tenant, s_id, s_expected) with ordinality as s (commit, tenant, id, expected, ordinal)
        left join public.mt_streams t on t.tenant_id = s.tenant and t.id = s.id
        where coalesce(t.version, 0) <> s.expected or t.is_archived;

    if cardinality(c_commit) > 0 then
        select refused_commits || array_agg(c.commit), refused_outcomes || array_agg(2),
               refused_details || array_agg(c.ordinal::int)
            into refused_commits, refused_outcomes, refused_details
            from unnest(c_commit, c_tenant, c_kind, c_value, c_stream) with ordinality
                as c (commit, tenant, kind, value, stream, ordinal)
            join ledger.claims t on t.tenant_id = c.tenant and t.kind = c.kind and t.value = c.value
            where t.stream_id <> c.stream;
    end if;

    if cardinality(i_commit) > 0 then
        select refused_commits || array_agg(i.commit), refused_outcomes || array_agg(3), refused_details || array_agg(0)
            into refused_commits, refused_outcomes, refused_details
            from unnest(i_commit, i_tenant, i_caller, i_operation, i_key, i_is_first)
                as i (commit, tenant, caller, operation, key, is_first)
            join ledger.idempotency t on t.tenant_id = i.tenant and t.caller = i.caller
                and t.operation = i.operation and t.key = i.key
            where i.is_first and (t.kept_for_ever or t.created_at > recorded_at - interval '24 hours');
    end if;

    if cardinality(d_commit) > 0 then
        select refused_commits || array_agg(d.commit), refused_outcomes || array_agg(4), refused_details || array_agg(0)
            into refused_commits, refused_outcomes, refused_details
            from unnest(d_commit, d_id, d_attempts) as d (commit, id, attempts)
            left join ledger.messages t on t.id = d.id and t.attempts = d.attempts
            where t.id is null;
    end if;

    if cardinality(p_commit) > 0 then
        select refused_commits || array_agg(p.commit), refused_outcomes || array_agg(5), refused_details || array_agg(0)
            into refused_commits, refused_outcomes, refused_details
            from unnest(p_commit, p_name, p_from, p_lease, p_epoch) as p (commit, name, from_position, lease, epoch)
            left join public.mt_event_progression t on t.name = p.name
            left join ledger.leases l on l.name = p.lease
            where coalesce(t.last_seq_id, 0) <> p.from_position or l.epoch is distinct from p.epoch;
    end if;

    failed := coalesce(refused_commits, '{}');
    outcomes := coalesce(refused_outcomes, '{}');
    details := coalesce(refused_details, '{}');

    if cardinality(s_commit) > 0 then
        insert into public.mt_streams (tenant_id, id, type, version, timestamp, created, is_archived)
            select s.tenant, s.id, s.type, s.events, take_turn.recorded_at, take_turn.recorded_at, false
            from unnest(s_commit, s_tenant, s_id, s_type, s_expected, s_events) as s (commit, tenant, id, type, expected, events)
            where s.expected = 0 and s.events > 0 and s.commit <> all (failed);

        update public.mt_streams t
            set version = s.expected + s.events, timestamp = take_turn.recorded_at
            from unnest(s_commit, s_tenant, s_id, s_expected, s_events) as s (commit, tenant, id, expected, events)
            where t.tenant_id = s.tenant and t.id = s.id and s.expected > 0 and s.events > 0 and s.commit <> all (failed);
    end if;

    head := base;
    if cardinality(e_commit) > 0 then
        if exists (select from unnest(e_series) as one where one is not null) then
            -- Every part is linear in the events: joins here are nested loops.
            with wanted as materialized (
                select e.ordinal, e.tenant, e.series, e.series is not null and e.commit <> all (failed) as draws,
                       row_number() over (partition by e.tenant, e.series, e.commit <> all (failed) order by e.ordinal) as nth,
                       count(*) over (partition by e.tenant, e.series, e.commit <> all (failed)) as how_many
                from unnest(e_commit, e_tenant, e_series) with ordinality as e (commit, tenant, series, ordinal)
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

        with placed as materialized (
            select base + row_number() over (order by e.ordinal) as position, e.tenant, e.stream, e.stream_type, e.version,
                   e.id, e.type, e.dotnet_type,
                   case when e.number is null then e.data
                        else e.data || jsonb_build_object('number', e.number) end as data,
                   e.correlation, e.causation, e.headers, e.user_name, e.actor, e.effective_at
            from unnest(e_commit, e_tenant, e_stream, e_stream_type, e_version, e_id, e_type, e_dotnet_type, e_data,
                        e_correlation, e_causation, e_headers, e_user, e_actor, e_effective_at, numbers) with ordinality
                as e (commit, tenant, stream, stream_type, version, id, type, dotnet_type, data, correlation, causation,
                      headers, user_name, actor, effective_at, number, ordinal)
            where e.commit is not null and e.commit <> all (failed)
        ), logged as (
            insert into public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type,
                                          correlation_id, causation_id, headers, user_name, is_archived)
            select p.position, p.id, p.stream, p.version, p.data, p.type, take_turn.recorded_at, p.tenant, p.dotnet_type,
                   p.correlation, p.causation, p.headers, p.user_name, false
            from placed p
        ), indexed as (
            insert into ledger.event_index (tenant_id, position, stream_id, type, actor, effective_at)
            select p.tenant, p.position, p.stream, p.type, p.actor, p.effective_at from placed p
        )
        select count(*), string_agg(ledger.event_digest(p.position, p.id, p.stream, p.version, p.data, null, p.type,
                                                        take_turn.recorded_at, p.tenant, p.dotnet_type, p.correlation,
                                                        p.causation, p.headers, p.user_name, p.stream_type),
                                    ''::bytea order by p.position)
            into written, digests
            from placed p;

        if written > 0 then
            head := base + written;
            hash := ledger.block_hash(base + 1, head, recorded_at, digests, chain);
            insert into ledger.blocks (first_position, last_position, recorded_at, digests, previous, hash)
                values (base + 1, head, recorded_at, digests, chain, hash);
        end if;
    end if;

    if cardinality(r_commit) > 0 then
        delete from ledger.claims t
            using unnest(r_commit, r_tenant, r_kind, r_value, r_stream) as r (commit, tenant, kind, value, stream)
            where t.tenant_id = r.tenant and t.kind = r.kind and t.value = r.value and t.stream_id = r.stream
              and r.commit <> all (failed);
    end if;

    if cardinality(c_commit) > 0 then
        insert into ledger.claims (tenant_id, kind, value, stream_id)
            select c.tenant, c.kind, c.value, c.stream
            from unnest(c_commit, c_tenant, c_kind, c_value, c_stream) as c (commit, tenant, kind, value, stream)
            where c.commit <> all (failed)
            on conflict do nothing;
    end if;

    if cardinality(i_commit) > 0 then
        insert into ledger.idempotency as t (tenant_id, caller, operation, key, request_hash, is_done, stream_id, status,
                                             body, subject_id, kept_for_ever, created_at)
            select i.tenant, i.caller, i.operation, i.key, i.hash, i.is_done,
                   case when i.is_first or i.stream is not null then i.stream
                        else (select t.stream_id from ledger.idempotency t
                              where t.tenant_id = i.tenant and t.caller = i.caller
                                and t.operation = i.operation and t.key = i.key) end,
                   i.status, i.body, i.subject, i.for_ever, take_turn.recorded_at
            from unnest(i_commit, i_tenant, i_caller, i_operation, i_key, i_hash, i_is_first, i_is_done, i_stream,
                        i_status, i_body, i_subject, i_for_ever)
                as i (commit, tenant, caller, operation, key, hash, is_first, is_done, stream, status, body, subject,
                      for_ever)
            where i.commit <> all (failed)
            on conflict (tenant_id, caller, operation, key) do update
                set request_hash = excluded.request_hash, is_done = excluded.is_done, stream_id = excluded.stream_id,
                    status = excluded.status, body = excluded.body, subject_id = excluded.subject_id,
                    kept_for_ever = excluded.kept_for_ever, created_at = excluded.created_at;
    end if;

    if cardinality(t_commit) > 0 then
        insert into ledger.clocks (tenant_id, at)
            select t.tenant, t.at from unnest(t_commit, t_tenant, t_at) as t (commit, tenant, at)
            where t.commit <> all (failed)
            on conflict (tenant_id) do update set at = greatest(clocks.at, excluded.at);
        update ledger.messages m set run_at = take_turn.recorded_at
            from unnest(t_commit, t_tenant, t_at) as t (commit, tenant, at)
            where m.tenant_id = t.tenant and m.due_at <= t.at and m.run_at = 'infinity' and t.commit <> all (failed);
    end if;

    if cardinality(d_commit) > 0 then
        with done as (
            delete from ledger.messages m
                using unnest(d_commit, d_id) as d (commit, id)
                where m.id = d.id and d.commit <> all (failed)
                returning m.tenant_id, m.order_key
        )
        update ledger.messages m set is_blocked = false
            from done d
            where d.order_key is not null and m.tenant_id = d.tenant_id and m.order_key = d.order_key and m.is_blocked
              and m.sequence = (select n.sequence from ledger.messages n
                                where n.tenant_id = d.tenant_id and n.order_key = d.order_key and n.is_blocked
                                order by n.sequence limit 1);
    end if;

    if cardinality(m_commit) > 0 then
        insert into ledger.messages (id, tenant_id, type, body, order_key, is_blocked, due_at, run_at, correlation_id,
                                     causation_id, created_at)
            select m.id, m.tenant, m.type, m.body, m.order_key,
                   m.order_key is not null and (
                       row_number() over (partition by m.tenant, m.order_key order by m.ordinal) > 1
                       or exists (select from ledger.messages b
                                  where b.tenant_id = m.tenant and b.order_key = m.order_key)),
                   m.due_at,
                   case when m.due_at is null or m.due_at <= k.at then take_turn.recorded_at
                        when k.at is not null then 'infinity'
                        else greatest(m.due_at, take_turn.recorded_at) end,
                   m.correlation, m.causation, take_turn.recorded_at
            from unnest(m_commit, m_tenant, m_id, m_type, m_body, m_order_key, m_due_at, m_correlation, m_causation)
                with ordinality as m (commit, tenant, id, type, body, order_key, due_at, correlation, causation, ordinal)
            left join ledger.clocks k on k.tenant_id = m.tenant
            where m.commit <> all (failed)
            order by m.ordinal
            on conflict (id) do nothing;
    end if;

    if cardinality(k_commit) > 0 then
        insert into ledger.personal_keys (tenant_id, subject_id, wrapped, created_at)
            select k.tenant, k.subject, k.wrapped, take_turn.recorded_at
            from unnest(k_commit, k_tenant, k_subject, k_wrapped) as k (commit, tenant, subject, wrapped)
            where k.wrapped is not null and k.commit <> all (failed);
        update ledger.personal_keys t set wrapped = null, destroyed_at = take_turn.recorded_at
            from unnest(k_commit, k_tenant, k_subject, k_wrapped) as k (commit, tenant, subject, wrapped)
            where t.tenant_id = k.tenant and t.subject_id = k.subject and k.wrapped is null and t.wrapped is not null
              and k.commit <> all (failed);
        update ledger.idempotency t set body = null
            from unnest(k_commit, k_tenant, k_subject, k_wrapped) as k (commit, tenant, subject, wrapped)
            where t.tenant_id = k.tenant and t.subject_id = k.subject and k.wrapped is null and k.commit <> all (failed);
    end if;

    -- The words of a subject are replaced as a whole; none are left without words given or without a key.
    if cardinality(x_commit) > 0 then
        delete from ledger.personal_index t
            using unnest(x_commit, x_tenant, x_subject) as x (commit, tenant, subject)
            where t.tenant_id = x.tenant and t.subject_id = x.subject and x.commit <> all (failed);
        insert into ledger.personal_index (tenant_id, token, subject_id)
            select x.tenant, decode(one, 'hex'), x.subject
            from unnest(x_commit, x_tenant, x_subject, x_tokens) as x (commit, tenant, subject, tokens),
                 lateral regexp_split_to_table(x.tokens, ' ') as one
            where x.tokens <> '' and x.commit <> all (failed)
            on conflict do nothing;
    end if;

    if cardinality(p_commit) > 0 then
        insert into public.mt_event_progression as t (name, last_seq_id, last_updated)
            select p.name, p.to_position, take_turn.recorded_at
            from unnest(p_commit, p_name, p_to) as p (commit, name, to_position)
            where p.commit <> all (failed)
            on conflict (name) do update set last_seq_id = excluded.last_seq_id, last_updated = excluded.last_updated;
    end if;
end
$$;

revoke all on function ledger.take_turn from public;
grant execute on function ledger.take_turn to ledger_reader, ledger_worker;
