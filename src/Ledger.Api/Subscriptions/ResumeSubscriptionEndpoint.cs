using Ledger.Api.Coupons;
using Ledger.Domain.Coupons;
using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class ResumeSubscriptionEndpoint
{
    public static void MapResumeSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPost("/{subscription_id:guid}/resume", Resume).Is("resumeSubscription", "Bill again. Days on hold after the invoiced period are not billed.", Who.CustomerOwn)
        .Takes<Request>().Produces<SubscriptionResponse>()
        .Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.NotOnHold, CouponRejections.NotFound, CouponRejections.Expired,
            CouponRejections.NotYetActive, CouponRejections.ActivationClosed, CouponRejections.NotApplicable, CouponRejections.AlreadyApplied,
            CouponRejections.TooMany, CouponRejections.UsedUp);

    private static async Task<IResult> Resume([FromRoute(Name = "subscription_id")] Guid subscriptionId, Body<Request> body, Call call, CouponCodes codes, CancellationToken ct)
    {
        if (body.Value.CouponCode is not { } code) return await call.Change(new(subscriptionId), SubscriptionChanges.Resume(call, new(subscriptionId)), ct);
        Check.That(code.Length is > 0 and <= 40, "/coupon_code", "text_length", "From 1 to 40 characters.").OrRefuse();
        return await call.Change(new(subscriptionId), new ResumeWithCoupon(new(subscriptionId), call.Caller.Tenant.Id, await codes.Find(call.Tenant, code, ct), call.Today), ct);
    }

    /// <param name="CouponCode">A coupon that reduces the next charges; absent for none.</param>
    internal sealed record Request(string? CouponCode = null);
}
