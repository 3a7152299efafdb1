using Ledger.Api.Customers;
using Ledger.Domain.Amounts;
using Ledger.Domain.Coupons;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;

namespace Ledger.Api.Coupons;

internal static class CouponValidationEndpoint
{
    private const int ItemsMax = 100;

    public static void MapCouponValidations(this IEndpointRouteBuilder api) => api.MapGroup("/coupon-validations").WithTags("Coupons")
        .MapPost("/", Validate).Is("validateCoupon", "What a code would take off an order today, or why it would not. Nothing is stored.", Who.CustomerOwn)
        .Takes<Request>().Produces<CouponValidation>().Rejects(CouponRejections.NotFound, CustomerRejections.NotFound);

    private static async Task<IResult> Validate(Body<Request> body, Call call, CouponCodes codes, StateReader states, CancellationToken ct)
    {
        var request = body.Value;
        new Check().And(request.Code is { Length: > 0 and <= 40 }, "/code", "text_length", "From 1 to 40 characters.")
            .And(request.OrderTotal.Amount is >= 0 and <= 1_000_000_000_000, "/order_total/amount", "out_of_range", "From 0 to 1,000,000,000,000 minor units.")
            .And(request.Items is null or { Count: <= ItemsMax }, "/items", "too_many_items", $"At most {ItemsMax} items.").OrRefuse();
        if (request.CustomerId is { } customer)
        {
            _ = call.Only(customer.Value);
            await states.MustHave(call, customer, ct);
        }

        var coupon = await codes.Read(call.Tenant, request.Code, ct);
        var none = Money.Zero(request.OrderTotal.Currency);
        var variations = request.Items is { Count: > 0 } items ? items.Select(one => (Guid?)one) : coupon.Terms.ProductVariations.Select(one => (Guid?)one).DefaultIfEmpty(null);
        if (coupon.Terms.Refusal(call.Today, variations, request.OrderTotal.Currency) is { } no)
            return TypedResults.Json(new CouponValidation(coupon.Code, Valid: false, no.Code, none, request.OrderTotal), LedgerJson.Options);

        var line = new PricedLine("order", 1, request.OrderTotal, request.OrderTotal, default);
        var off = Discounts.On([line], [coupon.Terms with { ProductVariations = [] }])[0].Discount ?? none;
        return TypedResults.Json(new CouponValidation(coupon.Code, Valid: true, Reason: null, off, request.OrderTotal - off), LedgerJson.Options);
    }

    /// <param name="Items">The product variations of the order; absent when it is only about the total.</param>
    internal sealed record Request(string Code, Money OrderTotal, CustomerId? CustomerId = null, IReadOnlyList<Guid>? Items = null);
}

/// <summary>What a code would take off.</summary>
/// <param name="Reason">Why it would not, as the code of the problem that applying it would be; absent when it would.</param>
public sealed record CouponValidation(string Code, bool Valid, string? Reason, Money Discount, Money TotalAfter);
