using System.Text.Json.Nodes;

namespace Ledger.EventStore.Projecting;

/// <summary>Compares the table that was built beside a view with the one that is read, row by row.</summary>
public sealed class ViewComparison(ViewRebuild rebuild)
{
    /// <summary>Both tables in the order of their keys, of which only rows that differ leave the database.</summary>
    /// <param name="each">Told each difference, in the order of the keys.</param>
    /// <exception cref="InvalidOperationException">Nothing was built beside the view, or by a version that is not among these.</exception>
    public Task<ComparedTables> Run(string name, IReadOnlyList<View> views, Func<RowDifference, Task> each, CancellationToken ct) =>
        rebuild.Together(name, views, async (connection, candidate, table, active) =>
        {
            var served = views.Of(name, active.Version) ?? candidate;
            await ViewSnapshot.Set(connection, ct);
            var (here, there) = (await Count(connection, served, active.Table, ct), await Count(connection, candidate, table, ct));
            var different = 0L;
            await foreach (var one in Differences(connection, served.RowsOf(active.Table), candidate.RowsOf(table), ct))
            {
                different++;
                await each(one);
            }

            return new ComparedTables(await ViewSnapshot.PositionOf(connection, table, ct), active.Table, here, table, there, different);
        }, ct);

    private static async Task<long> Count(NpgsqlConnection connection, View view, string table, CancellationToken ct)
    {
        await using var command = ViewSnapshot.Command(connection, $"select count(*) from ({view.RowsOf(table)}) t");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async IAsyncEnumerable<RowDifference> Differences(
        NpgsqlConnection connection, string served, string candidate, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = ViewSnapshot.Command(connection, $"""
            select coalesce(a.tenant_id, b.tenant_id), coalesce(a.id, b.id), a.row::text, b.row::text
            from ({served}) a full join ({candidate}) b on a.tenant_id = b.tenant_id and a.id = b.id
            where a.row is distinct from b.row order by 1, 2
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            yield return RowDifference.Of(reader.GetString(0), reader.GetGuid(1), reader.GetStringOrNull(2), reader.GetStringOrNull(3));
    }
}

/// <param name="Position">Of the log, at which both were compared.</param>
/// <param name="Served">The table that is read.</param>
/// <param name="Candidate">The table that was built beside it.</param>
public sealed record ComparedTables(long Position, string Served, long ServedRows, string Candidate, long CandidateRows, long Different);

/// <summary>A row that only one of two tables has, or that says something else in them.</summary>
/// <param name="Customer">Whose it is, where the view says so.</param>
/// <param name="Columns">Where both have it, the columns that differ, with the values before and after as JSON.</param>
public sealed record RowDifference(string Tenant, Guid Id, string? Customer, RowKind Kind, IReadOnlyList<(string Column, string? Before, string? After)> Columns)
{
    internal static RowDifference Of(string tenant, Guid id, string? served, string? candidate)
    {
        var (before, after) = (Members(served), Members(candidate));
        var kind = served is null ? RowKind.OnlyCandidate : candidate is null ? RowKind.OnlyServed : RowKind.Differs;
        var customer = after?["customer_id"] ?? before?["customer_id"];
        return new(tenant, id, customer?.ToString(), kind, kind is RowKind.Differs ? [.. Differing(before!, after!)] : []);
    }

    private static IEnumerable<(string, string?, string?)> Differing(JsonObject before, JsonObject after) => before.Select(one => one.Key).Union(after.Select(one => one.Key))
        .Where(column => before.ContainsKey(column) != after.ContainsKey(column) || !JsonNode.DeepEquals(before[column], after[column]))
        .Select(column => (column, before[column]?.ToJsonString(), after[column]?.ToJsonString()));

    private static JsonObject? Members(string? row) => row is null ? null : JsonNode.Parse(row)!.AsObject();
}

public enum RowKind { OnlyServed, OnlyCandidate, Differs }
