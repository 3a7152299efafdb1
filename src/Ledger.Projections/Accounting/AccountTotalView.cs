using System.Globalization;
using Ledger.Domain.Accounting;

namespace Ledger.Projections.Accounting;

/// <summary>What each account took in and gave out, by day and by stretch of the log: the trial balance of any day, as known at any position, is a sum of few rows.</summary>
public sealed class AccountTotalView : View<AccountTotalRow>
{
    /// <summary>Positions that share a row.</summary>
    public const long BlockSize = 10_000;

    public override string Name => "account_totals";

    public override int Version => 2;

    public override string Columns => """
        tenant_id text not null, id uuid not null, account text not null, commodity text not null, on_date date not null,
        block bigint not null, debit bigint not null, credit bigint not null, first_at timestamptz not null, last_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, on_date, block)"];

    public override IReadOnlyList<string> Streams => MoneyStreams.All;

    public override IEnumerable<Guid> Touched(StoredEvent happened) => Journal.Of(happened.Event) is { } entry
        ? entry.Postings.Select(posting => IdOf(posting, MoneyStreams.DayOf(entry, happened), happened.Position / BlockSize)).Distinct()
        : [];

    public override AccountTotalRow? After(AccountTotalRow? row, Guid id, StoredEvent happened)
    {
        var entry = Journal.Of(happened.Event)!;
        var (on, block, at) = (MoneyStreams.DayOf(entry, happened), happened.Position / BlockSize, happened.Headers.EffectiveAt);
        foreach (var posting in entry.Postings.Where(one => IdOf(one, on, block) == id))
        {
            row ??= new(happened.Tenant, id, posting.Account, posting.Commodity, on, block, Debit: 0, Credit: 0, at, at);
            row = posting.Amount > 0 ? row with { Debit = row.Debit + posting.Amount } : row with { Credit = row.Credit - posting.Amount };
        }

        return row! with { FirstAt = Instant.Min(row.FirstAt, at), LastAt = Instant.Max(row.LastAt, at) };
    }

    private static Guid IdOf(Posting posting, LocalDate on, long block) =>
        DerivedId.Of("", "account total", string.Create(CultureInfo.InvariantCulture, $"{posting.Account} {posting.Commodity} {on:R} {block}"));
}

/// <param name="Block">The position by <see cref="AccountTotalView.BlockSize"/>, rounded down.</param>
/// <param name="Credit">Not below zero.</param>
/// <param name="FirstAt">The first moment of what is in it.</param>
public sealed record AccountTotalRow(
    string TenantId, Guid Id, string Account, string Commodity, LocalDate OnDate, long Block, long Debit, long Credit, Instant FirstAt,
    Instant LastAt);
