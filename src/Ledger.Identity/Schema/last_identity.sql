-- Who may read and write who is who. Run at the end of every migration.

do $$
begin
    begin
        create role ledger_identity nologin;
    exception when duplicate_object or unique_violation then null;
    end;
    begin
        if not pg_has_role(current_user, 'ledger_identity', 'member') then
            execute format('grant ledger_identity to %I', current_user);
        end if;
    exception when unique_violation then null;
    end;
end
$$;

grant usage on schema identity to ledger_identity, ledger_worker;
grant select on identity.signing_keys to ledger_identity, ledger_worker;
grant insert, delete on identity.signing_keys to ledger_worker;

do $$
declare one record;
begin
    for one in
        select c.oid::regclass as name, c.oid, c.relrowsecurity
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
        where c.relkind = 'r' and n.nspname = 'identity'
    loop
        if not one.relrowsecurity then execute format('alter table %s enable row level security', one.name); end if;
        if not exists (select from pg_policy p where p.polrelid = one.oid and p.polname = 'own_tenant') then
            execute format('create policy own_tenant on %s to ledger_identity
                            using (tenant_id = current_setting(''ledger.tenant'', true))
                            with check (tenant_id = current_setting(''ledger.tenant'', true))', one.name);
        end if;
        if not exists (select from pg_policy p where p.polrelid = one.oid and p.polname = 'every_tenant') then
            execute format('create policy every_tenant on %s to ledger_worker using (true) with check (true)',
                           one.name);
        end if;
        execute format('grant select, insert, update, delete on %s to ledger_identity', one.name);
        execute format('grant select, delete on %s to ledger_worker', one.name);
    end loop;
end
$$;
