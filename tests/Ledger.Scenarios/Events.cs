using Ledger.EventStore.Feed;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Scenarios;

/// <summary>What the log says.</summary>
internal static class Events
{
    /// <summary>The names of a stream's events, in order.</summary>
    public static async Task<IReadOnlyList<string>> Of(LedgerApp app, TestTenant tenant, Guid stream) =>
        [.. (await app.Services.GetRequiredService<EventFeed>().OfStream(tenant.Name, stream, CancellationToken.None)).Select(one => one.Type)];
}
