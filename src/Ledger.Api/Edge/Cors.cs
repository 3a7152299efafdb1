namespace Ledger.Api.Edge;

/// <summary>Tells browsers which pages of other origins may read an answer. It never lets anybody in: that is the gate's.</summary>
/// <remarks>
/// Whoever has not shown who they are reads only at the host of the tenant that allows the origin; at the platform's host nobody does.
/// A preflight has no caller. At a tenant's host it is asked of that tenant, at the platform's of any; the answer to the call itself is
/// readable only where the caller's own tenant allows the origin. Credentials, which is the refresh cookie, are for log-in paths alone.
/// </remarks>
internal sealed class Cors(RequestDelegate next, AllowedOrigins origins, HostTenants hosts)
{
    private const string Methods = "GET, POST, PUT, PATCH, DELETE";
    private const string Taken = "Authorization, Content-Type, Idempotency-Key, If-Match, Ledger-Min-Position, X-CSRF-Token";
    private const string Shown = "ETag, Idempotent-Replayed, Ledger-Position, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Request-Id, Retry-After";
    private const string TenMinutes = "600";

    public async Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        var origin = request.Headers.Origin.ToString();
        http.Response.OnStarting(() => Say(http, origin, isPreflight: false));
        if (origin.Length == 0 || !HttpMethods.IsOptions(request.Method) || request.Headers.AccessControlRequestMethod.Count == 0)
        {
            await next(http);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
        await Say(http, origin, isPreflight: true);
    }

    private async Task Say(HttpContext http, string origin, bool isPreflight)
    {
        var headers = http.Response.Headers;
        if (!headers.Vary.Contains("Origin")) headers.Append("Vary", "Origin");
        if (origin.Length == 0 || headers.AccessControlAllowOrigin.Count > 0 || !await origins.Allows(await TenantOf(http, isPreflight), origin, http.RequestAborted)) return;

        headers.AccessControlAllowOrigin = origin;
        if (http.Request.Path.StartsWithSegments("/api/v1/auth")) headers.AccessControlAllowCredentials = "true";
        if (isPreflight) (headers.AccessControlAllowMethods, headers.AccessControlAllowHeaders, headers.AccessControlMaxAge) = (Methods, Taken, TenMinutes);
        else headers.AccessControlExposeHeaders = Shown;
    }

    /// <summary>Of the caller, or of the host; null, which is any, for a preflight at the platform's host.</summary>
    private async Task<string?> TenantOf(HttpContext http, bool isPreflight)
    {
        if (http.Features.Get<Caller>() is { } caller) return caller.TenantName;
        try
        {
            var tenant = (await hosts.Of(http)).Id.ToString();
            return isPreflight && tenant == PlatformTenant.Name ? null : tenant;
        }
        catch (ProblemException) { return ""; }   // A host of no tenant.
    }
}
