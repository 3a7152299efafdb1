using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Testing.Scenario<Ledger.Domain.Payments.Payment, Ledger.Domain.Payments.PaymentEvent>;

namespace Ledger.Domain.Tests.Payments;

public class RecordUnknownOutcomeTests
{
    private static readonly PaymentId Id = PaymentOf("2025-11-01");
    private static readonly PaymentInitiated Begun = new(Id, InvoiceOf("2025-11-01"), Jon, Breads, Isk(15000), Visa, "mock", Start);

    [Fact]
    public void An_attempt_without_an_answer_goes_on() => Given(Begun)
        .When(new RecordUnknownOutcome(Id, 1, Start)).Then(new PaymentOutcomeUnknown(Id, 1, Start))
        .State.ShouldBeOfType<Payment.Known>().IsCharging.ShouldBeTrue();

    [Fact]
    public void Again_changes_nothing() => Given(Begun, new PaymentOutcomeUnknown(Id, 1, Start))
        .When(new RecordUnknownOutcome(Id, 1, Start)).ThenNothing();

    [Fact]
    public void Another_attempt_is_not_meant() => Given(Begun).When(new RecordUnknownOutcome(Id, 2, Start)).ThenNothing();

    [Fact]
    public void An_answer_that_came_stays() => Given(Begun, new PaymentCaptured(Id, 1, "ch_1", Start))
        .When(new RecordUnknownOutcome(Id, 1, Start)).ThenNothing();

    [Fact]
    public void Each_attempt_has_a_key_of_its_own()
    {
        var first = (Payment.Known)Payment.Evolve(Payment.Initial, Begun);
        var second = (Payment.Known)Payment.Evolve(first, new PaymentRetried(Id, 2, Visa, "mock", Start));
        first.AttemptKey.ShouldBe($"{Id.Value:N}-1");
        second.AttemptKey.ShouldBe($"{Id.Value:N}-2");
    }
}
