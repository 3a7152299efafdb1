using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class PauseSubscriptionEndpoint
{
    public static void MapPauseSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPost("/{subscription_id:guid}/pause", Pause).Is("pauseSubscription", "Stop billing until it is resumed.", Who.CustomerOwn)
        .Takes<Request>().Produces<SubscriptionResponse>()
        .Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.NotActive);

    private static async Task<IResult> Pause([FromRoute(Name = "subscription_id")] Guid id, Body<Request> body, Call call, CancellationToken ct)
    {
        new Check().Text(body.Value.Reason, "/reason", 500).OrRefuse();
        return await call.Change(new PauseSubscription(new(id), body.Value.Reason, call.Today), ct);
    }

    internal sealed record Request(string? Reason = null);
}
