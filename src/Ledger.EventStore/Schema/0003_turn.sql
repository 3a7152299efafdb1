-- A turn: with its short form below, the only writer of the log. It carries the commits of everybody who waited, each all
-- or nothing; a commit that does not fit the newest state fails alone. In one turn there is at most one commit per stream,
-- claim, idempotency key, message and checkpoint: who calls sees to that, so the commits of a turn never depend on each
-- other. What none of them has is left out, and null.
--
-- Outcome per commit: 0 committed, 1 a stream has moved on, 2 a claim is taken, 3 the idempotency key is known,
-- 4 the message is no longer the caller's, 5 the checkpoint has moved on or its lease is lost.
-- detail is the ordinal (from 1) of the stream or claim that refused.
create function ledger.take_turn(
    s_commit int[] default null, s_tenant text[] default null, s_id uuid[] default null, s_type text[] default null,
    s_expected bigint[] default null, s_events int[] default null,
    e_commit int[] default null, e_tenant text[] default null, e_stream uuid[] default null, e_stream_type text[] default null,
    e_version bigint[] default null, e_id uuid[] default null, e_type text[] default null, e_dotnet_type text[] default null,
    e_data jsonb[] default null, e_correlation text[] default null, e_causation text[] default null,
    e_headers jsonb[] default null, e_actor text[] default null, e_effective_at timestamptz[] default null,
    e_series text[] default null,
    c_commit int[] default null, c_tenant text[] default null, c_kind text[] default null, c_value text[] default null,
    c_stream uuid[] default null,
    r_commit int[] default null, r_tenant text[] default null, r_kind text[] default null, r_value text[] default null,
    r_stream uuid[] default null,
    i_commit int[] default null, i_tenant text[] default null, i_caller text[] default null, i_operation text[] default null,
    i_key text[] default null, i_hash bytea[] default null, i_is_first boolean[] default null,
    i_is_done boolean[] default null, i_stream uuid[] default null, i_status int[] default null, i_body bytea[] default null,
    i_subject uuid[] default null, i_for_ever boolean[] default null,
    d_commit int[] default null, d_id uuid[] default null, d_attempts int[] default null,
    m_commit int[] default null, m_tenant text[] default null, m_id uuid[] default null, m_type text[] default null,
    m_body jsonb[] default null, m_order_key text[] default null, m_due_at timestamptz[] default null,
    m_correlation text[] default null, m_causation text[] default null,
    k_commit int[] default null, k_tenant text[] default null, k_subject uuid[] default null, k_wrapped bytea[] default null,
    x_commit int[] default null, x_tenant text[] default null, x_subject uuid[] default null, x_tokens text[] default null,
    t_commit int[] default null, t_tenant text[] default null, t_at timestamptz[] default null,
    p_commit int[] default null, p_name text[] default null, p_from bigint[] default null, p_to bigint[] default null,
    p_lease text[] default null, p_epoch bigint[] default null,
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
    written bigint := 0;
    chain bytea;
    digests bytea;
begin
    -- The lock has a statement of its own: the next one takes its snapshot after the turn before has ended.
    perform pg_advisory_xact_lock(7310577382516);

    -- failed, outcomes and details have one entry per reason.
    select coalesce(b.last_position, 0), coalesce(b.hash, sha256('ledger'::bytea)), greatest(clock_timestamp(), b.recorded_at),
           '{}'::int[], '{}'::int[], '{}'::int[]
        into base, chain, recorded_at, failed, outcomes, details
        from (values (1)) as always
        left join (select * from ledger.blocks order by last_position desc limit 1) b on true;

    if cardinality(s_commit) > 0 then
        select failed || array_agg(s.commit order by s.ordinal), outcomes || array_agg(1 order by s.ordinal),
               details || array_agg(s.ordinal::int order by s.ordinal)
            into failed, outcomes, details
            from unnest(s_commit, s_tenant, s_id, s_expected) with ordinality as s (commit, tenant, id, expected, ordinal)
            left join public.mt_streams t on t.tenant_id = s.tenant and t.id = s.id
            where coalesce(t.version, 0) <> s.expected or t.is_archived;
    end if;

    if num_nonnulls(c_commit, i_commit, d_commit, p_commit) > 0 then
        if cardinality(c_commit) > 0 then
            select failed || array_agg(c.commit), outcomes || array_agg(2),
                   details || array_agg(c.ordinal::int)
                into failed, outcomes, details
                from unnest(c_commit, c_tenant, c_kind, c_value, c_stream) with ordinality
                    as c (commit, tenant, kind, value, stream, ordinal)
                join ledger.claims t on t.tenant_id = c.tenant and t.kind = c.kind and t.value = c.value
                where t.stream_id <> c.stream;
        end if;

        if cardinality(i_commit) > 0 then
            select failed || array_agg(i.commit), outcomes || array_agg(3), details || array_agg(0)
                into failed, outcomes, details
                from unnest(i_commit, i_tenant, i_caller, i_operation, i_key, i_is_first)
                    as i (commit, tenant, caller, operation, key, is_first)
                join ledger.idempotency t on t.tenant_id = i.tenant and t.caller = i.caller
                    and t.operation = i.operation and t.key = i.key
                where i.is_first and (t.kept_for_ever or t.created_at > recorded_at - interval '24 hours');
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
                left join public.mt_event_progression t on t.name = p.name
                left join ledger.leases l on l.name = p.lease
                where coalesce(t.last_seq_id, 0) <> p.from_position or l.epoch is distinct from p.epoch;
        end if;
    end if;

    if cardinality(s_commit) > 0 then
        if 0 = any (s_expected) then
            insert into public.mt_streams (tenant_id, id, type, version, timestamp, created, is_archived)
                select s.tenant, s.id, s.type, s.events, take_turn.recorded_at, take_turn.recorded_at, false
                from unnest(s_commit, s_tenant, s_id, s_type, s_expected, s_events) as s (commit, tenant, id, type, expected, events)
                where s.expected = 0 and s.events > 0 and s.commit <> all (failed);
        end if;

        if 0 < any (s_expected) then
            update public.mt_streams t
                set version = s.expected + s.events, timestamp = take_turn.recorded_at
                from unnest(s_commit, s_tenant, s_id, s_expected, s_events) as s (commit, tenant, id, expected, events)
                where t.tenant_id = s.tenant and t.id = s.id and s.expected > 0 and s.events > 0 and s.commit <> all (failed);
        end if;
    end if;

    if e_series is not null then
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

    if cardinality(e_commit) > 0 then
        with given as (
            select base + row_number() over (order by e.ordinal) as position, e.*,
                   case when e.number is null then e.plain else e.plain || jsonb_build_object('number', e.number) end as data
            from unnest(e_commit, e_tenant, e_stream, e_stream_type, e_version, e_id, e_type, e_dotnet_type, e_data,
                        e_correlation, e_causation, e_headers, e_actor, e_effective_at, numbers) with ordinality
                as e (commit, tenant, stream, stream_type, version, id, type, dotnet_type, plain, correlation, causation,
                      headers, actor, effective_at, number, ordinal)
            where e.commit is not null and e.commit <> all (failed)
        ), printed as (
            select g.*, g.data::text as data_text, g.headers::text as headers_text from given g offset 0
        ), placed as materialized (
            select p.position, p.tenant, p.stream, p.version, p.id, p.type, p.dotnet_type, p.data, p.correlation, p.causation,
                   p.headers, p.actor, p.effective_at,
                   ledger.event_digest(p.position, p.id, p.stream, p.version, p.data_text, null, p.type,
                                       take_turn.recorded_at, p.tenant, p.dotnet_type, p.correlation, p.causation,
                                       p.headers_text, p.actor, p.stream_type) as digest
            from printed p
        ), logged as (
            insert into public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type,
                                          correlation_id, causation_id, headers, user_name, is_archived)
            select p.position, p.id, p.stream, p.version, p.data, p.type, take_turn.recorded_at, p.tenant, p.dotnet_type,
                   p.correlation, p.causation, p.headers, p.actor, false
            from placed p
        ), indexed as (
            insert into ledger.event_index (tenant_id, position, stream_id, type, actor, effective_at)
            select p.tenant, p.position, p.stream, p.type, p.actor, p.effective_at from placed p
        )
        select count(*), string_agg(p.digest, ''::bytea order by p.position) into written, digests from placed p;
    end if;

    head := base + written;
    if written > 0 then
        insert into ledger.blocks (first_position, last_position, recorded_at, digests, previous, hash)
            values (base + 1, head, take_turn.recorded_at, digests, chain,
                    ledger.block_hash(base + 1, head, take_turn.recorded_at, digests, chain));
    end if;

    if num_nonnulls(r_commit, c_commit, i_commit, t_commit, d_commit, m_commit, k_commit, x_commit, p_commit) > 0 then
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
    end if;
