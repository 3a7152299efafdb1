using System.Globalization;
using Ledger.Domain.Accounting;

namespace Ledger.Projections.Accounting;

/// <summary>The journal: one row for each event that moves money, with its lines.</summary>
public sealed class JournalEntryView : View<JournalEntryRow>
{
    public override string Name => "journal_entries";

    public override int Version => 3;

    public override string Columns => """
        tenant_id text not null, id uuid not null, on_date date not null, description text not null, event_type text not null,
        stream_id uuid not null, accounts text not null, postings jsonb not null, spread jsonb, created_position bigint not null,
        effective_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes =>
    [
        "(tenant_id, created_position)", "(tenant_id, effective_at, created_position)", "(tenant_id, on_date, created_position)",
        "(tenant_id, stream_id, created_position)",
        "using gin (string_to_array(accounts, ' '))",
    ];

    public override IReadOnlyList<string> Streams => MoneyStreams.All;

    public override IEnumerable<Guid> Touched(StoredEvent happened) => Journal.Of(happened.Event) is null ? [] : [IdOf(happened)];

    public override JournalEntryRow? After(JournalEntryRow? row, Guid id, StoredEvent happened)
    {
        var entry = Journal.Of(happened.Event)!;
        return new(
            happened.Tenant, id, MoneyStreams.DayOf(entry, happened), entry.Description, happened.Type, happened.Stream.Id,
            string.Join(' ', entry.Postings.Select(one => one.Account).Concat(entry.Spread.SelectMany(one => new[] { one.From, one.To })).Distinct()), Json.Of(entry.Postings)!,
            entry.Spread.Count == 0 ? null : Json.Of(entry.Spread), happened.Position, happened.Headers.EffectiveAt);
    }

    private static Guid IdOf(StoredEvent happened) =>
        DerivedId.Of(happened.Stream.Id, $"entry {happened.Version.ToString(CultureInfo.InvariantCulture)}");
}

/// <param name="StreamId">Of what it happened to: the invoice, the payment, …</param>
/// <param name="Accounts">The accounts it touches, at once or by the day, with spaces between.</param>
public sealed record JournalEntryRow(
    string TenantId, Guid Id, LocalDate OnDate, string Description, string EventType, Guid StreamId, string Accounts,
    [property: JsonColumn] string Postings, [property: JsonColumn] string? Spread, long CreatedPosition, Instant EffectiveAt);

/// <summary>The kinds of stream whose events may move money.</summary>
internal static class MoneyStreams
{
    public static IReadOnlyList<string> All { get; } = ["invoice", "credit_note", "customer_balance", "payment", "refund", "class_credit", "booking", "loyalty_account", "order"];

    /// <summary>The day that an entry counts for.</summary>
    public static LocalDate DayOf(JournalEntry entry, StoredEvent happened) => entry.On ?? happened.Headers.EffectiveAt.InUtc().Date;
}
