namespace Ledger.Domain.Accounting;

/// <summary>What an event does to the accounts.</summary>
/// <param name="On">The day it counts for; null for the day, in UTC, on which it was true: of points that were written down without a day.</param>
/// <param name="Postings">Debits equal credits in every commodity.</param>
/// <param name="Spread">What moves from one account to another day by day.</param>
public sealed record JournalEntry(LocalDate? On, string Description, IReadOnlyList<Posting> Postings, IReadOnlyList<Spread> Spread)
{
    /// <summary>The commodities in which debits and credits differ; none, ever.</summary>
    public IEnumerable<string> Unbalanced() => Postings.GroupBy(one => one.Commodity)
        .Where(group => group.Aggregate(Int128.Zero, (sum, one) => sum + one.Amount) != 0).Select(group => group.Key);
}

/// <summary>One line of an entry.</summary>
/// <param name="Amount">In the minor unit; a debit above zero, a credit below.</param>
/// <param name="Commodity">A currency's code, or <c>POINTS</c>.</param>
public sealed record Posting(string Account, long Amount, string Commodity)
{
    public const string Points = "POINTS";
}

/// <summary>An amount that moves evenly, day by day, over a period: by the end of it, all of it has.</summary>
/// <param name="From">The account that is debited.</param>
/// <param name="To">The account that is credited.</param>
/// <param name="Amount">Below zero when it takes back what another moves.</param>
public sealed record Spread(string From, string To, long Amount, string Commodity, BillingPeriod Over)
{
    /// <summary>What has moved by the end of a day: rounded on the sum, so that the days add up.</summary>
    public long MovedBy(LocalDate day)
    {
        var days = Math.Clamp(Period.DaysBetween(Over.From, day) + 1, 0, Over.Days);
        return Money.RoundHalfAway((Int128)Amount * days, Over.Days);
    }
}
