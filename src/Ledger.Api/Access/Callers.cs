namespace Ledger.Api.Access;

/// <summary>From what a request brings to who asks.</summary>
internal sealed class Callers(ApiKeys keys, SignedInCallers sessions, OutsideCallers outside, UnknownCallers unknown)
{
    private const string Scheme = "Bearer ";
    private const int LengthMin = 20, LengthMax = 4000;

    /// <summary>Null when it brings nothing, or nothing that is good. Asked once for each request.</summary>
    /// <exception cref="ProblemException"><c>too_many_requests</c>: too much that is nobody's came from its address.</exception>
    public async ValueTask<Caller?> Of(HttpContext http)
    {
        if (http.Features.Get<Caller>() is { } known) return known;
        var found = await Identify(http);
        if (found.Caller is not null) http.Features.Set(found.Caller);
        if (found.IsExpired) http.Features.Set(new ExpiredBearer());
        return found.Caller;
    }

    /// <summary>Who asks, looked up again: for what goes on for long after it was let in.</summary>
    public async ValueTask<Caller?> Again(HttpContext http) => (await Identify(http)).Caller;

    /// <summary>Why nobody was found.</summary>
    public static Problem Refusal(HttpContext http) => http.Features.Get<ExpiredBearer>() is null ? Problem.Unauthorized : Problem.TokenExpired;

    private async ValueTask<FoundCaller> Identify(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.Length is < LengthMin or > LengthMax) return FoundCaller.Nobody;
        var text = header[Scheme.Length..].Trim();
        var found = text.Contains('.', StringComparison.Ordinal) ? await ByToken(http, text) : new(await keys.Find(text, http.RequestAborted));
        if (found is { Caller: null, IsExpired: false }) unknown.Count(http);
        return found;
    }

    private async ValueTask<FoundCaller> ByToken(HttpContext http, string text) =>
        await sessions.Find(text, http.RequestAborted) is { } own && own != FoundCaller.Nobody ? own : await outside.Find(http, text);

    /// <summary>Marks a request whose token was good once.</summary>
    private sealed record ExpiredBearer;
}
