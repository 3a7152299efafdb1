using Ledger.Identity.Limits;

namespace Ledger.Api.Access;

/// <summary>How often an address may show keys and tokens that turn out to be nobody's, before anything more is looked up for it.</summary>
/// <remarks>Counted in advance, and given back to whoever is somebody: guessing is bounded, being many at one address is not.</remarks>
internal sealed class UnknownCallers(RateLimits limits, IClock clock)
{
    /// <summary>In a minute.</summary>
    public const int Max = 1000;

    private const string Operation = "unknown caller";

    /// <exception cref="ProblemException"><c>too_many_requests</c>: it was not looked up.</exception>
    public async ValueTask<Caller?> Look(HttpContext http, Func<ValueTask<Caller?>> look)
    {
        var address = RequestLimits.Address(http);
        var taken = limits.Take("", address, Operation, Max, clock.GetCurrentInstant());
        if (taken.IsOver) throw new ProblemException(Problem.TooManyRequests) { RetryAfter = taken.ResetSeconds };
        var found = await look();
        if (found is not null) limits.GiveBack("", address, Operation);
        return found;
    }
}
