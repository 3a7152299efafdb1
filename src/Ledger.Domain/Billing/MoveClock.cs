namespace Ledger.Domain.Billing;

/// <summary>Put the clock forward to the next stop. Where it stands already it stays, and it never goes back.</summary>
public sealed record MoveClock(ClockAdvanceId Id, Instant To, LocalDate? BillingDay) : ICommand<ClockAdvance, ClockAdvanceEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ClockAdvanceEvent> Decide(ClockAdvance state) => state switch
    {
        ClockAdvance.Known { IsCompleted: false } known when To > known.At || (To == known.At && IsNewDay(known)) =>
            [new ClockMoved(Id, To, BillingDay)],
        ClockAdvance.Known => [],
        _ => ClockRejections.NotFound,
    };

    private bool IsNewDay(ClockAdvance.Known known) => BillingDay is { } day && !(known.BillingDay >= day);
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
