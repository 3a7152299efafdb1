using System.Globalization;
using Ledger.Domain.Accounting;

namespace Ledger.Projections.Accounting;

/// <summary>What moves day by day, many lines to a row: what has moved of all of them by any day is a sum of few rows, rounded as each line is.</summary>
/// <remarks>
/// By day k of n, a line has moved its amount × k / n, rounded. With the amount as q × n + r that is q × k and r × k / n, rounded; so all lines with the same days and
/// the same r can be added up.
/// </remarks>
public sealed class SpreadTotalView : View<SpreadTotalRow>
{
    public override string Name => "spread_totals";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, from_account text not null, to_account text not null, commodity text not null,
        from_date date not null, until_date date not null, remainder bigint not null, on_date date not null, block bigint not null,
        lines bigint not null, by_day bigint not null, last_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, on_date, block)"];

    public override IReadOnlyList<string> Streams => ["invoice", "credit_note"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) =>
        Journal.Of(happened.Event) is { } entry ? entry.Spread.Select(one => IdOf(one, entry, happened)).Distinct() : [];

    public override SpreadTotalRow? After(SpreadTotalRow? row, Guid id, StoredEvent happened)
    {
        var entry = Journal.Of(happened.Event)!;
        var at = happened.Headers.EffectiveAt;
        foreach (var one in entry.Spread.Where(one => IdOf(one, entry, happened) == id))
        {
            row ??= new(
                happened.Tenant, id, one.From, one.To, one.Commodity, one.Over.From, one.Over.Until, one.Amount % one.Over.Days,
                MoneyStreams.DayOf(entry, happened), happened.Position / AccountTotalView.BlockSize, Lines: 0, ByDay: 0, at);
            row = row with { Lines = row.Lines + 1, ByDay = row.ByDay + one.Amount / one.Over.Days, LastAt = Instant.Max(row.LastAt, at) };
        }

        return row;
    }

    private static Guid IdOf(Spread one, JournalEntry entry, StoredEvent happened) => DerivedId.Of("", "spread total", string.Create(
        CultureInfo.InvariantCulture,
        $"{one.From} {one.To} {one.Commodity} {one.Over.From:R} {one.Over.Until:R} {one.Amount % one.Over.Days} {MoneyStreams.DayOf(entry, happened):R} {happened.Position / AccountTotalView.BlockSize}"));
}

/// <param name="Remainder">What is left of the amount of each line when it is divided by its days; with the sign of the amount.</param>
/// <param name="Block">As that of <see cref="AccountTotalRow"/>.</param>
/// <param name="Lines">How many they are.</param>
/// <param name="ByDay">The amounts divided by their days, without what is left, added up.</param>
/// <param name="LastAt">The last moment at which one of them was booked.</param>
public sealed record SpreadTotalRow(
    string TenantId, Guid Id, string FromAccount, string ToAccount, string Commodity, LocalDate FromDate, LocalDate UntilDate, long Remainder,
    LocalDate OnDate, long Block, long Lines, long ByDay, Instant LastAt);
