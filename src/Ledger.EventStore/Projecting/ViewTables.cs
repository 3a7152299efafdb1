namespace Ledger.EventStore.Projecting;

/// <summary>The tables behind the views: made, completed, switched, dropped.</summary>
public sealed class ViewTables(LedgerDatabase database)
{
    private const long LockKey = 7310577382518;
    private const int BuildLockKey = 731057738;

    /// <summary>Of a table that is made beside a log that is there: empty, until it is built.</summary>
    private const int NotBuilt = 0;

    /// <summary>A new view takes up a log of this length by itself, on the way.</summary>
    private const long ShortLog = 2000;

    /// <summary>Which table each view is read from, and how far that table is.</summary>
    public async Task<IReadOnlyDictionary<string, ActiveTable>> Active(CancellationToken ct) =>
        (await database.QueryAsWorker("""
            select v.name, v.version, v.table_name, v.previous_table, p.position, v.previous_version, v.candidate_table, v.candidate_version
            from ledger.views v join ledger.places p on p.name = 'view:' || v.table_name
            """, [], row => new ActiveTable(row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetStringOrNull(3), row.GetInt64(4))
            {
                PreviousVersion = row.GetInt32OrNull(5), Candidate = row.GetStringOrNull(6), CandidateVersion = row.GetInt32OrNull(7),
            }, ct))
        .ToDictionary(one => one.Name);

    /// <summary>
    /// Makes the table of every view that has none. Returns those that are to be built: whose table is of a version that is not among these, and new ones beside a
    /// log that is long, for which all other views would otherwise have to wait.
    /// </summary>
    /// <exception cref="ViewChangedException">The code of a version is not what its table was made by.</exception>
    public Task<IReadOnlyList<View>> Prepare(IEnumerable<View> views, CancellationToken ct) => Prepare([.. views], ViewPrints.None, ct);

