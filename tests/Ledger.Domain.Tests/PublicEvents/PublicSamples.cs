using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.PublicEvents;

/// <summary>One of each shape that others are told, with all that it can say.</summary>
internal static class PublicSamples
{
    private static readonly PaymentId Payment = PaymentOf("2025-11-01");
    private static readonly InvoiceId Invoice = InvoiceOf("2025-11-01");
    private static readonly Instant Later = Instant.FromUtc(2026, 11, 1, 12, 0);

    private static readonly object[] All =
    [
        new PublicCustomer(Jon, "journey-42"),
        new PublicBalance(BalanceId.Of(Jon), Jon, -Isk(500), Isk(1000), Invoice),
        new PublicSubscription(Breads, Jon, SubscriptionStatus.PastDue, Start, Frequency.Monthly, Krona, Invoice, Day("2025-12-01"), "sub-1"),
        new PublicOrder(OrderId.From(Number(71)), OrderStatus.Paid, Isk(15000), Jon, Breads, Payment, "order-1"),
        new PublicInvoice(Invoice, 42, Jon, Breads, InvoiceStatus.Paid, Isk(15000), Isk(0), Start, Day("2025-11-15"), Start, Payment),
        new PublicPayment(Payment, PaymentStatus.PartiallyRefunded, Isk(15000), Isk(500), Isk(500), Jon, Invoice, Breads, Number(71), Number(85), 2, "card_declined"),
        new PublicPaymentMethod(Visa, Jon, "sandbox", "visa"),
        new PublicRefund(RefundId.From(Number(72)), Payment, RefundStatus.Succeeded, Isk(500), Jon, Invoice),
        new PublicClassCredit(ClassCreditId.BoughtBy(Payment), Jon, 10, 9, Later, BookingId.From(Number(85))),
        new PublicPointsEarned(LoyaltyAccountId.Of(Jon), Jon, Payment, 1850, 2000),
        new PublicRedemption(RewardRedemptionId.From(Number(73)), Jon, RewardId.From(Number(74)), 500),
        new PublicBooking(BookingId.From(Number(85)), Jon, BookingStatus.Confirmed, BookingPaymentStatus.CreditUsed, ClassSessionId.From(Number(84)), Isk(2500)),
    ];

    public static PublicEnvelope Of(string name)
    {
        var data = All.Single(one => one.GetType() == PublicNames.ShapeOf(name));
        var subject = Guid.Parse(System.Text.Json.JsonSerializer.SerializeToNode(data, Decisions.Json.LedgerJson.Options)!["id"]!.GetValue<string>());
        return new(PublicEvent.IdOf(Number(1), name), name, PublicNames.Version, Instant.FromUtc(2025, 11, 1, 12, 0), 4711, subject, 3, data);
    }
}
