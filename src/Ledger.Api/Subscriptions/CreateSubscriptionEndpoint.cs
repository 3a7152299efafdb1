using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Subscriptions;

namespace Ledger.Api.Subscriptions;

internal static class CreateSubscriptionEndpoint
{
    public static void MapCreateSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPost("/", Create).Is("createSubscription", "Begin a subscription. It is active once it has items and its customer a way to pay.", Who.Staff)
        .Takes<Request>().Produces<SubscriptionResponse>(201).Keyed(movesMoney: true)
        .Rejects(CustomerRejections.NotFound, PaymentMethodRejections.NotFound, SubscriptionRejections.MixedFrequencies,
            SubscriptionRejections.PriceMissing, SubscriptionRejections.CurrencyMismatch, SubscriptionRejections.ExternalIdTaken);

    private static async Task<IResult> Create(Body<Request> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        ItemRequest.CheckAll(new Check().ExternalId(request.ExternalId).Metadata(request.Metadata), request.Items)
            .And(request.StartDate is null || request.StartDate.Value.Year is >= 1990 and <= 2200, "/start_date", "out_of_range", "From 1990 to 2200.").OrRefuse();
        ItemRequest.RefuseMixedFrequencies(request.Items, request.Frequency);
        var id = new SubscriptionId(Guid.CreateVersion7());
        var frequency = request.Frequency ?? request.Items?.Select(item => item.Frequency).FirstOrDefault(one => one is not null) ?? Frequency.Monthly;
        var command = new CreateSubscription(
            id, call.Caller.Tenant.Id, request.CustomerId, request.StartDate ?? call.Today, frequency, request.Currency,
            request.Items?.Select(item => item.ToWanted()).ToList(), request.PaymentMethodId, request.ExternalId, request.Metadata, call.Today);

        return await call.Run(command, outcome =>
        {
            var (state, version) = outcome.Of<Subscription>(id.Stream);
            return Answer.Created($"/api/v1/subscriptions/{id.Value}", SubscriptionResponse.From((Subscription.Known)state), version);
        }, ct);
    }

    /// <param name="StartDate">The first day that is paid for, and the day billing is anchored to; absent for today.</param>
    /// <param name="Currency">Absent for the tenant's.</param>
    internal sealed record Request(
        CustomerId CustomerId, LocalDate? StartDate = null, Frequency? Frequency = null, Currency? Currency = null,
        IReadOnlyList<ItemRequest>? Items = null, PaymentMethodId? PaymentMethodId = null, string? ExternalId = null,
        IReadOnlyDictionary<string, string>? Metadata = null);
}
