namespace Ledger.EventStore.Projecting;

/// <summary>The tables of the views, as their runner reads and writes them.</summary>
internal interface IViewRows
{
    /// <inheritdoc cref="ViewTables.Active"/>
    Task<IReadOnlyDictionary<string, ActiveTable>> Active(CancellationToken ct);

    /// <summary>Gives each page the rows it is missing.</summary>
    Task Load(IReadOnlyList<(ViewPage Page, NpgsqlBatchCommand Missing)> asked, CancellationToken ct);

    /// <summary>Writes the rows and the places of these pages, all or nothing.</summary>
    /// <exception cref="PostgresException"><c>LG001</c>: a place has moved on, or the lease is another's.</exception>
    Task Write(IReadOnlyList<ViewPage> pages, string leaseName, long epoch, CancellationToken ct);
}

internal sealed class ViewRows(LedgerDatabase database, ViewTables tables) : IViewRows
{
    public Task<IReadOnlyDictionary<string, ActiveTable>> Active(CancellationToken ct) => tables.Active(ct);

    public async Task Load(IReadOnlyList<(ViewPage Page, NpgsqlBatchCommand Missing)> asked, CancellationToken ct)
    {
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await using var batch = LedgerDatabase.AsWorker(connection);
        foreach (var (_, missing) in asked) batch.BatchCommands.Add(missing);
        await database.Prepare(batch, ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        foreach (var (page, _) in asked)
        {
            _ = await reader.NextResultAsync(ct);
            await page.Rows.Take(reader, ct);
        }
    }

    public async Task Write(IReadOnlyList<ViewPage> pages, string leaseName, long epoch, CancellationToken ct)
    {
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await using var batch = LedgerDatabase.AsWorker(connection);
        foreach (var one in pages)
        {
            foreach (var change in one.Rows.Changes(one.Table)) batch.BatchCommands.Add(change);
            batch.BatchCommands.Add(one.Move(leaseName, epoch));
        }

        await database.Prepare(batch, ct);
        _ = await batch.ExecuteNonQueryAsync(ct);
    }
}
