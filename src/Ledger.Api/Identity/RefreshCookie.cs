namespace Ledger.Api.Identity;

/// <summary>The cookie that a browser keeps a session by. No script sees it, no other site sends it, and it goes to log-in paths alone.</summary>
internal static class RefreshCookie
{
    private const string Name = "ledger_refresh";

    public static string? Read(HttpContext http) => http.Request.Cookies[Name];

    public static void Set(HttpContext http, string token) => http.Response.Cookies.Append(Name, token, Options(http, Ledger.Identity.Sessions.Sessions.TokenFor.ToTimeSpan()));

    public static void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http, null));

    /// <summary>For an answer that is a problem, which begins without what was said before.</summary>
    public static void ClearAsItStarts(HttpContext http) => http.Response.OnStarting(() =>
    {
        Clear(http);
        return Task.CompletedTask;
    });

    private static CookieOptions Options(HttpContext http, TimeSpan? age) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/api/v1/auth", MaxAge = age, IsEssential = true,
        Secure = http.Request.IsHttps || http.Request.Host.Host is not ("localhost" or "127.0.0.1") && !http.Request.Host.Host.EndsWith(".localhost", StringComparison.Ordinal),
    };
}
