using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Invoices;

public readonly record struct InvoiceId(Guid Value) : IId<InvoiceId>
{
    public static InvoiceId From(Guid value) => new(value);

    /// <summary>The invoice of a subscription's period: a period has one invoice, however often it is billed.</summary>
    public static InvoiceId ForPeriod(SubscriptionId subscription, LocalDate from) =>
        new(DerivedId.Of(subscription.Value, $"invoice {from:R}"));

    public StreamId Stream => new("invoice", Value);
}
