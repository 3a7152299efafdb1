using Ledger.Domain.Classes;
using Ledger.Projections;
using Ledger.Projections.Classes;

namespace Ledger.Api.Classes;

internal static class ListClassCreditsEndpoint
{
    public static void MapListClassCredits(this IEndpointRouteBuilder credits) => credits
        .MapGet("/", List)
        .Is("listClassCredits", "List class credits, newest first; by customer_id or status. Of one customer, with the classes that can be used.", Who.CustomerOwn)
        .Reads<ClassCreditList>().WithMetadata(new Paged());

    private static async Task<IResult> List(HttpContext http, Call call, Page page, Listing listing, UsableClasses usable, CancellationToken ct)
    {
        var customer = call.Only(Filter.Id(http, "customer_id"));
        var found = await listing.Read<ClassCreditRow>(call.Tenant, "class_credits", page.Wanted,
            [("customer_id = {0}", customer), ("status = {0}", Filter.Word<ClassCreditStatus>(http, "status"))], row => row.CreatedPosition, ct);
        var list = page.Answer(found, row => ClassCreditResponse.From(row, call.Now));
        if (customer is not { } one) return TypedResults.Json(new ClassCreditList(list.Data, list.Page), LedgerJson.Options);

        var (classes, first) = await usable.Of(call.Tenant, one, call.Now, ct);
        return TypedResults.Json(
            new ClassCreditList(list.Data, list.Page, one, classes, first is { } id ? new(id) : null), LedgerJson.Options);
    }
}

/// <summary>A page of class credits.</summary>
/// <param name="CustomerId">Whose they are; absent when they are of all customers.</param>
/// <param name="TotalCredits">The classes left in all valid credits of the customer, on whatever page they are.</param>
/// <param name="NextToUse">The customer's valid credit that expires first; absent when there is none.</param>
public sealed record ClassCreditList(
    IReadOnlyList<ClassCreditResponse> Data, PageInfo Page, Guid? CustomerId = null, long? TotalCredits = null, ClassCreditId? NextToUse = null);
