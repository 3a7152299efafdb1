-- Who may do what, and what nobody may. Run at the end of every migration, so that a database that was restored where
-- its roles were missing is whole again. What stands already is left alone: to make it anew would wait for whoever
-- reads.

-- Requests read as ledger_reader, one tenant at a time; projections and messages are run as ledger_worker. Neither
-- owns anything, and neither can write a table of the log: that is done by batches alone. Roles are the server's, and
-- another of its databases may be making them now.
do $$
declare role text;
begin
    foreach role in array array['ledger_reader', 'ledger_worker'] loop
        begin
            execute format('create role %I nologin', role);
        exception when duplicate_object or unique_violation then null;
        end;
        begin
            if not pg_has_role(current_user, role, 'member') then
                execute format('grant %I to %I', role, current_user);
            end if;
        exception when unique_violation then null;
        end;
    end loop;
end
$$;

grant usage on schema public, ledger, views to ledger_reader, ledger_worker;

-- Whatever belongs to a tenant is seen by that tenant alone.
do $$
declare one record;
begin
    for one in
        select c.oid::regclass as name, c.oid, c.relrowsecurity, n.nspname as schema
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
        where c.relkind = 'r'
          and (n.nspname in ('ledger', 'views') or (n.nspname = 'public' and c.relname like 'mt\_%'))
    loop
        if not one.relrowsecurity then execute format('alter table %s enable row level security', one.name); end if;
        if not exists (select from pg_policy p where p.polrelid = one.oid and p.polname = 'own_tenant') then
            execute format('create policy own_tenant on %s for select to ledger_reader
                            using (tenant_id = current_setting(''ledger.tenant'', true))', one.name);
        end if;
        if not exists (select from pg_policy p where p.polrelid = one.oid and p.polname = 'every_tenant') then
            execute format('create policy every_tenant on %s to ledger_worker using (true) with check (true)',
                           one.name);
        end if;
        execute format('grant select on %s to ledger_reader, ledger_worker', one.name);
        if one.schema = 'views' then
            execute format('grant insert, update, delete on %s to ledger_worker', one.name);
        end if;
    end loop;
    for one in
        select c.oid::regclass as name,
               case n.nspname when 'views' then 'ledger_reader, ledger_worker' else 'ledger_worker' end as readers
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where (n.nspname = 'views' and c.relkind = 'v')
           or (n.nspname = 'public' and c.relkind = 'r' and c.relname like 'mt\_%')
    loop
        execute format('grant select on %s to %s', one.name, one.readers);
    end loop;
end
$$;

grant select on ledger.places, ledger.blocks, ledger.leases, ledger.views, ledger.signed_heads
    to ledger_reader, ledger_worker;
grant select on ledger.forgotten_master_keys to ledger_worker;
grant insert, update on ledger.places, ledger.leases to ledger_worker;
grant update, delete on ledger.messages, ledger.idempotency to ledger_worker;
grant insert, delete on ledger.dead_messages to ledger_worker;
grant insert, update, delete on ledger.request_origins, ledger.access_log, ledger.portal_sessions, ledger.tenant_files,
    ledger.export_parts, ledger.webhook_endpoints, ledger.webhook_subjects, ledger.webhook_deliveries,
    ledger.webhook_attempts, ledger.webhook_replays, ledger.notifications, ledger.notification_months to ledger_worker;

revoke all on all functions in schema ledger from public;
grant execute on function ledger.event_digest, ledger.block_hash, ledger.position_before, ledger.find_claim,
    ledger.revive_message to ledger_reader, ledger_worker;
grant execute on function ledger.move_view, ledger.bury_message, ledger.rewrap_personal_keys,
    ledger.forget_master_key, ledger.free_webhook_subjects, ledger.add_webhook_deliveries, ledger.publish_webhooks,
    ledger.take_webhooks, ledger.end_webhook_attempts, ledger.publish_notifications, ledger.take_notifications,
    ledger.end_notifications to ledger_worker;

-- What is written stays. A batch only inserts events; is_archived is Marten's to set. Marten fills the positions of a
-- batch that failed with rows that say so: ours are given back instead, so there is nothing to fill.
do $$
declare one record;
begin
    for one in
        select * from (values
            ('append_only', 'public.mt_events', 'before update or delete',
                'for each row execute function ledger.refuse_change()'),
            ('never_truncate', 'public.mt_events', 'before truncate',
                'for each statement execute function ledger.refuse_change()'),
            ('append_only', 'public.mt_streams', 'before delete',
                'for each row execute function ledger.refuse_change()'),
            ('recorded_at', 'public.mt_events', 'before insert', 'for each row execute function ledger.set_recorded_at()'),
            ('no_tombstone', 'public.mt_events', 'before insert',
                'for each row when (new.type = ''tombstone'') execute function ledger.skip_row()'),
            ('no_tombstone', 'public.mt_streams', 'before insert',
                'for each row when (new.version = 0 and new.type is null) execute function ledger.skip_row()')
        ) as wanted (name, on_table, at, what)
        where not exists (
            select from pg_trigger t where t.tgrelid = wanted.on_table::regclass and t.tgname = wanted.name)
    loop
        execute format('create trigger %I %s on %s %s', one.name, one.at, one.on_table, one.what);
    end loop;
end
$$;