    /// <inheritdoc cref="Prepare(IEnumerable{View}, CancellationToken)"/>
    public async Task<IReadOnlyList<View>> Prepare(IReadOnlyList<View> views, ViewPrints prints, CancellationToken ct)
    {
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Run(connection, $"select pg_advisory_xact_lock({LockKey})", ct);
        var known = new Dictionary<string, int>();
        await using (var command = new NpgsqlCommand("select name, version from ledger.views", connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) known[reader.GetString(0)] = reader.GetInt32(1);

        var isLong = known.Count > 0 && await IsLong(connection, ct);
        var outdated = new List<View>();
        foreach (var name in views.Select(one => one.Name).Distinct())
        {
            var view = views.Usual(name)!;
            if (known.TryGetValue(name, out var version))
            {
                if (views.Of(name, version) is null) outdated.Add(view);
                continue;
            }

            if (isLong) outdated.Add(view);
            var table = $"{view.Name}_v{view.Version}_1";
            await Create(connection, view, table, ct);
            await Complete(connection, view, table, ct);
            await Run(connection, $"""
                insert into ledger.views (name, version, table_name, builds) values ('{view.Name}', {(isLong ? NotBuilt : view.Version)}, '{table}', 1);
                insert into ledger.places (name, position) values ('view:{table}', 0);
                create view views.{view.Name} with (security_invoker = true) as select * from views.{table};
                grant select on views.{view.Name} to ledger_reader, ledger_worker
                """, ct);
        }

        await prints.Check(connection, ct);
        await DropAbandoned(connection, ct);
        await transaction.CommitAsync(ct);
        return outdated;
    }

    private static async Task<bool> IsLong(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select exists (select from ledger.blocks where last_position > $1)", connection) { Parameters = { new() { Value = ShortLog } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The right to build views: until it is disposed, nobody else builds them. Waits for those who do.</summary>
    /// <remarks>It ends with its session, so whoever is killed leaves nothing held.</remarks>
    internal async Task<IAsyncDisposable> BuildAlone(IEnumerable<View> views, CancellationToken ct)
    {
        var connection = await database.Direct.OpenConnectionAsync(ct);
        try
        {
            _ = await connection.BeginTransactionAsync(ct);
            await Run(connection, "set local idle_in_transaction_session_timeout = 0", ct);
            foreach (var name in views.Select(view => view.Name).Order(StringComparer.Ordinal))
                await Run(connection, $"select pg_advisory_xact_lock({BuildLockKey}, hashtext('{name}'))", ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Drops the tables of builds whose process was killed midway.</summary>
    internal async Task DropAbandoned(CancellationToken ct)
    {
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await DropAbandoned(connection, ct);
    }

    /// <remarks>A table is looked at again once nobody else can be building its view: it may be the live one by then.</remarks>
    private static Task DropAbandoned(NpgsqlConnection connection, CancellationToken ct) => Run(connection, $"""
        do $do$
        declare found record;
        begin
            for found in
                select c.relname as name, v.name as view_name
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                join ledger.views v on c.relname ~ ('^' || v.name || '_v[0-9]+_[0-9]+$')
                where n.nspname = 'views' and c.relkind = 'r' and c.relname <> v.table_name and c.relname is distinct from v.previous_table
                  and c.relname is distinct from v.candidate_table
            loop
                continue when not pg_try_advisory_xact_lock({BuildLockKey}, hashtext(found.view_name));
                continue when exists (select from ledger.views v where found.name in (v.table_name, v.previous_table, v.candidate_table));
                execute format('drop table if exists views.%I', found.name);
                delete from ledger.places where name = 'view:' || found.name;
            end loop;
        end
        $do$
        """, ct);

    /// <summary>An empty table without indexes, beside the live one.</summary>
    internal async Task<string> CreateBeside(View view, CancellationToken ct)
    {
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var next = new NpgsqlCommand("update ledger.views set builds = builds + 1 where name = $1 returning builds", connection)
        {
            Parameters = { new() { Value = view.Name } },
        };
        var table = $"{view.Name}_v{view.Version}_{await next.ExecuteScalarAsync(ct)}";
        await Create(connection, view, table, ct);
        await transaction.CommitAsync(ct);
        return table;
    }

    internal async Task Complete(View view, string table, long position, CancellationToken ct)
    {
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Complete(connection, view, table, ct);
        await Run(connection, $"insert into ledger.places (name, position) values ('view:{table}', {position})", ct);
        await transaction.CommitAsync(ct);
        await Run(connection, $"analyze views.{table}", ct);
    }

    /// <summary>Lets queries read from this table from now on, and keeps the one before; older ones are dropped.</summary>
    /// <remarks>Runs in the transaction that has brought the table to where the live one is.</remarks>
    internal static async Task Switch(NpgsqlConnection connection, View view, string table, CancellationToken ct) =>
        await Run(connection, $"""
            drop view views.{view.Name};
            create view views.{view.Name} with (security_invoker = true) as select * from views.{table};
            grant select on views.{view.Name} to ledger_reader, ledger_worker;
            do $do$
            declare old record;
            begin
                for old in select previous_table as name from ledger.views
                    where name = '{view.Name}' and previous_table is not null and previous_table <> '{table}'
                loop
                    execute format('drop table if exists views.%I', old.name);
                    delete from ledger.places where name = 'view:' || old.name;
                end loop;
            end
            $do$;
            update ledger.views set previous_table = table_name, previous_version = version, table_name = '{table}', version = {view.Version},
                candidate_table = nullif(candidate_table, '{table}'),
                candidate_version = case when candidate_table <> '{table}' then candidate_version end
                where name = '{view.Name}'
            """, ct);

    /// <summary>Keeps a table that is complete beside the live one, in the place of the one that was there.</summary>
    internal async Task Propose(View view, string table, CancellationToken ct)
    {
        var before = (await Active(ct))[view.Name].Candidate;
        await using (var connection = await database.Direct.OpenConnectionAsync(ct))
            await Run(connection, $"update ledger.views set candidate_table = '{table}', candidate_version = {view.Version} where name = '{view.Name}'", ct);
        if (before is not null) await Drop(before, ct);
    }

    /// <summary>Drops what was built beside a view on demand: the table to be switched to, and those of earlier positions.</summary>
    /// <returns>The names of the tables that are gone.</returns>
    public async Task<IReadOnlyList<string>> DropBeside(View view, CancellationToken ct)
    {
        await using var alone = await BuildAlone([view], ct);
        var tables = await database.QueryAsWorker($"""
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace join ledger.views v on v.name = $1
            where n.nspname = 'views' and c.relkind = 'r' and (c.relname = v.candidate_table or c.relname ~ ('^' || v.name || '_v[0-9]+_until_[0-9]+$'))
            order by 1
            """, [view.Name], row => row.GetString(0), ct);
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await Run(connection, $"update ledger.views set candidate_table = null, candidate_version = null where candidate_table = any (array['{string.Join("','", tables)}'])", ct);
        foreach (var table in tables) await Drop(table, ct);
        return tables;
    }

    /// <summary>An empty table for a view as it was at a position, without indexes; one of before goes.</summary>
    internal async Task<string> CreateUntil(View view, long position, CancellationToken ct)
    {
        var table = $"{view.Name}_v{view.Version}_until_{position}";
        await Drop(table, ct);
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await Create(connection, view, table, ct);
        return table;
    }

    /// <summary>Gives a table that no queries of ours read its key and its policies.</summary>
    internal async Task CompleteUntil(View view, string table, CancellationToken ct)
    {
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await Complete(connection, view, table, ct);
    }

    internal async Task Drop(string table, CancellationToken ct)
    {
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await Run(connection, $"drop table if exists views.{table}; delete from ledger.places where name = 'view:{table}'", ct);
    }

    private static Task Create(NpgsqlConnection connection, View view, string table, CancellationToken ct) =>
        Run(connection, $"create table views.{table} ({view.Columns}) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02)", ct);

    private static async Task Complete(NpgsqlConnection connection, View view, string table, CancellationToken ct)
    {
        await Run(connection, $"""
            alter table views.{table} add primary key (tenant_id, id);
            alter table views.{table} enable row level security;
            create policy own_tenant on views.{table} for select to ledger_reader
                using (tenant_id = current_setting('ledger.tenant', true));
            create policy every_tenant on views.{table} to ledger_worker using (true) with check (true);
            grant select on views.{table} to ledger_reader;
            grant select, insert, update, delete on views.{table} to ledger_worker
            """, ct);
        foreach (var index in view.Indexes) await Run(connection, $"create index on views.{table} {index}", ct);
    }

#pragma warning disable CA2100 // Names and columns come from the views' own code.
    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        _ = await command.ExecuteNonQueryAsync(ct);
    }
#pragma warning restore CA2100
}

/// <param name="Position">How far the table is in the log.</param>
public sealed record ActiveTable(string Name, int Version, string Table, string? Previous, long Position)
{
    public int? PreviousVersion { get; init; }

    /// <summary>The table that was built beside it, to be compared and switched to.</summary>
    public string? Candidate { get; init; }

    public int? CandidateVersion { get; init; }
}
