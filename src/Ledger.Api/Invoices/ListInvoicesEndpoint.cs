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
        var found = await listing.Read<InvoiceRow>(call.Tenant, "invoices", page.Wanted,
            [
                ("customer_id = {0}", call.Only(Filter.Id(http, "customer_id"))), ("subscription_id = {0}", Filter.Id(http, "subscription_id")),
                ("status = {0}", Filter.Word<InvoiceStatus>(http, "status")),
                ("issued_on >= {0}", Filter.Date(http, "from_date")), ("issued_on <= {0}", Filter.Date(http, "to_date")),
            ], row => row.CreatedPosition, asOf.Time, ct);
        return TypedResults.Json(page.Answer(found, InvoiceResponse.From), LedgerJson.Options);
    }
}
