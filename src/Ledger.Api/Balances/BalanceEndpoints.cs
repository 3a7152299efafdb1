using Ledger.Domain.Amounts;
using Ledger.Domain.Balances;
using Ledger.Domain.Customers;
using Ledger.Domain.Subscriptions;
using Ledger.Projections;
using Ledger.Projections.Balances;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Balances;

internal static class BalanceEndpoints
{
    public static void MapCustomerBalances(this IEndpointRouteBuilder api)
    {
        var customers = api.MapGroup("/customers").WithTags("Balances");
        _ = customers.MapGet("/{customer_id:guid}/balance", Get).Is("getCustomerBalance", "What we owe a customer, per currency. It pays first at the next charge.", Who.CustomerOwn)
            .Reads<BalanceResponse>().Rejects(CustomerRejections.NotFound);
        _ = customers.MapGet("/{customer_id:guid}/balance-entries", List).Is("listBalanceEntries", "How a balance came to be what it is, newest first.", Who.CustomerOwn)
            .Lists<BalanceEntryResponse>();
        _ = customers.MapPost("/{customer_id:guid}/balance-adjustments", Adjust).Is("adjustCustomerBalance", "Give a customer money to spend here, or take some of it.", Who.Staff)
            .Takes<Request>().Produces<BalanceResponse>(201).Keyed(movesMoney: true)
            .Rejects(CustomerRejections.NotFound, BalanceRejections.AmountNotPositive, BalanceRejections.Insufficient, SubscriptionRejections.AmountTooLarge);
    }

    private static async Task<IResult> Get([FromRoute(Name = "customer_id")] Guid id, Call call, StateReader states, CancellationToken ct)
    {
        if (await states.Of<Customer, CustomerEvent>(call.Tenant, new CustomerId(id).Stream, ct) is Customer.Unknown)
            throw new ProblemException(Problem.Of(CustomerRejections.NotFound));
        var (balance, version) = await states.WithVersion<CustomerBalance, BalanceEvent>(call.Tenant, BalanceId.Of(new(id)).Stream, ct);
        return new AnswerResult(Answer.Ok(BalanceResponse.From(new(id), balance), version));
    }

    private static async Task<IResult> List([FromRoute(Name = "customer_id")] Guid id, Call call, Page page, Listing listing, CancellationToken ct)
    {
        var found = await listing.Read<BalanceEntryRow>(
            call.Tenant, "balance_entries", page.Wanted, [("customer_id = {0}", id)], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, BalanceEntryResponse.From), LedgerJson.Options);
    }

    private static async Task<IResult> Adjust([FromRoute(Name = "customer_id")] Guid id, Body<Request> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        new Check().Text(request.Reason, "/reason", 500).OrRefuse();
        var customer = new CustomerId(id);
        var command = new AdjustCustomerBalance(customer, Guid.CreateVersion7(), request.Operation, request.Amount, request.Reason, call.Today);
        return await call.Run(command, outcome =>
        {
            var (balance, version) = outcome.Of<CustomerBalance>(BalanceId.Of(customer).Stream);
            return Answer.Created($"/api/v1/customers/{id}/balance", BalanceResponse.From(customer, balance), version);
        }, ct);
    }

    /// <param name="Operation">credit gives, charge takes.</param>
    internal sealed record Request(BalanceOperation Operation, Money Amount, string? Reason = null);
}

/// <summary>What we owe a customer.</summary>
public sealed record BalanceResponse(CustomerId CustomerId, IReadOnlyList<Money> Amounts)
{
    public static BalanceResponse From(CustomerId customer, CustomerBalance balance) =>
        new(customer, [.. balance.Amounts.Values.OrderBy(one => one.Currency.Code, StringComparer.Ordinal)]);
}

/// <param name="Kind">credit or charge by hand; credit_note, overpayment, or invoice.</param>
/// <param name="SourceId">Of the adjustment, the credit note, the payment or the invoice.</param>
/// <param name="Amount">Above zero when the balance grew.</param>
/// <param name="After">What the balance was then.</param>
public sealed record BalanceEntryResponse(Guid Id, string Kind, Guid SourceId, Money Amount, Money After, LocalDate On, string? Reason)
{
    public static BalanceEntryResponse From(BalanceEntryRow row)
    {
        var currency = Currency.Parse(row.Currency);
        return new(row.Id, row.Kind, row.SourceId, new(row.Amount, currency), new(row.After, currency), row.OnDate, row.Reason);
    }
}
