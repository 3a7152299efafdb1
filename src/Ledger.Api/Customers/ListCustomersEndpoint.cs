using Ledger.Api.Audit;
using Ledger.Application.Customers;
using Ledger.Domain.Customers;
using Ledger.EventStore.PersonalData;
using Ledger.Projections;
using Ledger.Projections.Customers;

namespace Ledger.Api.Customers;

internal static class ListCustomersEndpoint
{
    public static void MapListCustomers(this IEndpointRouteBuilder customers) => customers
        .MapGet("/", List).Is("listCustomers", "List customers, newest first; q finds whole words of names, e-mail addresses and telephone numbers.", Who.Staff)
        .Lists<CustomerResponse>().ReadsEarlier().ShowsPersonalData("customer");

    private static async Task<IResult> List(
        Call call, Page page, AsOf asOf, Listing listing, PersonalKeys keys, CancellationToken ct,
        string? q = null, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "external_id")] string? externalId = null)
    {
        Check.That(q is null || q.Length is > 0 and <= 200, "q", "text_length", "From 1 to 200 characters.").OrRefuse();
        var words = q is null ? null : CustomerSearch.Sought(q).Tokens(await keys.TenantKey(call.Tenant, ct));
        var found = await listing.Read<CustomerRow>(call.Tenant, "customers", page.Wanted,
            [
                .. ListFilters.Customers(externalId),
                ("id in (select subject_id from ledger.personal_index where tenant_id = $1 and token = any({0}) group by subject_id having count(*) = cardinality({0}))", words),
            ], row => row.CreatedPosition, asOf.Time, ct);

        var opened = await keys.FindMany(call.Tenant, [.. found.Rows.Where(row => row.Details is not null).Select(row => row.Id)], ct);
        return TypedResults.Json(page.Answer(found, row => CustomerResponse.From(
            new(row.Id), row.CustomerHandle, row.ExternalId,
            row.Details is { } details && opened.TryGetValue(row.Id, out var key) ? key.Open(new Personal<CustomerDetails>(details)) : CustomerDetails.None,
            row.AutoSendInvoices, Json.To<Dictionary<string, string>>(row.Metadata), CustomerSights.Of(call.Caller))), LedgerJson.Options);
    }
}
