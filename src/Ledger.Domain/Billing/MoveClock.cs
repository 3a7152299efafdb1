namespace Ledger.Domain.Billing;

/// <summary>Put the clock forward to the next stop. Where it stands already it stays.</summary>
public sealed record MoveClock(ClockAdvanceId Id, Instant To, LocalDate? BillingDay) : ICommand<ClockAdvance, ClockAdvanceEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ClockAdvanceEvent> Decide(ClockAdvance state) => state switch
    {
        ClockAdvance.Known { IsCompleted: false } known when To > known.At || (BillingDay is { } day && !(known.BillingDay >= day)) =>
            [new ClockMoved(Id, To, BillingDay)],
        ClockAdvance.Known => [],
        _ => ClockRejections.NotFound,
    };
}

/// <summary>The clock is where it was to go, and all is done. Once.</summary>
public sealed record CompleteClockAdvance(ClockAdvanceId Id) : ICommand<ClockAdvance, ClockAdvanceEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ClockAdvanceEvent> Decide(ClockAdvance state) => state switch
    {
        ClockAdvance.Known { IsCompleted: false } => [new ClockAdvanceCompleted(Id)],
        ClockAdvance.Known => [],
        _ => ClockRejections.NotFound,
    };
}
