using Ledger.Projections.Reports;

namespace Ledger.Api.Reports;

internal static class PortalSessionsEndpoint
{
    private const int PerMinute = 30, AgentLengthMax = 400;

    public static void MapPortalSessions(this IEndpointRouteBuilder api) => api.MapGroup("/portal-sessions").WithTags("Reports")
        .MapPost("", Track).Is("trackPortalSession", "A customer has opened the portal. It counts in the statistics, and is forgotten after a year.", Who.CustomerOwn)
        .AtMost(PerMinute).Produces(204);

    private static async Task<IResult> Track(HttpContext http, Call call, PortalSessions sessions, CancellationToken ct)
    {
        if (call.Caller.Customer is not { } customer) throw new ProblemException(Problem.Forbidden);
        var agent = http.Request.Headers.UserAgent.ToString();
        await sessions.Write(
            call.Tenant, Guid.CreateVersion7(), customer.Value, call.Now, RequestLimits.Address(http), agent[..Math.Min(AgentLengthMax, agent.Length)], ct);
        return TypedResults.NoContent();
    }
}
