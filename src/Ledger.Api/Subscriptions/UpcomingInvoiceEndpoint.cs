using Ledger.Api.Invoices;
using Ledger.Domain.Amounts;
using Ledger.Domain.Balances;
using Ledger.Domain.Billing;
using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class UpcomingInvoiceEndpoint
{
    public static void MapUpcomingInvoice(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapGet("/{subscription_id:guid}/upcoming-invoice", Preview)
        .Is("previewUpcomingInvoice", "What the next invoice will say, to the cent. Nothing is stored.", Who.CustomerOwn)
        .Reads<UpcomingInvoiceResponse>().Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.NothingBilled);

    private static async Task<IResult> Preview(
        [FromRoute(Name = "subscription_id")] Guid subscriptionId, Call call, StateReader states, CancellationToken ct)
    {
        var (known, _) = await states.Find(call, subscriptionId, ct);
        var items = await CurrentPrices.Of(known, new StatesNow(states, call.Tenant, ct));
        var balance = await states.Of<CustomerBalance, BalanceEvent>(call.Tenant, BalanceId.Of(known.CustomerId).Stream, ct);
        return UpcomingInvoice.Of(known, items, call.Caller.Tenant, balance) is { } next
            ? TypedResults.Json(UpcomingInvoiceResponse.From(known.Id, next), LedgerJson.Options)
            : throw new ProblemException(Problem.Of(SubscriptionRejections.NothingBilled));
    }
}

/// <param name="Date">The day on which it will be issued.</param>
/// <param name="FromBalance">What the customer's balance would pay of it, as it is now.</param>
/// <param name="Due">What would be charged to the payment method.</param>
public sealed record UpcomingInvoiceResponse(
    SubscriptionId SubscriptionId, LocalDate Date, BillingPeriod Period, IReadOnlyList<LineResponse> Lines, Money Net, Money Tax, Money Total,
    Money FromBalance, Money Due)
{
    public static UpcomingInvoiceResponse From(SubscriptionId id, UpcomingInvoice next) =>
        new(id, next.On, next.Period, [.. next.Draft.Lines.Select(LineResponse.From)], next.Draft.Net, next.Draft.Tax, next.Draft.Total,
            next.FromBalance, next.Due);
}
