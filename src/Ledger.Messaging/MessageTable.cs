namespace Ledger.Messaging;

/// <summary>The messages that wait, as workers see them.</summary>
public sealed class MessageTable(LedgerDatabase database) : IMessageLeases
{
    /// <summary>How long a killed worker keeps a message from others at most.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public Task<List<LeasedMessage>> Take(int limit, CancellationToken ct) =>
        database.QueryAsWorker("""
            with due as materialized (
                select id from ledger.messages
                where not is_blocked and run_at <= statement_timestamp()
                order by run_at, sequence limit $1 for update skip locked
            )
            update ledger.messages m
                set attempts = m.attempts + 1, failures = m.failures + m.is_leased::int, is_leased = true,
                    run_at = clock_timestamp() + $2
                from due
                where m.id = due.id
                returning m.id, m.tenant_id, m.type, m.body::text, m.attempts, m.failures, m.correlation_id, m.causation_id,
                          coalesce((select at from ledger.clocks c where c.tenant_id = m.tenant_id), clock_timestamp())
            """, [limit, Lease],
            row => new LeasedMessage(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4),
                row.GetInt32(5), row.GetStringOrNull(6), row.GetStringOrNull(7), row.GetInstant(8)), ct);

    /// <inheritdoc/>
    public Task<int> Extend(IReadOnlyCollection<MessageLease> leases, CancellationToken ct) =>
        database.RunAsWorker("""
            with kept as materialized (
                select m.id from unnest($1, $2) as mine (id, attempts)
                join ledger.messages m on m.id = mine.id and m.attempts = mine.attempts
                for update of m skip locked
            )
            update ledger.messages m set run_at = clock_timestamp() + $3 from kept where m.id = kept.id
            """, [leases.Select(one => one.Id).ToArray(), leases.Select(one => one.Attempts).ToArray(), Lease], ct);

    /// <inheritdoc/>
    public Task<int> PutBack(MessageLease lease, TimeSpan after, string? failure, CancellationToken ct) =>
        database.RunAsWorker("""
            update ledger.messages set run_at = clock_timestamp() + $3, is_leased = false,
                failures = case when $4 = '' then 0 else failures + 1 end, last_error = coalesce(nullif($4, ''), last_error)
            where id = $1 and attempts = $2
            """, [lease.Id, lease.Attempts, after, failure ?? ""], ct);

    /// <inheritdoc/>
    public Task Bury(MessageLease lease, string failure, CancellationToken ct) =>
        database.QueryAsWorker("select ledger.bury_message($1, $2, $3)", [lease.Id, lease.Attempts, failure], row => row.GetBoolean(0), ct);

    /// <summary>Messages that were given up, newest first. What they ask for is left out.</summary>
    /// <param name="tenant">Only its; null for every tenant's.</param>
    public Task<List<DeadMessage>> Dead(string? tenant, int limit, CancellationToken ct) =>
        database.QueryAsWorker("""
            select id, tenant_id, type, attempts, last_error, died_at, count(*) over ()
            from ledger.dead_messages where $1 = '' or tenant_id = $1 order by died_at desc, id limit $2
            """, [tenant ?? "", limit],
            row => new DeadMessage(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetString(4), row.GetInstant(5), row.GetInt64(6)), ct);

    /// <summary>Sends a dead message again. Returns false when it is not, or no longer, dead.</summary>
    public async Task<bool> Revive(Guid id, CancellationToken ct) =>
        (await database.QueryAsWorker(
            "select ledger.revive_message(tenant_id, id) from ledger.dead_messages where id = $1", [id], row => row.GetBoolean(0), ct)) is [true];

    /// <summary>Sends every dead message again, oldest first. Returns how many.</summary>
    /// <param name="tenant">Only its; null for every tenant's.</param>
    public async Task<int> ReviveAll(string? tenant, CancellationToken ct)
    {
        var dead = await database.QueryAsWorker(
            "select id from ledger.dead_messages where $1 = '' or tenant_id = $1 order by died_at, id", [tenant ?? ""], row => row.GetGuid(0), ct);
        var revived = 0;
        foreach (var id in dead)
            if (await Revive(id, ct)) revived++;
        return revived;
    }

    /// <summary>How many messages of a tenant are waiting or running, but for those that wait for its clock.</summary>
    /// <remarks>Of one key the first counts, and the others do not: they may be waiting for the one who asks.</remarks>
    /// <param name="correlation">Only those that follow from this; null for all.</param>
    /// <param name="except">The one who asks.</param>
    public async Task<long> CountOpen(string tenant, string? correlation, Guid except, CancellationToken ct) =>
        (await database.QueryAsWorker("""
            select count(*) from ledger.messages
            where tenant_id = $1 and run_at < 'infinity' and id <> $2 and case $3 when '' then not is_blocked else correlation_id = $3 end
            """, [tenant, except, correlation ?? ""], row => row.GetInt64(0), ct))[0];
}

/// <param name="InAll">How many dead messages there are.</param>
public sealed record DeadMessage(Guid Id, string Tenant, string Type, int Attempts, string Reason, Instant DiedAt, long InAll);

/// <param name="Now">By the tenant's clock when it was taken.</param>
public sealed record LeasedMessage(
    Guid Id, string Tenant, string Type, string Json, int Attempts, int Failures, string? CorrelationId, string? CausationId, Instant Now)
{
    public MessageLease Lease => new(Id, Attempts);
}
