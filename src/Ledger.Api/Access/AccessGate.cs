namespace Ledger.Api.Access;

/// <summary>Lets a request through to its endpoint, or answers why not: the one place where access is decided.</summary>
internal sealed class AccessGate(RequestDelegate next)
{
    private const string Scheme = "Bearer ";
    private const int KeyLengthMax = 200;

    public async Task InvokeAsync(HttpContext http, ApiKeys keys)
    {
        if (http.GetEndpoint() is not { } endpoint) throw new ProblemException(Problem.NotFound);
        if (endpoint.Metadata.GetMetadata<AccessRule>() is not { } rule)
            throw new ProblemException(WhereNothingWasMeant(endpoint));

        if (rule.Who is not Who.Public)
        {
            var caller = await Identify(http, keys) ?? throw new ProblemException(Problem.Unauthorized);
            http.Features.Set(caller);   // Also for a refusal: the log and the audit trail tell whose it was.
            if (!rule.Admits(caller)) throw new ProblemException(Problem.Forbidden);
        }

        await next(http);
    }

    /// <summary>Routing's own answers are endpoints without a rule; so is one that forgot to state it, and nobody may call that.</summary>
    private static Problem WhereNothingWasMeant(Endpoint endpoint) => endpoint.DisplayName switch
    {
        "405 HTTP Method Not Supported" => Problem.MethodNotAllowed,
        "415 HTTP Unsupported Media Type" => Problem.UnsupportedMediaType,
        _ => Problem.Forbidden,
    };

    private static async ValueTask<Caller?> Identify(HttpContext http, ApiKeys keys)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header.Length is > 20 and < KeyLengthMax
            ? await keys.Find(header[Scheme.Length..].Trim(), http.RequestAborted)
            : null;
    }
}
