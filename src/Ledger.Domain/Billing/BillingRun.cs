using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Billing;

public readonly record struct BillingRunId(Guid Value) : IId<BillingRunId>
{
    public static BillingRunId From(Guid value) => new(value);

    /// <summary>The run that happens by itself on a day.</summary>
    public static BillingRunId Daily(TenantId tenant, LocalDate day) => new(DerivedId.Of(tenant.Value, $"billing run {day:R}"));

    public StreamId Stream => new("billing_run", Value);
}

/// <summary>What can happen to a billing run. Stored forever: add cases, never edit them.</summary>
public abstract record BillingRunEvent : IEvent
{
    private protected BillingRunEvent() { }
}

/// <param name="AsOfDate">What is due up to this day is done.</param>
public sealed record BillingRunRequested(BillingRunId Id, TenantId Tenant, LocalDate AsOfDate) : BillingRunEvent;

/// <param name="Charges">Attempts that were answered.</param>
/// <param name="Days">What each date came to, where it went over several; the figures are their sum. Null for one date.</param>
public sealed record BillingRunCompleted(
    BillingRunId Id, long Invoices, long Charges, long Captured, long Failed, IReadOnlyList<Money> CapturedTotals,
    IReadOnlyList<BilledDay>? Days = null) : BillingRunEvent;

/// <summary>What one date of a billing run came to.</summary>
public sealed record BilledDay(LocalDate Date, long Invoices, long Charges, long Captured, long Failed, IReadOnlyList<Money> CapturedTotals)
{
    /// <summary>Per currency.</summary>
    public static IReadOnlyList<Money> Total(IEnumerable<BilledDay> days) =>
        [.. days.SelectMany(one => one.CapturedTotals).GroupBy(one => one.Currency).OrderBy(one => one.Key.Code, StringComparer.Ordinal)
            .Select(one => Money.Sum(one.Key, one))];
}

/// <summary>A billing run, as it stands now.</summary>
public abstract record BillingRun : IState<BillingRun, BillingRunEvent>
{
    private BillingRun() { }

    public sealed record Unknown : BillingRun;
    public sealed record Known(BillingRunId Id, TenantId Tenant, LocalDate AsOfDate, BillingRunCompleted? Result) : BillingRun;

    public static BillingRun Initial { get; } = new Unknown();

    public static BillingRun Evolve(BillingRun state, BillingRunEvent @event) => @event switch
    {
        BillingRunRequested asked => new Known(asked.Id, asked.Tenant, asked.AsOfDate, Result: null),
        BillingRunCompleted done => (Known)state with { Result = done },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" a billing run can say.</summary>
public static class BillingRunRejections
{
    public static readonly Rejection NotFound = new("billing_run_not_found", RejectionKind.NotFound, "No billing run has this id.");

    public static readonly Rejection DateInFuture = new(
        "date_in_future", RejectionKind.Unprocessable, "A live tenant cannot be billed for a day that has not come.");
}
