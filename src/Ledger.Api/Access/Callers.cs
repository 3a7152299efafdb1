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
        var caller = await Identify(http);
        if (caller is not null) http.Features.Set(caller);
        return caller;
    }

    private async ValueTask<Caller?> Identify(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.Length is < LengthMin or > LengthMax) return null;
        var text = header[Scheme.Length..].Trim();
        return await unknown.Look(http, async () => text.Contains('.', StringComparison.Ordinal)
            ? await sessions.Find(text, http.RequestAborted) ?? await outside.Find(http, text)
            : await keys.Find(text, http.RequestAborted));
    }
}
