namespace Ledger.EventStore.Archiving;

/// <summary>What an archive holds: the log, and what stands beside it that cannot be made from it.</summary>
/// <remarks>
/// Not in it: views, which are made anew; passwords, sessions and signing keys; the access log; files of exports; the history of
/// deliveries; leases. Personal keys are in it as they are stored, wrapped by a master key that is not.
/// </remarks>
internal static class ArchiveTables
{
    /// <summary>In the order in which they are written and read: a stream before its events.</summary>
    public static readonly IReadOnlyList<ArchiveTable> All =
    [
        new("public.mt_streams", "tenant_id, id"), new("public.mt_events", "seq_id"), new("ledger.blocks", "last_position"),
        new("ledger.event_index", "tenant_id, position"), new("ledger.claims", "tenant_id, kind, value"), new("ledger.numbers", "tenant_id, series"),
        new("ledger.idempotency", "tenant_id, caller, key"), new("ledger.forgotten_master_keys", "id"),
        new("ledger.personal_keys", "tenant_id, subject_id"), new("ledger.personal_index", "tenant_id, token, subject_id"), new("ledger.clocks", "tenant_id"),
        new("ledger.messages", "sequence", Counter: "sequence"), new("ledger.dead_messages", "id"), new("ledger.signed_heads", "position, key_id"),
        new("ledger.tenant_files", "tenant_id, hash"), new("ledger.webhook_endpoints", "tenant_id, id"),
        new("ledger.webhook_subjects", "tenant_id, endpoint_id, subject_id"),
        new("ledger.webhook_deliveries", "number", Where: "status = 'pending'", Counter: "number"), new("ledger.webhook_replays", "tenant_id, id"),
        new("ledger.notifications", "tenant_id, id", Where: "status = 'pending'", Counter: "number"), new("ledger.notification_months", "tenant_id"),
        new("ledger.places", "name", Where: "name not like 'view:%'"),
    ];

    /// <summary>Tables that no archive has.</summary>
    public static readonly IReadOnlyList<string> LeftOut =
    [
        "public.mt_event_progression", "public.mt_event_projection_floors", "public.mt_high_water_skips", "public.mt_doc_deadletterevent",
        "ledger.leases", "ledger.views", "ledger.view_prints", "ledger.request_origins", "ledger.access_log", "ledger.webhook_attempts", "ledger.portal_sessions", "ledger.export_parts",
    ];
}

/// <param name="Order">The columns of its key.</param>
/// <param name="Where">Which rows; null for all.</param>
/// <param name="Counter">A column that the database counts by itself.</param>
internal sealed record ArchiveTable(string Name, string Order, string? Where = null, string? Counter = null)
{
    public string Rows => $"(select * from {Name} where {Where ?? "true"} order by {Order}) t";
}