end
$$;

-- The turn of one commit that is one event and nothing else: the same in fewer steps. head is the event's position,
-- or the last one there is when its stream has moved on.
create function ledger.take_short_turn(
    tenant text, stream uuid, stream_type text, expected bigint, event uuid, event_type text, dotnet_type text, data jsonb,
    correlation text, causation text, headers jsonb, actor text, effective_at timestamptz,
    out is_written boolean, out head bigint, out recorded_at timestamptz)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '10s'
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
    place bigint;
    chain bytea;
begin
    perform pg_advisory_xact_lock(7310577382516);

    select coalesce(b.last_position, 0) + 1, coalesce(b.hash, sha256('ledger'::bytea)), greatest(clock_timestamp(), b.recorded_at)
        into place, chain, recorded_at
        from (values (1)) as always
        left join (select * from ledger.blocks order by last_position desc limit 1) b on true;

    if expected > 0 then
        update public.mt_streams t set version = expected + 1, timestamp = take_short_turn.recorded_at
            where t.tenant_id = tenant and t.id = stream and t.version = expected and not t.is_archived;
    else
        insert into public.mt_streams (tenant_id, id, type, version, timestamp, created, is_archived)
            values (tenant, stream, stream_type, 1, take_short_turn.recorded_at, take_short_turn.recorded_at, false)
            on conflict do nothing;
    end if;

    is_written := found;
    head := place - 1;
    if not is_written then return; end if;

    with logged as (
        insert into public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type,
                                      correlation_id, causation_id, headers, user_name, is_archived)
            values (place, event, stream, expected + 1, data, event_type, take_short_turn.recorded_at, tenant, dotnet_type,
                    correlation, causation, headers, actor, false)
    ), indexed as (
        insert into ledger.event_index (tenant_id, position, stream_id, type, actor, effective_at)
            values (tenant, place, stream, event_type, actor, take_short_turn.effective_at)
    )
    insert into ledger.blocks (first_position, last_position, recorded_at, digests, previous, hash)
        select place, place, take_short_turn.recorded_at, d.digest, chain,
               ledger.block_hash(place, place, take_short_turn.recorded_at, d.digest, chain)
        from (select ledger.event_digest(place, event, stream, expected + 1, p.data, null, event_type,
                                         take_short_turn.recorded_at, tenant, dotnet_type, correlation, causation, p.headers,
                                         actor, stream_type) as digest
              from (select take_short_turn.data::text as data, take_short_turn.headers::text as headers offset 0) p
              offset 0) d;
    head := place;
end
$$;

revoke all on function ledger.take_turn, ledger.take_short_turn from public;
grant execute on function ledger.take_turn, ledger.take_short_turn to ledger_reader, ledger_worker;
