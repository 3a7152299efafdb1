using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Classes.StudioExamples;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Classes;

public class IssueClassCreditTests
{
    [Fact]
    public void The_payment_and_the_classes_are_taken_down_together() => Studio().When(Buy()).Then(
        new PaymentInitiated(Outside, null, Jon, null, Isk(1000), null, "external", Start, new(PurchaseKind.ClassCredit, Credit.Value)),
        new PaymentCaptured(Outside, 1, "pi_A", Start, Isk(1000), "external"),
        new ClassCreditIssued(Credit, Jon, Pass, "3 Class Pass", Outside, "pi_A", Isk(1000), 3, Start, Expiry));

    [Fact]
    public void The_same_payment_again_changes_nothing() => Studio().After(Buy()).When(Buy()).ThenNothing();

    [Fact]
    public void The_same_payment_changes_nothing_though_the_price_has_changed() => Studio().After(Buy())
        .And(Pass.Stream, new ClassPackageChanged(Pass, "3 Class Pass", 4, Isk(2000), 30, IsActive: false)).When(Buy()).ThenNothing();

    [Fact]
    public void The_same_payment_with_other_content_is_refused()
    {
        Studio().After(Buy()).When(Buy(amount: 999)).ThenRejected(PaymentRejections.IdReused);
        Studio().After(Buy()).When(Buy() with { CustomerId = Anna }).ThenRejected(PaymentRejections.IdReused);
        Studio().After(Buy()).When(Buy() with { ClassPackageId = ClassPackageId.From(Number(1)) }).ThenRejected(PaymentRejections.IdReused);
    }

    [Fact]
    public void A_payment_that_paid_a_booking_buys_nothing() =>
        Studio().After(Book(First)).After(Pay(First, "pi_A")).When(Buy()).ThenRejected(PaymentRejections.IdReused);

    [Fact]
    public void The_amount_is_the_price_in_its_currency()
    {
        Studio().When(Buy(amount: 999)).ThenRejected(PaymentRejections.AmountMismatch);
        Studio().When(Buy() with { Amount = Usd(10) }).ThenRejected(PaymentRejections.AmountMismatch);
    }

    [Fact]
    public void Nothing_is_bought_that_is_not_there_or_not_sold()
    {
        Studio().When(Buy() with { ClassPackageId = ClassPackageId.From(Number(1)) }).ThenRejected(ClassPackageRejections.NotFound);
        Studio().When(Buy() with { CustomerId = CustomerId.From(Number(1)) }).ThenRejected(CustomerRejections.NotFound);
        Studio().And(Pass.Stream, new ClassPackageChanged(Pass, "3 Class Pass", 3, Isk(1000), 30, IsActive: false))
            .When(Buy()).ThenRejected(ClassPackageRejections.Inactive);
    }

    [Fact]
    public void Classes_are_let_go_when_their_time_is_up()
    {
        var issued = new ClassCreditIssued(Credit, Jon, Pass, "3 Class Pass", Outside, "pi_A", Isk(1000), 3, Start, Expiry);
        new ClassCreditExpiryPolicy().React(issued, default).ShouldBe([new Send(new LetClassCreditExpire(Credit), Expiry)]);
        new ClassCreditExpiryPolicy().React(new ClassCreditUsed(Credit, First, Isk(1), Start), default).ShouldBeEmpty();
    }
}
