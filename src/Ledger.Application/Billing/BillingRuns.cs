namespace Ledger.Application.Billing;

/// <summary>The messages that set billing runs and clocks going. Sent twice, they are one.</summary>
public static class BillingRuns
{
    public static NewMessage Begin(BillingRunId run, string tenant) =>
        Outgoing.Derived(run.Value, "begin", tenant, new(new RunBilling(run)), run.Value.ToString(), null);

    public static NewMessage Begin(ClockAdvanceId advance, string tenant) =>
        Outgoing.Derived(advance.Value, "begin", tenant, new(new AdvanceClock(advance)), advance.Value.ToString(), null);
}
