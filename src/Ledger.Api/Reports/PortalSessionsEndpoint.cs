using Ledger.Domain.Customers;
using Ledger.Projections.Reports;

namespace Ledger.Api.Reports;

internal static class PortalSessionsEndpoint
{
    private const int PerMinute = 30, AgentLengthMax = 400;

    public static void MapPortalSessions(this IEndpointRouteBuilder api) => api.MapGroup("/portal-sessions").WithTags("Reports")
        .MapPost("", Track).Is("trackPortalSession", "A customer has opened the portal. It counts in the statistics, and is forgotten after a year.", Who.CustomerOwn)
        .Takes<Request>().AtMost(PerMinute).Rejects(CustomerRejections.NotFound).Produces(204);

    private static async Task<IResult> Track(HttpContext http, Call call, Body<Request> body, StateReader states, PortalSessions sessions, CancellationToken ct)
    {
        var customer = call.Whose(body.Value.CustomerId);
        if (await states.Of<Customer, CustomerEvent>(call.Tenant, customer.Stream, ct) is not Customer.Known) throw new ProblemException(Problem.Of(CustomerRejections.NotFound));
        var agent = http.Request.Headers.UserAgent.ToString();
        await sessions.Write(
            call.Tenant, Guid.CreateVersion7(), customer.Value, call.Now, ClientAddress.Of(http), agent[..Math.Min(AgentLengthMax, agent.Length)], ct);
        return TypedResults.NoContent();
    }

    /// <param name="CustomerId">Who did; absent for the customer who asks.</param>
    internal sealed record Request(CustomerId? CustomerId = null);
}
