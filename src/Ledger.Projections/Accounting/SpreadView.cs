using System.Globalization;
using Ledger.Domain.Accounting;

namespace Ledger.Projections.Accounting;

/// <summary>What moves from one account to another day by day: revenue that is earned as its days pass.</summary>
public sealed class SpreadView : View<SpreadRow>
{
    public override string Name => "spreads";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, from_account text not null, to_account text not null, commodity text not null,
        amount bigint not null, from_date date not null, until_date date not null, on_date date not null, stream_id uuid not null,
        created_position bigint not null
        """;

    public override IReadOnlyList<string> Indexes =>
        ["(tenant_id, created_position)", "(tenant_id, until_date, from_date)", "(tenant_id, stream_id)"];

    public override IReadOnlyList<string> Streams => ["invoice", "credit_note"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) =>
        Journal.Of(happened.Event) is { } entry ? entry.Spread.Select((_, i) => IdOf(happened, i)) : [];

    public override SpreadRow? After(SpreadRow? row, Guid id, StoredEvent happened)
    {
        var entry = Journal.Of(happened.Event)!;
        var place = Enumerable.Range(0, entry.Spread.Count).First(i => IdOf(happened, i) == id);
        var one = entry.Spread[place];
        return new(
            happened.Tenant, id, one.From, one.To, one.Commodity, one.Amount, one.Over.From, one.Over.Until, MoneyStreams.DayOf(entry, happened), happened.Stream.Id,
            happened.Position);
    }

    private static Guid IdOf(StoredEvent happened, int place) =>
        DerivedId.Of(happened.Stream.Id, string.Create(CultureInfo.InvariantCulture, $"spread {happened.Version} {place}"));
}

/// <param name="FromDate">The first day on which some of it moves.</param>
/// <param name="UntilDate">The first day on which no more does.</param>
/// <param name="OnDate">When it was booked.</param>
public sealed record SpreadRow(
    string TenantId, Guid Id, string FromAccount, string ToAccount, string Commodity, long Amount, LocalDate FromDate, LocalDate UntilDate,
    LocalDate OnDate, Guid StreamId, long CreatedPosition);
