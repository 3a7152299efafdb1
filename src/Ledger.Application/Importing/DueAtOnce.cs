using Ledger.Domain.Amounts;

namespace Ledger.Application.Importing;

/// <summary>What is invoiced and charged as soon as subscribers are in: the periods that have begun by today.</summary>
/// <param name="Subscribers">How many have at least one such period.</param>
/// <param name="Late">How many of them owe days before today: without <c>paid_until</c>, the past is billed again.</param>
public sealed record DueAtOnce(long Subscribers, long Late, long Invoices, Money Total)
{
    public static DueAtOnce Nothing(Currency currency) => new(0, 0, 0, new Money(0, currency));

    public static DueAtOnce operator +(DueAtOnce a, DueAtOnce b) =>
        new(a.Subscribers + b.Subscribers, a.Late + b.Late, a.Invoices + b.Invoices, a.Total + b.Total);

    /// <summary>Of one subscriber. Who has left, or has no way to pay, is not billed.</summary>
    public static DueAtOnce Of(SubscriberRow row, LocalDate today)
    {
        var plan = row.Plan;
        var first = plan.FirstDueOn;
        if (row.HasLeft || row.Card is null || first > today) return Nothing(plan.Price.Currency);

        BillingAnchor anchor = new(plan.StartOn);
        var further = BillingCalendar.IndexOf(anchor, plan.Frequency, today) - BillingCalendar.IndexOf(anchor, plan.Frequency, first);
        var total = DaysToBill.From(anchor, plan.Frequency, first, endsOn: null).PartOf(plan.Price) + plan.Price.Times(further);
        return new(1, first < today ? 1 : 0, further + 1, total);
    }
}

/// <summary>What came of looking at a whole file.</summary>
/// <param name="Faults">What is wrong with its rows; none for a file that is fit to import.</param>
public sealed record ImportReview(long Rows, IReadOnlyList<ImportFault> Faults, DueAtOnce Due);
