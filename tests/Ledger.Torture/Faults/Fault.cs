using Ledger.Torture.Wire;

namespace Ledger.Torture.Faults;

/// <summary>Something that goes wrong on purpose.</summary>
/// <param name="At">When: as soon as the log has grown by so many events since the faults began.</param>
internal abstract record Fault(long At)
{
    /// <summary>SIGKILL.</summary>
    internal sealed record Kill(long At, string Victim) : Fault(At)
    {
        public override string ToString() => $"kill {Victim}";
    }

    /// <summary>A program stands still for longer than any lease, and goes on as if nothing had been.</summary>
    internal sealed record Freeze(long At, string Victim, int Seconds) : Fault(At)
    {
        public override string ToString() => $"freeze {Victim} for {Seconds} s";
    }

    /// <summary>All connections between a program and PostgreSQL are cut.</summary>
    internal sealed record Sever(long At, string Victim) : Fault(At)
    {
        public override string ToString() => $"cut every connection of {Victim}";
    }

    /// <summary>The connection of one request is cut.</summary>
    /// <param name="Nth">1 for the next of its kind.</param>
    internal sealed record Cut(long At, string Victim, Request Request, Place Place, int Nth) : Fault(At)
    {
        public override string ToString() => $"cut {Victim}'s {Nth switch { 1 => "next", 2 => "second", 3 => "third", _ => $"{Nth}th" }} {Of(Request)} {Of(Place)}";
    }

    /// <summary>The payment provider fails some charges to come.</summary>
    internal sealed record Provider(long At, string Mode, int Times, int DelayMs) : Fault(At)
    {
        public override string ToString() => $"provider: {Mode} for {Times} charge{(Times == 1 ? "" : "s")}{(DelayMs > 0 ? $", {DelayMs} ms" : "")}";
    }

    private static string Of(Request request) => request switch
    {
        Request.Batch => "batch", Request.Charge => "charge", Request.Commit => "COMMIT",
        _ => throw new ArgumentOutOfRangeException(nameof(request), request, null),
    };

    private static string Of(Place place) => place switch
    {
        Place.Halfway => "halfway", Place.AfterRequest => "after the request", Place.BeforeAnswer => "before the answer",
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, null),
    };
}
