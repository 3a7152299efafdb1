using Ledger.Domain.Payments;
using Ledger.Projections;
using Ledger.Projections.Payments;

namespace Ledger.Api.Payments;

internal static class ListPaymentsEndpoint
{
    public static void MapListPayments(this IEndpointRouteBuilder payments) => payments
        .MapGet("/", List).Is("listPayments", "List payments, newest first; by customer_id, subscription_id, status, from_date and to_date of the last attempt.", Who.CustomerOwn)
        .Lists<PaymentResponse>().ReadsEarlier();

    private static async Task<IResult> List(HttpContext http, Call call, Page page, AsOf asOf, Listing listing, CancellationToken ct)
    {
        var found = await listing.Read<PaymentRow>(call.Tenant, "payments", page.Wanted,
            ListFilters.Payments(
                call.Only(Filter.Id(http, "customer_id")), Filter.Id(http, "subscription_id"), Filter.Word<PaymentStatus>(http, "status"),
                Filter.Date(http, "from_date"), Filter.Date(http, "to_date")), row => row.CreatedPosition, asOf.Time, ct);
        return TypedResults.Json(page.Answer(found, PaymentResponse.From), LedgerJson.Options);
    }
}
