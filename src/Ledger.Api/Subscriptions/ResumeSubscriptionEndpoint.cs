using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class ResumeSubscriptionEndpoint
{
    public static void MapResumeSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPost("/{subscription_id:guid}/resume", Resume).Is("resumeSubscription", "Bill again. Days on hold after the invoiced period are not billed.", Who.CustomerOwn)
        .Takes<Request>().Produces<SubscriptionResponse>()
        .Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.NotOnHold);

    private static async Task<IResult> Resume([FromRoute(Name = "subscription_id")] Guid id, Body<Request> _, Call call, CancellationToken ct) =>
        await call.Change(new(id), SubscriptionChanges.Resume(call, new(id)), ct);

    internal sealed record Request;
}
