using Ledger.Domain.Coupons;
using Ledger.Domain.Invoices;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Billing;

/// <summary>An invoice of a subscription, as it was.</summary>
/// <param name="Coupons">Those that reduced it, as far as the log says.</param>
/// <param name="Collected">What was paid on it.</param>
public sealed record PastInvoice(InvoiceIssued Issued, IReadOnlyList<CouponTerms> Coupons, Money Collected, bool IsPaid)
{
    /// <summary>What would have been collected, had its total been another: all of it where it was paid, else no more than was.</summary>
    public Money CollectedOf(Money total) => IsPaid ? total : Collected < total ? Collected : total;
}

/// <summary>What an invoice would have come to under another price, or with another coupon.</summary>
/// <remarks>
/// The model: customers would have bought, paid and failed to pay as they did. A part of a period keeps its share of the price. Lines are
/// discounted and taxed by the functions that made the invoice. The same terms give the same total.
/// </remarks>
public static class InvoiceReplay
{
    /// <summary>The total with this unit price for all that was sold of a variation in the currency of the price.</summary>
    public static Money AtPrice(PastInvoice past, Guid variation, Money price)
    {
        if (past.Issued.Total.Currency != price.Currency || past.Issued.Lines.All(line => line.ProductVariationId != variation)) return past.Issued.Total;
        return Total(past, [.. past.Issued.Lines.Select(line => line.ProductVariationId == variation ? Repriced(line, price) : Priced(line))]);
    }

    /// <summary>The total with this coupon after those that reduced it already. Lines that give money back are not reduced.</summary>
    public static Money WithCoupon(PastInvoice past, CouponTerms coupon) =>
        Draft(past, Discounts.On([.. past.Issued.Lines.Select(Priced)], [coupon]));

    private static PricedLine Priced(InvoiceLine line) =>
        new(line.Description, line.Quantity, line.UnitPrice, line.Amount, line.TaxRate, line.ProductVariationId, line.Discount, line.Period);

    private static PricedLine Repriced(InvoiceLine line, Money price)
    {
        var (before, after) = (line.UnitPrice.Times(line.Quantity), price.Times(line.Quantity));
        return Priced(line) with { UnitPrice = price, Amount = Share(after, line.Amount, before), Discount = line.Discount is { } off ? Share(after, off, before) : null };
    }

    /// <summary>As much of an amount as a part is of a whole; all of it where the whole was nothing.</summary>
    private static Money Share(Money amount, Money part, Money whole) => whole.Amount == 0 ? amount
        : amount with { Amount = Money.RoundHalfAway((Int128)amount.Amount * part.Amount, whole.Amount) };

    /// <summary>Discounts are worked out anew where that explains what was taken off; elsewhere they keep their share.</summary>
    private static Money Total(PastInvoice past, IReadOnlyList<PricedLine> lines)
    {
        var explained = Discounts.On([.. past.Issued.Lines.Select(line => Priced(line) with { Discount = null })], past.Coupons)
            .Select(line => line.Discount).SequenceEqual(past.Issued.Lines.Select(line => line.Discount));
        return Draft(past, explained ? Discounts.On([.. lines.Select(line => line with { Discount = null })], past.Coupons) : lines);
    }

    private static Money Draft(PastInvoice past, IReadOnlyList<PricedLine> lines) =>
        InvoiceDraft.Of(past.Issued.Total.Currency, lines, past.Issued.PricesIncludeTax).Total;
}

/// <summary>Gathers the invoices of subscriptions from a log that is read in its order. Those that were cancelled are none.</summary>
public sealed class InvoiceHistory
{
    /// <summary>The events that it looks at; it does nothing with others.</summary>
    public static readonly IReadOnlyList<Type> Looks =
    [
        typeof(InvoiceIssued), typeof(InvoicePartiallyPaid), typeof(InvoicePaid), typeof(InvoiceCancelled), typeof(SubscriptionBilled),
        typeof(CouponAppliedToSubscription),
    ];

    private readonly Dictionary<InvoiceId, PastInvoice> invoices = [];
    private readonly Dictionary<(SubscriptionId, CouponId), CouponTerms> terms = [];

    /// <summary>In the order in which they were issued.</summary>
    public IEnumerable<PastInvoice> All => invoices.Values.OrderBy(one => one.Issued.Number);

    public void Take(IEvent happened)
    {
        switch (happened)
        {
            case InvoiceIssued { SubscriptionId: not null } issued: invoices[issued.Id] = new(issued, [], Money.Zero(issued.Total.Currency), IsPaid: false); break;
            case InvoicePartiallyPaid part: Pay(part.Id, part.Amount, isPaid: false); break;
            case InvoicePaid paid: Pay(paid.Id, paid.Amount, isPaid: true); break;
            case InvoiceCancelled cancelled: _ = invoices.Remove(cancelled.Id); break;
            case CouponAppliedToSubscription applied: terms[(applied.Id, applied.CouponId)] = applied.Terms; break;
            case SubscriptionBilled { Coupons: { } used } billed when invoices.TryGetValue(billed.InvoiceId, out var past):
                invoices[billed.InvoiceId] = past with { Coupons = [.. used.Where(one => terms.ContainsKey((billed.Id, one))).Select(one => terms[(billed.Id, one)])] };
                break;
            default: break;
        }
    }

    private void Pay(InvoiceId id, Money amount, bool isPaid)
    {
        if (invoices.TryGetValue(id, out var past)) invoices[id] = past with { Collected = past.Collected + amount, IsPaid = isPaid };
    }
}
