using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.PaymentMethods;

public class SetupSessionCommandTests
{
    private static readonly SetupSessionId Session = SetupSessionId.From(Number(13));
    private static readonly Uri Page = new("https://shop.example.is/cards");
    private static readonly BeginSetup Begin = new(Session, Jon, "mock", "ses_1", Page);
    private static readonly CompleteSetup Complete = new(Session, "tok_1", "visa", "4242", 12, 2030, null);
    private static readonly FailSetup Fail = new(Session, "card_declined");

    private static JointScenario Begun => JointScenario.Given(Jon.Stream, JonCreated).After(Begin);

    [Fact]
    public void It_begins_for_a_customer() => JointScenario.Given(Jon.Stream, JonCreated)
        .When(Begin).Then(new SetupSessionCreated(Session, Jon, "mock", "ses_1", Page));

    [Fact]
    public void Beginning_again_changes_nothing() => Begun.When(Begin).ThenNothing();

    [Fact]
    public void A_customer_who_is_not_there_is_refused() => JointScenario.Given().When(Begin).ThenRejected(CustomerRejections.NotFound);

    [Fact]
    public void The_card_that_was_entered_is_kept() => Begun.When(Complete).Then(
        new PaymentMethodAdded(Session.PaymentMethod, Jon, "mock", "tok_1", "visa", "4242", 12, 2030, null),
        new DefaultPaymentMethodChanged(Session.PaymentMethod, Jon, IsFirst: true),
        new SetupSessionCompleted(Session, Session.PaymentMethod));

    [Fact]
    public void Hearing_twice_of_the_card_keeps_it_once() => Begun.After(Complete).When(Complete).ThenNothing();

    [Fact]
    public void A_session_that_failed_takes_no_card_any_more() => Begun.After(Fail).When(Complete).ThenNothing();

    [Fact]
    public void It_fails_once() => Begun.When(Fail).Then(new SetupSessionFailed(Session, "card_declined")).Next.When(Fail).ThenNothing();

    [Fact]
    public void A_session_that_is_complete_does_not_fail() => Begun.After(Complete).When(Fail).ThenNothing();

    [Fact]
    public void A_session_that_is_not_there_is_refused()
    {
        JointScenario.Given(Jon.Stream, JonCreated).When(Complete).ThenRejected(SetupSessionRejections.NotFound);
        JointScenario.Given(Jon.Stream, JonCreated).When(Fail).ThenRejected(SetupSessionRejections.NotFound);
    }
}
