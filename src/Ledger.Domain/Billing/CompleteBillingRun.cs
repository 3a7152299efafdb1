namespace Ledger.Domain.Billing;

/// <summary>Write down what a billing run came to: each date, and the sum. Once.</summary>
/// <param name="Days">In their order; at least one.</param>
public sealed record CompleteBillingRun(BillingRunId Id, IReadOnlyList<BilledDay> Days) : ICommand<BillingRun, BillingRunEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<BillingRunEvent> Decide(BillingRun state) => state is BillingRun.Known { Result: null }
        ?
        [
            new BillingRunCompleted(
                Id, Days.Sum(one => one.Invoices), Days.Sum(one => one.Charges), Days.Sum(one => one.Captured), Days.Sum(one => one.Failed),
                BilledDay.Total(Days), Days.Count > 1 ? Days : null),
        ]
        : [];
}
