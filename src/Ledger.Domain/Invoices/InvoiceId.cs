using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Invoices;

public readonly record struct InvoiceId(Guid Value) : IId<InvoiceId>
{
    public static InvoiceId From(Guid value) => new(value);

    /// <summary>The invoice of a subscription's period: a period has one invoice, however often it is billed.</summary>
    /// <param name="restart">How often days that were billed before, and taken back, have begun anew.</param>
    public static InvoiceId ForPeriod(SubscriptionId subscription, LocalDate from, int restart = 0) =>
        new(DerivedId.Of(subscription.Value, restart == 0 ? $"invoice {from:R}" : $"invoice {from:R} {restart}"));

    /// <summary>The invoice of a change within a period.</summary>
    /// <param name="number">How many there were before.</param>
    public static InvoiceId ForAdjustment(SubscriptionId subscription, int number) =>
        new(DerivedId.Of(subscription.Value, $"adjustment {number}"));

    public StreamId Stream => new("invoice", Value);
}

/// <summary>The number of an invoice as people write it: <c>INV-000042</c>.</summary>
public static class InvoiceNumbers
{
    public static string Of(long number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"INV-{number:000000}");
}
