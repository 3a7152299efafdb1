namespace Ledger.Api.Edge;

/// <summary>What every answer tells a browser not to do with it. An endpoint that has said more of its own is left as it is.</summary>
/// <remarks>Set as the answer starts, so that a problem has them too. What Kestrel refuses before it is a request has none.</remarks>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string OfTheApi = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>The documentation: scripts and styles of its own, and calls to this API.</summary>
    private const string OfTheDocs =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>The sandbox's card page: its form leads, by redirects, to wherever the tenant's page is.</summary>
    private const string OfTheCardPage = "default-src 'none'; form-action 'self' https: http:; frame-ancestors 'none'; base-uri 'none'";

    private const string OneYear = "max-age=31536000; includeSubDomains";

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(static state => { Set((HttpContext)state); return Task.CompletedTask; }, http);
        return next(http);
    }

    private static void Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = PolicyOf(http.Request.Path);
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        if (http.Request.IsHttps) headers.StrictTransportSecurity = OneYear;
    }

    private static string PolicyOf(PathString path) =>
        path.StartsWithSegments("/docs/problems") ? OfTheApi
        : path.StartsWithSegments("/docs") ? OfTheDocs
        : path.StartsWithSegments("/sandbox/setups") ? OfTheCardPage
        : OfTheApi;
}
