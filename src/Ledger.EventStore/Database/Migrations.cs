using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.EventStore.Database;

/// <summary>
/// Brings the schema up to date: Marten's tables, then numbered SQL files, forward only, each once, in a transaction of its own, then what is
/// seen to every time.
/// </summary>
/// <remarks>
/// Runs under a lock, so that several processes may start at once. A file that was applied and has changed since is
/// refused: a migration is history, and what it lacks is the next one.
/// </remarks>
public static class Migrations
{
    private const long LockKey = 7310577382517;

    /// <returns>The names of the migrations applied by this call, in order.</returns>
    public static async Task<IReadOnlyList<string>> Apply(
        LedgerDatabase database, IEnumerable<Assembly> assemblies, CancellationToken ct)
    {
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await using (var transaction = await connection.BeginTransactionAsync(ct))
        {
            await Lock(connection, transaction, ct);   // "if not exists" does not keep two from making it at once.
            await LogSchema.Apply(database, ct);
            await Run(connection, transaction, """
                create schema if not exists ledger_schema;
                create table if not exists ledger_schema.migrations (
                    name text primary key, hash text not null, applied_at timestamptz not null default now())
                """, ct);
            await transaction.CommitAsync(ct);
        }

        var applied = new List<string>();
        foreach (var (name, sql) in Files(assemblies, name => char.IsAsciiDigit(name[0])))
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await Lock(connection, transaction, ct);
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            if (await HashOf(connection, transaction, name, ct) is { } known)
            {
                if (known != hash)
                    throw new InvalidOperationException($"Migration {name} was applied with other content. Add a new migration; never edit one that has been applied.");
                continue;
            }

            await Run(connection, transaction, sql, ct);
            await using var record = new NpgsqlCommand("insert into ledger_schema.migrations (name, hash) values ($1, $2)", connection, transaction)
            {
                Parameters = { new() { Value = name }, new() { Value = hash } },
            };
            _ = await record.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
            applied.Add(name);
        }

        foreach (var (_, sql) in Files(assemblies, name => name.StartsWith("last_", StringComparison.Ordinal)))
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await Lock(connection, transaction, ct);
            await Run(connection, transaction, sql, ct);
            await transaction.CommitAsync(ct);
        }

        return applied;
    }

    /// <summary>Those named <c>0001_…</c>, or <c>last_…</c>, in the order of their names.</summary>
    private static IEnumerable<(string Name, string Sql)> Files(IEnumerable<Assembly> assemblies, Func<string, bool> isWanted) =>
        assemblies.SelectMany(assembly => assembly.GetManifestResourceNames()
                .Where(name => name.Length > 5 && name[4] == '_' && isWanted(name) && name.EndsWith(".sql", StringComparison.Ordinal))
                .Select(name => (Name: name, Sql: Read(assembly, name))))
            .OrderBy(file => file.Name, StringComparer.Ordinal);

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static async Task<string?> HashOf(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select hash from ledger_schema.migrations where name = $1", connection, transaction)
        {
            Parameters = { new() { Value = name } },
        };
        return (string?)await command.ExecuteScalarAsync(ct);
    }

    private static Task Lock(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct) =>
        Run(connection, transaction, string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({LockKey})"), ct);

#pragma warning disable CA2100 // The SQL is our own file, compiled into the assembly.
    private static async Task Run(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        _ = await command.ExecuteNonQueryAsync(ct);
    }
#pragma warning restore CA2100
}
