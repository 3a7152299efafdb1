using Ledger.Api.Coupons;
using Ledger.Domain.Coupons;
using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class ApplyCouponEndpoint
{
    public static void MapApplyCoupon(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPost("/{subscription_id:guid}/coupons", Apply).Is("applyCouponToSubscription", "Let a coupon reduce the next charges.", Who.CustomerOwn)
        .Takes<Request>().Produces<SubscriptionResponse>()
        .Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.Ended, CouponRejections.NotFound, CouponRejections.Expired,
            CouponRejections.NotYetActive, CouponRejections.ActivationClosed, CouponRejections.NotApplicable, CouponRejections.AlreadyApplied,
            CouponRejections.TooMany, CouponRejections.UsedUp);

    private static async Task<IResult> Apply(
        [FromRoute(Name = "subscription_id")] Guid subscriptionId, Body<Request> body, Call call, CouponCodes codes, CancellationToken ct)
    {
        Check.That(body.Value.Code is { Length: > 0 and <= 40 }, "/code", "text_length", "From 1 to 40 characters.").OrRefuse();
        return await call.Change(new(subscriptionId), new ApplyCoupon(new(subscriptionId), call.Caller.Tenant.Id, await codes.Find(call.Tenant, body.Value.Code, ct), call.Today), ct);
    }

    internal sealed record Request(string Code);
}
