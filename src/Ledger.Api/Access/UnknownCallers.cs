using Ledger.Identity.Limits;

namespace Ledger.Api.Access;

/// <summary>How often an address may show keys and tokens that turn out to be nobody's.</summary>
/// <remarks>Counted after the look: what somebody else guesses at the same address closes no door to whoever is somebody.</remarks>
internal sealed class UnknownCallers(RateLimits limits, IClock clock)
{
    /// <summary>In a minute.</summary>
    public const int Max = 1000;

    private const string Operation = "unknown caller";

    /// <exception cref="ProblemException"><c>too_many_requests</c>: it guesses too often.</exception>
    public void Count(HttpContext http)
    {
        var taken = limits.Take("", ClientAddress.ForLimits(http), Operation, Max, clock.GetCurrentInstant());
        if (taken.IsOver) throw new ProblemException(Problem.TooManyRequests) { RetryAfter = taken.ResetSeconds };
    }
}
