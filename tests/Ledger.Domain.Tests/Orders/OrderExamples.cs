using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Orders;

/// <summary>Jón orders two loaves; somebody whom nobody knows orders for 1000.</summary>
internal static class OrderExamples
{
    public static readonly OrderId Loaves = OrderId.From(Number(601));
    public static readonly OrderId Plain = OrderId.From(Number(602));
    public static readonly PaymentId First = PaymentId.From(Number(603));
    public static readonly PaymentId Second = PaymentId.From(Number(604));
    public static readonly OneTimeCard Card = new("tok_1", "visa", "4242");

    public static readonly OrderCreated LoavesOrdered = new(Loaves, Isk(15000), true, [TwoRye], Start, Jon);
    public static readonly OrderCreated PlainOrdered = new(Plain, Isk(1000), true, [], Start);

    public static JointScenario Ordered() => Shop().And(Loaves.Stream, LoavesOrdered).And(Plain.Stream, PlainOrdered);

    public static PayOrder PayByCard(PaymentId payment, bool capturesLater = false) => new(Plain, payment, null, Card, "mock", capturesLater, Start);

    public static PayOrder Charge(PaymentId payment) => new(Loaves, payment, null, null, null, false, Start);

    public static RecordCharge Answered(PaymentId payment, string? failure = null) =>
        new(payment, Bakery, 1, failure is null ? new("ch_1") : new(null, failure), Start);
}
