using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Orders.OrderExamples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Payments;

public class RetryPaymentTests
{
    private static readonly PaymentId Late = PaymentOf("2025-11-01");

    [Fact]
    public void On_another_day_it_is_tried_again() => LateShop().When(Wish("2025-11-02"))
        .Then(new PaymentRetried(Late, 2, Visa, "mock", Day("2025-11-02"), Isk(15000)));

    [Fact]
    public void What_the_wish_names_is_charged_or_it_is_refused()
    {
        var amex = Added(Amex);
        LateShop().And(JonsWallet, amex).When(Wish("2025-11-02") with { PaymentMethodId = Amex })
            .Then(new PaymentRetried(Late, 2, Amex, "mock", Day("2025-11-02"), Isk(15000)));
        LateShop().When(Wish("2025-11-02") with { PaymentMethodId = Amex }).ThenRejected(PaymentMethodRejections.NotFound);
        LateShop().And(JonsWallet, amex, new PaymentMethodDeactivated(Amex, Jon)).When(Wish("2025-11-02") with { PaymentMethodId = Amex })
            .ThenRejected(PaymentMethodRejections.Inactive);
    }

    [Fact]
    public void Another_default_since_is_what_is_charged() =>
        LateShop().And(JonsWallet, Added(Amex), new DefaultPaymentMethodChanged(Amex, Jon)).When(Wish("2025-11-02"))
            .Then(new PaymentRetried(Late, 2, Amex, "mock", Day("2025-11-02"), Isk(15000)));

    [Fact]
    public void On_the_same_day_only_by_force()
    {
        LateShop().When(Wish("2025-11-01")).ThenRejected(PaymentRejections.AttemptedToday);
        LateShop().When(Wish("2025-11-01") with { IsForced = true }).ThenKinds(typeof(PaymentRetried));
    }

    [Fact]
    public void When_all_attempts_are_made_only_by_force()
    {
        var used = LateShop();
        for (var day = 2; day <= DunningSettings.Default.SettlingAttempts; day++)
        {
            var on = $"2025-11-{day:00}";
            _ = used.After(Chase(on)).After(Decline("2025-11-01", on, day));
        }

        used.When(Wish("2025-11-21")).ThenRejected(PaymentRejections.AttemptsUsedUp);
        used.When(Wish("2025-11-21") with { IsForced = true }).ThenKinds(typeof(PaymentRetried))
            .Next.When(Capture("2025-11-01", "2025-11-21", 21)).ThenKinds(typeof(PaymentCaptured), typeof(InvoicePaid), typeof(SubscriptionRecovered));
    }

    [Fact]
    public void Only_what_failed_is_tried_again()
    {
        PaidShop().When(Wish("2025-11-02")).ThenRejected(PaymentRejections.NotFailed);
        Shop().When(Wish("2025-11-02")).ThenRejected(PaymentRejections.NotFound);
        Ordered().After(PayByCard(First)).After(Answered(First, "card_declined")).When(Wish("2025-11-02") with { Id = First })
            .ThenRejected(PaymentRejections.NotRetryable);
    }

    private static RetryPayment Wish(string on) => new(Late, Bakery, IsForced: false, Day(on));
}
