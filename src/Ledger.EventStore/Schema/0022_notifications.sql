-- What people were written, and how that went. None of it is in the log or the chain, and none of it is personal: whom and
-- what a message is for is looked up when it is sent.

-- attempts fences the one under way; may_be_sent says that an attempt ended without anybody knowing how. next_at is by the
-- wall clock: when it may be tried, or while it is taken, when others may. due_at is the same by the tenant's clock, whichever
-- comes first.
create table ledger.notifications (
    tenant_id   text        not null,
    id          uuid        not null,
    number      bigint      generated always as identity,
    type        text        not null,
    channel     text        not null,
    event_id    uuid        not null,
    customer_id uuid,
    user_id     uuid,
    facts       jsonb       not null,
    occurred_at timestamptz not null,
    status      text        not null,
    reason      text,
    reference   text,
    attempts    int         not null default 0,
    is_taken    boolean     not null default false,
    may_be_sent boolean     not null default false,
    next_at     timestamptz not null default clock_timestamp(),
    due_at      timestamptz,
    created_at  timestamptz not null default clock_timestamp(),
    ended_at    timestamptz,
    primary key (tenant_id, id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
create index notifications_list on ledger.notifications (tenant_id, number);
create index notifications_customer on ledger.notifications (tenant_id, customer_id, number);
create index notifications_next on ledger.notifications (next_at) where status = 'pending';
create index notifications_due on ledger.notifications (tenant_id, due_at) where status = 'pending' and due_at is not null;
create index notifications_ended on ledger.notifications (ended_at) where ended_at is not null;

-- The last month, as 202511, whose expiring cards were looked at.
create table ledger.notification_months (
    tenant_id text not null primary key,
    month     int  not null
);

-- Moves the publisher on, with all that follows from the stretch of the log that it has read; or does nothing and says so,
-- where somebody else is ahead or the lease is lost. A message that is there already stays as it is.
create function ledger.publish_notifications(
    p_from bigint, p_to bigint, p_lease text, p_epoch bigint, p_messages jsonb, p_months jsonb, p_clocks jsonb)
returns boolean language plpgsql as $$
begin
    update ledger.places set position = p_to, moved_at = clock_timestamp()
        where name = 'notifications' and position = p_from
          and exists (select from ledger.leases where name = p_lease and epoch = p_epoch);
    if not found then return false; end if;

    insert into ledger.notifications (tenant_id, id, type, channel, event_id, customer_id, user_id, facts, occurred_at, status, reason, ended_at)
        select tenant_id, id, type, channel, event_id, customer_id, user_id, facts, occurred_at, status, reason,
               case when status <> 'pending' then clock_timestamp() end
        from rows from (jsonb_to_recordset(p_messages) as (tenant_id text, id uuid, type text, channel text, event_id uuid, customer_id uuid, user_id uuid,
            facts jsonb, occurred_at timestamptz, status text, reason text)) with ordinality
            as r (tenant_id, id, type, channel, event_id, customer_id, user_id, facts, occurred_at, status, reason, place)
        order by place on conflict (tenant_id, id) do nothing;
    insert into ledger.notification_months as m (tenant_id, month)
        select tenant_id, month from jsonb_to_recordset(p_months) as r (tenant_id text, month int)
        on conflict (tenant_id) do update set month = greatest(m.month, excluded.month);
    update ledger.notifications n set next_at = clock_timestamp()
        from jsonb_to_recordset(p_clocks) as c (tenant_id text, at timestamptz)
        where n.tenant_id = c.tenant_id and n.status = 'pending' and not n.is_taken and n.due_at <= c.at;
    return true;
end
$$;

-- Takes what is due, and nobody else's for the length of a lease.
create function ledger.take_notifications(p_limit int, p_lease interval)
returns table (
    tenant_id text, id uuid, type text, channel text, event_id uuid, customer_id uuid, user_id uuid, facts text, attempt int, may_be_sent boolean,
    created_at timestamptz, clock timestamptz)
language plpgsql as $$
#variable_conflict use_column
begin
    return query
        with due as (
            select n.tenant_id, n.id from ledger.notifications n where n.status = 'pending' and n.next_at <= clock_timestamp()
            order by n.next_at limit p_limit for update skip locked
        )
        update ledger.notifications n
            set is_taken = true, attempts = n.attempts + 1, may_be_sent = n.may_be_sent or n.is_taken, next_at = clock_timestamp() + p_lease
            from due where n.tenant_id = due.tenant_id and n.id = due.id
            returning n.tenant_id, n.id, n.type, n.channel, n.event_id, n.customer_id, n.user_id, n.facts::text, n.attempts, n.may_be_sent, n.created_at,
                coalesce((select c.at from ledger.clocks c where c.tenant_id = n.tenant_id), clock_timestamp());
end
$$;

-- Notes how attempts went.
create function ledger.end_notifications(p_ended jsonb) returns void language sql as $$
    update ledger.notifications n
        set status = r.status, reason = r.reason, reference = r.reference, is_taken = false, may_be_sent = r.may_be_sent, due_at = r.due_at,
            next_at = clock_timestamp() + make_interval(secs => r.wait), ended_at = case when r.status <> 'pending' then clock_timestamp() end
        from jsonb_to_recordset(p_ended) as r (tenant_id text, id uuid, attempt int, status text, reason text, reference text, may_be_sent boolean,
            wait float8, due_at timestamptz)
        where n.tenant_id = r.tenant_id and n.id = r.id and n.attempts = r.attempt and n.is_taken
$$;
