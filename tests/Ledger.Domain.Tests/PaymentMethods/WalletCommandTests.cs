using static Ledger.Domain.Tests.Examples;
using static Ledger.Testing.Scenario<Ledger.Domain.PaymentMethods.Wallet, Ledger.Domain.PaymentMethods.WalletEvent>;

namespace Ledger.Domain.Tests.PaymentMethods;

public class AddPaymentMethodTests
{
    private static JointScenario JonAlone => JointScenario.Given(Jon.Stream, JonCreated);

    [Fact]
    public void The_first_one_becomes_the_default() => JonAlone.When(Wish(Visa))
        .Then(Added(Visa), VisaIsDefault with { IsFirst = true }).Claiming($"payment_method {Visa.Value}");

    [Fact]
    public void The_second_one_does_not() => JonAlone.After(Wish(Visa)).When(Wish(Amex)).Then(Added(Amex));

    [Fact]
    public void One_that_follows_an_inactive_default_becomes_the_default() => JonAlone.After(Wish(Visa))
        .After(new DeactivatePaymentMethod(Visa, Jon, [])).When(Wish(Amex)).Then(Added(Amex), new DefaultPaymentMethodChanged(Amex, Jon));

    [Fact]
    public void Adding_it_again_changes_nothing() => JonAlone.After(Wish(Visa)).When(Wish(Visa)).ThenNothing();

    [Fact]
    public void A_removed_one_does_not_come_back() =>
        JonAlone.After(Wish(Visa)).After(new RemovePaymentMethod(Visa, Jon, [])).When(Wish(Visa)).ThenNothing();

    [Fact]
    public void The_twenty_first_is_refused()
    {
        var jon = JonAlone;
        for (var i = 0; i < AddPaymentMethod.MethodsMax; i++) _ = jon.After(Wish(PaymentMethodId.From(Number(100 + i))));
        jon.When(Wish(Visa)).ThenRejected(PaymentMethodRejections.TooMany);
    }

    [Fact]
    public void A_customer_who_is_not_there_is_refused() => JointScenario.Given().When(Wish(Visa)).ThenRejected(CustomerRejections.NotFound);

    private static AddPaymentMethod Wish(PaymentMethodId id)
    {
        var added = Added(id);
        return new(id, Jon, added.Provider, added.Token, added.Brand, added.Last4, added.ExpMonth, added.ExpYear, null);
    }
}

public class SetDefaultPaymentMethodTests
{
    [Fact]
    public void Charges_go_to_it() => Given(Added(Visa), VisaIsDefault, Added(Amex))
        .When(new SetDefaultPaymentMethod(Amex, Jon)).Then(new DefaultPaymentMethodChanged(Amex, Jon))
        .State.Chargeable(null)!.Id.ShouldBe(Amex);

    [Fact]
    public void Again_changes_nothing() => Given(Added(Visa), VisaIsDefault).When(new SetDefaultPaymentMethod(Visa, Jon)).ThenNothing();

    [Fact]
    public void An_inactive_one_is_refused() => Given(Added(Visa), VisaIsDefault, Added(Amex), new PaymentMethodDeactivated(Amex, Jon))
        .When(new SetDefaultPaymentMethod(Amex, Jon)).ThenRejected(PaymentMethodRejections.Inactive);

    [Fact]
    public void One_that_is_not_there_is_refused() =>
        Given(Added(Visa), VisaIsDefault).When(new SetDefaultPaymentMethod(Amex, Jon)).ThenRejected(PaymentMethodRejections.NotFound);
}

public class ActivatePaymentMethodTests
{
    [Fact]
    public void It_can_be_charged_again() => Given(Added(Visa), VisaIsDefault, Added(Amex), new PaymentMethodDeactivated(Amex, Jon))
        .When(new ActivatePaymentMethod(Amex, Jon)).Then(new PaymentMethodActivated(Amex, Jon))
        .State.Chargeable(Amex)!.Id.ShouldBe(Amex);

    [Fact]
    public void Where_there_is_no_default_it_becomes_the_default() => Given(Added(Visa), VisaIsDefault, new PaymentMethodDeactivated(Visa, Jon))
        .When(new ActivatePaymentMethod(Visa, Jon)).Then(new PaymentMethodActivated(Visa, Jon), VisaIsDefault);

    [Fact]
    public void Again_changes_nothing() => Given(Added(Visa), VisaIsDefault).When(new ActivatePaymentMethod(Visa, Jon)).ThenNothing();

    [Fact]
    public void One_that_is_not_there_is_refused() =>
        Given().When(new ActivatePaymentMethod(Visa, Jon)).ThenRejected(PaymentMethodRejections.NotFound);
}

public class DeactivatePaymentMethodTests
{
    private static readonly DeactivatePaymentMethod Wish = new(Visa, Jon, [Breads]);

    [Fact]
    public void The_newest_other_one_becomes_the_default() => Shop().And(JonsWallet, Added(Amex), Added(Maestro))
        .When(Wish).Then(new PaymentMethodDeactivated(Visa, Jon), new DefaultPaymentMethodChanged(Maestro, Jon));

