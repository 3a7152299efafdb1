namespace Ledger.EventStore.Database;

/// <summary>What keeps the log as it was written and tenants apart: roles, row-level security, rights and triggers, as the database has them.</summary>
/// <remarks>A dump that was restored where its roles were missing lacks some; every migration makes them.</remarks>
public sealed class Guards(LedgerDatabase database, IClock clock)
{
    private const string Lacking = """
        with roles as (
            select name, exists (select from pg_roles where rolname = name) as is_there
            from unnest(array['ledger_reader', 'ledger_worker', 'ledger_identity']) name
        ), tables as (
            select c.oid, n.nspname || '.' || c.relname as name, c.relrowsecurity, n.nspname as schema
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
            where c.relkind = 'r' and (n.nspname in ('ledger', 'views', 'identity') or (n.nspname = 'public' and c.relname like 'mt\_%'))
        )
        select 'the role ' || name from roles where not is_there
        union all
        select 'row-level security of ' || name from tables t
        where not relrowsecurity
           or (select count(*) from pg_policy p where p.polrelid = t.oid and p.polname in ('own_tenant', 'every_tenant')) < 2
        union all
        select 'the right of ' || r.name || ' to read ' || t.name
        from tables t join roles r on r.is_there and r.name = case t.schema when 'identity' then 'ledger_identity' else 'ledger_reader' end
        where not has_table_privilege(r.name, t.oid, 'select')
        union all
        select 'the trigger ' || w.name || ' of ' || w.on_table
        from (values ('append_only', 'public.mt_events'), ('never_truncate', 'public.mt_events'), ('recorded_at', 'public.mt_events'),
                     ('append_only', 'public.mt_streams'),
                     ('append_only', 'ledger.blocks'), ('never_truncate', 'ledger.blocks')) as w (name, on_table)
        where not exists (select from pg_trigger t where t.tgrelid = to_regclass(w.on_table) and t.tgname = w.name and t.tgenabled <> 'D')
        """;

    private readonly Kept<string, IReadOnlyList<string>> found = new(1, Duration.FromSeconds(10));

    /// <summary>What is missing, in words; as it was at most ten seconds ago.</summary>
    public ValueTask<IReadOnlyList<string>> Missing(CancellationToken ct) => found.Get("", clock.GetCurrentInstant(), _ => Look(), ct);

    private async Task<IReadOnlyList<string>> Look()
    {
        await using var command = database.Source.CreateCommand(Lacking);
        await using var reader = await command.ExecuteReaderAsync();
        var missing = new List<string>();
        while (await reader.ReadAsync()) missing.Add(reader.GetString(0));
        return missing;
    }
}
