namespace Ledger.Api.Access;

/// <summary>Lets a request through to its endpoint, or answers why not: the one place where access is decided.</summary>
internal sealed class AccessGate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, Callers callers, RequestLimits limits, Owners owners, HostTenants hosts)
    {
        if (http.GetEndpoint() is not { } endpoint) throw new ProblemException(Problem.NotFound);
        if (endpoint.Metadata.GetMetadata<AccessRule>() is not { } rule)
            throw new ProblemException(WhereNothingWasMeant(endpoint));

        if (rule.Who is Who.Public)
        {
            var visitors = endpoint.Metadata.GetMetadata<ForVisitors>();
            var known = visitors is { AndCallers: true } ? await callers.Of(http) : null;
            await limits.Take(http, known);
            if (visitors is not null)
                http.Features.Set(known ?? new Caller(await hosts.Of(http), CallerKind.Visitor, Guid.Empty, CallerRole.Customer));
        }
        else
        {
            var caller = await callers.Of(http);
            await limits.Take(http, caller);
            if (caller is null) throw new ProblemException(Callers.Refusal(http));
            var problem = rule.Refusal(caller);
            if (caller.Customer is { } customer && rule.Who is Who.CustomerOwn) problem ??= await owners.Refusal(http, caller.TenantName, customer, http.RequestAborted);
            if (problem is not null) throw new ProblemException(problem);
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
}

/// <summary>Marks a public endpoint at which anybody acts for the tenant of the host name.</summary>
/// <param name="AndCallers">Whether those who show who they are act as themselves there; else they are visitors too.</param>
internal sealed record ForVisitors(bool AndCallers = false);
