using Ledger.Domain.Invoices;
using Ledger.Projections;
using Ledger.Projections.Invoices;

namespace Ledger.Api.Invoices;

internal static class ListInvoicesEndpoint
{
    public static void MapListInvoices(this IEndpointRouteBuilder invoices) => invoices
        .MapGet("/", List).Is("listInvoices", "List invoices, newest first; by customer_id, subscription_id, status, from_date and to_date of issue.", Who.CustomerOwn)
        .Lists<InvoiceResponse>().ReadsEarlier();

    private static async Task<IResult> List(HttpContext http, Call call, Page page, AsOf asOf, Listing listing, CancellationToken ct)
    {
        var today = asOf.Day(call);
        var found = await listing.Read<InvoiceRow>(call.Tenant, "invoices", page.Wanted,
            ListFilters.Invoices(
                call.Only(Filter.Id(http, "customer_id")), Filter.Id(http, "subscription_id"), Filter.Word<InvoiceStatus>(http, "status"),
                Filter.Date(http, "from_date"), Filter.Date(http, "to_date"), today), row => row.CreatedPosition, asOf.Time, ct);
        return TypedResults.Json(page.Answer(found, row => InvoiceResponse.From(row.On(today))), LedgerJson.Options);
    }
}