    [Fact]
    public void The_default_stays_where_it_is_another() => Shop().And(JonsWallet, Added(Amex))
        .When(Wish with { Id = Amex }).Then(new PaymentMethodDeactivated(Amex, Jon));

    [Fact]
    public void The_only_one_of_a_running_subscription_is_refused() => Shop().When(Wish).ThenRejected(PaymentMethodRejections.InUse);

    [Fact]
    public void The_only_one_of_a_pending_subscription_is_not() => Pending().And(JonsWallet, Added(Visa), VisaIsDefault)
        .When(Wish).Then(new PaymentMethodDeactivated(Visa, Jon)).State<Wallet, WalletEvent>(JonsWallet).Default.ShouldBeNull();

    [Fact]
    public void Again_changes_nothing() => Shop().And(JonsWallet, Added(Amex)).After(Wish).When(Wish).ThenNothing();

    [Fact]
    public void One_that_is_not_there_is_refused() => Pending().When(Wish).ThenRejected(PaymentMethodRejections.NotFound);
}

public class RemovePaymentMethodTests
{
    private static readonly RemovePaymentMethod Wish = new(Visa, Jon, [Breads]);

    [Fact]
    public void The_newest_other_one_becomes_the_default() => Shop().And(JonsWallet, Added(Amex), Added(Maestro))
        .When(Wish).Then(new PaymentMethodRemoved(Visa, Jon), new DefaultPaymentMethodChanged(Maestro, Jon))
        .Releasing($"payment_method {Visa.Value}");

    [Fact]
    public void An_inactive_one_does_not_become_the_default() => Shop()
        .And(JonsWallet, Added(Amex), Added(Maestro), new PaymentMethodDeactivated(Maestro, Jon))
        .When(Wish).Then(new PaymentMethodRemoved(Visa, Jon), new DefaultPaymentMethodChanged(Amex, Jon));

    [Fact]
    public void The_default_stays_where_it_is_another() => Shop().And(JonsWallet, Added(Amex))
        .When(Wish with { Id = Amex }).Then(new PaymentMethodRemoved(Amex, Jon));

    [Fact]
    public void The_only_active_one_is_refused_though_there_is_an_inactive_one() => Shop()
        .And(JonsWallet, Added(Amex), new PaymentMethodDeactivated(Amex, Jon)).When(Wish).ThenRejected(PaymentMethodRejections.InUse);

    [Fact]
    public void An_inactive_one_may_go() => Shop().And(JonsWallet, Added(Amex), new PaymentMethodDeactivated(Amex, Jon))
        .When(Wish with { Id = Amex }).Then(new PaymentMethodRemoved(Amex, Jon));

    public static readonly TheoryData<string, bool> Lives = new()
    {
        { "active", true }, { "past_due", true }, { "error", true }, { "on_hold", true },
        { "pending", false }, { "cancelled", false }, { "expired", false },
    };

    [Theory]
    [MemberData(nameof(Lives))]
    public void Whether_the_only_one_is_in_use_follows_from_the_subscription(string status, bool isInUse)
    {
        var shop = status switch
        {
            "active" => Shop(),
            "past_due" => LateShop(),
            "error" => LateShop().And(Breads.Stream, new SubscriptionErrored(Breads, Start)),
            "on_hold" => Shop().And(Breads.Stream, new SubscriptionPaused(Breads, Start)),
            "pending" => Pending().And(JonsWallet, Added(Visa), VisaIsDefault),
            "cancelled" => Shop().And(Breads.Stream, new SubscriptionCancelled(Breads, Start)),
            _ => LateShop().And(Breads.Stream, new SubscriptionExpired(Breads, Start)),
        };
        if (isInUse) shop.When(Wish).ThenRejected(PaymentMethodRejections.InUse);
        else shop.When(Wish).Then(new PaymentMethodRemoved(Visa, Jon)).State<Wallet, WalletEvent>(JonsWallet).Default.ShouldBeNull();
    }

    [Fact]
    public void Without_a_subscription_the_only_one_may_go() =>
        Shop().When(Wish with { Subscriptions = [] }).Then(new PaymentMethodRemoved(Visa, Jon));

    [Fact]
    public void Again_changes_nothing() => Shop().And(JonsWallet, Added(Amex)).After(Wish).When(Wish).ThenNothing();

    [Fact]
    public void One_that_is_not_there_is_refused() => Pending().When(Wish).ThenRejected(PaymentMethodRejections.NotFound);
}

public class PaymentMethodTests
{
    [Theory]
    [InlineData(2030, 12, 31, false)]
    [InlineData(2031, 1, 1, true)]
    [InlineData(2029, 12, 31, false)]
    public void A_card_is_good_to_the_last_day_of_its_month(int year, int month, int day, bool isExpired) =>
        Wallet.Evolve(Wallet.Initial, Added(Visa)).Find(Visa)!.IsExpired(new LocalDate(year, month, day)).ShouldBe(isExpired);
}
