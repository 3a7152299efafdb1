using Ledger.Api.Coupons;
using Ledger.Domain.Amounts;
using Ledger.Domain.Coupons;
using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Subscriptions;

namespace Ledger.Api.Subscriptions;

internal static class CreateSubscriptionEndpoint
{
    public static void MapCreateSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPost("/", Create).Is("createSubscription", "Begin a subscription. It is active once it has items and its customer a way to pay.", Who.CustomerOwn)
        .Takes<Request>().Produces<SubscriptionResponse>(201).Keyed(movesMoney: true)
        .Rejects(CustomerRejections.NotFound, PaymentMethodRejections.NotFound, SubscriptionRejections.MixedFrequencies,
            SubscriptionRejections.FrequencyNotOffered,
            SubscriptionRejections.PriceMissing, SubscriptionRejections.CurrencyMismatch, SubscriptionRejections.ExternalIdTaken,
            CouponRejections.NotFound, CouponRejections.Expired, CouponRejections.NotYetActive, CouponRejections.ActivationClosed,
            CouponRejections.NotApplicable, CouponRejections.AlreadyApplied, CouponRejections.TooMany);

    private static async Task<IResult> Create(Body<Request> body, Call call, CouponCodes codes, CancellationToken ct)
    {
        var request = body.Value;
        ItemRequest.CheckAll(new Check().ExternalId(request.ExternalId).Metadata(request.Metadata), request.Items)
            .And(request.TrialDays is null or (>= 1 and <= 3660), "/trial_days", "out_of_range", "From 1 to 3660.")
            .And(request.TrialDays is null || request.TrialEndsOn is null, "/trial_days", "one_of_two", "Either trial_days or trial_ends_on.")
            .And(request.BillingDay is null or (>= 1 and <= 31), "/billing_day", "out_of_range", "From 1 to 31.")
            .And(request.CouponCodes is null or { Count: <= ApplyCoupon.StackedMax }, "/coupon_codes", "too_many_items", $"At most {ApplyCoupon.StackedMax} codes.")
            .And(request.CouponCodes is null || request.CouponCodes.All(code => code is { Length: > 0 and <= 40 }), "/coupon_codes", "text_length", "From 1 to 40 characters.")
            .Text(request.DeliveryOptionId?.Value, "/delivery_option_id", 64).OrRefuse();
        var customer = call.Whose(request.CustomerId);
        var start = request.StartDate ?? call.Today;
        var trialEnd = request.TrialEndsOn ?? (request.TrialDays is { } days ? start.PlusDays(days) : null);
        Check.That(trialEnd is null || (trialEnd >= start && trialEnd.Value.Year <= 2200), "/trial_ends_on", "out_of_range", "From the start to 2200.").OrRefuse();
        new Check().DayOfCustomer(call, request.StartDate, "/start_date").OrRefuse();
        StaffOnlyMembers.Refuse(call, request.Currency is null || request.Currency == call.Caller.Tenant.Currency, "/currency");
        ItemRequest.RefuseMixedFrequencies(request.Items, request.Frequency);
        var id = new SubscriptionId(Guid.CreateVersion7());
        var frequency = request.Frequency ?? request.Items?.Select(item => item.Frequency).FirstOrDefault(one => one is not null) ?? Frequency.Monthly;
        var coupons = new List<CouponId>();
        foreach (var code in request.CouponCodes ?? []) coupons.Add(await codes.Find(call.Tenant, code, ct));
        var command = new CreateSubscription(
            id, call.Caller.Tenant.Id, customer, start, frequency, request.Currency,
            request.Items?.Select(item => item.ToWanted()).ToList(), request.PaymentMethodId, request.ExternalId, request.Metadata, call.Today,
            trialEnd, request.BillingDay, request.DeliveryOptionId?.Value)
        {
            Coupons = coupons,
        };

        return await call.Run(command.Offered(call), outcome =>
        {
            var (state, version) = outcome.Of<Subscription>(id.Stream);
            return Answer.Created($"/api/v1/subscriptions/{id.Value}", SubscriptionResponse.From((Subscription.Known)state), version);
        }, ct);
    }

    /// <param name="CustomerId">May be absent where a customer asks.</param>
    /// <param name="StartDate">
    /// The first day with service; paid for, and what billing is anchored to, where there is no trial; absent for today. A customer begins today or
    /// within a year.
    /// </param>
    /// <param name="Currency">Absent for the tenant's, which is a customer's only one.</param>
    /// <param name="TrialDays">How many days from the start are free; or the day itself, as <paramref name="TrialEndsOn"/>.</param>
    /// <param name="BillingDay">The day of the month on which periods begin; the last one in a shorter month.</param>
    /// <param name="DeliveryOptionId">Opaque: text, or a number.</param>
    /// <param name="CouponCodes">What reduces its first charges: the codes of coupons.</param>
    internal sealed record Request(
        CustomerId? CustomerId = null, LocalDate? StartDate = null, Frequency? Frequency = null, Currency? Currency = null,
        IReadOnlyList<ItemRequest>? Items = null, PaymentMethodId? PaymentMethodId = null, [property: StaffOnly] string? ExternalId = null,
        [property: StaffOnly] IReadOnlyDictionary<string, string>? Metadata = null, [property: StaffOnly] int? TrialDays = null,
        [property: StaffOnly] LocalDate? TrialEndsOn = null, [property: StaffOnly] int? BillingDay = null, OpaqueId? DeliveryOptionId = null, IReadOnlyList<string>? CouponCodes = null);
}
