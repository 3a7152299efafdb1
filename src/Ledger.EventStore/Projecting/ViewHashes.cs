using System.Security.Cryptography;
using System.Text;

namespace Ledger.EventStore.Projecting;

/// <summary>A hash for each view, over every row in the order of the keys: two ledgers that have the same views have the same hashes.</summary>
public sealed class ViewHashes(LedgerDatabase database, ViewTables tables)
{
    /// <summary>Of all views that the program has the code of, in one snapshot.</summary>
    public async Task<IReadOnlyList<ViewHash>> Read(IReadOnlyList<View> views, CancellationToken ct)
    {
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        return await Read(connection, await tables.Active(ct), views, null, ct);
    }

    /// <param name="connection">In a transaction of which the snapshot stays.</param>
    internal static async Task<IReadOnlyList<ViewHash>> Read(
        NpgsqlConnection connection, IReadOnlyDictionary<string, ActiveTable> active, IReadOnlyList<View> views, IProgress<(long, long)>? progress, CancellationToken ct)
    {
        await ViewSnapshot.Set(connection, ct);
        var (current, hashes) = (views.Current(active), new List<ViewHash>());
        foreach (var view in current)
        {
            hashes.Add(await Read(connection, view, active[view.Name], ct));
            progress?.Report((hashes.Count, current.Count));
        }

        return hashes;
    }

    private static async Task<ViewHash> Read(NpgsqlConnection connection, View view, ActiveTable active, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0L;
        await using (var command = ViewSnapshot.Command(connection, $"select row::text from ({view.RowsOf(active.Table)}) t order by tenant_id collate \"C\", id"))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            for (; await reader.ReadAsync(ct); rows++) hash.AppendData(Encoding.UTF8.GetBytes(reader.GetString(0) + "\n"));
        }

        return new(view.Name, active.Version, await ViewSnapshot.PositionOf(connection, active.Table, ct), rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}

/// <param name="Position">How far in the log it was.</param>
/// <param name="Hash">SHA-256 over its rows, in lower-case hex.</param>
public sealed record ViewHash(string Name, int Version, long Position, long Rows, string Hash);
