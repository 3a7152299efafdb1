using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class ChangeSubscriptionPaymentMethodEndpoint
{
    public static void MapChangeSubscriptionPaymentMethod(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPut("/{subscription_id:guid}/payment-method", Change).Is("changeSubscriptionPaymentMethod", "Charge this payment method from the next attempt on.", Who.CustomerOwn)
        .Takes<Request>().Produces<SubscriptionResponse>()
        .Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.Ended, Domain.PaymentMethods.PaymentMethodRejections.NotFound, Domain.PaymentMethods.PaymentMethodRejections.Inactive);

    private static async Task<IResult> Change([FromRoute(Name = "subscription_id")] Guid subscriptionId, Body<Request> body, Call call, CancellationToken ct) =>
        await call.Change(new(subscriptionId), new ChangeSubscriptionPaymentMethod(new(subscriptionId), body.Value.PaymentMethodId, call.Today), ct);

    internal sealed record Request(Domain.PaymentMethods.PaymentMethodId PaymentMethodId);
}
