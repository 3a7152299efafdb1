namespace Ledger.Cli;

/// <summary>What has happened to a tenant, read from the beginning for what would have been otherwise.</summary>
internal static class TenantHistory
{
    private const int PageMax = 2000;

    /// <param name="looks">The kinds of events that are wanted.</param>
    /// <param name="take">Told each of them, in the order of the log.</param>
    public static async Task Read(
        OpenLedger ledger, string tenant, IReadOnlyList<Type> looks, Action<IEvent> take, IProgress<Done> progress, CancellationToken ct)
    {
        var (feed, types) = (ledger.Get<EventFeed>(), ledger.Get<EventTypes>());
        var names = looks.Select(types.NameFor).ToList();
        var head = await feed.Head(ct);
        for (var after = 0L; await feed.AfterForTenant(tenant, after, names, PageMax, ct) is { Count: > 0 } page; after = page[^1].Position)
        {
            foreach (var happened in page) take(happened.Event);
            progress.Report(new(page[^1].Position, head));
        }
    }
}
