using Ledger.Domain.Accounting;
using Ledger.Domain.Catalog;
using Ledger.Domain.Invoices;

namespace Ledger.Projections.Accounting;

/// <summary>An event as a reason: what, when, by whom, and what it did to the accounts.</summary>
/// <param name="Position">Its place in the log.</param>
/// <param name="EventId">By which the audit trail has it, and its proof.</param>
/// <param name="RequestId">The request that led to it; null for what nobody asked for.</param>
/// <param name="Policy">The policy whose message led to it; null where a request did.</param>
/// <param name="Postings">None where it moved no money.</param>
public sealed record Reason(
    long Position, Guid EventId, string Event, Guid ResourceId, Instant EffectiveAt, string ActorKind, string ActorId, string? RequestId,
    string? IdempotencyKey, string? Policy, string? CausationId, IReadOnlyList<Posting> Postings);

/// <summary>Reads what led to a figure, from the log itself.</summary>
public sealed class Explanations(LedgerDatabase database, EventJson json)
{
    /// <summary>The most that is told of one thing.</summary>
    public const int EventsMax = 500;

    private const string Columns =
        "seq_id, id, type, stream_id, data::text, headers::text, correlation_id, causation_id";

    /// <summary>All that happened to these things, in the order of the log.</summary>
    public Task<List<Reason>> Of(string tenant, IReadOnlyCollection<Guid> streams, CancellationToken ct) =>
        database.QueryAsTenant(tenant, $"""
            select {Columns} from public.mt_events where tenant_id = $1 and stream_id = any($2) order by seq_id limit $3
            """, [tenant, streams.ToArray(), EventsMax], Read, ct);

    /// <summary>What set a price or the items of a subscription last before a position: of each thing one event; none for what has no such event.</summary>
    public Task<List<Reason>> LastBefore(string tenant, IReadOnlyCollection<Guid> streams, long position, CancellationToken ct) =>
        database.QueryAsTenant(tenant, $"""
            select distinct on (stream_id) {Columns} from public.mt_events
            where tenant_id = $1 and stream_id = any($2) and seq_id <= $3 and type = any($4) order by stream_id, seq_id desc
            """, [tenant, streams.ToArray(), position, PricedBy], Read, ct);

    /// <summary>The credit notes of an invoice, and the refunds of a payment: what else money went by.</summary>
    public Task<List<Guid>> CreditNotesOf(string tenant, InvoiceId invoice, CancellationToken ct) =>
        database.QueryAsTenant(tenant, "select id from views.credit_notes where tenant_id = $1 and invoice_id = $2 order by created_position limit 100",
            [tenant, invoice.Value], row => row.GetGuid(0), ct);

    /// <inheritdoc cref="CreditNotesOf"/>
    public Task<List<Guid>> RefundsOf(string tenant, Guid payment, CancellationToken ct) =>
        database.QueryAsTenant(tenant, "select id from views.refunds where tenant_id = $1 and payment_id = $2 order by created_position limit 100",
            [tenant, payment], row => row.GetGuid(0), ct);

    /// <summary>What an account's balance is made of: a line for each kind of event.</summary>
    public Task<List<AccountPart>> PartsOf(string tenant, string account, LocalDate day, Instant? at, long position, CancellationToken ct) =>
        database.QueryAsTenant(tenant, """
            select event_type, line ->> 'commodity', count(*), sum(greatest((line ->> 'amount')::bigint, 0))::bigint,
                   sum(greatest(-(line ->> 'amount')::bigint, 0))::bigint, min(created_position), max(created_position)
            from views.journal_entries, jsonb_array_elements(postings) line
            where tenant_id = $1 and on_date <= $2 and created_position <= $3 and line ->> 'account' = $4
                and ($5 is null or on_date < $2 or effective_at <= $5)
            group by 1, 2 order by 1, 2
            """, [tenant, day, position, account, OrNull.Of(at)],
            row => new AccountPart(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)), ct);

    private static readonly string[] PricedBy =
    [
        EventTypes.SnakeCase(nameof(ProductVariationCreated)), EventTypes.SnakeCase(nameof(ProductPriceChanged)),
        EventTypes.SnakeCase(nameof(Domain.Subscriptions.SubscriptionItemsReplaced)),
    ];

    private Reason Read(Npgsql.NpgsqlDataReader row)
    {
        var headers = JsonSerializer.Deserialize<EventHeaders>(row.GetString(5), LedgerJson.Options)!;
        return new(
            row.GetInt64(0), row.GetGuid(1), row.GetString(2), row.GetGuid(3), headers.EffectiveAt, headers.ActorKind, headers.ActorId,
            headers.RequestId, headers.IdempotencyKey, headers.Policy, row.IsDBNull(7) ? null : row.GetString(7),
            Journal.Of(json.Read(row.GetString(2), row.GetString(4)))?.Postings ?? []);
    }
}

/// <summary>What one kind of event did to an account.</summary>
/// <param name="Entries">How many.</param>
/// <param name="First">The position of the first of them.</param>
public sealed record AccountPart(string Event, string Commodity, long Entries, long Debit, long Credit, long First, long Last);
