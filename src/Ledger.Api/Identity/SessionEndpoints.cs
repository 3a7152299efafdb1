using Ledger.Api.Audit;
using Ledger.Identity.Sessions;
using Ledger.Identity.Tokens;

namespace Ledger.Api.Identity;

internal static class SessionEndpoints
{
    private const int LoginsPerMinute = 5;

    public static void MapSessions(this IEndpointRouteBuilder auth)
    {
        var sessions = auth.MapGroup("/sessions").WithTags("Identity");
        _ = sessions.MapPost("", Create)
            .Is("createSession", "Log in. The answer has an access token for a quarter of an hour, and a cookie to get the next one by.", Who.Public)
            .AtMost(LoginsPerMinute).Takes<SessionRequest>().Produces<SessionResponse>(201).ProducesProblem(423);
        _ = sessions.MapGet("/current", Read).Is("getCurrentSession", "Who is logged in, and what they may do.", Who.SignedIn).Produces<CurrentSessionResponse>();
        _ = sessions.MapPost("/current/refresh", Refresh)
            .Is("refreshSession", "The next access token, by the cookie. Each cookie is good once; one that was used before ends the session.", Who.Public)
            .AtMost(60).Produces<SessionResponse>();
        _ = sessions.MapDelete("/current", End).Is("endSession", "Log out, by the cookie or the access token. Again changes nothing.", Who.Public)
            .Produces(204);
        _ = auth.MapGet("/csrf-token", Csrf).WithTags("Identity")
            .Is("getCsrfToken", "What a browser sends in X-CSRF-Token beside its cookie.", Who.Public).Produces<CsrfResponse>();
    }

    private static async Task<IResult> Create(
        Body<SessionRequest> body, HttpContext http, HostTenants hosts, SignIn signIn, Sessions sessions, SignedInCallers callers,
        AccessTokens tokens, OwnCustomer own, IClock clock, CancellationToken ct)
    {
        body.Value.OrRefuse();
        var known = await hosts.Of(http);
        var trail = IdentityTrail.Of(http);
        trail.Begin(IdentityAction.Login);
        trail.IsAbout(known.Id.ToString(), null);
        (known, var subject) = await signIn.Check(known, body.Value, trail, ct);
        var tenant = known.Id.ToString();
        trail.IsAbout(tenant, subject);
        if (await callers.Of(tenant, subject, session: null, ct) is null) throw new ProblemException(Problem.WrongCredentials);

        var session = await sessions.Start(tenant, subject, clock.GetCurrentInstant(), ct);
        return await Answer(http, tenant, session, callers, tokens, own, clock, 201, ct);
    }

    private static async Task<IResult> Read(Call call, OwnCustomer own, CancellationToken ct) =>
        TypedResults.Json(CurrentSessionResponse.From(call.Caller, await own.Of(call.Caller, ct)), LedgerJson.Options);

    private static async Task<IResult> Refresh(
        HttpContext http, Sessions sessions, SignedInCallers callers, AccessTokens tokens, OwnCustomer own, IClock clock, CancellationToken ct)
    {
        var cookie = RefreshCookie.Read(http) ?? throw new ProblemException(Problem.SessionEnded);
        await RequireCsrfToken(http, sessions, cookie, ct);
        if (await sessions.Refresh(cookie, clock.GetCurrentInstant(), ct) is not { } session)
        {
            if (await sessions.SessionOf(cookie, ct) is { } known) callers.Forget(known.Session);
            RefreshCookie.ClearAsItStarts(http);
            throw new ProblemException(Problem.SessionEnded);
        }

        return await Answer(http, session.Tenant!, session, callers, tokens, own, clock, 200, ct);
    }

    private static async Task<IResult> End(HttpContext http, Callers bearer, Sessions sessions, SignedInCallers callers, IClock clock, CancellationToken ct)
    {
        var now = clock.GetCurrentInstant();
        if (await bearer.Of(http) is { Session: { } own } caller)
        {
            if (await sessions.End(caller.TenantName, own, "logged_out", now, ct)) IdentityTrail.Of(http).Begin(IdentityAction.Logout, caller);
            callers.Forget(own);
        }
        else if (RefreshCookie.Read(http) is { } cookie && await sessions.SessionOf(cookie, ct) is { } known)
        {
            await RequireCsrfToken(http, sessions, cookie, ct);
            _ = await sessions.End(known.Tenant, known.Session, "logged_out", now, ct);
            callers.Forget(known.Session);
        }

        RefreshCookie.Clear(http);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Csrf(HttpContext http, Sessions sessions, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var session = RefreshCookie.Read(http) is { } cookie ? (await sessions.SessionOf(cookie, ct))?.Session : null;
        return TypedResults.Json(new CsrfResponse(await sessions.CsrfToken(session ?? Guid.Empty, ct)), LedgerJson.Options);
    }

    private static async Task RequireCsrfToken(HttpContext http, Sessions sessions, string cookie, CancellationToken ct)
    {
        var session = (await sessions.SessionOf(cookie, ct))?.Session ?? throw new ProblemException(Problem.SessionEnded);
        if (!await sessions.IsCsrfToken(session, http.Request.Headers["X-CSRF-Token"].ToString(), ct)) throw new ProblemException(Problem.CsrfTokenWrong);
    }

    /// <summary>The first token, and the cookie to get the next one by.</summary>
    internal static async Task<IResult> Answer(
        HttpContext http, string tenant, StartedSession session, SignedInCallers callers, AccessTokens tokens, OwnCustomer own,
        IClock clock, int status, CancellationToken ct)
    {
        var caller = await callers.Of(tenant, session.Subject, session.Id, ct) ?? throw new ProblemException(Problem.SessionEnded);
        RefreshCookie.Set(http, session.RefreshToken);
        http.Response.Headers.CacheControl = "no-store";
        var token = await tokens.Issue(tenant, session.Subject, session.Id, clock.GetCurrentInstant(), ct);
        return TypedResults.Json(
            new SessionResponse(token, "Bearer", (int)AccessTokens.GoodFor.TotalSeconds, CurrentSessionResponse.From(caller, await own.Of(caller, ct))), LedgerJson.Options, statusCode: status);
    }
}

public sealed record CsrfResponse(string CsrfToken);
