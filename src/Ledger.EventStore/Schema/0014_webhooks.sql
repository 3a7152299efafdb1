-- What tenants' endpoints are told, and how it went. None of it is in the log or the chain: from the log it can be told again.

-- Endpoints, as the log says they are at the publisher's place in it. version is of the endpoint's stream: nothing is sent
-- by settings that are older than the log. wake_at is no later than when something is due; free_at spaces what begins.
create table ledger.webhook_endpoints (
    tenant_id           text        not null,
    id                  uuid        not null,
    version             bigint      not null,
    status              text        not null,
    url                 text        not null,
    format              text        not null,
    events              text[]      not null,
    waits               int[]       not null,
    concurrency         int         not null,
    per_second          int         not null,
    secret              text        not null,
    previous_secret     text,
    previous_until      timestamptz,
    wake_at             timestamptz not null default 'infinity',
    free_at             timestamptz not null default '-infinity',
    failing_since       timestamptz,
    failing_since_clock timestamptz,
    primary key (tenant_id, id)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
create index webhook_endpoints_wake on ledger.webhook_endpoints (wake_at) where status = 'active';

-- How far the numbers of a subject have come. Whoever changes which delivery of a subject is next holds its row.
create table ledger.webhook_subjects (
    tenant_id   text   not null,
    endpoint_id uuid   not null,
    subject_id  uuid   not null,
    last        bigint not null,
    primary key (tenant_id, endpoint_id, subject_id)
) with (fillfactor = 70);

-- Of the pending deliveries of a subject one is not blocked. attempts counts all and fences the one under way; round counts
-- those since it was last asked for. next_at is by the wall clock: when it may be tried, or while it is taken, when others
-- may. due_at is the same by the tenant's clock, whichever comes first.
create table ledger.webhook_deliveries (
    tenant_id   text        not null,
    id          uuid        not null,
    number      bigint      generated always as identity,
    endpoint_id uuid        not null,
    event_id    uuid        not null,
    type        text        not null,
    position    bigint,
    subject_id  uuid        not null,
    sequence    bigint      not null,
    occurred_at timestamptz not null,
    body        text        not null,
    status      text        not null,
    is_blocked  boolean     not null,
    is_taken    boolean     not null default false,
    attempts    int         not null default 0,
    round       int         not null default 0,
    next_at     timestamptz not null,
    due_at      timestamptz,
    created_at  timestamptz not null default clock_timestamp(),
    ended_at    timestamptz,
    primary key (tenant_id, id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
create index webhook_deliveries_list on ledger.webhook_deliveries (tenant_id, endpoint_id, number);
create index webhook_deliveries_ready on ledger.webhook_deliveries (tenant_id, endpoint_id, next_at) where status = 'pending' and not is_blocked;
create unique index webhook_deliveries_first on ledger.webhook_deliveries (tenant_id, endpoint_id, subject_id) where status = 'pending' and not is_blocked;
create index webhook_deliveries_waiting on ledger.webhook_deliveries (tenant_id, endpoint_id, subject_id, sequence) where status = 'pending';
create index webhook_deliveries_taken on ledger.webhook_deliveries (tenant_id, endpoint_id) where is_taken;
create index webhook_deliveries_due on ledger.webhook_deliveries (tenant_id, due_at) where status = 'pending' and due_at is not null;
create index webhook_deliveries_gaps on ledger.webhook_deliveries (tenant_id, endpoint_id, number) where status = 'abandoned';
create index webhook_deliveries_ended on ledger.webhook_deliveries (ended_at) where ended_at is not null;

create table ledger.webhook_attempts (
    tenant_id   text        not null,
    delivery_id uuid        not null,
    attempt     int         not null,
    at          timestamptz not null,
    status      int,
    error       text,
    took_ms     int         not null,
    answer      text,
    next_at     timestamptz,
    primary key (tenant_id, delivery_id, attempt)
);

-- What is to be told again, from a position to another, and how far that has come.
create table ledger.webhook_replays (
    tenant_id   text   not null,
    id          uuid   not null,
    endpoint_id uuid   not null,
    reached     bigint not null,
    until       bigint not null,
    primary key (tenant_id, id)
);

create type ledger.webhook_subject as (tenant_id text, endpoint_id uuid, subject_id uuid);

-- Lets the first of what waits for a subject go, where none may go yet. The caller holds the subjects' rows.
create function ledger.free_webhook_subjects(p_subjects ledger.webhook_subject[]) returns void language sql as $$
    update ledger.webhook_deliveries d set is_blocked = false, next_at = least(d.next_at, clock_timestamp())
    from (
        select distinct s.tenant_id, n.id
        from unnest(p_subjects) s
        cross join lateral (
            select w.id, w.is_blocked from ledger.webhook_deliveries w
            where w.tenant_id = s.tenant_id and w.endpoint_id = s.endpoint_id and w.subject_id = s.subject_id and w.status = 'pending'
            order by w.sequence limit 1
        ) n
        where not exists (
            select from ledger.webhook_deliveries f
            where f.tenant_id = s.tenant_id and f.endpoint_id = s.endpoint_id and f.subject_id = s.subject_id and f.status = 'pending' and not f.is_blocked)
    ) first
    where d.tenant_id = first.tenant_id and d.id = first.id
$$;

-- Takes up what is to be delivered, in the order given, each event once for an endpoint; and gives numbers.
-- With p_again, what was delivered or given up before is delivered again, under its number.
create function ledger.add_webhook_deliveries(p_deliveries jsonb, p_again boolean) returns int language plpgsql as $$
declare
    subjects ledger.webhook_subject[];
    added    int;
    renewed  int := 0;
begin
    select array_agg(distinct row(tenant_id, endpoint_id, subject_id)::ledger.webhook_subject) into subjects
        from jsonb_to_recordset(p_deliveries) as r (tenant_id text, endpoint_id uuid, subject_id uuid);
    if subjects is null then return 0; end if;
    insert into ledger.webhook_subjects as s (tenant_id, endpoint_id, subject_id, last)
        select tenant_id, endpoint_id, subject_id, 0 from unnest(subjects) order by 1, 2, 3
        on conflict (tenant_id, endpoint_id, subject_id) do update set last = s.last;

    if p_again then
        update ledger.webhook_deliveries d
            set status = 'pending', is_blocked = true, round = 0, next_at = clock_timestamp(), due_at = null, ended_at = null
            from jsonb_to_recordset(p_deliveries) as r (tenant_id text, id uuid)
            where d.tenant_id = r.tenant_id and d.id = r.id and d.status <> 'pending';
        get diagnostics renewed = row_count;
    end if;

    with fresh as (
        select r.*, s.last + row_number() over (partition by r.tenant_id, r.endpoint_id, r.subject_id order by r.place) as sequence
        from rows from (jsonb_to_recordset(p_deliveries) as (tenant_id text, id uuid, endpoint_id uuid, event_id uuid, type text, position bigint,
            subject_id uuid, occurred_at timestamptz, body text)) with ordinality
            as r (tenant_id, id, endpoint_id, event_id, type, position, subject_id, occurred_at, body, place)
        join ledger.webhook_subjects s using (tenant_id, endpoint_id, subject_id)
        where not exists (select from ledger.webhook_deliveries d where d.tenant_id = r.tenant_id and d.id = r.id)
    ), numbered as (
        update ledger.webhook_subjects s set last = n.last
            from (select tenant_id, endpoint_id, subject_id, max(sequence) as last from fresh group by 1, 2, 3) n
            where s.tenant_id = n.tenant_id and s.endpoint_id = n.endpoint_id and s.subject_id = n.subject_id
    )
    insert into ledger.webhook_deliveries
        (tenant_id, id, endpoint_id, event_id, type, position, subject_id, sequence, occurred_at, body, status, is_blocked, next_at)
        select tenant_id, id, endpoint_id, event_id, type, position, subject_id, sequence, occurred_at,
               replace(body, '"sequence":0,', '"sequence":' || sequence || ','), 'pending', true, clock_timestamp()
        from fresh order by place;
    get diagnostics added = row_count;

    perform ledger.free_webhook_subjects(subjects);
    update ledger.webhook_endpoints e set wake_at = least(e.wake_at, clock_timestamp())
        from (select distinct tenant_id, endpoint_id from unnest(subjects)) s
        where e.tenant_id = s.tenant_id and e.id = s.endpoint_id;
    return added + renewed;
end
$$;

-- Moves the publisher on, with all that follows from the stretch of the log that it has read; or does nothing and says so,
-- where somebody else is ahead or the lease is lost.
create function ledger.publish_webhooks(
    p_from bigint, p_to bigint, p_lease text, p_epoch bigint, p_deliveries jsonb, p_endpoints jsonb, p_clocks jsonb)
returns boolean language plpgsql as $$
begin
    update ledger.places set position = p_to, moved_at = clock_timestamp()
        where name = 'webhooks' and position = p_from
          and exists (select from ledger.leases where name = p_lease and epoch = p_epoch);
    if not found then return false; end if;

    perform ledger.add_webhook_deliveries(p_deliveries, false);

    insert into ledger.webhook_endpoints as e (
        tenant_id, id, version, status, url, format, events, waits, concurrency, per_second, secret, previous_secret, previous_until, wake_at)
        select r.*, clock_timestamp() from jsonb_to_recordset(p_endpoints) as r (
            tenant_id text, id uuid, version bigint, status text, url text, format text, events text[], waits int[], concurrency int,
            per_second int, secret text, previous_secret text, previous_until timestamptz)
        order by 1, 2
        on conflict (tenant_id, id) do update set
            version = excluded.version, status = excluded.status, url = excluded.url, format = excluded.format, events = excluded.events,
            waits = excluded.waits, concurrency = excluded.concurrency, per_second = excluded.per_second, secret = excluded.secret,
            previous_secret = excluded.previous_secret, previous_until = excluded.previous_until, wake_at = excluded.wake_at,
            failing_since = case when e.status = excluded.status then e.failing_since end,
            failing_since_clock = case when e.status = excluded.status then e.failing_since_clock end;
    update ledger.webhook_deliveries d set status = 'abandoned', is_taken = false, ended_at = clock_timestamp()
        from jsonb_to_recordset(p_endpoints) as r (tenant_id text, id uuid, status text)
        where d.tenant_id = r.tenant_id and d.endpoint_id = r.id and d.status = 'pending' and r.status in ('disabled', 'removed');
    delete from ledger.webhook_endpoints e using jsonb_to_recordset(p_endpoints) as r (tenant_id text, id uuid, status text)
        where e.tenant_id = r.tenant_id and e.id = r.id and r.status = 'removed';

    update ledger.webhook_deliveries d set next_at = clock_timestamp()
        from jsonb_to_recordset(p_clocks) as c (tenant_id text, at timestamptz)
        where d.tenant_id = c.tenant_id and d.status = 'pending' and not d.is_blocked and not d.is_taken and d.due_at <= c.at;
    update ledger.webhook_endpoints e set wake_at = least(e.wake_at, clock_timestamp())
        from jsonb_to_recordset(p_clocks) as c (tenant_id text)
        where e.tenant_id = c.tenant_id;
    return true;
end
$$;

-- Takes what is due, of each endpoint no more than it has room for, and nobody else's for the length of a lease. An endpoint
-- whose last attempt failed is tried one at a time. What is lost with the server is taken again.
create function ledger.take_webhooks(p_endpoints int, p_lease interval)
returns table (
    tenant_id text, id uuid, endpoint_id uuid, subject_id uuid, sequence bigint, event_id uuid, body text, attempt int, round int, url text,
    waits int[], secret text, previous_secret text, previous_until timestamptz, clock timestamptz)
language plpgsql as $$
#variable_conflict use_column
declare
    mine uuid[];
begin
    perform set_config('synchronous_commit', 'off', true);
    select coalesce(array_agg(due.id), '{}') into mine from (
        select e.id from ledger.webhook_endpoints e
        where e.status = 'active' and e.wake_at <= clock_timestamp()
          and e.version = (select s.version from public.mt_streams s where s.tenant_id = e.tenant_id and s.id = e.id)
        order by e.wake_at limit p_endpoints for update of e skip locked
    ) due;
    if mine = '{}' then return; end if;

    return query
        with room as (
            select e.tenant_id, e.id, greatest(0, least(
                case when e.failing_since is null then e.concurrency else 1 end - (
                    select count(*) from ledger.webhook_deliveries t
                    where t.tenant_id = e.tenant_id and t.endpoint_id = e.id and t.is_taken and t.next_at > clock_timestamp()),
                floor(extract(epoch from clock_timestamp() + interval '1 second' - greatest(e.free_at, clock_timestamp())) * e.per_second))) as free
            from ledger.webhook_endpoints e where e.id = any (mine)
        ), due as (
            select d.tenant_id, d.id from room r cross join lateral (
                select w.tenant_id, w.id from ledger.webhook_deliveries w
                where w.tenant_id = r.tenant_id and w.endpoint_id = r.id and w.status = 'pending' and not w.is_blocked and w.next_at <= clock_timestamp()
                order by w.next_at limit r.free::int for update skip locked
            ) d
        )
        update ledger.webhook_deliveries d
            set is_taken = true, attempts = d.attempts + 1, round = d.round + 1, next_at = clock_timestamp() + p_lease
            from due join ledger.webhook_endpoints e on e.tenant_id = due.tenant_id and e.id = any (mine)
            where d.tenant_id = due.tenant_id and d.id = due.id and e.id = d.endpoint_id
            returning d.tenant_id, d.id, d.endpoint_id, d.subject_id, d.sequence, d.event_id, d.body, d.attempts, d.round, e.url, e.waits,
                e.secret, e.previous_secret, e.previous_until,
                coalesce((select c.at from ledger.clocks c where c.tenant_id = d.tenant_id), clock_timestamp());

    update ledger.webhook_endpoints e set free_at = n.free_at, wake_at = case
            when n.taken >= case when e.failing_since is null then e.concurrency else 1 end then clock_timestamp() + p_lease
            else greatest(n.next_at, n.free_at - interval '1 second' + interval '1 second' / e.per_second) end
        from (
            select x.tenant_id, x.id,
                (select count(*) from ledger.webhook_deliveries t where t.tenant_id = x.tenant_id and t.endpoint_id = x.id and t.is_taken) as taken,
                coalesce((select min(w.next_at) from ledger.webhook_deliveries w
                    where w.tenant_id = x.tenant_id and w.endpoint_id = x.id and w.status = 'pending' and not w.is_blocked), 'infinity') as next_at,
                greatest(x.free_at, clock_timestamp()) + (
                    select count(*) from ledger.webhook_deliveries t
                    where t.tenant_id = x.tenant_id and t.endpoint_id = x.id and t.is_taken and t.next_at > statement_timestamp() + p_lease
                ) * interval '1 second' / x.per_second as free_at
            from ledger.webhook_endpoints x where x.id = any (mine)
        ) n
        where e.tenant_id = n.tenant_id and e.id = n.id;
end
$$;

-- Notes how attempts went, lets go what waited for them, and returns the endpoints that have only failed for p_patience.
create function ledger.end_webhook_attempts(p_ended jsonb, p_patience interval)
returns table (tenant_id text, endpoint_id uuid) language plpgsql as $$
#variable_conflict use_column
begin
    perform set_config('synchronous_commit', 'off', true);
    perform 1 from ledger.webhook_subjects s
        join (select distinct r.tenant_id, r.endpoint_id, r.subject_id
              from jsonb_to_recordset(p_ended) as r (tenant_id text, endpoint_id uuid, subject_id uuid)) r using (tenant_id, endpoint_id, subject_id)
        order by s.tenant_id, s.endpoint_id, s.subject_id for update of s;

    with ended as (
        update ledger.webhook_deliveries d
            set status = r.outcome, is_taken = false, due_at = r.due_at,
                next_at = clock_timestamp() + make_interval(secs => r.wait), ended_at = case when r.outcome <> 'pending' then clock_timestamp() end
            from jsonb_to_recordset(p_ended) as r (tenant_id text, id uuid, attempt int, outcome text, wait float8, due_at timestamptz)
            where d.tenant_id = r.tenant_id and d.id = r.id and d.attempts = r.attempt and d.is_taken
    )
    insert into ledger.webhook_attempts (tenant_id, delivery_id, attempt, at, status, error, took_ms, answer, next_at)
        select r.tenant_id, r.id, r.attempt, r.clock, r.status, r.error, r.took_ms, r.answer, r.due_at
        from jsonb_to_recordset(p_ended) as r (tenant_id text, id uuid, attempt int, clock timestamptz, status int, error text, took_ms int,
            answer text, due_at timestamptz)
        on conflict do nothing;

    perform ledger.free_webhook_subjects(array(
        select row(r.tenant_id, r.endpoint_id, r.subject_id)::ledger.webhook_subject
        from jsonb_to_recordset(p_ended) as r (tenant_id text, endpoint_id uuid, subject_id uuid, outcome text) where r.outcome <> 'pending'));

    update ledger.webhook_endpoints e
        set failing_since = case when not n.is_failed then null else coalesce(e.failing_since, clock_timestamp()) end,
            failing_since_clock = case when not n.is_failed then null else coalesce(e.failing_since_clock, n.clock) end,
            wake_at = least(e.wake_at, n.next_at)
        from (
            select g.*, (select min(w.next_at) from ledger.webhook_deliveries w
                where w.tenant_id = g.tenant_id and w.endpoint_id = g.endpoint_id and w.status = 'pending' and not w.is_blocked) as next_at
            from (
                select r.tenant_id, r.endpoint_id, bool_and(r.outcome <> 'succeeded') as is_failed, max(r.clock) as clock
                from jsonb_to_recordset(p_ended) as r (tenant_id text, endpoint_id uuid, outcome text, clock timestamptz) group by 1, 2
            ) g
        ) n
        where e.tenant_id = n.tenant_id and e.id = n.endpoint_id
          and ((e.failing_since is not null) <> n.is_failed or n.next_at < e.wake_at);

    return query
        select e.tenant_id, e.id from ledger.webhook_endpoints e
        join (select distinct r.tenant_id, r.endpoint_id, r.clock
              from jsonb_to_recordset(p_ended) as r (tenant_id text, endpoint_id uuid, clock timestamptz)) r
            on e.tenant_id = r.tenant_id and e.id = r.endpoint_id
        where e.status = 'active' and (e.failing_since < clock_timestamp() - p_patience or e.failing_since_clock < r.clock - p_patience);
end
$$;
