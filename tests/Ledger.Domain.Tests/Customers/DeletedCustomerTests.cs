using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Orders.OrderExamples;

namespace Ledger.Domain.Tests.Customers;

/// <summary>Nobody is deleted while something is open, and nobody is charged who was.</summary>
public class DeletedCustomerTests
{
    private static readonly Instant Noon = Instant.FromUtc(2025, 11, 1, 12, 0);
    private static readonly InvoiceId Invoice = InvoiceId.From(Number(430));
    private static readonly InvoiceId DraftId = InvoiceId.From(Number(431));
    private static readonly CustomerThings Things = new()
    {
        Subscriptions = [Breads], Invoices = [Invoice, DraftId, Loaves.OwnInvoice, InvoiceOf("2025-11-01")], Orders = [Loaves], Payments = [First, PaymentId.ForInvoice(Invoice)],
        Refunds = [RefundId.From(Number(440))],
    };
    private static readonly DeleteCustomer Delete = new(Jon, Things, Noon, Start);

    public static TheoryData<string, string> Open => new()
    {
        { "invoice", "has 100 ISK to be paid" }, { "draft", "is a draft" }, { "order", "is unpaid" }, { "charge", "is under way" }, { "hold", "holds" },
        { "balance", "the credit balance is" }, { "refund", "is pending" }, { "dispute", "is disputed" },
    };

    [Theory, MemberData(nameof(Open))]
    public void What_is_open_is_listed(string what, string line)
    {
        var decision = With(what).Ledger.Run(Delete);
        decision.Rejection.ShouldNotBeNull().Code.ShouldBe("customer_has_open_business");
        decision.Rejection.Detail.ShouldNotBeNull().ShouldContain(line);
        decision.Events.ShouldBeEmpty();
    }

    [Fact]
    public void A_running_subscription_is_listed_too() =>
        Shop().Ledger.Run(Delete).Rejection.ShouldNotBeNull().Detail.ShouldNotBeNull().ShouldContain($"subscription {Breads.Value} runs");

    [Fact]
    public void Cards_go_with_the_customer_and_what_never_began_is_cancelled() => Pending().And(JonsWallet, Added(Visa), VisaIsDefault, Added(Amex))
        .When(Delete).Then(
            new CustomerDeleted(Jon), new PaymentMethodRemoved(Visa, Jon), new PaymentMethodRemoved(Amex, Jon),
            new SubscriptionCancelled(Breads, Start, "customer_deleted"));

    /// <summary>Even where one was deleted by an earlier version, which did not look.</summary>
    [Fact]
    public void Nothing_is_charged_or_issued_afterwards()
    {
        var gone = With("invoice", "draft", "order").And(Jon.Stream, new CustomerDeleted(Jon));
        IJointCommand[] charges =
        [
            new PayInvoice(Invoice, Visa, Start), new IssueInvoice(DraftId, Bakery, Start), new InvoiceOrder(Loaves, Start), Charge(First), PayByCard(First) with { Id = Loaves },
            new OpenPaymentIntent(Invoice, null, Isk(100), "mock", "pi_1", Start, Bakery),
            new OpenPaymentIntent(null, Loaves, Isk(15000), "mock", "pi_1", Start, Bakery),
            new DraftInvoice(InvoiceId.From(Number(432)), Bakery, Jon, null, [new WantedItem(Number(10), Rye, null, 1, null, null)], 0, Start, IssuesAtOnce: true),
            new AdjustCustomerBalance(Jon, Number(1), BalanceOperation.Credit, Isk(1), null, Start),
        ];
        foreach (var charge in charges) gone.Ledger.Run(charge).Rejection.ShouldNotBeNull(charge.GetType().Name).Code.ShouldBe("customer_not_found", charge.GetType().Name);
        gone.When(new VoidInvoice(Invoice, null, Start)).ThenKinds(typeof(InvoiceCancelled));
    }

    [Fact]
    public void A_failed_payment_is_not_tried_again_and_held_money_is_not_taken()
    {
        var failed = With("invoice").After(new PayInvoice(Invoice, Visa, Start))
            .After(new RecordCharge(PaymentId.ForInvoice(Invoice), Bakery, 1, new(null, "card_declined"), Start)).And(Jon.Stream, new CustomerDeleted(Jon));
        failed.When(new RetryPayment(PaymentId.ForInvoice(Invoice), Bakery, IsForced: true, Start)).ThenRejected(CustomerRejections.NotFound);
        With("hold").And(Jon.Stream, new CustomerDeleted(Jon)).When(new CapturePayment(First, null, Start)).ThenRejected(CustomerRejections.NotFound);
    }

    [Fact]
    public void A_subscription_bills_nobody_who_is_gone()
    {
        Shop().And(Jon.Stream, new CustomerDeleted(Jon)).When(Bill("2025-11-01")).ThenRejected(CustomerRejections.NotFound);
        LateShop().And(Jon.Stream, new CustomerDeleted(Jon)).When(Chase("2025-11-02")).ThenRejected(CustomerRejections.NotFound);
    }

    private static JointScenario With(params string[] open)
    {
        var shop = JointScenario.Given(Bakery.Stream, BakeryCreated).And(Jon.Stream, JonCreated).And(Bread.Stream, BreadCreated).And(Rye.Stream, RyeCreated)
            .And(JonsWallet, Added(Visa), VisaIsDefault).And(Loaves.Stream, LoavesOrdered);
        foreach (var what in open)
        {
            _ = what switch
            {
                "invoice" => Draft(shop, Invoice, issues: true),
                "draft" => Draft(shop, DraftId, issues: false),
                "order" => shop,
                "charge" => Draft(shop, Invoice, issues: true).After(new PayInvoice(Invoice, Visa, Start)),
                "hold" => shop.After(Charge(First) with { CapturesLater = true }).After(Answered(First)),
                "balance" => shop.After(new AdjustCustomerBalance(Jon, Number(1), BalanceOperation.Credit, Isk(30), null, Start)),
                "refund" => shop.After(Charge(First)).After(Answered(First)).After(new RequestRefund(RefundId.From(Number(440)), First, Isk(10), null, "a", false, Start)),
                "dispute" => shop.After(Charge(First)).After(Answered(First)).After(new RecordDispute(First, "dp_1", Isk(10), "general", Start)),
                _ => throw new ArgumentOutOfRangeException(nameof(open)),
            };
        }

        return shop;
    }

    private static JointScenario Draft(JointScenario shop, InvoiceId id, bool issues) => shop.After(new DraftInvoice(
        id, Bakery, Jon, Krona, [new WantedItem(Number(11), null, "Cake", 1, Isk(100), null)], 0, Start, issues));
}
