namespace Ledger.Messaging;

/// <summary>How far in the log the policies are.</summary>
internal interface IPolicyPlaces
{
    /// <summary>The places of these names, where they have one.</summary>
    Task<Dictionary<string, long>> Of(string[] names, CancellationToken ct);

    /// <summary>Gives the names that have no place the head of the log.</summary>
    Task BeginAtHead(string[] names, CancellationToken ct);
}

internal sealed class PolicyPlaces(LedgerDatabase database) : IPolicyPlaces
{
    public async Task<Dictionary<string, long>> Of(string[] names, CancellationToken ct) =>
        (await database.QueryAsWorker(
            "select name, position from ledger.places where name = any($1)", [names],
            row => (Name: row.GetString(0), Position: row.GetInt64(1)), ct))
        .ToDictionary(row => row.Name, row => row.Position);

    public Task BeginAtHead(string[] names, CancellationToken ct) =>
        database.RunAsWorker("""
            insert into ledger.places (name, position)
            select name, coalesce((select max(last_position) from ledger.blocks), 0) from unnest($1) as name
            on conflict do nothing
            """, [names], ct);
}
