using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Billing;

public class PolicyTests
{
    private static readonly PaymentId Id = PaymentOf("2025-11-01");
    private static readonly PaymentInitiated Begun = new(Id, InvoiceOf("2025-11-01"), Jon, Breads, Isk(15000), Visa, "mock", Start);

    [Fact]
    public void An_attempt_that_has_begun_is_made()
    {
        Answer(new CollectionPolicy(), Begun).ShouldBe([new CollectPayment(Id, 1)]);
        Answer(new CollectionPolicy(), new PaymentRetried(Id, 2, Visa, "mock", Start)).ShouldBe([new CollectPayment(Id, 2)]);
    }

    [Fact]
    public void An_attempt_that_was_not_answered_is_asked_about() =>
        Answer(new CollectionPolicy(), new PaymentOutcomeUnknown(Id, 2, Start)).ShouldBe([new ResolvePayment(Id, 2)]);

    [Fact]
    public void Where_there_is_nothing_to_charge_nobody_is_asked()
    {
        Answer(new CollectionPolicy(), Begun with { PaymentMethodId = null }).ShouldBeEmpty();
        Answer(new CollectionPolicy(), new PaymentRetried(Id, 2, null, null, Start)).ShouldBeEmpty();
        Answer(new CollectionPolicy(), new PaymentCaptured(Id, 1, "ch_1", Start)).ShouldBeEmpty();
    }

    [Fact]
    public void What_becomes_due_is_billed_at_once()
    {
        Answer(new PromptBillingPolicy(), Activated).Single().ShouldBeOfType<WorkOffSubscriptions>().Subscriptions.ShouldBe([Breads]);
        Answer(new PromptBillingPolicy(), new SubscriptionResumed(Breads, Start, Start, IsDue: true))
            .Single().ShouldBeOfType<WorkOffSubscriptions>().Subscriptions.ShouldBe([Breads]);
        Answer(new PromptBillingPolicy(), new SubscriptionReactivated(Breads, Start, Start, IsDue: true))
            .Single().ShouldBeOfType<WorkOffSubscriptions>().Subscriptions.ShouldBe([Breads]);
    }

    [Fact]
    public void What_is_not_due_waits_for_its_day()
    {
        Answer(new PromptBillingPolicy(), Activated with { IsDue = false }).ShouldBeEmpty();
        Answer(new PromptBillingPolicy(), new SubscriptionResumed(Breads, Start, null, IsDue: false)).ShouldBeEmpty();
        Answer(new PromptBillingPolicy(), Created).ShouldBeEmpty();
    }

    private static IMessage[] Answer(IPolicy policy, IEvent happened) =>
        [.. policy.React(happened, new EventContext("t", Breads.Stream, 1, 1, default)).Select(send => send.Message)];
}
