using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Orders.OrderExamples;

namespace Ledger.Domain.Tests.Payments;

public class DisputeTests
{
    private static readonly RecordDispute Disputed = new(First, "dp_1", Isk(400), "fraudulent", Start);

    [Fact]
    public void Disputed_money_is_withheld_once() => Paid().When(Disputed).Then(new PaymentDisputed(First, "dp_1", Isk(400), "mock", "fraudulent", Start))
        .Next.When(Disputed).ThenNothing();

    [Fact]
    public void No_more_is_withheld_than_is_left() => Paid().When(Disputed with { Amount = Isk(5000) })
        .Then(new PaymentDisputed(First, "dp_1", Isk(1000), "mock", "fraudulent", Start, Isk(5000)));

    [Theory]
    [InlineData(true, 1000)]
    [InlineData(false, 600)]
    public void Its_end_comes_once(bool isWon, long refundable)
    {
        var close = new CloseDispute(First, "dp_1", isWon, Start);
        var closed = Paid().After(Disputed).When(close).Then(new PaymentDisputeClosed(First, "dp_1", isWon, Isk(400), "mock", Start)).Next;
        closed.When(close).ThenNothing();
        closed.When(Disputed).ThenNothing();
        ((Payment.Known)closed.Ledger.State<Payment, PaymentEvent>(First.Stream)).Refundable.ShouldBe(Isk(refundable));
    }

    [Fact]
    public void What_was_never_paid_is_not_disputed() => Ordered().After(PayByCard(First)).When(Disputed).ThenNothing();

    [Fact]
    public void What_went_back_at_the_provider_is_counted_beside_ours()
    {
        var ours = RefundId.From(Number(609));
        var refunding = Paid().After(new RequestRefund(ours, First, Isk(300), null, "a", true, Start));
        refunding.When(new RecordProviderRefund(First, Isk(300), "ch_1", Start)).ThenNothing();
        refunding.When(new RecordProviderRefund(First, Isk(1000), "ch_1", Start)).ThenKinds(
                typeof(RefundRequested), typeof(PaymentRefundReserved), typeof(RefundSucceeded), typeof(PaymentRefunded))
            .Next.When(new RecordProviderRefund(First, Isk(1000), "ch_1", Start)).ThenNothing();
    }

    /// <summary>What the provider tells comes to the same whichever way round.</summary>
    [Fact]
    public void What_went_back_is_not_withheld_as_well() => Paid().After(Disputed with { Amount = Isk(1000) }).When(new RecordProviderRefund(First, Isk(300), "ch_1", Start))
        .ThenKinds(typeof(RefundRequested), typeof(PaymentRefundReserved), typeof(RefundSucceeded), typeof(PaymentRefunded), typeof(PaymentDisputeChanged))
        .Events[^1].ShouldBe(new PaymentDisputeChanged(First, "dp_1", Isk(1000), Isk(700), Isk(-300), "mock", false, Start));

    private static JointScenario Paid() => Ordered().After(PayByCard(First)).After(Answered(First));
}
