namespace Ledger.Domain.Billing;

/// <summary>Write down what a billing run came to. Once.</summary>
public sealed record CompleteBillingRun(
    BillingRunId Id, long Invoices, long Captured, long Failed, IReadOnlyList<Money> CapturedTotals) : ICommand<BillingRun, BillingRunEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<BillingRunEvent> Decide(BillingRun state) => state is BillingRun.Known { Result: null }
        ? [new BillingRunCompleted(Id, Invoices, Captured + Failed, Captured, Failed, CapturedTotals)]
        : [];
}
