using System.Text.Json;
using Ledger.Decisions.Json;
using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.PublicEvents;

/// <summary>What others are told of what has happened.</summary>
public class PublishingTests
{
    private static readonly PaymentId Payment = PaymentOf("2025-11-01");
    private static readonly OrderId Order = OrderId.From(Number(71));
    private static readonly LocalDate Today = Day("2025-11-01");
    private static readonly PaymentInitiated Begun = new(Payment, null, Jon, null, Isk(1000), null, "sandbox", Today, new(PurchaseKind.Order, Order.Value));
    private static readonly PaymentAuthorized Held = new(Payment, 1, "ch_1", Isk(1000), Today);
    private static readonly PaymentCaptured Captured = new(Payment, 1, "ch_1", Today);

    [Fact]
    public void Money_taken_at_once_is_told_as_held_and_then_as_taken()
    {
        var told = Told(Begun, Captured);
        told.Select(one => one.Name).ShouldBe(["payment.authorized", "payment.succeeded"]);
        told.Select(one => ((PublicPayment)one.Data).Status).ShouldBe([PaymentStatus.Authorized, PaymentStatus.Captured]);
        told.ShouldAllBe(one => one.SubjectId == Payment.Value && one.CustomerId == Jon && ((PublicPayment)one.Data).OrderId == Order.Value);
    }

    [Fact]
    public void Money_that_was_held_is_told_as_taken_alone()
    {
        Told(Begun, Held).Single().Name.ShouldBe("payment.authorized");
        Told(Begun, Held, Captured).Single().Name.ShouldBe("payment.succeeded");
    }

    [Fact]
    public void A_hold_of_another_attempt_does_not_count() => Told(
        Begun, Held, new PaymentFailed(Payment, 1, "card_declined", IsHard: false, Today), new PaymentRetried(Payment, 2, null, "sandbox", Today), Captured with { Attempt = 2 })
        .Select(one => one.Name).ShouldBe(["payment.authorized", "payment.succeeded"]);

    [Fact]
    public void A_failure_says_why()
    {
        var told = (PublicPayment)Told(Begun, new PaymentFailed(Payment, 1, "card_declined", IsHard: false, Today)).Single().Data;
        (told.Status, told.FailureCode, told.Amount).ShouldBe((PaymentStatus.Failed, "card_declined", Isk(1000)));
    }

    [Fact]
    public void A_refund_says_what_went_back_now_and_in_all()
    {
        var first = new PaymentRefunded(Payment, RefundId.From(Number(72)), Isk(300), Isk(300), Today);
        var told = (PublicPayment)Told(Begun, Captured, first, first with { Amount = Isk(100), Refunded = Isk(400) }).Single().Data;
        (told.Status, told.Refund, told.Refunded).ShouldBe((PaymentStatus.PartiallyRefunded, Isk(100), Isk(400)));
    }

    [Fact]
    public void What_nobody_else_needs_to_know_is_not_told() => Told(Begun).ShouldBeEmpty();

    [Theory]
    [InlineData("payment.authorized", "authorized")]
    [InlineData("payment.succeeded", "captured")]
    public void A_gateways_merchant_is_told_in_seven_fields(string name, string status)
    {
        var told = Told(Begun, Captured).Single(one => one.Name == name);
        Text(GatewayPayment.Of(told, Instant.FromUtc(2025, 11, 1, 12, 0))!).ShouldBe(
            $$"""{"event":"{{name}}","payment_id":"{{Payment.Value}}","order_id":"{{Order.Value}}","amount":"1000","currency":"ISK","status":"{{status}}","created_at":"2025-11-01T12:00:00Z"}""");
    }

    [Fact]
    public void Seven_fields_are_seven_where_there_is_no_order() =>
        Text(GatewayPayment.Of(Told(Begun with { For = null }, Captured)[0], default)!).ShouldContain("\"order_id\":null");

    /// <summary>Each kind of event that is told has a name, and nothing else has.</summary>
    [Fact]
    public void Every_name_is_told_by_some_event_and_every_kind_that_is_told_has_a_name()
    {
        var late = new SubscriptionPastDue(Breads, InvoiceOf("2025-11-01"), Payment, Start, 20, Day("2025-11-21"));
        var names = Told(Created, WithItems, Activated, late, new SubscriptionErrored(Breads, Day("2025-11-20")))
            .Concat(Told(Created, WithItems, Activated, late, new SubscriptionExpired(Breads, Day("2025-11-21"))))
            .Concat(Told(Created, WithItems, Activated, late, new SubscriptionRecovered(Breads, Day("2025-11-20")))).Select(one => one.Name).ToHashSet();   // Few lives come to this.
        for (var seed = 0; seed < 1000 && names.Count < PublicNames.All.Count; seed++)
        {
            foreach (var stream in Properties.CommandProperties.Live(seed, (_, _) => { }).Log.GroupBy(one => one.Stream, one => one.Event).Select(one => one.ToList()))
            {
                for (var i = 0; i < stream.Count; i++)
                {
                    var told = Publishing.Of(stream[i], stream.GetRange(0, i + 1));
                    (told.Count > 0 && !Publishing.Types.Contains(stream[i].GetType())).ShouldBeFalse(stream[i].GetType().Name);
                    if (Publishing.IsWhole(stream[i])) Text(Publishing.Of(stream[i], [stream[i]])).ShouldBe(Text(told));
                    told.ShouldAllBe(one => one.Data.GetType() == PublicNames.ShapeOf(one.Name));
                    names.UnionWith(told.Select(one => one.Name));
                }
            }
        }

        PublicNames.All.Except(names).ShouldBeEmpty();
    }

    [Fact]
    public void An_id_is_of_one_event_and_one_name()
    {
        PublicEvent.IdOf(Number(1), "payment.failed").ShouldBe(PublicEvent.IdOf(Number(1), "payment.failed"));
        PublicEvent.IdOf(Number(1), "payment.failed").ShouldNotBe(PublicEvent.IdOf(Number(1), "payment.refunded"));
        PublicEvent.IdOf(Number(1), "payment.failed").ShouldNotBe(PublicEvent.IdOf(Number(2), "payment.failed"));
    }

    private static string Text(object told) => JsonSerializer.Serialize(told, LedgerJson.Options);

    private static IReadOnlyList<PublicEvent> Told(params IEvent[] history) => Publishing.Of(history[^1], history);
}
