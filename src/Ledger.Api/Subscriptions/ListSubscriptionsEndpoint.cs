using Ledger.Domain.Subscriptions;
using Ledger.Projections;
using Ledger.Projections.Subscriptions;

namespace Ledger.Api.Subscriptions;

internal static class ListSubscriptionsEndpoint
{
    public static void MapListSubscriptions(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapGet("/", List).Is("listSubscriptions", "List subscriptions, newest first; by customer_id, status or external_id.", Who.CustomerOwn)
        .Lists<SubscriptionResponse>().ReadsEarlier();

    private static async Task<IResult> List(HttpContext http, Call call, Page page, AsOf asOf, Listing listing, CancellationToken ct)
    {
        var found = await listing.Read<SubscriptionRow>(call.Tenant, "subscriptions", page.Wanted,
            ListFilters.Subscriptions(call.Only(Filter.Id(http, "customer_id")), Filter.Word<SubscriptionStatus>(http, "status"), Filter.Text(http, "external_id")), row => row.CreatedPosition, asOf.Time, ct);
        return TypedResults.Json(page.Answer(found, SubscriptionResponse.From), LedgerJson.Options);
    }
}
