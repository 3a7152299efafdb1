using Ledger.Domain.Invoices;

namespace Ledger.Domain.Subscriptions;

/// <summary>What is charged for today and the days after it, up to the end of what is invoiced.</summary>
/// <param name="Rest">The days that are left, today included.</param>
/// <param name="Lines">What is charged for them, at the price of the full period.</param>
/// <param name="Charged">All days that the lines are charged for.</param>
public sealed record ChargedDays(DaysToBill Rest, IReadOnlyList<ChargedLine> Lines, BillingPeriod Charged)
{
    /// <summary>Null when nothing is charged for today: before the first invoice, after the last, or when it was taken back.</summary>
    public static async ValueTask<ChargedDays?> From(IStates states, Subscription.Known subscription, LocalDate today)
    {
        if (subscription.Billed is not { } billed) return null;
        var from = LocalDate.Max(today, billed.Period.From);
        if (from >= billed.ChargedUntil) return null;
        var rest = new DaysToBill(new(from, billed.ChargedUntil), billed.FullPeriod);
        if (billed.Charged is { } changed) return new(rest, changed, billed.Period);
        return await states.Of<Invoice, InvoiceEvent>(billed.InvoiceId.Stream) is Invoice.Known invoice
            ? new(rest, [.. invoice.Lines.Select(ChargedLine.Of)], billed.Period)
            : null;
    }

    /// <summary>The lines, below zero, that take back what is charged for the days that are left.</summary>
    public IEnumerable<PricedLine> Credits => Lines.Select(line => line.Credit(Rest, Charged));
}
