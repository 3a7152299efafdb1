using JasperFx;

namespace Ledger.EventStore.Log;

/// <summary>Makes Marten's tables of the log, or brings them to the form of this version of Marten.</summary>
internal static class LogSchema
{
    public static async Task Apply(LedgerDatabase database, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await using var store = Marten.DocumentStore.For(options => LogOptions.Configure(options, database, null));
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
    }
}
