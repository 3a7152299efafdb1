using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Billing;

public readonly record struct ClockAdvanceId(Guid Value) : IId<ClockAdvanceId>
{
    public static ClockAdvanceId From(Guid value) => new(value);

    public StreamId Stream => new("clock_advance", Value);
}

/// <summary>What can happen while a sandbox tenant's clock is moved. Stored forever: add cases, never edit them.</summary>
public abstract record ClockAdvanceEvent : IEvent
{
    private protected ClockAdvanceEvent() { }
}

/// <param name="Then">The billing run that is to begin when the clock is there; null for none.</param>
public sealed record ClockAdvanceRequested(ClockAdvanceId Id, TenantId Tenant, Instant From, Instant To, BillingRunId? Then = null) : ClockAdvanceEvent;

/// <summary>The clock stands here, and does not move on before all that this causes is done.</summary>
/// <param name="BillingDay">The day that is billed at this stop; null for none.</param>
public sealed record ClockMoved(ClockAdvanceId Id, Instant To, LocalDate? BillingDay = null) : ClockAdvanceEvent;

public sealed record ClockAdvanceCompleted(ClockAdvanceId Id) : ClockAdvanceEvent;

/// <summary>One move of a clock, as it stands now.</summary>
public abstract record ClockAdvance : IState<ClockAdvance, ClockAdvanceEvent>
{
    private ClockAdvance() { }

    public sealed record Unknown : ClockAdvance;

    /// <param name="At">Where the clock stands.</param>
    /// <param name="BillingDay">The last day that was billed on the way.</param>
    /// <param name="Stops">How often it has stopped.</param>
    public sealed record Known(
        ClockAdvanceId Id, TenantId Tenant, Instant From, Instant To, BillingRunId? Then, Instant At, LocalDate? BillingDay, int Stops,
        bool IsCompleted) : ClockAdvance
    {
        /// <summary>The days that were billed on the way.</summary>
        public IReadOnlyList<LocalDate> Days { get; init; } = [];
    }

    public static ClockAdvance Initial { get; } = new Unknown();

    public static ClockAdvance Evolve(ClockAdvance state, ClockAdvanceEvent @event) => @event switch
    {
        ClockAdvanceRequested asked => new Known(
            asked.Id, asked.Tenant, asked.From, asked.To, asked.Then, asked.From, BillingDay: null, Stops: 0, IsCompleted: false),
        ClockMoved moved => Move((Known)state, moved),
        ClockAdvanceCompleted => (Known)state with { IsCompleted = true },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };

    private static Known Move(Known state, ClockMoved moved) =>
        state with
        {
            At = moved.To, BillingDay = moved.BillingDay ?? state.BillingDay, Stops = state.Stops + 1,
            Days = moved.BillingDay is { } day ? [.. state.Days, day] : state.Days,
        };
}

/// <summary>Every "no" about a sandbox clock.</summary>
public static class ClockRejections
{
    public static readonly Rejection NotFound = new("clock_advance_not_found", RejectionKind.NotFound, "No clock advance has this id.");

    public static readonly Rejection NotSandbox = new("tenant_not_sandbox", RejectionKind.Forbidden, "Only a sandbox tenant has a clock to move.");

    public static readonly Rejection Backwards = new("clock_moves_forward", RejectionKind.Unprocessable, "A clock only moves forward.");

    public static readonly Rejection TooFar = new("clock_too_far", RejectionKind.Unprocessable, "A clock moves at most ten years at a time.");
}
