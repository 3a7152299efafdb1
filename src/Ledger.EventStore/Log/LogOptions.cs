using JasperFx;
using JasperFx.Events;
using JasperFx.MultiTenancy;
using Ledger.Decisions.Json;
using Marten;
using Marten.Services.Json.Transformations;
using Weasel.Core;

namespace Ledger.EventStore.Log;

/// <summary>How Marten keeps the log: tenants side by side, positions and versions checked, every event with all that is known of it.</summary>
public static class LogOptions
{
    /// <summary>Where more statements than this are queued, they go in several round trips of the one transaction.</summary>
    private const int StatementsMax = 5_000;

    /// <param name="types">Whose events and older shapes can be read; null to make the schema alone.</param>
    public static void Configure(StoreOptions options, LedgerDatabase database, EventTypes? types)
    {
        options.Connection(types is null ? database.Direct : database.Source);
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.UseSystemTextJsonForSerialization(LedgerJson.Options, EnumStorage.AsInteger, Casing.SnakeCase);
        options.UpdateBatchSize = StatementsMax;
        options.ConfigureWritePolly(_ => { });   // What is written again is written again from its beginning, by group commit.

        var log = options.Events;
        log.StreamIdentity = StreamIdentity.AsGuid;
        log.TenancyStyle = TenancyStyle.Conjoined;
        log.AppendMode = EventAppendMode.Quick;   // One round trip; positions are drawn inside, under the batch's lock.
        log.MetadataConfig.EnableAll();
        log.MetadataConfig.UserNameEnabled = true;
        log.AddEventType<UnreadableEvent>();   // Without any, Marten makes no tables.
        if (types is null) return;

        foreach (var type in types.Types) log.MapEventType(type, types.NameFor(type));
        foreach (var name in types.OlderNames) _ = log.Upcast(types.Find(name).Type, name, Older(types, name));
    }

    /// <summary>A store of its own, that ends before the database does.</summary>
    public static DocumentStore Open(LedgerDatabase database, EventTypes? types)
    {
        var store = DocumentStore.For(options => Configure(options, database, types));
        database.DisposeFirst(store.DisposeAsync);
        return store;
    }

    private static JsonTransformation Older(EventTypes types, string name)
    {
        var json = new EventJson(types);
        return new(
            (_, reader, index) => json.Read(name, reader.GetFieldValue<byte[]>(index)),
            (_, reader, index, _) => ValueTask.FromResult<object>(json.Read(name, reader.GetFieldValue<byte[]>(index))));
    }
}
