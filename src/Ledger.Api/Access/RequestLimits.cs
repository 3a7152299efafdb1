using System.Globalization;
using Ledger.Identity.Limits;

namespace Ledger.Api.Access;

/// <summary>How often a caller may ask for one operation in a minute, and what every answer says of it.</summary>
/// <remarks>
/// Source: rules 30, X-11. People, strangers and keys are counted in one way. Keys are programs, and have a figure of their own; but where
/// an operation reaches somebody outside, its figure holds for all keys of a tenant together.
/// </remarks>
internal sealed class RequestLimits(RateLimits limits, IClock clock)
{
    private const int WritesMax = 60, ReadsMax = 300, AnonymousReadsMax = 300, PagesMax = 600, KeysMax = 600_000;   // Of keys unless their tenant has a figure of its own.

    public async ValueTask Take(HttpContext http, Caller? caller)
    {
        var endpoint = http.GetEndpoint()!;
        var operation = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;
        if (endpoint.Metadata.GetMetadata<Unlimited>() is not null) return;
        if (operation is null)
        {
            TakePage(http);
            return;
        }

        var own = endpoint.Metadata.GetMetadata<LimitedTo>();
        var now = clock.GetCurrentInstant();
        var reads = http.Request.Method is "GET" or "HEAD";
        var (tenant, subject, max) = caller switch
        {
            null => ("", ClientAddress.ForLimits(http), own?.PerMinute ?? (reads ? AnonymousReadsMax : WritesMax)),
            { Kind: CallerKind.ApiKey } when own is { HoldsForKeys: true } => (caller.TenantName, "keys", own.PerMinute),
            { Kind: CallerKind.ApiKey } => (caller.TenantName, $"key {caller.Id}", caller.Tenant.RateLimitPerMinute ?? KeysMax),
            _ => (caller.TenantName, $"{caller.ActorKind} {caller.Id}", own?.PerMinute ?? (reads ? ReadsMax : WritesMax)),
        };
        var isTogether = own is { Together: true } && (own.HoldsForKeys || caller is not { Kind: CallerKind.ApiKey });
        var taken = isTogether
            ? await limits.TakeTogether(tenant, subject, operation, max, now, http.RequestAborted)
            : limits.Take(tenant, subject, operation, max, now);
        Say(http, taken);
        if (taken.IsOver) throw new ProblemException(Problem.TooManyRequests) { RetryAfter = taken.ResetSeconds };
    }

    /// <summary>A page, not an operation: all of them count together, for an address.</summary>
    public void TakePage(HttpContext http)
    {
        var taken = limits.Take("", ClientAddress.ForLimits(http), "pages", PagesMax, clock.GetCurrentInstant());
        if (taken.IsOver) throw new ProblemException(Problem.TooManyRequests) { RetryAfter = taken.ResetSeconds };
    }

    private static void Say(HttpContext http, RateTaken taken)
    {
        var headers = http.Response.Headers;
        headers["RateLimit-Limit"] = taken.Max.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = taken.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = taken.ResetSeconds.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>An operation's own limit.</summary>
/// <param name="Together">Whether all processes count together: for logins and money.</param>
/// <param name="HoldsForKeys">Whether all keys of a tenant together have this figure too.</param>
internal sealed record LimitedTo(int PerMinute, bool Together, bool HoldsForKeys = false);

/// <summary>Marks what may be asked for without end.</summary>
internal sealed record Unlimited;

/// <summary>Limits what is answered before routing, such as the files of the documentation.</summary>
internal sealed class PageLimits(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http, RequestLimits limits)
    {
        limits.TakePage(http);
        return next(http);
    }
}
